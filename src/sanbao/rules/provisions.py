"""The provisions of a law: 条款.

What a :class:`~sanbao.rules.policy.Policy` is made of: the catalogue of goods, which papers prove
what, what puts goods outside, the rights, what comes along with them, and the articles.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, TypeAlias

from sanbao.base.records import Record, record
from sanbao.model.citation import Certainty, Citation
from sanbao.model.codes import Note, Outcome, Owner
from sanbao.model.facts import FactType
from sanbao.rules.conditions import Condition, Under

__all__ = [
    "DEFAULT_COUNTING",
    "Answer",
    "Article",
    "Bar",
    "Contested",
    "Counting",
    "Coverage",
    "Derived",
    "Exclusion",
    "Grade",
    "Ground",
    "NamedCode",
    "Obligation",
    "Right",
    "Rule",
    "Touched",
    "Words",
]

Remedy: TypeAlias = Literal["refund", "exchange", "free_repair"]
Words: TypeAlias = tuple[str, str]
"""A text in Chinese and in English."""
Carries: TypeAlias = Literal["refund", "exchange", "repair"]
RefundBasis: TypeAlias = Literal["in_full", "less_depreciation"]


@record
class NamedCode(Record):
    """A code that a law brings, of a symptom or a cause, with its words: 代码与名称."""

    code: str
    zh: str
    en: str


Touched: TypeAlias = Literal[
    "window", "period", "elapsed", "at_least", "money", "papers", "proof", "goods", "remedies"
]
"""What a reading changes: how days and numbers are counted, by the name of the statement in a
condition (``window``, ``period``, ``elapsed``, ``at_least``); the price or the fee; which papers
do; what proves a cause; which goods are reached; which remedies there are."""


@record
class Answer(Record):
    """One value of a reading: what it means, and who reads the law so: 解释的一种取值."""

    value: str
    means: Words
    source: Words


@record
class Contested(Record):
    """A question that a law leaves open and declares itself: 争议解释.

    The first of its ``answers`` is the default. ``touches`` is what it changes; which facts, and
    for which claims, its formulas and conditions say themselves.
    """

    id: str
    question: Words
    answers: tuple[Answer, ...]
    cites: tuple[Citation, ...]
    touches: tuple[Touched, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The values, the default first."""
        return tuple(one.value for one in self.answers)


@record
class Coverage(Record):
    """One line of the catalogue: 三包目录 (Appendices 1 and 3).

    ``role`` tells main units (主机) from accessories (附件), ``months`` is the period,
    ``daily_rate`` the depreciation a day as a fraction of the price (``None``: none is
    laid down), ``faults`` the codes of the performance faults listed for these goods. ``title`` is
    what the goods are called, where the law brings their code.
    """

    _silent = ("title",)

    kind: str
    role: Literal["main_unit", "accessory"]
    months: int
    daily_rate: Decimal | None
    faults: tuple[str, ...]
    cites: tuple[Citation, ...]
    title: Words | None = None


@record
class Derived(Record):
    """A fact, and how it follows from a claim: 推导的事实.

    ``by`` is a formula (:mod:`sanbao.rules.formulas`) over fields of the claim and facts that stand
    before it. A fact ``of`` a repair or an exchange is one of each entry, for the formulas that
    gather them. ``title`` is its label where no rule asks for it
    (:data:`~sanbao.model.facts.FACTS` has the others).
    """

    name: str
    type: FactType
    by: str
    cites: tuple[Citation, ...]
    of: Literal["claim", "repair", "exchange"] = "claim"
    title: Words | None = None

    def __hash__(self) -> int:  # of the facts of a law together, often
        return hash((self.name, self.by))


@record
class Grade(Record):
    """How good the papers are: 凭证等级 (art. 9).

    ``when`` says which papers make the grade, ``start`` whether the period
    then runs from the dates on the papers or from the factory date (``None``: the period
    is not examined), ``carries`` the kinds of
    right they carry, ``carries_under`` the ids of rights
    they carry under a reading only.
    """

    id: str
    when: Condition
    start: Literal["papers", "factory"] | None
    carries: tuple[Carries, ...]
    cites: tuple[Citation, ...]
    carries_under: tuple[tuple[str, Under], ...] = ()
    title: Words | None = None


@record
class Ground(Record):
    """What takes a claim out of the law or of the guarantees: 排除事由."""

    id: str
    when: Condition
    cites: tuple[Citation, ...]
    alleged: Condition | None = None
    trader_proves: Condition | None = None
    doubted: Condition | None = None
    title: Words | None = None


@record
class Exclusion(Ground):
    """What the law does not reach at all: 不适用情形. Outcome ``excluded``.

    ``alleged``, ``trader_proves`` and ``doubted`` are as of a :class:`Bar`.
    """


@record
class Bar(Ground):
    """What takes goods out of the guarantees: 不实行三包 (art. 24). ``paid_repair``.

    ``when`` is the ground with its proof. ``alleged`` is the ground alone where somebody
    has to prove it: alleged but not proved, it does not bar and the finding says so; that it
    is for the trader to prove where ``trader_proves`` holds (``None``: always), otherwise that an
    inspection decides. ``doubted`` is when a ground that is proved is contested all the same: the
    finding says that an inspection may decide otherwise.
    """


@record
class Right(Record):
    """A right of the consumer: 消费者权利.

    ``remedy`` is what it gives, ``owed_by`` who owes it, ``needs_papers`` which kind of
    right the papers must carry, ``refund`` how a refund is reckoned, ``despite`` the
    exclusions and bars that do not touch it, ``empty`` when nothing is left of what it gives,
    so that it is never the outcome, ``note`` what its finding adds where it holds.
    """

    id: str
    remedy: Remedy
    owed_by: Owner
    when: Condition
    needs_papers: Carries
    cites: tuple[Citation, ...]
    refund: RefundBasis | None = None
    despite: tuple[str, ...] = ()
    note: Note | None = None
    empty: Condition | None = None
    title: Words | None = None


@record
class Obligation(Record):
    """What comes along with a decision: 附随义务 (arts. 3, 10, 15, 20–23).

    It arises ``with_outcomes`` (empty: with every outcome) when ``when`` holds; it is due
    on the day of the claim, or ``days`` after the day the fact ``after`` names.
    """

    id: str
    cites: tuple[Citation, ...]
    with_outcomes: tuple[Outcome, ...] = ()
    when: Condition | None = None
    after: str | None = None
    days: int = 0
    title: Words | None = None


@record
class Article(Record):
    """One article of the law: 条. ``rules`` that encode it, or ``no_effect``: why none does.

    ``no_effect`` is a sentence in Chinese and one in English.
    """

    number: int
    certainty: Certainty
    rules: tuple[str, ...] = ()
    no_effect: Words | None = None


Rule: TypeAlias = Exclusion | Bar | Grade | Right
"""What gives a finding."""


@record
class Counting(Record):
    """From what a version of a law counts, and by which price: 计算规则.

    ``period_from`` is what the period runs from where nothing was exchanged: the invoice date
    (art. 8) or delivery (Decree 778 art. 18), ``windows_stretch`` whether time in repair is added
    to windows of days, ``refund_price`` whether the invoice price or the price really paid, where
    the trader proves another, is refunded.
    """

    period_from: Literal["invoiced", "delivered"] = "invoiced"
    windows_stretch: bool = False
    refund_price: Literal["invoiced", "paid"] = "invoiced"


DEFAULT_COUNTING: Final = Counting()
"""As the regulation of 2001 counts."""
