"""``sanbao schema``: 数据模式."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sanbao.cli.console import OK, add_policies, policies_of, write

__all__ = ["arguments", "run"]


def arguments(parser: ArgumentParser) -> None:
    """Say how the command is called."""
    from sanbao.schema import MODES, NAMES

    parser.add_argument("name", choices=NAMES, help="of what")
    parser.add_argument(
        "--mode",
        choices=MODES,
        default="validation",
        help="of what may come in (unless said), or of what comes out",
    )
    add_policies(parser)


def run(options: Namespace) -> int:
    """Print a schema. Raises :class:`~sanbao.ValidationError` and :class:`OSError`."""
    from sanbao.schema import schema_text

    write([schema_text(options.name, options.mode, policies_of(options))])
    return OK
