"""The command line: 命令行.

``sanbao decide CLAIM.json`` prints a decision, ``sanbao compare A B`` says where one policy
gives less than another; :mod:`sanbao.cli` has them all. Exit status 0: done; 1: done, and
something is amiss (lines that could not be decided, a promise below the law, a principle that
does not hold); 2: the input, or the call, is not valid; 3: the program itself failed, which is no
answer.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sanbao.cli.console import FAULT, INVALID, OK, add_lang, tell, write
from sanbao.cli.parser import Parser, language_of

__all__ = ["COMMANDS", "main", "run"]

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "decide": ("判定一份JSON申请", "decide a claim given as JSON"),
    "schema": ("打印JSON Schema", "print a JSON Schema"),
    "policy": (
        "列出、显示、检查、检验政策",
        "list, show, check and verify policies",
    ),
    "law": ("逐条概述法规", "say article by article what the laws say"),
    "compare": (
        "指出一项政策何处少于另一项",
        "say where one policy gives less than another",
    ),
    "audit": (
        "指出表格中的申请何处得到的少于法定",
        "say where less was given to claims in tables than the law gives",
    ),
}
"""Every command by name, with what it does, in Chinese and English."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    ``arguments`` are those after the program's name; ``None`` takes the process's own.
    Nothing but a wrong call (argparse's ``SystemExit``) is raised.
    """
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(given).parse_args(given)
    from sanbao.base.errors import ValidationError, system_reason

    lang = getattr(options, "lang", "zh")
    try:
        status: int = _loaded(options.command).run(options)
    except ValidationError as error:
        for problem in error.problems:
            tell(f"sanbao: {problem.explain(lang)}")
        return INVALID
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        where, colon = getattr(options, "claim", options.command), ": " if lang == "en" else "："
        tell(f"sanbao: {where}{colon}{system_reason(error).text(lang)}")
        return INVALID
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of Polars is no Exception
        tell(f"sanbao: {_fault(error, lang)}")
        return FAULT
    return status


def _fault(error: BaseException, lang: str) -> str:
    """Return a line on an error that should not be, and where it was raised."""
    from sanbao.base.errors import Reason, shown

    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}"
    what = f"{type(error).__name__} {shown(str(error))}"
    return Reason("call.fault", what=what, where=where).text(lang)


def run() -> None:
    """Run the command line and leave with its exit status; the console script."""
    gc.disable()  # whoever decides one claim is gone before there is garbage to collect
    try:
        status = main()
    except KeyboardInterrupt:
        status = 130
    finally:
        gc.enable()
    sys.exit(status)


def _loaded(name: str) -> Any:
    """Return the module of a command, loaded when the command is called and only then."""
    match name:
        case "decide":
            from sanbao.cli import decide as command
        case "schema":
            from sanbao.cli import schema as command  # type: ignore[no-redef]
        case "policy":
            from sanbao.cli import policy as command  # type: ignore[no-redef]
        case "law":
            from sanbao.cli import law as command  # type: ignore[no-redef]
        case "compare":
            from sanbao.cli import compare as command  # type: ignore[no-redef]
        case _:
            from sanbao.cli import audit as command  # type: ignore[no-redef]
    return command


class _Version(argparse.Action):
    """Shows what decides here: library, laws, calendar; they are loaded only for that."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from sanbao.cli.version import version_lines

        write(version_lines("en" if getattr(parser, "lang", "zh") == "en" else "zh"))
        parser.exit()


def _parser(given: Sequence[str]) -> Parser:
    """Return the parser of the command that is ``given``; of the others only names and help."""
    parser = Parser(lang=language_of(given), prog="sanbao")
    parser.description = parser.said(
        "依中国手机三包规定判定申请。For English: sanbao --lang en --help",
        "Decide claims under China's three guarantees.",
    )
    shown = parser.said("显示版本、法规和日历", "show the versions of library, laws and calendar")
    parser.add_argument("--version", action=_Version, nargs=0, help=shown)
    add_lang(parser)
    commands = parser.commands("command", "COMMAND")
    called = next((text for text in given if text in COMMANDS), None)
    for name, does in COMMANDS.items():
        command = commands.add_parser(name, help=parser.said(*does))
        if name == called:
            _loaded(name).arguments(command)
    return parser
