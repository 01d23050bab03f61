"""``sanbao compare``: 政策比较."""

from __future__ import annotations

import gc
from argparse import Namespace
from typing import TYPE_CHECKING

from sanbao.cli.console import (
    NOT_ALL_WELL,
    OK,
    add_lang,
    add_policies,
    add_readings,
    formatted,
    policies_of,
    readings_of,
    write,
)
from sanbao.cli.policy_argument import NAMED, POLICY, chosen

if TYPE_CHECKING:
    from sanbao.cli.parser import Parser

__all__ = ["arguments", "run"]


def arguments(parser: Parser) -> None:
    """Say how the command is called."""
    parser.description = parser.said(
        "在一切可能的申请上比较政策B与政策A。B对消费者处处不差于A的，退出码为0；"
        "有更差之处的，为1。法规与并行的承诺以 + 连接。",
        "Hold policy B against policy A over all claims there can be. The exit status is 0 "
        "where B is nowhere worse for the consumer, and 1 where it is. A regulation and "
        "commitments beside it are joined by +.",
    )
    named = parser.said(*NAMED)
    parser.add_argument(
        "a",
        metavar="A",
        help=parser.said(
            f"作为标准的政策：{named}（{POLICY}）", f"what is held against: {named} ({POLICY})"
        ),
    )
    parser.add_argument(
        "b", metavar="B", help=parser.said("被比较的政策，写法相同", "what is looked at, likewise")
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "html"),
        default="text",
        help=parser.said("输出格式，默认text", "text unless said"),
    )
    add_lang(parser)
    add_policies(parser)
    add_readings(parser)


def run(options: Namespace) -> int:
    """Compare two policies. Raises :class:`~sanbao.ValidationError` and :class:`OSError`."""
    policies = policies_of(options)
    a, b = chosen(options.a, policies), chosen(options.b, policies)
    readings = readings_of(options.reading, policies, a, b)
    gc.enable()  # there are millions of situations, unlike one claim
    from sanbao.statespace.comparing import compare

    comparison = compare(a, b, readings, policies=policies)
    write([formatted(comparison, options)])
    return NOT_ALL_WELL if comparison.falls_below else OK
