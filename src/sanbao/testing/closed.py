"""Closed claims as a company might keep them: 已结申请表."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import polars as pl

from sanbao.base.errors import Reason, ValidationError
from sanbao.testing.company import Injected, answered
from sanbao.testing.draws import Draws, earlier, later, share_of, where
from sanbao.testing.goods import MAIN_FAULTS, MAIN_UNITS, imeis, listed_fault
from sanbao.testing.impossible import with_mistakes
from sanbao.testing.rows import Columns, Drawn, entries, numbered
from sanbao.testing.seasons import days_of_sale, days_until_claim, span

__all__ = ["claim_table", "claim_table_and_injected"]

_CITIES: Final = (
    *("北京", "上海", "广州", "深圳", "成都", "重庆", "杭州", "武汉", "西安", "南京"),
    *("天津", "苏州", "郑州", "长沙", "东莞", "青岛", "沈阳", "宁波", "昆明", "大连"),
    *("厦门", "合肥", "佛山", "福州", "哈尔滨", "济南", "温州", "长春", "石家庄", "南宁"),
)
_MOST_SHOPS: Final = 10_000
_CARE: Final = (60, 40, 100, 70, 260, 50, 120, 90)
"""How often a shop gives less than it owes, beside the others, in percent."""

_KINDS: Final = {
    "handset": 860,
    "battery": 38,
    "charger": 36,
    "wired_earphone": 34,
    "data_card": 8,
    "terminal_card": 6,
    "vehicle_phone": 6,
    "fixed_station_phone": 6,
    "other": 6,
}
_CAUSES: Final = {
    None: 560,
    "defect": 350,
    "impact": 30,
    "liquid": 26,
    "misuse": 14,
    "unauthorised_opening": 8,
    "network": 6,
    "sim_data": 4,
    "force_majeure": 2,
}
_EARLY: Final = {None: 20, "refund": 45, "exchange": 25, "repair": 10}
_LATE: Final = {None: 30, "refund": 15, "exchange": 20, "repair": 35}
"""What is asked for, in the first 15 days and after."""
_PRICES: Final = (
    *(499, 599, 799, 899, 999, 1199, 1299, 1399, 1599, 1699, 1999, 2199, 2399, 2599, 2799),
    *(2999, 3299, 3699, 3999, 4499, 4999, 5499, 5999, 6999, 7999, 8999, 9999),
)
"""Prices of phones, so that as many cost more than one and less than the next: log-normal."""
_SMALL_PRICES: Final = (19, 29, 39, 49, 59, 69, 79, 99, 129, 149, 199, 249, 299, 399)
_REPAIR_TAKES: Final = {1: 8, 2: 10, 3: 12, 5: 10, 7: 10, 8: 4, 12: 4, 20: 3, 31: 2, 45: 1, 61: 1}
_OPEN_FOR: Final = (1, 2, 4, 7, 8, 12, 20, 29, 30, 31, 32, 45, 59, 60, 61, 62, 75)
_SINCE_EXCHANGE: Final = (1, 3, 6, 7, 8, 12, 14, 15, 16, 30, 60, 120, 200, 364, 366)
_SINCE_ASKED: Final = (0, 1, 1, 2, 3, 5, 8, 14, 20, 31)
_PROVINCES: Final = {None: 40, "CN-ZJ": 5, "CN-JS": 5, "CN-GD": 20, "CN-SC": 15, "CN-BJ": 15}
_UNKNOWABLE: Final = ("sold_on", "invoice", "voucher", "symptom", "same_model_in_stock")


def claim_table(
    rows: int,
    *,
    seed: int,
    shops: int | Sequence[str] = 24,
    months: tuple[str, str] = ("2019-01", "2024-12"),
    underpaid: float = 0.05,
    errors: float = 0.0,
    unknown: float = 0.0,
    first: int = 0,
) -> pl.DataFrame:
    """Return a table of closed claims with what the company did about each.

    The columns are ``claim_id``, ``shop``, the fields of a claim
    (:data:`~sanbao.testing.rows.FLAT`, without what tables rarely hold), ``company_outcome`` and
    ``company_refund``. ``shops`` are names of shops, or how many there are; they are of unequal
    size. ``months`` are the first and the last month of the sales. The company gives what the
    law gives, but in about a share ``underpaid`` of the rows in which there is something to
    give; :func:`claim_table_and_injected` says which. A share ``errors`` of the rows cannot be,
    a share ``unknown`` lacks a fact. ``first`` is the number of the first row: tables made in
    parts are the table made at once.

    Raises :class:`~sanbao.ValidationError` for arguments that cannot be.
    """
    return claim_table_and_injected(
        rows,
        seed=seed,
        shops=shops,
        months=months,
        underpaid=underpaid,
        errors=errors,
        unknown=unknown,
        first=first,
    )[0]


def claim_table_and_injected(
    rows: int,
    *,
    seed: int,
    shops: int | Sequence[str] = 24,
    months: tuple[str, str] = ("2019-01", "2024-12"),
    underpaid: float = 0.05,
    errors: float = 0.0,
    unknown: float = 0.0,
    first: int = 0,
) -> tuple[pl.DataFrame, Injected]:
    """Return the table of :func:`claim_table`, and what an audit has to find in it.

    >>> table, injected = claim_table_and_injected(200, seed=1)
    >>> len(table), len(injected.rows) == len(injected)
    (200, True)
    """
    for name, share in (("underpaid", underpaid), ("errors", errors), ("unknown", unknown)):
        share_of(name, share)
    names = _shops(shops)
    days = days_of_sale(*span(months))
    draws = Draws(seed, numbered(rows, first))
    sizes = [2520 // (place + 2) + 10 for place in range(len(names))]
    shop = draws.one_of("shop", dict(enumerate(sizes)))
    drawn = _drawn(draws, days, unknown)
    table = with_mistakes(drawn, draws, errors, as_text=False).table()
    table = table.insert_column(1, pl.Series("shop", names, dtype=pl.String).gather(shop))
    carelessness = pl.Series(_carelessness(sizes, underpaid), dtype=pl.Float64).gather(shop)
    return answered(table, draws, carelessness)


# --- what is asked for -----------------------------------------------------------------------


def _shops(shops: int | Sequence[str]) -> list[str]:
    if isinstance(shops, int) and not isinstance(shops, bool) and 1 <= shops <= _MOST_SHOPS:
        return list(_named(shops))
    if isinstance(shops, Sequence) and not isinstance(shops, str):
        names = list(shops)
        if 1 <= len(names) <= _MOST_SHOPS and all(isinstance(name, str) for name in names):
            return names
    reason = Reason("table.shops", most=_MOST_SHOPS)
    raise ValidationError.of("shops", shops, reason)


def _named(shops: int) -> Iterator[str]:
    for place in range(shops):
        branch, city = divmod(place, len(_CITIES))
        yield f"{_CITIES[city]}{branch + 1}店"


def _carelessness(sizes: Sequence[int], underpaid: float) -> Iterator[float]:
    """Yield how often each shop gives less, so that all together do about as often as asked."""
    care = [_CARE[place % len(_CARE)] for place in range(len(sizes))]
    mean = sum(size * one for size, one in zip(sizes, care, strict=True)) / sum(sizes)
    for one in care:
        odds = underpaid * one / mean
        yield odds / (1 - underpaid + odds)


# --- claims ----------------------------------------------------------------------------------


def _drawn(draws: Draws, days: pl.Series, unknown: float) -> Drawn:
    one_of, chance, below = draws.one_of, draws.chance, draws.below
    kind = one_of("kind", _KINDS)
    main = kind.is_in(MAIN_UNITS)
    sold = days.gather(below("day of sale", len(days)))
    shipped = where(chance("shipped", 0.35), below("shipping", 5) + 1)
    received = sold + shipped.fill_null(0)
    passed = one_of("days until claim", [*days_until_claim()])
    claimed = received + passed
    number = draws.numbers.cast(pl.String).str.zfill(9)
    columns: Columns = {
        "claim_id": pl.select(pl.lit("SB") + number).to_series(),
        "claimed_on": claimed,
        "kind": kind,
        "sold_in_mainland": ~chance("abroad", 0.003),
        "imei": where(main, imeis(draws)),
        "complete": chance("complete", 0.93),
        "housing_worn": chance("worn", 0.12),
        "used": ~chance("never used", 0.02),
        "condition": where(chance("second-hand", 0.01), draws.all("second_hand")),
        **_sale(draws, main, sold, claimed),
        "received_on": where(shipped.is_not_null(), received),
        "manufactured_on": where(main, sold - 20 - below("made", 300)),
        "activated_on": where(main, received + one_of("activated", {0: 80, 1: 10, 2: 6, -30: 1})),
        **_fault(draws, kind),
        **_asked(draws, passed, claimed),
    }
    lost = where(chance("unknown", unknown), one_of("not known", _UNKNOWABLE))
    claims = pl.DataFrame(columns).with_columns(
        pl.when(lost.ne_missing(name)).then(name).alias(name) for name in _UNKNOWABLE
    )
    return Drawn(
        claims,
        _repairs(draws, where(main & (passed > 2), passed, draws.all(0)), received, claims),
        _exchanges(draws, main, passed, claimed),
    )


def _sale(draws: Draws, main: pl.Series, sold: pl.Series, claimed: pl.Series) -> Columns:
    one_of, chance = draws.one_of, draws.chance
    invoice = one_of("invoice", {"original": 870, "copy": 60, "other": 20, "none": 50})
    invoiced = earlier(sold + one_of("invoiced", {0: 94, 1: 3, 3: 2}), claimed)
    voucher = {"intact": 860, "lost": 90, "not_issued": 30, "altered": 10, "mismatched": 10}
    gift = chance("gift", 0.05) & ~main
    together = chance("together", 0.55)
    small = one_of("small price", _SMALL_PRICES) * 100
    price = _price(draws)
    return {
        "sold_on": sold,
        "bought_with_phone": where(~main, together),
        "invoice": invoice,
        "invoiced_on": where(invoice.is_in(["original", "copy"]), invoiced),
        "voucher": one_of("voucher", voucher),
        "gift": gift,
        "price": where(main, price, where(~gift & ~together, small)),
        "standalone_price": where(~main & ~gift & together, small),
        "paid_price": where(main & chance("discounted", 0.08), price * 9 // 10),
        "plan_bundled": main & chance("plan", 0.08),
        "province": one_of("province", _PROVINCES),
        "same_model_in_stock": chance("in stock", 0.85),
    }


def _fault(draws: Draws, kind: pl.Series) -> Columns:
    one_of, chance = draws.one_of, draws.chance
    odd = one_of("no listed fault", {"unlisted": 3, "wear": 1, "none": 1})
    listed = listed_fault(kind, one_of("fault", MAIN_FAULTS))
    cause = one_of("cause", _CAUSES)
    basis = one_of("basis", {"report": 70, "inspection": 5, "trader": 19, "consumer": 6})
    capacity = (draws.below("capacity", 45) + 40) * 1.0
    return {
        "symptom": where(chance("no listed fault here", 0.03), odd, listed),
        "cause": cause,
        "cause_basis": where(cause.is_not_null(), basis),
        "contested": where(cause.is_not_null(), chance("contested", 0.08)),
        "battery_capacity": where((kind == "battery") & chance("measured", 0.6), capacity),
        "confirmed": chance("confirmed", 0.9),
    }


def _asked(draws: Draws, passed: pl.Series, claimed: pl.Series) -> Columns:
    """Return what was asked for and since when, and when the fault appeared before that."""
    one_of, chance = draws.one_of, draws.chance
    since_asked = earlier(one_of("since asked", _SINCE_ASKED), passed)
    asked = where(chance("asked before", 0.06), claimed - since_asked)
    until_asked = passed - where(asked.is_not_null(), since_asked, draws.all(0))
    since_appeared = earlier(one_of("since appeared", _SINCE_ASKED), until_asked)
    appeared = claimed - passed + until_asked - since_appeared
    return {
        "asked_on": asked,
        "appeared_on": where(chance("appeared before", 0.05), appeared),
        "request": where(passed <= 15, one_of("early", _EARLY), one_of("late", _LATE)),
    }


def _price(draws: Draws) -> pl.Series:
    """Return the price of a phone in fen, between two of the list and ending in 9 yuan."""
    place, part = draws.below("price", len(_PRICES) - 1), draws.below("between prices", 100)
    prices = pl.Series(_PRICES)
    low, high = prices.gather(place), prices.gather(place + 1)
    return ((low + (high - low) * part // 100) // 10 * 10 + 9) * 100


def _repairs(
    draws: Draws, passed: pl.Series, received: pl.Series, claims: pl.DataFrame
) -> pl.DataFrame:
    """Return the repairs, one after the other; the last may be going on still."""
    count = draws.one_of("repairs", {0: 780, 1: 120, 2: 70, 3: 25, 4: 5})
    count = where(passed > 0, count, draws.all(0))
    long = entries(count)
    row, place = long["row"], long["place"]
    drawn = draws.entries(row, place)
    one_of, chance, between = drawn.one_of, drawn.chance, drawn.between
    start, lasted, count = received.gather(row), passed.gather(row), count.gather(row)
    earliest = start + lasted * place // count
    latest = start + lasted * (place + 1) // count
    going_on = (place + 1 == count) & chance("going on", 0.3)
    handed_in = where(
        going_on,
        later(earliest, latest - one_of("open for", _OPEN_FOR)),
        between("handed in", earliest, latest),
    )
    done = handed_in + one_of("takes", _REPAIR_TAKES)
    back = where(~going_on, where(done < latest, done, latest))
    ready = between("ready", later(handed_in, back - 3), back)
    symptom = claims["symptom"].gather(row)
    return long.select("row").with_columns(
        handed_in_on=handed_in,
        ready_on=where(chance("ready known", 0.6), ready),
        notified_on=where(chance("notified", 0.4), ready),
        handed_back_on=back,
        symptom=where(
            chance("fault named", 0.7),
            where(chance("the same fault", 0.6), symptom, one_of("fault", MAIN_FAULTS)),
        ),
        recorded=one_of("recorded", {True: 92, None: 4, False: 4}),
        under_guarantee=one_of("under guarantee", {True: 95, False: 5}),
        software_only=chance("software only", 0.04),
        delay=where(
            going_on | (back - handed_in > 7),
            one_of("delay", {"parts": 2, "repairer": 1}),
        ),
    )


def _exchanges(
    draws: Draws, main: pl.Series, passed: pl.Series, claimed: pl.Series
) -> pl.DataFrame:
    count = where(
        main,
        draws.one_of("exchanges", {0: 960, 1: 36, 2: 4}),
        draws.one_of("exchanges of accessories", {0: 880, 1: 80, 2: 32, 3: 8}),
    )
    long = entries(where(passed > 1, count, draws.all(0)))
    drawn = draws.entries(long["row"], long["place"])
    ago, most = drawn.one_of("ago", _SINCE_EXCHANGE), passed.gather(long["row"])
    ago = where(ago < most, ago, drawn.below("other day", most))
    day = claimed.gather(long["row"]) - ago
    return long.select("row", exchanged_on=day).sort("row", "exchanged_on")
