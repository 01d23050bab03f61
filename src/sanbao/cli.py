"""The command line: 命令行.

``sanbao decide CLAIM.json`` prints a decision, ``sanbao schema claim`` a JSON Schema. Exit
status 0: done; 1: with ``--lines``, some lines could not be decided; 2: the claim, or the
call, is not valid.
"""

from __future__ import annotations

import argparse
import errno
import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from sanbao._version import __version__

if TYPE_CHECKING:
    from sanbao.decision import Decision
    from sanbao.readings import Readings

__all__ = ["main", "run"]

OK, SOME_LINES_BAD, INVALID = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    ``arguments`` are those after the program's name; ``None`` takes the process's own.
    Nothing but a wrong call (argparse's ``SystemExit``) is raised.
    """
    options = _parser().parse_args(arguments)
    from sanbao.errors import ValidationError

    try:
        if options.command == "schema":
            from sanbao.schema import schema_text

            _write([schema_text(options.name, options.mode)])
            return OK
        readings = _readings(options.reading)
        if options.lines:
            return _decide_lines(options, readings)
        with _opened(options.claim) as stream:
            text = stream.read()
        from sanbao import Claim, decide

        decision = decide(Claim.from_json(text), readings=readings)
        _write([_shown(decision, options)])
    except ValidationError as error:
        for problem in error.problems:
            print(f"sanbao: {problem}", file=sys.stderr)
        return INVALID
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        where = getattr(options, "claim", options.command)
        print(f"sanbao: {where}: {error.strerror}", file=sys.stderr)
        return INVALID
    return OK


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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sanbao", description="Decide claims under China's three guarantees."
    )
    parser.add_argument("--version", action="version", version=f"sanbao {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    decide = commands.add_parser("decide", help="decide a claim given as JSON")
    decide.add_argument("claim", metavar="CLAIM.json", help="a file, or - for standard input")
    decide.add_argument(
        "--format", choices=("text", "json", "html"), help="text unless said; json with --lines"
    )
    decide.add_argument("--lang", choices=("zh", "en"), default="zh", help="zh unless said")
    decide.add_argument(
        "--audience",
        choices=("consumer", "clerk", "auditor"),
        default="consumer",
        help="whom text and html are for; consumer unless said",
    )
    decide.add_argument(
        "--lines", action="store_true", help="JSON Lines in, JSON Lines out, one claim a line"
    )
    decide.add_argument(
        "--reading",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="decide under this reading of the law; may be given more than once",
    )
    schema = commands.add_parser("schema", help="print a JSON Schema")
    schema.add_argument("name", choices=("claim", "decision", "policy"), help="of what")
    schema.add_argument(
        "--mode",
        choices=("validation", "serialization"),
        default="validation",
        help="of what may come in (unless said), or of what comes out",
    )
    return parser


def _readings(given: list[str]) -> Readings:
    from sanbao.errors import ValidationError
    from sanbao.readings import Readings

    chosen: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise ValidationError.of("--reading", text, "is written NAME=VALUE")
        if name in chosen:
            raise ValidationError.of("--reading", name, "is given twice")
        chosen[name] = value
    return Readings.from_dict(chosen)


def _opened(path: str) -> IO[bytes]:
    try:
        return open(0, "rb", closefd=False) if path == "-" else open(path, "rb")
    except ValueError:  # a NUL, or what no file name can hold
        raise OSError(errno.EINVAL, "is no path") from None


def _shown(decision: Decision, options: argparse.Namespace) -> str:
    match options.format:
        case "json":
            return decision.to_json()
        case "html":
            return decision.to_html(options.lang, options.audience)
        case _:
            return decision.explain(options.lang, options.audience)


def _decide_lines(options: argparse.Namespace, readings: Readings) -> int:
    if options.format not in (None, "json"):
        from sanbao.errors import ValidationError

        raise ValidationError.of("--format", options.format, "with --lines the output is json")
    gc.enable()  # many claims, unlike one
    bad = 0

    def answers(stream: Iterable[bytes]) -> Iterator[str]:
        nonlocal bad
        from sanbao import Claim, Engine, ValidationError

        engine = Engine(readings=readings)
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                yield engine.decide(Claim.from_json(line)).to_json()
            except ValidationError as error:
                bad += 1
                yield _bad_line(number, error)

    with _opened(options.claim) as stream:
        _write(answers(stream))
    return SOME_LINES_BAD if bad else OK


def _bad_line(number: int, error: Any) -> str:
    problems = [
        {"field": problem.field, "value": problem.value, "reason": problem.reason}
        for problem in error.problems
    ]
    answer = {"line": number, "error": str(error), "problems": problems}
    return json.dumps(answer, ensure_ascii=False)


def _write(texts: Iterable[str]) -> None:
    """Write each text as a line, in UTF-8 whatever the locale."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, "standard output is closed")
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    for text in texts:
        sys.stdout.write(text.rstrip("\n") + "\n")
    sys.stdout.flush()
