"""``sanbao audit``: 审核."""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

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
    write,
)

if TYPE_CHECKING:
    from sanbao.audit.files.run import Audited
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
    "Decide tables of closed claims and say where the company gave less than the law. The "
    "exit status is 0 where it nowhere did and every row could be decided, 1 where it did "
    "(if only on a contested reading), rows are in error or repairs belong to no claim, "
    "2 where the audit could not be run, and 3 where the program itself failed. What is done "
    "is kept in REPORT.html.parts until the report is written: an audit that was interrupted "
    "goes on where it was when it is called again."
)


def arguments(parser: ArgumentParser) -> None:
    """Say how the command is called."""
    parser.description = _DESCRIPTION
    parser.add_argument(
        "files", metavar="FILE", nargs="+", help="CSV, Parquet, JSON Lines or Excel (.xlsx)"
    )
    for name in ("repairs", "exchanges"):
        parser.add_argument(
            f"--{name}",
            metavar="FILE",
            action="append",
            default=[],
            help=f"a table of {name}, each row with the id of its claim; may be said again",
        )
    _add_targets(parser)
    parser.add_argument(
        "--map", metavar="FILE.toml", help="which column holds what; our names first"
    )
    for name, column, holds in _COMPANY:
        text = f"the column with {holds}; {column} unless said"
        parser.add_argument(f"--{name}", metavar="COL", default=column, help=text)
    parser.add_argument(
        "--policy",
        metavar="ID|FILE",
        help="hold against this policy, or several joined by +; the law in force unless said",
    )
    add_policies(parser)
    add_readings(parser)
    parser.add_argument(
        "--chunk",
        metavar="ROWS",
        type=int,
        help="decide so many rows at a time; 200000 unless said",
    )
    parser.add_argument(
        "--restart", action="store_true", help="begin anew, whatever an earlier call has done"
    )


def _add_targets(parser: ArgumentParser) -> None:
    """Say where the report and the rows go."""
    parser.add_argument("--out", metavar="REPORT.html", required=True, help="the report")
    add_lang(parser)
    parser.add_argument("--excel", metavar="FILE.xlsx", help="the report as a workbook, too")
    parser.add_argument(
        "--rows",
        metavar="DIR|FILE.parquet",
        help="keep every row as decided, in one Parquet file or in parts",
    )


_COMPANY: Final = (
    ("decided", "company_outcome", "what the company did"),
    ("refunded", "company_refund", "the money it paid"),
    ("shop", "shop", "the shop"),
)


def run(options: Namespace) -> int:
    """Audit tables. Raises :class:`~sanbao.ValidationError` and :class:`OSError`."""
    missing = next((name for name in (_PACKAGE, *EXTRA) if find_spec(name) is None), None)
    if missing is not None:
        frozen_without = f"audit is not part of this program, which was frozen without {missing}"
        text = frozen_without if missing == _PACKAGE else lacking("audit", missing)
        sys.stderr.write(f"sanbao: {text}\n")
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
        sys.stderr.write("sanbao: interrupted; the same call goes on from here\n")
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
        sys.stderr.write(
            f"sanbao: {_work(options)} holds what is decided so far; the same call goes on from "
            "there, and begins anew with --restart\n"
        )


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
    sys.stderr.writelines(f"sanbao: {problem}\n" for problem in audited.problems)
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
            problems.append((name, target, "is in a directory that is not there"))
        elif target in _files(options):
            problems.append((name, target, "is one of the files to be audited"))
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

    with Progress(_files(options)) as progress:
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
