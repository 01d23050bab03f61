"""The law of mobile phones over columns, as one would write it by hand in numpy.

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
BASES = ("trader", "report", "consumer", "inspection")
INVOICES = ("none", "other", "copy", "original")
VOUCHERS = ("intact", "not_issued", "lost", "altered", "mismatched")
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
    "cpl54.refund": "refund",
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
IN_FORCE = np.datetime64("2001-11-15")
CONSUMER_LAW_SINCE = np.datetime64("2014-03-15")
"""From when the Consumer Protection Law of 2013 governs claims (arts. 23, 54)."""
DECREE_SINCE = np.datetime64("2024-07-01")
"""From when Decree 778 governs goods: those delivered, and claimed, on this day or later."""
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
    cause, wanted = codes(table["cause"], CAUSES), codes(table["request"], REQUESTS)
    claimed, sold = days(table["claimed_on"]), days(table["sold_on"])
    made, invoiced = days(table["manufactured_on"]), days(table["invoiced_on"])
    gift, in_stock = flags(table["gift"], False), flags(table["same_model_in_stock"], False)
    main = kind <= KINDS.index("fixed_station_phone")
    delivered = first_known(days(table["received_on"]), sold)
    decree = (delivered >= DECREE_SINCE) & (claimed >= DECREE_SINCE)

    # the papers (art. 9), the day asked, the start of the period (arts. 8, 9, 21; d778.18)
    full, proven = papers(invoice, voucher)
    by_factory_date = ~proven & main & ~np.isnat(made)
    evidence = proven | by_factory_date
    exchanged, exchanged_on = exchanges(table["exchanges"], sold)
    asked = first_known(since(exchanged_on, days(table["asked_on"])), claimed)
    begun = first_known(exchanged_on, np.where(decree, delivered, NAT), invoiced, sold)
    start = np.where(by_factory_date, made + 90 * DAY, begun)

    # the end of the period, which repairs push on, and a fault that comes back (arts. 8, 10)
    history = Repairs(table["repairs"], claimed, asked, start, kind, symptom)
    end = months_after(MONTHS[kind], start)
    basis, contested = codes(table["cause_basis"], BASES), flags(table["contested"], False)
    disputed = contested & (basis == BASES.index("report"))
    reached = history.reached(asked, (asked > end) | disputed)
    end = history.pushed(end)
    expired = reached > end

    # the windows (arts. 11, 12), which they stretch for decree goods, and an exchange owed
    window = first_known(exchanged_on, delivered)
    listed = LISTED[kind, symptom]
    in_7 = main & listed & (asked <= history.pushed(window + 7 * DAY, decree))
    exchange = np.select(
        [
            ~proven,
            ~main,
            in_7,
            listed & (asked <= history.pushed(window + 15 * DAY, decree)),
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

    # scope and bars, and by whom the cause is proved
    found = np.where(evidence, reached, asked)
    found = first_known(since(exchanged_on, days(table["appeared_on"])), found)
    early = (claimed >= CONSUMER_LAW_SINCE) & (found <= months_after(6, window))
    proved = (basis >= BASES.index("report")) & (basis != NULL) & ~(disputed & early)
    exclusion = excluded(table, kind, symptom, cause, sold, proved)
    bar = barred(voucher, cause, proved)

    # the price that a refund pays, and the refund
    price = prices(table, main, decree)
    refundable = (price > 0) | ((price == NO_PRICE) & ~gift)
    unqualified = (
        flags(table["found_unqualified"], False)
        & (claimed >= CONSUMER_LAW_SINCE)
        & evidence
        & refundable
        & ((exclusion == NONE) | (exclusion > CODE["art31.date"]))  # not art. 2, not art. 31
    )
    owed = exchange != NONE
    refund = np.select(
        [
            ~refundable,
            full & in_7,
            full & ~main & (exchanged >= 2),
            unqualified,
            owed & ~in_stock,
            owed & main & (wanted == REQUESTS.index("refund")),
        ],
        [
            NONE,
            CODE["art11.refund"],
            CODE["art14.refund"],
            CODE["cpl54.refund"],
            CODE["art18.refund"],
            CODE["art19.refund"],
        ],
        NONE,
    )

    # scope, bars, what was asked for, then the strongest
    in_full = (refund != NONE) & (refund <= CODE["cpl54.refund"])
    repair_wanted = wanted == REQUESTS.index("repair")
    again = expired & main & history.again & (exclusion == NONE) & (bar == NONE)
    rule = np.select(
        [
            (exclusion != NONE) & ~unqualified,
            ~evidence,
            again & (~unqualified | repair_wanted),
            unqualified & ((exclusion != NONE) | expired | (bar != NONE)),
            expired,
            bar != NONE,
            main & repair_wanted,
            (refund != NONE) & (wanted == REQUESTS.index("refund")),
            in_full & ((wanted != REQUESTS.index("exchange")) | ~owed),
            owed,
        ],
        [
            exclusion,
            CODE["art24.no_evidence"],
            CODE["art10.again"],
            CODE["cpl54.refund"],
            CODE["art24.expired"],
            bar,
            CODE["art10.repair"],
            refund,
            refund,
            exchange,
        ],
        CODE["art10.repair"],
    )

    # the fee for use; where it leaves nothing of the price, the exchange leads (art. 19)
    less_fee, used = rule == CODE["art19.refund"], flags(table["used"], True)
    charged, fee = np.flatnonzero(less_fee & used), np.zeros(len(price), np.int64)
    use = first_known(exchanged_on, invoiced, sold)
    fee[charged], nothing_left = fees(table, charged, price, exchanged_on, use)
    rule[charged[nothing_left]] = exchange[charged[nothing_left]]
    known = price != NO_PRICE
    refunded = np.isin(rule, REFUNDS)
    return pl.DataFrame(
        {
            "outcome": pl.Series(["", *RULES.values()]).gather(rule),
            "rule": pl.Series(["", *RULES]).gather(rule),
            "payable": yuan(price - fee, refunded & known),
            "fee": yuan(fee, refunded & (known | (less_fee & ~used))),
            "period_ends_on": np.where(evidence & (kind != KINDS.index("other")), end, NAT),
        }
    )


def papers(invoice: Codes, voucher: Codes) -> tuple[Flags, Flags]:
    """Say which claims have papers that carry a refund, and which such as carry an exchange."""
    original, intact = invoice == INVOICES.index("original"), voucher == VOUCHERS.index("intact")
    full: Flags = original & (intact | (voucher == VOUCHERS.index("not_issued")))
    proven: Flags = intact | ((invoice >= INVOICES.index("other")) & (invoice != NULL))
    return full, proven


def prices(table: pl.DataFrame, main: Flags, decree: Flags) -> Numbers:
    """Return the price in fen that a refund goes by (arts. 11, 14, 19; d778.18)."""
    together = ~main & flags(table["bought_with_phone"], False)
    alone = main | ~flags(table["bought_with_phone"], True)
    paid = fen(table["paid_price"])
    price = np.where(decree & (paid != NO_PRICE), paid, fen(table["price"]))
    return np.select([alone, together], [price, fen(table["standalone_price"])], NO_PRICE)


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
    """The repairs since the start of the period, in the order of their hand-in, of all claims.

    ``repaired`` counts those that art. 13 counts; ``again``, ``parts`` and ``repairer`` say
    whether arts. 10, 16 and 17 ask for one of them.
    """

    def __init__(
        self,
        lists: pl.Series,
        claimed: Days,
        asked: Days,
        start: Days,
        kind: Codes,
        symptom: Codes,
    ) -> None:
        self.rows = len(claimed)
        row, flat = flattened(lists)
        fields = flat.struct
        handed_in = days(fields.field("handed_in_on"))
        counts = np.flatnonzero((handed_in >= start[row]) & (handed_in <= claimed[row]))
        counts = counts[np.argsort(apart(row[counts], handed_in[counts]), kind="stable")]
        row, handed_in = row[counts], handed_in[counts]
        claimed, asked, now = claimed[row], asked[row], symptom[row]
        back = days(fields.field("handed_back_on"))[counts]
        ready = days(fields.field("ready_on"))[counts]
        notified = days(fields.field("notified_on"))[counts]
        delay = codes(fields.field("delay"), DELAYS)[counts]
        fault = codes(fields.field("symptom"), SYMPTOMS)[counts]
        fault = np.where(fault == NULL, now, fault)

        finished = back <= claimed
        guaranteed = flags(fields.field("under_guarantee"), True)[counts]
        recorded = guaranteed & flags(fields.field("recorded"), True)[counts]
        same = guaranteed & (fault == now)
        listed = LISTED[kind[row], fault]
        self.repaired = np.bincount(row[finished & recorded & listed], minlength=self.rows)
        held = np.where(asked < back, claimed, asked)
        self.again = self._any(row[finished & same & (held - back <= 30 * DAY)])
        late = recorded & ~(finished | (ready <= claimed) | (notified <= claimed))
        waited = claimed - handed_in
        parts, repairer = DELAYS.index("parts"), DELAYS.index("repairer")
        self.parts = self._any(row[late & (delay == parts) & (waited > 60 * DAY)])
        self.repairer = self._any(row[late & (delay == repairer) & (waited > 30 * DAY)])

        self.row, self.handed_in, self.links = row, handed_in, same & (handed_in < asked)
        self.last = np.where(finished, back, claimed)
        added = fresh(apart(row, handed_in), apart(row, self.last))
        all_before = np.cumsum(added) - added
        self.added = np.bincount(row, added, self.rows).astype(np.int64)
        # what the repairs before each one of the same claim add
        begins = np.flatnonzero(np.diff(row, prepend=-1))
        self.before = all_before - np.repeat(all_before[begins], np.diff(begins, append=len(row)))

    def _any(self, row: Numbers) -> Flags:
        found = np.zeros(self.rows, np.bool_)
        found[row] = True
        return found

    def pushed(self, end: Days, which: Flags | None = None) -> Days:
        """Return the last day of each claim, rolled, where repairs push ``end`` on.

        ``which`` says for which claims they do. A repair that comes too late adds nothing, nor
        does any after it.
        """
        added = self.added.copy()
        doubtful = self.handed_in > end[self.row]
        row, handed_in = self.row[doubtful], self.handed_in[doubtful]
        before = self.before[doubtful]
        late = handed_in > rolled(end[row] + before * DAY)
        np.minimum.at(added, row[late], before[late])
        if which is not None:
            added[~which] = 0
        return rolled(end + added * DAY)

    def reached(self, asked: Days, which: Flags) -> Days:
        """Return the day that a fault which comes back reaches back to (art. 10).

        Repairs of one fault are links of a chain. It breaks before a repair, and before the day
        asked, where none of the earlier ones was handed back within 30 days.
        """
        links = np.flatnonzero(self.links & which[self.row])
        row, handed_in = self.row[links], self.handed_in[links]
        last = np.maximum.accumulate(apart(row, self.last[links]))
        last_before = np.concatenate([[0], last[:-1]]) if len(last) else last
        begins = apart(row, handed_in) - 30 > last_before
        # of several values for one row the last is kept, and that is the latest
        chain, latest = asked.copy(), np.zeros(self.rows, np.int64)
        chain[row[begins]] = handed_in[begins]
        latest[row] = last
        holds = latest >= apart(np.arange(self.rows), asked) - 30
        return np.where(holds, chain, asked)


def apart(row: Numbers, day: Days) -> Numbers:
    """Return days that lie, for one claim, far from those of any other.

    So one running maximum over all repairs, in the order of claims, serves every claim.
    """
    found: Numbers = row * 2**20 + day.view(np.int64)
    return found


def fresh(first: Numbers, last: Numbers) -> Numbers:
    """Return the days of each repair that none before it takes."""
    after = last + 1
    reached = np.maximum.accumulate(after)
    added = after - first
    added[1:] = after[1:] - np.maximum(first[1:], reached[:-1])
    found: Numbers = np.maximum(added, 0)
    return found


def fees(
    table: pl.DataFrame, which: Numbers, price: Numbers, exchanged_on: Days, start: Days
) -> tuple[Numbers, Flags]:
    """Return the fee in fen for the use since ``start``, and whether it leaves nothing (art. 19).

    Of some of the claims: 0.5 % of the price a day out of repair, half up. Repairs before the
    last exchange were those of the unit given back.
    """
    claimed, price = days(table["claimed_on"])[which], price[which]
    exchanged_on, start = exchanged_on[which], start[which]
    row, flat = flattened(table["repairs"].gather(which))
    handed_in = days(flat.struct.field("handed_in_on"))
    counts = np.flatnonzero((handed_in <= claimed[row]) & ~(handed_in < exchanged_on[row]))
    row, handed_in = row[counts], handed_in[counts]
    first = apart(row, np.maximum(handed_in, start[row]))
    last = apart(row, np.fmin(days(flat.struct.field("handed_back_on"))[counts], claimed[row]))
    order = np.argsort(first, kind="stable")
    in_repair = np.bincount(row[order], fresh(first[order], last[order]), len(which))
    used = np.maximum((claimed - start).astype(np.int64) - in_repair.astype(np.int64), 0)
    fee = np.minimum((price * used * 5 + 500) // 1000, price)
    return fee, np.where(price == NO_PRICE, used >= 200, fee == price)


def excluded(
    table: pl.DataFrame, kind: Codes, symptom: Codes, cause: Codes, sold: Days, proved: Flags
) -> Codes:
    """Return the rule of scope that excludes each claim (arts. 2, 10, 31, Appendix 3)."""
    capacity = table["battery_capacity"].fill_null(0).to_numpy()
    charged = (symptom == SYMPTOMS.index("battery_fault")) & (capacity >= 80)
    return np.select(
        [
            kind == KINDS.index("other"),
            ~flags(table["sold_in_mainland"], True),
            sold < IN_FORCE,
            (symptom == SYMPTOMS.index("none")) | charged,
            symptom == SYMPTOMS.index("wear"),
            (cause == CAUSES.index("network")) & proved,
            (cause == CAUSES.index("sim_data")) & proved,
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


def barred(voucher: Codes, cause: Codes, proved: Flags) -> Codes:
    """Return the bar that the voucher or the proved cause of the fault raises (art. 24)."""
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


def since(exchanged_on: Days, day: Days) -> Days:
    """Return days; none where they lie before the exchange, of a unit that was given back."""
    return np.where(day < exchanged_on, NAT, day)


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
