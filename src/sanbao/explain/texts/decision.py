"""A decision in words, for one of three readers: 文字说明.

The consumer (消费者) reads what can be done, in plain words; the clerk (柜台人员) what to do at
the counter, step by step; the auditor (审核人员) everything the decision rests on. Each has a
module of its own, loaded when asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, get_args

from sanbao.base.errors import Reason, ValidationError, suggestion
from sanbao.explain.blocks.plain import plain_of
from sanbao.explain.texts.titles import display_names
from sanbao.explain.words.catalogue import Language, language

if TYPE_CHECKING:
    from sanbao.explain.blocks.model import TextBlock
    from sanbao.model.decision import WholeDecision

__all__ = ["explain", "explanation"]


def explain(decision: WholeDecision, lang: str, audience: str = "consumer") -> str:
    """Return ``decision`` in words for ``audience``, one point a line.

    Raises :class:`~sanbao.ValidationError` for a language the catalogue does not have and
    for an audience other than ``consumer``, ``clerk`` and ``auditor``.
    """
    return plain_of(explanation(decision, language(lang), audience))


def explanation(
    decision: WholeDecision, lang: Language, audience: str = "consumer"
) -> list[TextBlock]:
    """Return ``decision`` as blocks for ``audience``; raises as :func:`explain` does."""
    of: Callable[[WholeDecision, Language], Iterable[TextBlock]]
    match audience:
        case "consumer":
            from sanbao.explain.texts.consumer import explanation as of
        case "clerk":
            from sanbao.explain.texts.clerk import explanation as of
        case "auditor":
            from sanbao.explain.texts.auditor import explanation as of
        case _:
            raise _unknown(audience)
    with display_names(decision):
        return list(of(decision, lang))


def _unknown(audience: object) -> ValidationError:
    from sanbao.model.codes import Audience

    known = get_args(Audience)
    reason = Reason("input.one_of", known=known).then(suggestion(audience, known))
    return ValidationError.of("audience", audience, reason)
