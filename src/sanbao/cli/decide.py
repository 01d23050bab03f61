"""``sanbao decide``: 判定."""

from __future__ import annotations

import gc
import json
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sanbao.base.errors import Reason
from sanbao.cli.console import (
    NOT_ALL_WELL,
    OK,
    add_lang,
    add_policies,
    add_readings,
    formatted,
    opened,
    policies_of,
    policy_of,
    readings_of,
    write,
)

if TYPE_CHECKING:
    from sanbao.base.errors import ValidationError
    from sanbao.cli.parser import Parser
    from sanbao.model.readings import Readings
    from sanbao.policies.policy_set import PolicySet
    from sanbao.rules.combined import Combined
    from sanbao.rules.policy import Policy

__all__ = ["arguments", "run"]


def arguments(parser: Parser) -> None:
    """Say how the command is called."""
    parser.add_argument(
        "claim",
        metavar="CLAIM.json",
        help=parser.said("申请文件，“-”表示标准输入", "a file, or - for standard input"),
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "summary", "html"),
        help=parser.said(
            "输出格式，默认text；用--lines时为json；summary为简要JSON",
            "text unless said; json with --lines; summary is JSON in brief",
        ),
    )
    parser.add_argument(
        "--summary",
        dest="format",
        action="store_const",
        const="summary",
        help=parser.said("同--format summary", "the same as --format summary"),
    )
    add_lang(parser)
    parser.add_argument(
        "--audience",
        choices=("consumer", "clerk", "auditor"),
        default="consumer",
        help=parser.said(
            "text和html写给谁看，默认消费者", "whom text and html are for; consumer unless said"
        ),
    )
    parser.add_argument(
        "--lines",
        action="store_true",
        help=parser.said(
            "输入、输出均为JSON Lines，每行一份申请",
            "JSON Lines in, JSON Lines out, one claim a line",
        ),
    )
    parser.add_argument(
        "--policy",
        metavar="ID|FILE",
        help=parser.said(
            "依此政策判定，多项以 + 连接；默认依现行法规",
            "decide by this policy, or by several joined by +; the law in force unless said",
        ),
    )
    add_policies(parser)
    add_readings(parser)


def run(options: Namespace) -> int:
    """Decide one claim or many. Raises :class:`~sanbao.ValidationError`, :class:`OSError`."""
    policies = policies_of(options)
    policy = policy_of(options, policies)
    readings = readings_of(options.reading, policies, policy)
    if options.lines:
        return _lines(options, policy, readings, policies)
    with opened(options.claim) as stream:
        text = stream.read()
    from sanbao import Claim, Engine

    engine = Engine(policy, readings, policies=policies)
    claim = Claim.model_validate_json(text, context=engine.codes)
    write([formatted(engine.decide(claim), options, options.audience)])
    return OK


def _lines(
    options: Namespace,
    policy: Policy | Combined | None,
    readings: Readings,
    policies: PolicySet | None,
) -> int:
    if options.format not in (None, "json", "summary"):
        from sanbao.base.errors import ValidationError

        raise ValidationError.of("--format", options.format, Reason("call.lines_json"))
    gc.enable()  # many claims, unlike one
    bad, brief = 0, options.format == "summary"

    def answers(stream: Iterable[bytes]) -> Iterator[str]:
        nonlocal bad
        from sanbao import Claim, Engine, ValidationError

        engine = Engine(policy, readings, policies=policies)
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                claim = Claim.model_validate_json(line, context=engine.codes)
                decision = engine.decide(claim)
                yield (decision.summary() if brief else decision).to_json()
            except ValidationError as error:
                bad += 1
                yield _bad_line(number, error)

    with opened(options.claim) as stream:
        write(answers(stream))
    return NOT_ALL_WELL if bad else OK


def _bad_line(number: int, error: ValidationError) -> str:
    problems = [problem.to_dict() for problem in error.problems]
    answer = {"line": number, "error": str(error), "problems": problems}
    return json.dumps(answer, ensure_ascii=False)
