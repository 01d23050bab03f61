"""The regulation of 2001 over columns, as one would write it by hand in numpy.

A unit of measure for ``sanbao.audit``, like ``by_hand_polars``: the same law under the default
readings, typed again from its text, for claims whose deciding facts are known. Polars only
hands the columns over and takes the results back.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sanbao import chinese_calendar

Days: TypeAlias = NDArray[np.datetime64]
Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.uint8]

KINDS = (
    "handset",
    "vehicle_phone",
    "fixed_station_phone",
    "battery",
    "charger",
    "wired_earphone",
    "terminal_card",
    "data_card",
    "other",
)
SYMPTOMS = (
    "function_fails",
    "screen_fault",
    "cannot_start_or_connect",
    "no_ring",
    "dialling_error",
    "switches_off",
    "sim_contact",
    "keys_fail",
    "sound_fault",
    "housing_crack",
    "battery_fault",
    "charger_fault",
    "earphone_fault",
    "terminal_card_fault",
    "data_card_fault",
    "unlisted",
    "wear",
    "none",
)
ACCESSORY_FAULTS = (
    "battery_fault",
    "charger_fault",
    "earphone_fault",
    "terminal_card_fault",
    "data_card_fault",
)
CAUSES = (
    "defect",
    "misuse",
    "liquid",
    "impact",
    "unauthorised_opening",
    "force_majeure",
    "network",
    "sim_data",
)
BASES = ("trader", "report", "consumer")
INVOICES = ("none", "copy", "original")
VOUCHERS = ("intact", "lost", "altered", "mismatched")
DELAYS = ("parts", "repairer")
REQUESTS = ("refund", "exchange", "repair")
RULES = {
    "art2.catalogue": "excluded",
    "art2.place": "excluded",
    "art31.date": "excluded",
    "art10.no_fault": "excluded",
    "art10.wear": "excluded",
    "app3.network": "excluded",
    "art10.sim_data": "excluded",
    "app3.unlisted": "excluded",
    "art24.no_evidence": "paid_repair",
    "art24.expired": "paid_repair",
    "art24.voucher": "paid_repair",
    "art24.misuse": "paid_repair",
    "art24.opened": "paid_repair",
    "art24.force_majeure": "paid_repair",
    "art11.refund": "refund",
    "art14.refund": "refund",
    "art11.exchange": "exchange",
    "art12.exchange": "exchange",
    "art13.exchange": "exchange",
    "art16.exchange": "exchange",
    "art17.exchange": "exchange",
    "art14.exchange": "exchange",
    "art18.refund": "refund",
    "art19.refund": "refund",
    "art10.repair": "free_repair",
    "art10.again": "free_repair",
}
CODE = {rule: np.uint8(place) for place, rule in enumerate(RULES, start=1)}
"""The number of each rule; 0 is no rule."""
NULL = 255
"""Not stated, in a column of codes."""
NONE = np.uint8(0)
REFUNDS = [code for rule, code in CODE.items() if rule.endswith(".refund")]
NO_PRICE = -1
NAT = np.datetime64("NaT", "D")
DAY, MONTH = np.timedelta64(1, "D"), np.timedelta64(1, "M")
"""What a number of days or months is multiplied by; a bare number has no unit."""
MONTHS = np.array([12, 12, 12, 6, 12, 3, 12, 12, 12])
"""How long the period of each kind is (Appendix 1)."""
LISTED = np.zeros((len(KINDS), NULL + 1), np.bool_)
"""Whether Appendix 3 lists a fault for a kind of goods."""
LISTED[:3, :10] = True
LISTED[range(3, 8), [SYMPTOMS.index(fault) for fault in ACCESSORY_FAULTS]] = True

FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
"""The days that the tables of days know."""


def decide(table: pl.DataFrame) -> pl.DataFrame:
    """Return outcome, rule, payable, fee and the end of the period for each row."""
    kind, symptom = codes(table["kind"], KINDS), codes(table["symptom"], SYMPTOMS)
    invoice, voucher = codes(table["invoice"], INVOICES), codes(table["voucher"], VOUCHERS)
    cause, asked = codes(table["cause"], CAUSES), codes(table["request"], REQUESTS)
    claimed, sold = days(table["claimed_on"]), days(table["sold_on"])
    received, made = days(table["received_on"]), days(table["manufactured_on"])
    gift, in_stock = flags(table["gift"], False), flags(table["same_model_in_stock"], False)
    main = kind <= KINDS.index("fixed_station_phone")

    # the papers (art. 9), the start of the period (arts. 8, 9, 21) and its end
    original, intact = invoice == INVOICES.index("original"), voucher == VOUCHERS.index("intact")
    full, proven = original & intact, original | intact | (invoice == INVOICES.index("copy"))
    by_factory_date = ~proven & main & ~np.isnat(made)
    evidence = proven | by_factory_date
    exchanged, exchanged_on = exchanges(table["exchanges"], sold)
    start = first_known(exchanged_on, days(table["invoiced_on"]), sold)
    start = np.where(by_factory_date, made + 90 * DAY, start)
    history = Repairs(table["repairs"], claimed, start, kind, symptom)
    end = rolled(months_after(MONTHS[kind], start) + history.deducted * DAY)
    expired = claimed > end

    # the windows (arts. 11, 12) and an exchange that is owed
    window = first_known(exchanged_on, received, sold)
    listed = LISTED[kind, symptom]
    in_7 = main & listed & (claimed <= rolled(window + 7 * DAY))
    exchange = np.select(
        [
            ~proven,
            ~main,
            in_7,
            listed & (claimed <= rolled(window + 15 * DAY)),
            listed & (history.repaired >= 2),
            history.parts,
            history.repairer,
        ],
        [
            NONE,
            CODE["art14.exchange"],
            CODE["art11.exchange"],
            CODE["art12.exchange"],
            CODE["art13.exchange"],
            CODE["art16.exchange"],
            CODE["art17.exchange"],
        ],
        NONE,
    )

    # the price that a refund pays, and the refund
    alone = main | ~flags(table["bought_with_phone"], True)
    with_phone = ~main & flags(table["bought_with_phone"], False)
    price = np.where(alone, fen(table["price"]), fen(table["standalone_price"]))
    price[~alone & ~with_phone] = NO_PRICE
    owed = exchange != NONE
    refund = np.select(
        [
            gift & (price <= 0),
            full & in_7,
            full & ~main & (exchanged >= 2),
            owed & ~in_stock,
            owed & main & (asked == REQUESTS.index("refund")),
        ],
        [
            NONE,
            CODE["art11.refund"],
            CODE["art14.refund"],
            CODE["art18.refund"],
            CODE["art19.refund"],
        ],
        NONE,
    )

    # scope, bars, what was asked for, then the strongest
    exclusion = excluded(table, kind, symptom, cause, sold)
    bar = barred(table, voucher, cause, claimed, first_known(received, sold, start))
    at_once = (refund == CODE["art11.refund"]) | (refund == CODE["art14.refund"])
    rule = np.select(
        [
            exclusion != NONE,
            ~evidence,
            expired & main & history.again & (bar == NONE),
            expired,
            bar != NONE,
            main & (asked == REQUESTS.index("repair")),
            (refund != NONE) & (asked == REQUESTS.index("refund")),
            at_once & (asked != REQUESTS.index("exchange")),
            owed,
        ],
        [
            exclusion,
            CODE["art24.no_evidence"],
            CODE["art10.again"],
            CODE["art24.expired"],
            bar,
            CODE["art10.repair"],
            refund,
            refund,
            exchange,
        ],
        CODE["art10.repair"],
    )

    # the fee: 0.5 % of the price for each day of use, half up; goods never used: none (art. 19)
    used = np.maximum((claimed - start).astype(np.int64) - history.deducted, 0)
    fee = np.minimum((price * used * 5 + 500) // 1000, price)
    fee[(rule != CODE["art19.refund"]) | ~flags(table["used"], True)] = 0
    paid = np.isin(rule, REFUNDS) & (price != NO_PRICE)
    return pl.DataFrame(
        {
            "outcome": pl.Series(["", *RULES.values()]).gather(rule),
            "rule": pl.Series(["", *RULES]).gather(rule),
            "payable": yuan(price - fee, paid),
            "fee": yuan(fee, paid),
            "period_ends_on": np.where(evidence & (kind != KINDS.index("other")), end, NAT),
        }
    )


def exchanges(lists: pl.Series, sold: Days) -> tuple[Numbers, Days]:
    """Return how many exchanges there were since the sale, and the last of them."""
    row, flat = flattened(lists)
    day = days(flat)
    since = day >= sold[row]
    row, day = row[since], day[since]
    last = np.full(len(sold), np.iinfo(np.int64).min)  # which is NaT
    np.maximum.at(last, row, day.view(np.int64))
    return np.bincount(row, minlength=len(sold)), last.view("M8[D]")


class Repairs:
    """What the repairs since the start of the period come to, for each claim."""

    def __init__(
        self, lists: pl.Series, claimed: Days, start: Days, kind: Codes, symptom: Codes
    ) -> None:
        self.rows = len(claimed)
        row, flat = flattened(lists)
        fields = flat.struct
        handed_in = days(fields.field("handed_in_on"))
        since = (handed_in >= start[row]) & (handed_in <= claimed[row])
        row, handed_in, claimed = row[since], handed_in[since], claimed[row][since]
        back = days(fields.field("handed_back_on"))[since]
        ready = days(fields.field("ready_on"))[since]
        notified = days(fields.field("notified_on"))[since]
        delay = codes(fields.field("delay"), DELAYS)[since]
        now = symptom[row]
        fault = codes(fields.field("symptom"), SYMPTOMS)[since]
        fault = np.where(fault == NULL, now, fault)

        finished = back <= claimed
        guaranteed = finished & flags(fields.field("under_guarantee"), True)[since]
        recorded = flags(fields.field("recorded"), True)[since]
        waiting = ~(finished | (ready <= claimed) | (notified <= claimed))
        waited = claimed - handed_in
        counted = guaranteed & recorded & LISTED[kind[row], fault]
        self.repaired = np.bincount(row[counted], minlength=self.rows)
        self.again = self._any(row[guaranteed & (claimed - back <= 30 * DAY) & (fault == now)])
        late = waiting & (delay == DELAYS.index("parts")) & (waited > 60 * DAY)
        self.parts = self._any(row[late])
        late = waiting & (delay == DELAYS.index("repairer")) & (waited > 30 * DAY)
        self.repairer = self._any(row[late])
        self.deducted = self._days(row, handed_in, np.where(finished, back, claimed))

    def _any(self, row: Numbers) -> Flags:
        found = np.zeros(self.rows, np.bool_)
        found[row] = True
        return found

    def _days(self, row: Numbers, first: Days, last: Days) -> Numbers:
        """Return the days that lie in a repair, those that two of them share once."""
        # the days of one claim lie far from those of any other: one running maximum serves all
        begin = row * 2**20 + first.view(np.int64)
        end = row * 2**20 + last.view(np.int64) + 1
        order = np.argsort(begin, kind="stable")
        begin, end = begin[order], end[order]
        reached = np.maximum.accumulate(end)
        begin[1:] = np.maximum(begin[1:], reached[:-1])
        deducted = np.zeros(self.rows, np.int64)
        np.add.at(deducted, row[order], np.maximum(end - begin, 0))
        return deducted


def excluded(table: pl.DataFrame, kind: Codes, symptom: Codes, cause: Codes, sold: Days) -> Codes:
    """Return the rule of scope that excludes each claim (arts. 2, 10, 31, Appendix 3)."""
    capacity = table["battery_capacity"].fill_null(0).to_numpy()
    charged = (symptom == SYMPTOMS.index("battery_fault")) & (capacity >= 80)
    return np.select(
        [
            kind == KINDS.index("other"),
            ~flags(table["sold_in_mainland"], True),
            sold < np.datetime64("2001-11-15"),
            (symptom == SYMPTOMS.index("none")) | charged,
            symptom == SYMPTOMS.index("wear"),
            cause == CAUSES.index("network"),
            cause == CAUSES.index("sim_data"),
            (kind > KINDS.index("fixed_station_phone")) & ~LISTED[kind, symptom],
        ],
        [
            CODE["art2.catalogue"],
            CODE["art2.place"],
            CODE["art31.date"],
            CODE["art10.no_fault"],
            CODE["art10.wear"],
            CODE["app3.network"],
            CODE["art10.sim_data"],
            CODE["app3.unlisted"],
        ],
        NONE,
    )


def barred(
    table: pl.DataFrame, voucher: Codes, cause: Codes, claimed: Days, received: Days
) -> Codes:
    """Return the bar that the voucher or the cause of the fault raises (art. 24).

    A ground that only the trader asserts bars after the 6 months in which he has to prove it.
    """
    basis = codes(table["cause_basis"], BASES)
    proved = (
        (basis == BASES.index("report"))
        | (basis == BASES.index("consumer"))
        | (claimed < np.datetime64("2014-03-15"))
        | (claimed > months_after(6, received))
    )
    return np.select(
        [
            (voucher == VOUCHERS.index("altered")) | (voucher == VOUCHERS.index("mismatched")),
            ~proved,
            (cause >= CAUSES.index("misuse")) & (cause <= CAUSES.index("impact")),
            cause == CAUSES.index("unauthorised_opening"),
            cause == CAUSES.index("force_majeure"),
        ],
        [
            CODE["art24.voucher"],
            NONE,
            CODE["art24.misuse"],
            CODE["art24.opened"],
            CODE["art24.force_majeure"],
        ],
        NONE,
    )


# --- days ---------------------------------------------------------------------------------------


def first_known(*columns: Days) -> Days:
    """Return the first day of each row that is known."""
    found = columns[-1]
    for column in columns[-2::-1]:
        found = np.where(np.isnat(column), found, column)
    return found


@cache
def working_days() -> Days:
    """Return for every day the first from it on that is no rest day."""
    calendar, day = chinese_calendar(), LAST
    found, working = [], LAST
    while day >= FIRST:
        if not calendar.is_rest_day(day, "weekends_too"):
            working = day
        found.append(working)
        day -= timedelta(days=1)
    return np.array(found[::-1], "M8[D]")


@cache
def ends() -> NDArray[np.datetime64]:
    """Return, for 0 to 12 months, the day so many months after every day (Civil Code 202)."""
    day = np.arange(np.datetime64(FIRST), np.datetime64(LAST) + DAY)
    month = day.astype("M8[M]")
    after = month + np.arange(13)[:, None] * MONTH
    last = (after + MONTH).astype("M8[D]") - DAY
    found: NDArray[np.datetime64] = np.minimum(
        after.astype("M8[D]") + (day - month.astype("M8[D]")), last
    )
    return found


def rolled(day: Days) -> Days:
    """Return the first day from ``day`` on that is no rest day (art. 8, Civil Code 203)."""
    return working_days()[place(day)]


def months_after(months: Numbers | int, day: Days) -> Days:
    """Return the day so many months after ``day``."""
    found: Days = ends()[months, place(day)]
    return found


def place(day: Days) -> Numbers:
    """Return the place of days in a table that begins with ``FIRST``."""
    return day.view(np.int64) - np.datetime64(FIRST).view(np.int64)


# --- from the table and back --------------------------------------------------------------------


def codes(column: pl.Series, names: tuple[str, ...]) -> Codes:
    """Return texts as their places in ``names``."""
    return column.cast(pl.Enum(names)).to_physical().fill_null(NULL).to_numpy()


def days(column: pl.Series) -> Days:
    """Return dates; NaT where there is none."""
    return column.to_numpy()


def flags(column: pl.Series, default: bool) -> Flags:
    """Return yes and no, with what an empty cell means."""
    return column.fill_null(default).to_numpy()


def flattened(lists: pl.Series) -> tuple[Numbers, pl.Series]:
    """Return what lists hold as one column, and the row that each belongs to."""
    lengths = lists.list.len().fill_null(0).to_numpy()
    row = np.repeat(np.arange(len(lists)), lengths)
    return row, lists.explode(empty_as_null=False, keep_nulls=False)


def fen(column: pl.Series) -> Numbers:
    """Return amounts in yuan as whole fen."""
    return column.to_physical().cast(pl.Int64).fill_null(NO_PRICE).to_numpy()


def yuan(fen: Numbers, known: Flags) -> pl.Series:
    """Return whole fen as yuan, where there is an amount."""
    column = pl.Series(fen).set(pl.Series(~known), None)
    return column.cast(pl.Decimal(38, 0)) * pl.Series(["0.01"]).cast(pl.Decimal(38, 2))
