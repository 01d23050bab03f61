"""What became of the rows of an audit, added up: 审核汇总.

An audit holds what the law gave, row by row, against what the company did. A
:class:`Tally` is the sum of that over some rows, and two tallies add to the tally of both,
so that a table of any size is audited in parts and only tallies are held. However a table is
cut, and in whatever order its tallies are added, the sum is the same.

**Every row gets one verdict** (:data:`VERDICTS`), the first of these that is true of it:

``error``
    The row could not be decided.
``open``
    The facts leave the law's outcome open.
``company_missing``, ``company_unread``
    What the company did is not stated, or in words nobody knows.
``money_unread``, ``money_unknown``
    Law and company both say refund, but the sum paid is no amount of money; or the sum paid
    or the sum owed is not known.
``less_money``
    Law and company both say refund, and less was paid than was owed.
``less_remedy``
    The company gave a weaker remedy than the law, in the order refund, exchange, free repair,
    repair at a charge, nothing.
``refused``
    The law leaves a repair at a charge, and the company did nothing. That is weaker, but art. 24
    says that such a repair *may* be done: no right was withheld, so it is not counted as less.
``more``
    The company gave a stronger remedy, or more money. Where it is a refund that the law did not
    give, its sum is held against nothing.
``as_law``
    The same remedy, and in a refund the same sum.

**Less than the law** are ``less_money`` and ``less_remedy``. What was asked for needs no rule of
its own: where it can be had it *is* the law's outcome, so whoever was given what they asked for
and could have was not given less. What was asked for and could not be had binds nobody.

**How much money that is**, in fen and exactly, for rows where the law's outcome is a refund:
``short`` is what is missing in refunds that were too small, ``denied`` what was owed where a
repair or nothing came instead of the refund (less what was paid even so). Where an exchange
came instead, the consumer holds a phone of that worth: such a row is less than the law, but its
sum is kept apart as ``swapped`` and is no part of the shortfall. ``unpriced`` are rows whose sum
the facts do not tell.

**How firm that is**: a row whose decision depends on a contested reading, and one whose dates
are provisional, are counted apart (``reading``, ``provisional``); the others are ``firm``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

import polars as pl

from sanbao.audit.report.company import check_company_columns
from sanbao.audit.report.counting import figures_of
from sanbao.audit.report.sums import (
    VERDICTS,
    Cell,
    Flow,
    Group,
    Groups,
    InBrief,
    Less,
    Order,
    Sample,
    Samples,
    Verdict,
    by_row,
    by_shortfall,
    joined,
    kept,
)
from sanbao.base.json_text import read_record, reader_of

__all__ = ["Cell", "Flow", "Group", "Groups", "Less", "Sample", "Tally"]  # as pickles name them

_ORDERS: Final[Mapping[str, Order]] = {
    "largest": by_shortfall,
    "unsure": by_shortfall,
    "first": by_row,
}
"""Which samples are kept of two tallies."""


@dataclass(frozen=True, slots=True, repr=False)
class Tally(InBrief):
    """What became of some rows, added up: 审核汇总. See the module for what is counted.

    ``rows`` is how many came in; they are ``decided`` or ``in_error``, and those decided are
    ``settled`` or ``undecided`` (the facts leave it open). ``flows`` has the rows by
    ``verdict|standing|law|company``; every other table cuts the same rows by something else,
    an empty key being the rows that have no such thing. ``articles`` takes the article that
    the deciding rule cites first, so that its rows add up to all; ``cited`` every article it
    cites. A row counts under every reading it depends on.

    ``largest`` are the firm rows with the largest shortfall by rule, ``unsure`` those that
    depend on a reading or are provisional, ``first`` the first rows of each verdict and of each
    standing.
    """

    rows: int = 0
    decided: int = 0
    in_error: int = 0
    settled: int = 0
    undecided: int = 0
    flows: dict[str, Flow] = field(default_factory=dict)
    rules: dict[str, Cell] = field(default_factory=dict)
    articles: dict[str, Cell] = field(default_factory=dict)
    cited: dict[str, Cell] = field(default_factory=dict)
    shops: dict[str, Cell] = field(default_factory=dict)
    months: dict[str, Cell] = field(default_factory=dict)
    readings: dict[str, Cell] = field(default_factory=dict)
    errors: Groups = field(default_factory=Groups)
    unread: Groups = field(default_factory=Groups)
    largest: Samples = field(default_factory=dict)
    unsure: Samples = field(default_factory=dict)
    first: Samples = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        decided: pl.DataFrame,
        columns: Mapping[str, Any] | None = None,
        *,
        repairs: pl.DataFrame | None = None,
        exchanges: pl.DataFrame | None = None,
    ) -> Self:
        """Return the tally of a decided table.

        ``columns`` says which column of the table holds what, our names first: those of
        the claim, ``company_outcome``, ``company_refund``, ``shop`` and ``row`` (the number of
        the row in the whole table). What it does not name has our name; only a shop may be
        missing. ``repairs`` and ``exchanges`` are tables of their own that name the claim; their
        columns stand under these names in ``columns``.

        Raises :class:`~sanbao.ValidationError` for a column that is missing or cannot be used.
        """
        named = {**(columns or {})}
        check_company_columns(decided, named)
        return cls(**figures_of(decided, named, repairs, exchanges))

    def __add__(self, other: Tally) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        sums: dict[str, Any] = {}
        for name in self.__dataclass_fields__:
            one, more = getattr(self, name), getattr(other, name)
            if name in _ORDERS:
                sums[name] = kept(one, more, _ORDERS[name])
            else:
                sums[name] = joined(one, more) if isinstance(one, dict) else one + more
        return Tally(**sums)

    # --- what it comes to ---------------------------------------------------------------------

    @property
    def total(self) -> Cell:
        """All rows as one."""
        return sum(self.rules.values(), Cell())

    @property
    def balanced(self) -> bool:
        """Whether no row was lost or counted twice, anywhere.

        Rows in are rows decided and rows in error; rows decided are settled or undecided; and
        every table that cuts the rows adds up to all of them.
        """
        cuts = (self.flows, self.rules, self.articles, self.shops, self.months)
        sums = {sum(one.rows for one in cut.values()) for cut in cuts}
        errors = sum(group.rows for group in self.errors.known.values()) + self.errors.beyond
        return (
            self.rows == self.decided + self.in_error
            and self.decided == self.settled + self.undecided
            and sums == {self.rows}
            and errors == self.in_error == self.verdicts["error"]
            and self.undecided == self.verdicts["open"]
        )

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """How many rows have each verdict."""
        counted: dict[Verdict, int] = dict.fromkeys(VERDICTS, 0)
        for key, flow in self.flows.items():
            verdict: Any = key.split("|")[0]
            counted[verdict] += flow.rows
        return counted

    @property
    def matrix(self) -> dict[tuple[str, str], Flow]:
        """The rows by the law's outcome and what the company did; empty: not known."""
        found: dict[tuple[str, str], Flow] = {}
        for key, flow in self.flows.items():
            verdict, _, law, company = key.split("|")
            if verdict != "error":
                found[law, company] = found.get((law, company), Flow()) + flow
        return found

    # --- JSON ---------------------------------------------------------------------------------

    def to_json(self) -> str:
        """Return the tally as JSON; equal tallies give equal texts. Money is whole fen."""
        text: bytes = reader_of(Tally).dump_json(self)
        return json.dumps(
            json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> Tally:
        """Return the tally of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        return read_record(cls, text, "tally")
