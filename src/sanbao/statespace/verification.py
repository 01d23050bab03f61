"""Is a policy sound in itself? 政策核验.

:func:`verify` looks at every cell of a policy (:mod:`sanbao.statespace`), not at samples: whether
each claim has exactly one outcome, whether every rule can lead, and whether better papers, an
earlier claim and more failed repairs are ever worse for the consumer.
"""

from __future__ import annotations

from typing import Literal

from sanbao.base.display import Displayed, page_of, text_of
from sanbao.base.json_text import JsonRecord
from sanbao.base.records import Record, record
from sanbao.model.claim import StoredClaim
from sanbao.model.codes import Outcome
from sanbao.model.decision import PolicyRef
from sanbao.model.readings import Readings
from sanbao.rules.policy import About

__all__ = ["Breach", "OutcomeCells", "Principle", "Verification"]

PrincipleId = Literal[
    "one_outcome",
    "every_rule_leads",
    "no_rule_shadowed",
    "better_papers",
    "earlier_claim",
    "more_repairs",
    "thresholds_cited",
]


@record
class Breach(Record):
    """Where a principle does not hold: 违反之处.

    ``rules`` are those concerned, ``subject`` the remedy. ``claim`` gets less than ``other``,
    though it should not; or it is the claim that has no single outcome.
    """

    rules: tuple[str, ...]
    subject: str
    claim: StoredClaim | None = None
    other: StoredClaim | None = None


@record
class Principle(Record):
    """Something that ought to hold of every policy: 核验原则.

    ``one_outcome``: every claim has exactly one. ``every_rule_leads``: each rule decides some
    claim, but those of another reading. ``no_rule_shadowed``: no rule gives only what stronger
    ones give in the same claims. ``better_papers``, ``earlier_claim``, ``more_repairs``: never
    worse for the consumer, all else equal (the day on which the period starts included).
    ``thresholds_cited``: each number has its article. ``looked_at`` is how many cells, pairs of
    cells or numbers were looked at.
    """

    id: PrincipleId
    holds: bool
    looked_at: int
    breaches: tuple[Breach, ...]


@record
class OutcomeCells(Record):
    """How many cells have an outcome: 结果与情形数."""

    outcome: Outcome
    cells: int


@record
class Verification(Displayed, About, JsonRecord):
    """What a look at every cell of a policy found: 核验结果."""

    policy: PolicyRef
    readings: Readings
    calendar: str
    cells: int
    outcomes: tuple[OutcomeCells, ...]
    principles: tuple[Principle, ...]

    @property
    def holds(self) -> bool:
        """Whether every principle holds."""
        return all(principle.holds for principle in self.principles)

    def explain(self, lang: Literal["zh", "en"] = "zh") -> str:
        """Return the report in words. Raises :class:`~sanbao.ValidationError`."""
        return text_of(self, lang)

    def to_html(self, lang: Literal["zh", "en"] = "zh") -> str:
        """Return the report as one page. Raises :class:`~sanbao.ValidationError`."""
        return page_of(self, lang)
