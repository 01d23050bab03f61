"""A decision in words, for one of three readers: 文字说明.

The consumer (消费者) reads what can be done, in plain words; the clerk (柜台人员) what to do at
the counter, step by step; the auditor (审核人员) everything the decision rests on. Each has a
module of its own, loaded when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from sanbao.base.errors import ValidationError, suggestion
from sanbao.explain.texts.title_context import telling_of
from sanbao.explain.words.catalogue import language

if TYPE_CHECKING:
    from sanbao.model.decision import WholeDecision

__all__ = ["explain"]


def explain(decision: WholeDecision, lang: str, audience: str = "consumer") -> str:
    """Return ``decision`` in words for ``audience``, one point a line.

    Raises :class:`~sanbao.ValidationError` for a language the catalogue does not have and
    for an audience other than ``consumer``, ``clerk`` and ``auditor``.
    """
    chosen = language(lang)
    match audience:
        case "consumer":
            from sanbao.explain.texts.consumer import lines
        case "clerk":
            from sanbao.explain.texts.clerk import lines
        case "auditor":
            from sanbao.explain.texts.auditor import lines
        case _:
            raise _unknown(audience)
    with telling_of(decision):
        return "\n".join(lines(decision, chosen))


def _unknown(audience: object) -> ValidationError:
    from sanbao.model.codes import Audience

    known = get_args(Audience)
    reason = f"must be one of {', '.join(known)}{suggestion(audience, known)}"
    return ValidationError.of("audience", audience, reason)
