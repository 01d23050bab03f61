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

from sanbao._version import __version__
from sanbao.cli.console import FAULT, INVALID, OK

__all__ = ["COMMANDS", "main", "run"]

COMMANDS: Final[Mapping[str, str]] = {
    "decide": "decide a claim given as JSON",
    "schema": "print a JSON Schema",
    "policy": "list, show, check and verify policies",
    "compare": "say where one policy gives less than another",
    "audit": "say where less was given to claims in tables than the law gives",
}
"""Every command by name, with what it does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    ``arguments`` are those after the program's name; ``None`` takes the process's own.
    Nothing but a wrong call (argparse's ``SystemExit``) is raised.
    """
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(given).parse_args(given)
    from sanbao.base.errors import ValidationError, system_reason

    try:
        status: int = _loaded(options.command).run(options)
    except ValidationError as error:
        for problem in error.problems:
            print(f"sanbao: {problem}", file=sys.stderr)
        return INVALID
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        where = getattr(options, "claim", options.command)
        print(f"sanbao: {where}: {system_reason(error)}", file=sys.stderr)
        return INVALID
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of Polars is no Exception
        print(f"sanbao: {_fault(error)}", file=sys.stderr)
        return FAULT
    return status


def _fault(error: BaseException) -> str:
    """Return a line on an error that should not be, and where it was raised."""
    from sanbao.base.errors import shown

    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = "" if place is None else f" in {place.tb_frame.f_code.co_filename}:{place.tb_lineno}"
    what = f"{type(error).__name__} {shown(str(error))}"
    return f"a fault of the program, not of the input; please report it: {what}{where}"


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
        case "compare":
            from sanbao.cli import compare as command  # type: ignore[no-redef]
        case _:
            from sanbao.cli import audit as command  # type: ignore[no-redef]
    return command


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser of the command that is ``given``; of the others only names and help."""
    parser = argparse.ArgumentParser(
        prog="sanbao", description="Decide claims under China's three guarantees."
    )
    parser.add_argument("--version", action="version", version=f"sanbao {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    called = next((text for text in given if not text.startswith("-")), None)
    for name, does in COMMANDS.items():
        command = commands.add_parser(name, help=does)
        if name == called:
            _loaded(name).arguments(command)
    return parser
