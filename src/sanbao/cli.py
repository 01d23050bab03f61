"""The command line: 命令行.

``sanbao decide CLAIM.json`` prints a decision, ``sanbao compare A B`` says where one policy
gives less than another; :mod:`sanbao.commands` has them all. Exit status 0: done; 1: done, and
something is amiss (lines that could not be decided, a promise below the law, a principle that
does not hold); 2: the input, or the call, is not valid.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from sanbao._version import __version__
from sanbao.commands import COMMANDS
from sanbao.commands.console import INVALID, OK

__all__ = ["main", "run"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    ``arguments`` are those after the program's name; ``None`` takes the process's own.
    Nothing but a wrong call (argparse's ``SystemExit``) is raised.
    """
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser(given).parse_args(given)
    from sanbao.errors import ValidationError, system_reason

    try:
        status: int = import_module(f"sanbao.commands.{options.command}").run(options)
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
    return status


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
            import_module(f"sanbao.commands.{name}").arguments(command)
    return parser
