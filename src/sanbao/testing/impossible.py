"""Rows that cannot be: 不可能的行. Each has one thing that a claim is refused for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import polars as pl

from sanbao.testing.draws import Draws, where
from sanbao.testing.rows import Drawn

__all__ = ["MISTAKES", "with_mistakes", "with_prices_as_text"]

MISTAKES: Final = (
    "claimed_before_sold",
    "claimed_before_invoiced",
    "no_day_of_claim",
    "unknown_kind",
    "unknown_symptom",
    "negative_price",
    "asked_after_claim",
    "appeared_after_claim",
    "unknown_province",
    "wrong_imei",
    "capacity_above_100",
    "back_before_handed_in",
    "exchanged_after_claim",
    "price_is_no_number",
    "unknown_commitment",
)
"""What can be wrong with a row. The last needs a column of commitments, the one before it
prices that are texts; without these such a row has a kind of goods nobody knows."""

_NO_NUMBERS: Final = ("1,5OO", "12.3.4", "=1+1", "一千元", "1e3")


def with_mistakes(drawn: Drawn, draws: Draws, share: float, *, as_text: bool) -> Drawn:
    """Return what was drawn, with a mistake in a share of the rows.

    ``as_text`` says that prices will be texts (:func:`with_prices_as_text`).
    """
    if not share:
        return drawn
    made = _made(draws, share)
    claims = drawn.claims
    lame = ["unknown_commitment"] if "commitments" not in claims.columns else []
    lame += [] if as_text else ["price_is_no_number"]
    made = where(made.is_in(lame), draws.all("unknown_kind"), made)
    claimed = claims["claimed_on"]
    days = pl.DataFrame({"claimed": claimed, "made": made}).with_row_index("row")
    repair = days.filter(made="back_before_handed_in").select(
        "row", handed_in_on=pl.col("claimed") - 3, handed_back_on=pl.col("claimed") - 5
    )
    exchange = days.filter(made="exchanged_after_claim").select(
        "row", exchanged_on=pl.col("claimed") + 2
    )
    return replace(
        drawn,
        claims=claims.with_columns(
            where(made == mistake, value, claims[name]).alias(name)
            for name, (mistake, value) in _wrong(draws, claimed).items()
            if name in claims.columns
        ),
        repairs=_added(drawn.repairs, repair),
        exchanges=_added(drawn.exchanges, exchange),
    )


def _wrong(draws: Draws, claimed: pl.Series) -> Mapping[str, tuple[str, pl.Series]]:
    """Return for each field of a claim the mistake that is in it, and what stands there then."""
    after = claimed + 1 + draws.below("days later", 30)
    return {
        "sold_on": ("claimed_before_sold", after),
        "invoiced_on": ("claimed_before_invoiced", after),
        "claimed_on": ("no_day_of_claim", draws.all(None).cast(pl.Int64)),
        "asked_on": ("asked_after_claim", after),
        "appeared_on": ("appeared_after_claim", after),
        "province": ("unknown_province", draws.all("CN-XX")),
        "kind": ("unknown_kind", draws.all("phone")),
        "symptom": ("unknown_symptom", draws.all("broken")),
        "price": ("negative_price", -1 - draws.below("negative", 100_000)),
        "imei": ("wrong_imei", draws.one_of("wrong imei", ("860123030000000", "12345", "IMEI"))),
        "battery_capacity": ("capacity_above_100", draws.all(101.0)),
        "commitments": ("unknown_commitment", draws.one_of("no such", [["no-such-promise"]])),
    }


def with_prices_as_text(table: pl.DataFrame, draws: Draws, share: float) -> pl.DataFrame:
    """Return a table with its prices as texts; some are no numbers where that is the mistake."""
    odd = _made(draws, share) == "price_is_no_number"
    price = where(
        odd.fill_null(False), draws.one_of("no number", _NO_NUMBERS), table["price"].cast(pl.String)
    )
    return table.with_columns(price.alias("price"))


def _made(draws: Draws, share: float) -> pl.Series:
    return where(draws.chance("mistaken", share), draws.one_of("mistake", MISTAKES))


def _added(long: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    both = pl.concat([long, more], how="diagonal_relaxed")
    return both.sort("row", maintain_order=True)
