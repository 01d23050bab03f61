"""``sanbao compare``: 政策比较."""

from __future__ import annotations

import gc
from argparse import ArgumentParser, Namespace

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

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Say how the command is called."""
    parser.description = (
        "Hold policy B against policy A over all claims there can be. The exit status is 0 "
        "where B is nowhere worse for the consumer, and 1 where it is. A regulation and "
        "commitments beside it are joined by +."
    )
    parser.add_argument("a", metavar="A", help=f"what is held against: {NAMED} ({POLICY})")
    parser.add_argument("b", metavar="B", help="what is looked at, likewise")
    parser.add_argument(
        "--format", choices=("text", "json", "html"), default="text", help="text unless said"
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
