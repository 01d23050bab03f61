"""``sanbao audit``: 审核."""

from __future__ import annotations

import gc
import os
from argparse import Namespace
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from sanbao.base.errors import Reason
from sanbao.base.lazy_names import lacking
from sanbao.cli.console import (
    INVALID,
    NOT_ALL_WELL,
    OK,
    add_lang,
    add_policies,
    add_readings,
    policies_of,
    policy_of,
    readings_of,
    tell,
    write,
)

if TYPE_CHECKING:
    from sanbao.audit.files.run import Audited
    from sanbao.cli.parser import Parser
    from sanbao.model.readings import Readings
    from sanbao.policies.policy_set import PolicySet
    from sanbao.rules.combined import Combined
    from sanbao.rules.policy import Policy

__all__ = ["EXTRA", "arguments", "run"]

EXTRA: Final = ("polars", "fastexcel", "tqdm", "altair", "vl_convert", "xlsxwriter")
"""What comes with the extra ``audit``."""
_PACKAGE: Final = "sanbao.audit"
"""Ours, and yet missing in a frozen program that did not ask for it."""

_DESCRIPTION: Final = (
    "对已办结申请的表格逐行判定，指出企业给予少于法定之处。退出码：处处不少且各行均能判定的，"
    "为0；有少于法定之处（哪怕只在有争议的解释下）、有错误的行或有不属于任何申请的维修的，为1；"
    "审核无法执行的，为2；程序自身出错的，为3。报告写成之前，已完成的部分保存在 "
    "REPORT.html.parts中：中断的审核再次执行时从该处继续。",
    "Decide tables of closed claims and say where the company gave less than the law. The "
    "exit status is 0 where it nowhere did and every row could be decided, 1 where it did "
    "(if only on a contested reading), rows are in error or repairs belong to no claim, "
    "2 where the audit could not be run, and 3 where the program itself failed. What is done "
    "is kept in REPORT.html.parts until the report is written: an audit that was interrupted "
    "goes on where it was when it is called again.",
)


def arguments(parser: Parser) -> None:
    """Say how the command is called."""
    parser.description = parser.said(*_DESCRIPTION)
    parser.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help=parser.said(
            "CSV、Parquet、JSON Lines或Excel（.xlsx）",
            "CSV, Parquet, JSON Lines or Excel (.xlsx)",
        ),
    )
    for name, zh in (("repairs", "维修"), ("exchanges", "换货")):
        parser.add_argument(
            f"--{name}",
            metavar="FILE",
            action="append",
            default=[],
            help=parser.said(
                f"{zh}表，每行写明所属申请的编号；可多次给出",
                f"a table of {name}, each row with the id of its claim; may be said again",
            ),
        )
    _add_targets(parser)
    parser.add_argument(
        "--map",
        metavar="FILE.toml",
        help=parser.said("各列的含义；本库的列名在前", "which column holds what; our names first"),
    )
    for name, column, holds in _COMPANY:
        text = parser.said(
            f"写明{holds[0]}的列，默认{column}",
            f"the column with {holds[1]}; {column} unless said",
        )
        parser.add_argument(f"--{name}", metavar="COL", default=column, help=text)
    parser.add_argument(
        "--policy",
        metavar="ID|FILE",
        help=parser.said(
            "以此政策为准审核，多项以 + 连接；默认以现行法规为准",
            "hold against this policy, or several joined by +; the law in force unless said",
        ),
    )
    add_policies(parser)
    add_readings(parser)
    parser.add_argument(
        "--chunk",
        metavar="ROWS",
        type=int,
        help=parser.said(
            "每次判定的行数，默认200000", "decide so many rows at a time; 200000 unless said"
        ),
    )
    parser.add_argument(
        "--restart",
        action="store_true",
        help=parser.said(
            "不接续此前的执行，重新开始", "begin anew, whatever an earlier call has done"
        ),
    )


def _add_targets(parser: Parser) -> None:
    """Say where the report and the rows go."""
    parser.add_argument(
        "--out", metavar="REPORT.html", required=True, help=parser.said("审核报告", "the report")
    )
    add_lang(parser)
    parser.add_argument(
        "--excel",
        metavar="FILE.xlsx",
        help=parser.said("另存为工作簿的报告", "the report as a workbook, too"),
    )
    parser.add_argument(
        "--rows",
        metavar="DIR|FILE.parquet",
        help=parser.said(
            "保存每行的判定结果，存为一个Parquet文件或分段保存",
            "keep every row as decided, in one Parquet file or in parts",
        ),
    )


