"""Rules by policy and id: 条款.

Two policies that decide together may each have a rule of the same id, as a promise has that
repeats the law. So a rule is named by both; how people type that is read here and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sanbao.base.records import Record, record

__all__ = ["OfRule", "RuleRef"]

_MARK: Final = ":"
"""Stands between policy and rule where people type both; no id contains it."""


@record
class RuleRef(Record):
    """A rule by the id of its policy and its own: 条款.

    >>> RuleRef.typed("vivo-2016:art12.exchange")
    RuleRef(policy='vivo-2016', rule='art12.exchange')
    """

    policy: str
    rule: str

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RuleRef):
            return NotImplemented
        return self.rule == other.rule and self.policy == other.policy

    def __hash__(self) -> int:
        return hash((self.policy, self.rule))

    def __lt__(self, other: RuleRef) -> bool:
        return (self.policy, self.rule) < (other.policy, other.rule)

    @classmethod
    def typed(cls, text: str) -> RuleRef:
        """Return the rule that somebody typed; no policy where none is named."""
        policy, _, rule = text.rpartition(_MARK)
        return cls(policy, rule)

    def means(self, policy: str, rule: str) -> bool:
        """Say whether this names that rule; where it names no policy, of any."""
        return self.rule == rule and self.policy in ("", policy)


class OfRule(Record):
    """What is said of one rule: 条款之事项. ``rule`` is its id, ``policy`` that of its policy."""

    __slots__ = ()

    if TYPE_CHECKING:
        rule: str
        policy: str

    @property
    def ref(self) -> RuleRef:
        """The rule by policy and id."""
        return RuleRef(self.policy, self.rule)
