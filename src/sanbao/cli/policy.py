"""``sanbao policy``: list, show, check and verify policies: 政策."""

from __future__ import annotations

import gc
import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from sanbao.cli.console import (
    INVALID,
    NOT_ALL_WELL,
    OK,
    add_lang,
    add_policies,
    add_readings,
    formatted,
    policies_of,
    readings_of,
    tell,
    write,
)
from sanbao.cli.policy_argument import NAMED, POLICY, chosen_one

if TYPE_CHECKING:
    from sanbao.cli.parser import Parser
    from sanbao.policies.policy_set import PolicySet
    from sanbao.rules.policy import Policy

__all__ = ["arguments", "run"]


def arguments(parser: Parser) -> None:
    """Say how the command is called."""
    said = parser.said
    actions = parser.commands("action", "ACTION")
    listing = actions.add_parser("list", help=said("列出自带的政策", "list the policies that ship"))
    showing = actions.add_parser(
        "show", help=said("以文字或数据显示一项政策", "show a policy in words or as data")
    )
    checking = actions.add_parser(
        "check",
        help=said("指出政策文件的错误", "say what is wrong with a policy file, if anything"),
    )
    verifying = actions.add_parser(
        "verify",
        help=said(
            "检验政策是否自洽；不自洽的，退出码为1",
            "check a policy against itself; the exit status is 1 where it fails",
        ),
    )
    for action in (showing, verifying):
        action.add_argument("policy", metavar=POLICY, help=said(*NAMED))
    checking.add_argument(
        "file", metavar="FILE", help=said("政策文件，TOML或JSON", "a policy file, TOML or JSON")
    )
    formats = {
        listing: ("text", "json"),
        showing: ("text", "toml", "json"),
        verifying: ("text", "json", "html"),
    }
    for action, known in formats.items():
        action.add_argument(
            "--format",
            choices=known,
            default="text",
            help=said("输出格式，默认text", "text unless said"),
        )
    for action in (listing, showing, checking, verifying):
        add_lang(action)
        add_policies(action)
    add_readings(verifying)


def run(options: Namespace) -> int:
    """Do what is asked. Raises :class:`~sanbao.ValidationError` and :class:`OSError`."""
    return _ACTIONS[options.action](options)


def _policies(options: Namespace) -> PolicySet:
    from sanbao.policies.policy_set import PolicySet

    return policies_of(options) or PolicySet.shipped()


def _list(options: Namespace) -> int:
    policies = _policies(options)
    found = [policies.get(name) for name in policies.ids()]
    if options.format == "json":
        write([json.dumps([_listing(policy) for policy in found], ensure_ascii=False)])
        return OK
    from sanbao.explain.texts.policies import policy_line

    write(policy_line(policy, options.lang) for policy in found)
    return OK


def _listing(policy: Policy) -> dict[str, str | None]:
    return {
        "id": policy.id,
        "version": policy.version,
        "kind": policy.kind,
        "beside": policy.beside,
        "title_zh": policy.title_zh,
        "title_en": policy.title_en,
    }


def _show(options: Namespace) -> int:
    policy = chosen_one(options.policy, policies_of(options))
    match options.format:
        case "json":
            text = policy.to_json()
        case "toml":
            from sanbao.rules.policy_file.reader import to_toml

            text = to_toml(policy)
        case _:
            from sanbao.explain.texts.policies import policy_summary

            text = policy_summary(policy, options.lang)
    write([text])
    return OK


def _check(options: Namespace) -> int:
    from sanbao.base.errors import Reason, ValidationError
    from sanbao.explain.texts.policies import valid_line

    policies = _policies(options)
    try:
        file = policies.read_file(options.file)
        policy, warnings = file.policy, file.warnings
    except ValidationError as error:
        # each begins with FILE:LINE, where an editor looks for it
        for problem in error.problems:
            tell(problem.explain(options.lang))
        return INVALID
    for problem in warnings:
        said = Reason("call.warning", problem=problem.explain(options.lang))
        tell(said.text(options.lang))
    write([valid_line(options.file, policy, options.lang)])
    return OK


def _verify(options: Namespace) -> int:
    policies = policies_of(options)
    policy = chosen_one(options.policy, policies)
    readings = readings_of(options.reading, policies, policy)
    gc.enable()  # there are millions of situations, unlike one claim
    from sanbao.statespace.verifying import verify

    verification = verify(policy, readings, policies=policies)
    write([formatted(verification, options)])
    return OK if verification.holds else NOT_ALL_WELL


_ACTIONS: Final[Mapping[str, Callable[[Namespace], int]]] = {
    "list": _list,
    "show": _show,
    "check": _check,
    "verify": _verify,
}
