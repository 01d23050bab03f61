"""What a company did about its claims: 企业处理结果.

It follows the law but for rows in which it is made to give less, and of these the kind and the
money are known to the fen. A company that gives what the law gives is made by deciding the
table, so that a further article or promise needs no line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final, Literal, TypeAlias, get_args

import polars as pl

from sanbao.audit.tables.table import Tables
from sanbao.base.errors import Reason, ValidationError
from sanbao.testing.draws import Draws, earlier, where
from sanbao.testing.goods import FEE_A_DAY
from sanbao.testing.rows import yuan

__all__ = ["Injected", "Injury", "answered"]

Injury: TypeAlias = Literal["refused", "weaker_remedy", "refund_short", "fee_not_due"]

_DONE: Final[Mapping[str, str]] = {"excluded": "refused"}
"""What the company's column says for an outcome, where it is another word."""

_REFUNDED: Final[Mapping[Injury, int]] = {
    "refused": 15,
    "weaker_remedy": 30,
    "refund_short": 30,
    "fee_not_due": 25,
}
"""How often a company that owes a refund does which of these."""
_SOMETHING_LESS: Final[Mapping[Injury, int]] = {"refused": 25, "weaker_remedy": 75}

_WEAKER: Final[Mapping[str, Mapping[str, int]]] = {
    "refund": {"exchange": 5, "free_repair": 4, "paid_repair": 1},
    "exchange": {"free_repair": 4, "paid_repair": 1},
    "free_repair": {"paid_repair": 1},
}
"""What a company gives instead of what is owed, and how often."""

_SHORT: Final = (1, 100, 1_000, 5_000, 9_900, 10_000, 20_000, 50_000)
"""Fen by which a refund is too small."""


@dataclass(frozen=True)
class Injected:
    """The rows in which the company was made to give less than the law: 已知的少给.

    ``rows`` is a table of them: ``row`` (its place in the table, from 0), ``claim_id``,
    ``shop``, ``kind`` (``refused``, ``weaker_remedy``, ``refund_short``, ``fee_not_due``),
    ``law``, ``rule`` and ``owed`` (what the law gives), ``company`` and ``paid`` (what the
    company did), and in exact yuan what an audit has to find: ``short`` (a refund that was too
    small), ``denied`` (a refund that was owed where a repair or nothing came) and ``swapped``
    (a refund that was owed where an exchange came; no part of the shortfall).
    """

    rows: pl.DataFrame

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def gap(self) -> Decimal:
        """What is missing in all, yuan: ``short`` and ``denied``."""
        return self._sum("short") + self._sum("denied")

    @property
    def swapped(self) -> Decimal:
        """What was owed in money where an exchange came, yuan."""
        return self._sum("swapped")

    def of(self, kind: Injury) -> Injected:
        """Return those of one kind. Raises :class:`~sanbao.ValidationError` for another."""
        if kind not in get_args(Injury):
            raise ValidationError.of("kind", kind, Reason("input.one_of", known=get_args(Injury)))
        return Injected(self.rows.filter(pl.col("kind") == kind))

    def _sum(self, name: str) -> Decimal:
        return sum(self.rows[name].drop_nulls(), Decimal("0.00"))


def answered(
    table: pl.DataFrame, draws: Draws, share: pl.Series | float
) -> tuple[pl.DataFrame, Injected]:
    """Return a table with what the company did, and where it was made to give less.

    ``share`` is how often that is, of the rows in which the law gives something.
    """
    law = _law().decide(table)
    outcome = law["outcome"]
    owed = law["payable"].to_physical().cast(pl.Int64)
    refund = outcome == "refund"
    kind = _kinds(draws, law, owed, share)
    company = _outcomes(draws, outcome, kind)
    less = where(kind == "fee_not_due", _fee(table, owed), draws.one_of("short", _SHORT))
    short = where(kind.is_in(["refund_short", "fee_not_due"]), earlier(less, owed))
    paid = where(refund & (company == "refund"), owed - short.fill_null(0))
    unpaid = where(refund & kind.is_not_null() & short.is_null(), owed)
    swapped = where(company == "exchange", unpaid)
    found = pl.DataFrame(
        {
            "row": pl.int_range(len(table), dtype=pl.UInt32, eager=True),
            "claim_id": table["claim_id"],
            "shop": table["shop"],
            "kind": kind,
            "law": outcome,
            "rule": law["rule"],
            "owed": where(refund, owed),
            "company": company,
            "paid": paid,
            "short": short,
            "denied": where(swapped.is_null(), unpaid),
            "swapped": swapped,
        }
    )
    money = (yuan(pl.col(one)) for one in ("owed", "paid", "short", "denied", "swapped"))
    injected = found.filter(pl.col("kind").is_not_null()).with_columns(money)
    done = found.select(company_outcome="company", company_refund=yuan(pl.col("paid")))
    return table.hstack(done), Injected(injected)


def _outcomes(draws: Draws, outcome: pl.Series, kind: pl.Series) -> pl.Series:
    """Return what the company did, where it gives less in these ways than the law's outcome."""
    company = outcome.replace(_DONE).fill_null("free_repair")
    for remedy, weights in _WEAKER.items():
        weaker = draws.one_of(f"instead of {remedy}", weights)
        company = where((kind == "weaker_remedy") & (outcome == remedy), weaker, company)
    return where(kind == "refused", draws.all("refused"), company)


@cache
def _law() -> Tables:
    # made once: compiling the law takes longer than deciding a small table by it
    return Tables(depends=False)


def _kinds(draws: Draws, law: pl.DataFrame, owed: pl.Series, share: pl.Series | float) -> pl.Series:
    """Return in which way each row is given less, null where it is not."""
    outcome = law["outcome"]
    refund = (outcome == "refund") & (owed > 0)
    free_of_fee = refund & (law["fee"] == 0)
    kind = where(
        refund, draws.one_of("refunded", _REFUNDED), draws.one_of("given less", _SOMETHING_LESS)
    )
    kind = where((kind == "fee_not_due") & ~free_of_fee, draws.all("refund_short"), kind)
    can_be = refund | outcome.is_in(["exchange", "free_repair"])
    return where(draws.chance("underpaid", share) & can_be, kind)


def _fee(table: pl.DataFrame, owed: pl.Series) -> pl.Series:
    """Return the fee that a company keeps where none is due: the law's for a phone, in fen."""
    days = (table["claimed_on"] - table["sold_on"]).dt.total_days().clip(1).fill_null(1)
    return (owed * days * int(FEE_A_DAY * 1000) + 500) // 1000