_COMPANY: Final = (
    ("decided", "company_outcome", ("企业的处理结果", "what the company did")),
    ("refunded", "company_refund", ("企业支付的金额", "the money it paid")),
    ("shop", "shop", ("门店", "the shop")),
)


def run(options: Namespace) -> int:
    """Audit tables. Raises :class:`~sanbao.ValidationError` and :class:`OSError`."""
    missing = next((name for name in (_PACKAGE, *EXTRA) if find_spec(name) is None), None)
    if missing is not None:
        reason = Reason("call.not_frozen", missing=missing)
        if missing != _PACKAGE:
            reason = lacking("audit", missing)
        tell(f"sanbao: {reason.text(options.lang)}")
        return INVALID
    from sanbao.base.errors import ValidationError, system_reason

    try:
        return _run(options)
    except OSError as error:
        _tell_kept(options)
        if error.filename is None:
            raise
        raise ValidationError.of("file", str(error.filename), system_reason(error)) from None
    except KeyboardInterrupt:
        tell(f"sanbao: {Reason('call.interrupted').text(options.lang)}")
        raise
    except BaseException:
        _tell_kept(options)
        raise


def _work(options: Namespace) -> str:
    """Return the directory in which an audit keeps what is done."""
    return f"{options.out}.parts"


def _tell_kept(options: Namespace) -> None:
    """Say what the work directory is, where one is left."""
    if os.path.isdir(_work(options)):
        kept = Reason("call.kept", work=_work(options))
        tell(f"sanbao: {kept.text(options.lang)}")


def _run(options: Namespace) -> int:
    policies = policies_of(options)
    policy = policy_of(options, policies)
    readings = readings_of(options.reading, policies, policy)
    _check_targets(options)
    gc.enable()  # many rows, unlike one claim
    audited = _audited(options, policy, readings, policies)
    audited.report.to_html(options.out)
    if options.excel:
        audited.report.to_excel(options.excel)
    if options.rows:
        audited.keep_rows(options.rows)
    for problem in audited.problems:
        tell(f"sanbao: {problem.explain(options.lang)}")
    write(_summary(options, audited))
    audited.forget()
    well = audited.tally.in_error == audited.nobodys == audited.tally.total.all.rows == 0
    return OK if well else NOT_ALL_WELL


def _check_targets(options: Namespace) -> None:
    """Refuse a place that cannot be written to before the work, not after it."""
    from sanbao.base.errors import Problem, ValidationError, shown

    problems = []
    for name in ("out", "excel", "rows"):
        target: str | None = getattr(options, name)
        if target is None:
            continue
        folder = os.path.dirname(os.path.abspath(target))
        if not os.path.isdir(folder):
            problems.append((name, target, Reason("call.no_directory")))
        elif target in _files(options):
            problems.append((name, target, Reason("call.audited_file")))
    if problems:
        raise ValidationError(Problem(f"--{name}", shown(at), why) for name, at, why in problems)


def _files(options: Namespace) -> list[str]:
    """Return all files that are read, in their order."""
    return [*options.repairs, *options.exchanges, *options.files]


_AS_THEY_ARE: Final = ("decided", "refunded", "shop", "lang", "restart", "repairs", "exchanges")
"""Options that an audit takes as they are."""


def _audited(
    options: Namespace,
    policy: Policy | Combined | None,
    readings: Readings,
    policies: PolicySet | None,
) -> Audited:
    from sanbao.audit.files.progress import Progress
    from sanbao.audit.files.reader import ROWS
    from sanbao.audit.files.run import audit_files
    from sanbao.audit.tables.input.mapping import read_mapping

    with Progress(_files(options), options.lang) as progress:
        return audit_files(
            options.files,
            work=_work(options),
            policy=policy,
            readings=readings,
            policies=policies,
            columns=read_mapping(options.map) if options.map else None,
            rows=ROWS if options.chunk is None else options.chunk,
            watch=progress,
            **{name: getattr(options, name) for name in _AS_THEY_ARE},
        )


def _summary(options: Namespace, audited: Audited) -> Iterator[str]:
    from sanbao.audit.report.words import say

    yield from audited.report.explain(options.lang).splitlines()
    if options.repairs or options.exchanges:
        yield say(options.lang, "brief.nobodys", rows=f"{audited.nobodys:,}")
    yield say(options.lang, "brief.report", path=options.out)
