"""Claims that reach every rule, boundary and reading: 边界申请表.

Dates lie near the days on which something changes: the ends of the windows and of the period,
the six months of the burden of proof, the days of a repair that count, the days on which a law
came into force. Two ways of deciding that agree on such a table agree where it matters.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Final, get_args

import polars as pl

from sanbao.model.codes import Cause, CauseBasis, Condition, Delay, Invoice, Kind, Symptom, Voucher
from sanbao.model.fields import fields_in
from sanbao.policies.library import ids, law
from sanbao.testing.draws import Draws, earlier, later, share_of, where
from sanbao.testing.goods import imeis, listed_fault
from sanbao.testing.impossible import with_mistakes, with_prices_as_text
from sanbao.testing.rows import FLAT, Columns, Drawn, days_since_1970, entries, numbered

__all__ = ["boundary_table"]

_GAPS: Final = (0, 1, 6, 7, 8, 9, 14, 15, 16, 17, 18, 29, 31, 60, 62, 89, 92, 120, 181, 184, 200)
"""Days between a sale and a claim near which something ends, for some goods or paper."""
_LONG_GAPS: Final = (300, 364, 365, 366, 367, 370, 380, 400, 450, 500)
_NEAR: Final = (0, 0, 0, -1, 1, 2, 3)
_SINCE_EXCHANGE: Final = (0, 1, 6, 7, 8, 9, 14, 15, 16, 17, 90, 91, 182, 183, 365, 366)
_SINCE_HANDED_IN: Final = (7, 8, 29, 30, 31, 59, 60, 61, 70)
_SINCE_HANDED_BACK: Final = (0, 29, 30, 31)
_SINCE_ASKED: Final = (0, 1, 2, 5, 8, 14, 15, 16, 29, 30, 31, 40, 61)
_SINCE_APPEARED: Final = (0, 1, 2, 7, 8, 15, 16, 31, 184)
_ASKED_AFTER_SALE: Final = (0, 6, 7, 8, 9, 14, 15, 16, 17, 18)
_PROMISED: Final = [
    one.name
    for one in fields_in()
    if one.type == "yes/no" and one.settled == "where asked" and one.name != "bought_with_phone"
]
"""What only promises ask of the goods."""
_MAIN_FAULTS: Final = ("switches_off", "screen_fault", "function_fails")

_REGULATION: Final = days_since_1970(date(2001, 11, 15))
_CONSUMER_LAW: Final = days_since_1970(date(2014, 3, 15))
_ZHEJIANG, _JIANGSU = days_since_1970(date(2017, 5, 1)), days_since_1970(date(2017, 7, 1))
_DECREE: Final = days_since_1970(date(2024, 7, 1))
_FIRST_SALE: Final = days_since_1970(date(2003, 6, 1))
_SALES: Final = 24 * 365

_UNKNOWABLE: Final = ("sold_on", "invoice", "voucher", "symptom", "same_model_in_stock", "delay")


def boundary_table(
    rows: int,
    *,
    seed: int,
    unknown: float = 0.2,
    errors: float = 0.0,
    commitments: float = 0.3,
    first: int = 0,
) -> pl.DataFrame:
    """Return random claims that reach every rule, boundary, reading and commitment.

    The columns are those of :data:`~sanbao.testing.rows.FLAT`. In a share ``unknown`` of the
    rows one to three facts that decide are left out, a share ``errors`` holds something that
    cannot be (prices are texts then, since some are no numbers), and a share ``commitments``
    names one or two of the promises that ship. ``first`` is the number of the first row: tables
    made in parts are the table made at once.

    Raises :class:`~sanbao.ValidationError` for what is no number of rows or no share.
    """
    for name, share in (("unknown", unknown), ("errors", errors), ("commitments", commitments)):
        share_of(name, share)
    draws = Draws(seed, numbered(rows, first))
    claims = _claims(draws, commitments)
    drawn = Drawn(claims, _repairs(draws, claims), _exchanges(draws, claims))
    drawn = _with_unknowns(drawn, draws, unknown)
    if not errors:
        return drawn.table()
    table = with_mistakes(drawn, draws, errors, as_text=True).table()
    return with_prices_as_text(table, draws, errors)


def _claims(draws: Draws, promising: float) -> pl.DataFrame:
    one_of, chance = draws.one_of, draws.chance
    kind = where(chance("any kind", 0.4), one_of("kind", get_args(Kind)), draws.all("handset"))
    sold = _sold(draws)
    gap = one_of("gap", _GAPS + _LONG_GAPS) + one_of("near the gap", _NEAR)
    claimed = sold + gap.clip(0)
    asked = _asked(draws, sold, claimed)
    return pl.DataFrame(
        {
            "claim_id": draws.numbers.cast(pl.String).str.zfill(10),
            "claimed_on": claimed,
            "asked_on": asked,
            "kind": kind,
            "sold_in_mainland": one_of("sold in mainland", {None: 70, True: 27, False: 3}),
            "imei": where(chance("imei known", 0.2), imeis(draws)),
            **{name: one_of(name.replace("_", " "), (None, True, False)) for name in _PROMISED},
            "used": one_of("used", {None: 60, True: 30, False: 10}),
            "condition": one_of("condition", {None: 80, **dict.fromkeys(get_args(Condition), 10)}),
            **_sale(draws, sold, claimed),
            **_money(draws),
            **_papers(draws, sold),
            **_fault(draws, kind, sold, where(asked.is_not_null(), asked, claimed)),
            "same_model_in_stock": chance("in stock", 0.5),
            "request": one_of("request", {None: 4, "refund": 2, "exchange": 2, "repair": 2}),
            "commitments": where(
                chance("commitments", promising),
                one_of("promises", _promises()),
                draws.all([]).cast(FLAT["commitments"]),
            ),
        }
    )


def _sale(draws: Draws, sold: pl.Series, claimed: pl.Series) -> Columns:
    one_of, chance = draws.one_of, draws.chance
    invoiced = earlier(sold + one_of("invoiced", (-3, -1, 1, 2, 10, 40)), claimed)
    received = sold + one_of("received", (-1, 1, 2, 3, 5, 9))
    home = {None: 60, "CN-ZJ": 15, "CN-JS": 15, "CN-BJ": 5, "CN-XJ": 5}
    trader = {None: 75, "CN-ZJ": 15, "CN-JS": 5, "CN-SH": 5}
    return {
        "sold_on": sold,
        "invoiced_on": where(chance("invoiced apart", 0.25), invoiced),
        "received_on": where(chance("received apart", 0.25), received),
        "province": one_of("province", home),
        "trader_province": one_of("province of the trader", trader),
        "plan_bundled": one_of("plan", {True: 10, False: 60, None: 30}),
    }


def _money(draws: Draws) -> Columns:
    chance, below = draws.chance, draws.below
    gift = draws.one_of("gift", {True: 10, False: 60, None: 30})
    price = where(chance("price known", 0.8), _price(draws))
    alone = where(chance("standalone price known", 0.3), below("standalone price", 9_999_900))
    paid = where(chance("paid price known", 0.15), below("paid price", 9_999_900))
    # what was given for nothing may still be refunded, if it came with a phone
    for_nothing = gift.fill_null(False) | (price == 0).fill_null(False)
    for_nothing |= (paid == 0).fill_null(False)
    together = where(chance("together known", 0.6) | for_nothing, chance("together", 0.5))
    return {
        "bought_with_phone": together,
        "gift": gift,
        "price": price,
        "standalone_price": alone,
        "paid_price": paid,
    }


def _papers(draws: Draws, sold: pl.Series) -> Columns:
    one_of, chance = draws.one_of, draws.chance
    full = chance("full papers", 0.5)
    made = sold - one_of("made", (0, 30, 89, 90, 91, 200))
    activated = sold + one_of("activated", (-40, 0, 1))
    return {
        "invoice": where(full, draws.all("original"), one_of("invoice", get_args(Invoice))),
        "voucher": where(full, draws.all("intact"), one_of("voucher", get_args(Voucher))),
        "manufactured_on": where(chance("factory date known", 0.5), made),
        "activated_on": where(chance("activation known", 0.1), activated),
    }


def _fault(draws: Draws, kind: pl.Series, sold: pl.Series, held: pl.Series) -> Columns:
    one_of, chance = draws.one_of, draws.chance
    listed = listed_fault(kind, one_of("main fault", _MAIN_FAULTS))
    any_fault = one_of("symptom", get_args(Symptom))
    symptom = where(chance("any symptom", 0.08), any_fault, listed)
    cause = where(chance("any cause", 0.5), one_of("cause", get_args(Cause)), draws.all("defect"))
    appeared = later(held - one_of("since appeared", _SINCE_APPEARED), sold)
    measured = (kind == "battery") | (symptom == "battery_fault")
    capacity = one_of("capacity", (0.0, 79.0, 79.5, 80.0, 81.0, 100.0))
    return {
        "symptom": symptom,
        "cause": where(chance("cause known", 0.45), cause),
        "cause_basis": where(chance("basis known", 0.3), one_of("basis", get_args(CauseBasis))),
        "contested": one_of("contested", {None: 65, True: 25, False: 10}),
        "appeared_on": where(chance("appearance known", 0.25), appeared),
        "found_unqualified": one_of("found unqualified", {None: 80, True: 6, False: 14}),
        "detail": one_of("detail", {None: 85, "green_line": 10, "dead_pixel": 5}),
        "battery_capacity": where(chance("capacity known", 0.4) & measured, capacity),
    }


def _asked(draws: Draws, sold: pl.Series, claimed: pl.Series) -> pl.Series:
    """Return the day first asked, in a third of the rows: near the claim, or near the windows."""
    near = claimed - draws.one_of("since asked", _SINCE_ASKED)
    early = sold + draws.one_of("asked after the sale", _ASKED_AFTER_SALE)
    day = where(draws.chance("asked early", 0.4), earlier(early, claimed), later(near, sold))
    return where(draws.chance("asked known", 0.33), day)


def _sold(draws: Draws) -> pl.Series:
    which = draws.below("sale", 100)
    usual = draws.below("sale day", _SALES) + _FIRST_SALE
    commenced = draws.below("commenced", 7) + _REGULATION - 3
    burden = draws.below("burden", 401) * -1 + _CONSUMER_LAW
    decree = draws.below("decree", 30) + _DECREE - 20
    local = where(
        draws.chance("in Zhejiang", 0.5),
        draws.below("Zhejiang", 7) + _ZHEJIANG - 3,
        draws.below("Jiangsu", 7) + _JIANGSU - 3,
    )
    since = draws.below("since the decree", 500) + _DECREE
    usual = where(which < 20, decree, where(which < 26, local, where(which < 40, since, usual)))
    return where(which < 4, commenced, where(which < 10, burden, usual))


def _price(draws: Draws) -> pl.Series:
    """Return a price in fen; small ones, and odd numbers of yuan, whose fees end in half a fen."""
    small, odd = draws.below("small price", 600), draws.below("odd price", 5000) * 200 + 100
    which = draws.below("price", 10)
    other = draws.below("any price", 99_999_900)
    return where(which < 2, small, where(which < 5, odd, other))


def _promises() -> list[list[str]]:
    """Return lists of commitments: each alone, and every two."""
    known = [name for name in ids() if name != law().id]
    return [[name] for name in known] + [list(two) for two in combinations(known, 2)]


def _repairs(draws: Draws, claims: pl.DataFrame) -> pl.DataFrame:
    long = entries(draws.one_of("repairs", (0, 0, 0, 1, 1, 2, 2, 3)))
    row = long["row"]
    sold, claimed, kind = (claims[name].gather(row) for name in ("sold_on", "claimed_on", "kind"))
    drawn = draws.entries(row, long["place"])
    one_of, chance, between = drawn.one_of, drawn.chance, drawn.between
    handed_in = where(
        chance("handed in near", 0.3),
        claimed - one_of("since handed in", _SINCE_HANDED_IN),
        between("handed in", sold - 3, claimed + 2),
    )
    near = later(handed_in, claimed - one_of("since back", _SINCE_HANDED_BACK))
    some_days = where(
        chance("a short repair", 0.5),
        handed_in + drawn.below("days in repair", 5),
        between("back", handed_in, claimed + 1),
    )
    back = where(chance("back near", 0.4), near, some_days)
    is_back = chance("is back", 0.7)
    return long.select("row").with_columns(
        handed_in_on=handed_in,
        ready_on=where(~is_back & chance("ready", 0.2), between("ready on", handed_in, claimed)),
        notified_on=where(
            chance("notified", 0.3),
            between("notified on", handed_in, where(is_back, back, claimed)),
        ),
        handed_back_on=where(is_back, back),
        symptom=where(
            chance("another fault", 0.4),
            where(
                chance("the usual fault", 0.7),
                listed_fault(kind, one_of("main fault", _MAIN_FAULTS)),
                one_of("fault", get_args(Symptom)),
            ),
        ),
        recorded=one_of("recorded", {None: 8, True: 9, False: 3}),
        under_guarantee=one_of("under guarantee", {None: 8, True: 9, False: 3}),
        software_only=one_of("software only", {None: 80, True: 12, False: 8}),
        delay=one_of("delay", get_args(Delay)),
    )


def _exchanges(draws: Draws, claims: pl.DataFrame) -> pl.DataFrame:
    long = entries(draws.one_of("exchanges", (0, 0, 0, 0, 1, 1, 2, 3)))
    row = long["row"]
    first, claimed = claims["sold_on"].gather(row) - 2, claims["claimed_on"].gather(row)
    drawn = draws.entries(row, long["place"])
    near = later(first, claimed - drawn.one_of("since exchanged", _SINCE_EXCHANGE))
    day = where(
        drawn.chance("exchanged near", 0.5), near, drawn.between("exchanged", first, claimed)
    )
    return long.select("row", exchanged_on=day)


def _with_unknowns(drawn: Drawn, draws: Draws, share: float) -> Drawn:
    """Return what was drawn without one to three of the facts that decide, in some rows."""
    how_many = where(
        draws.chance("unknown", share), draws.one_of("unknowns", (1, 1, 2, 3)), draws.all(0)
    )
    names = [draws.one_of(f"unknown {turn}", _UNKNOWABLE) for turn in range(3)]
    lost = {
        name: pl.select(
            pl.any_horizontal((how_many > turn) & (names[turn] == name) for turn in range(3))
        ).to_series()
        for name in _UNKNOWABLE
    }
    claims = drawn.claims.with_columns(
        where(~lost[name], drawn.claims[name]).alias(name)
        for name in _UNKNOWABLE
        if name in drawn.claims.columns
    )
    kept = ~lost["delay"].gather(drawn.repairs["row"])
    delay = where(kept, drawn.repairs["delay"]).alias("delay")
    return replace(drawn, claims=claims, repairs=drawn.repairs.with_columns(delay))
