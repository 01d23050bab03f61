"""What the commands share: files in, text out, readings, exit statuses: 控制台."""

from __future__ import annotations

import errno
import sys
from argparse import Namespace
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING, Any, Final

from sanbao.base.errors import Reason
from sanbao.cli.parser import Parser, in_utf8

if TYPE_CHECKING:
    from sanbao.model.readings import Readings
    from sanbao.policies.policy_set import PolicySet
    from sanbao.rules.combined import Combined
    from sanbao.rules.policy import Policy

__all__ = [
    "FAULT",
    "INVALID",
    "NOT_ALL_WELL",
    "OK",
    "add_lang",
    "add_policies",
    "add_readings",
    "formatted",
    "opened",
    "policies_of",
    "policy_of",
    "readings_of",
    "tell",
    "write",
]

OK: Final = 0
NOT_ALL_WELL: Final = 1
"""Done, and the answer is that something is amiss: a bad line, a promise below the law."""
INVALID: Final = 2
"""The input, or the call, is not valid."""
FAULT: Final = 3
"""Something in the program failed: it gives no answer, and nothing is said of the input."""


def add_lang(parser: Parser) -> None:
    """Let the caller choose the language."""
    parser.add_argument(
        "--lang",
        choices=("zh", "en"),
        default=parser.lang,
        help=parser.said("语言，默认中文", "the language; zh unless said"),
    )


def add_readings(parser: Parser) -> None:
    """Let the caller choose readings of the law."""
    parser.add_argument(
        "--reading",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help=parser.said(
            "采用这一法律解释；可多次给出",
            "under this reading of the law; may be given more than once",
        ),
    )


def add_policies(parser: Parser) -> None:
    """Let the caller add laws and promises to those that ship."""
    parser.add_argument(
        "--policies",
        metavar="FILE",
        action="append",
        default=[],
        help=parser.said(
            "在自带的之外，再加入此文件中的法规或承诺；可多次给出",
            "with the law or promise of this file beside those that ship; may be said again",
        ),
    )


def policies_of(options: Namespace) -> PolicySet | None:
    """Return the policies that the caller adds to those that ship; ``None`` without any.

    Raises :class:`~sanbao.ValidationError` for a file that holds none.
    """
    if not options.policies:
        return None
    from sanbao.policies.policy_set import PolicySet

    return PolicySet.load(*options.policies)


def policy_of(options: Namespace, policies: PolicySet | None) -> Policy | Combined | None:
    """Return the policy that the caller names, found in ``policies``; ``None`` without a name.

    Raises :class:`~sanbao.ValidationError` where there is none.
    """
    if options.policy is None:
        return None
    from sanbao.cli.policy_argument import chosen

    return chosen(options.policy, policies)


def readings_of(given: Iterable[str], policies: PolicySet | None, *named: object) -> Readings:
    """Return the readings written ``NAME=VALUE``, of any law of the set and of those ``named``.

    Raises :class:`~sanbao.ValidationError`.
    """
    from sanbao.base.errors import ValidationError
    from sanbao.model.readings import Readings
    from sanbao.rules.policy import Policy

    chosen: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise ValidationError.of("--reading", text, Reason("call.reading"))
        if name in chosen:
            raise ValidationError.of("--reading", name, Reason("input.given_twice"))
        chosen[name] = value
    files = [one for one in named if isinstance(one, Policy)]
    declared = {name: of for one in files for name, of in one.declared.items()}
    return Readings.from_dict(chosen, {**(policies.readings if policies else {}), **declared})


def formatted(thing: Any, options: Namespace, *audience: str) -> str:
    """Return a decision or a report in the format and the language that were asked for."""
    match options.format:
        case "json":
            text: str = thing.to_json()
        case "summary":
            text = thing.summary().to_json()
        case "html":
            text = thing.to_html(options.lang, *audience)
        case _:
            text = thing.explain(options.lang, *audience)
    return text


def opened(path: str) -> IO[bytes]:
    """Open a file, or standard input for ``-``. Raises :class:`OSError`."""
    try:
        return open(0, "rb", closefd=False) if path == "-" else open(path, "rb")
    except ValueError:  # a NUL, or what no file name can hold
        raise OSError(errno.EINVAL, Reason("input.no_path")) from None


def tell(text: str) -> None:
    """Write a line for whoever looks on to standard error."""
    in_utf8(sys.stderr)
    sys.stderr.write(f"{text}\n")


def write(texts: Iterable[str]) -> None:
    """Write each text as a line, in UTF-8 whatever the locale. Raises :class:`OSError`."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, Reason("call.closed"))
    in_utf8(sys.stdout)
    for text in texts:
        sys.stdout.write(text.rstrip("\n") + "\n")
    sys.stdout.flush()
