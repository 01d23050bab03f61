"""``sanbao schema``: 数据模式."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from sanbao.cli.console import OK, add_lang, add_policies, policies_of, write

if TYPE_CHECKING:
    from sanbao.cli.parser import Parser

__all__ = ["arguments", "run"]


def arguments(parser: Parser) -> None:
    """Say how the command is called."""
    from sanbao.schema import MODES, NAMES

    parser.add_argument("name", choices=NAMES, help=parser.said("何者的JSON Schema", "of what"))
    parser.add_argument(
        "--mode",
        choices=MODES,
        default="validation",
        help=parser.said(
            "输入的（默认），或输出的", "of what may come in (unless said), or of what comes out"
        ),
    )
    add_lang(parser)
    add_policies(parser)


def run(options: Namespace) -> int:
    """Print a schema. Raises :class:`~sanbao.ValidationError` and :class:`OSError`."""
    from sanbao.schema import schema_text

    write([schema_text(options.name, options.mode, policies_of(options))])
    return OK
