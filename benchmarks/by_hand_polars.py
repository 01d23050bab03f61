"""The regulation of 2001 over columns, as one would write it by hand in Polars.

A unit of measure for ``sanbao.audit``: the same law under the default readings, typed again
from its text, with nothing of sanbao but the rest days. The facts that decide have to be
known, and nothing is checked; there are no reasons, no other readings and no other policy.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import polars as pl

from sanbao import chinese_calendar

MAIN_UNITS = ("handset", "vehicle_phone", "fixed_station_phone")
MAIN_FAULTS = (
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
)
ACCESSORY_FAULTS = {
    "battery": "battery_fault",
    "charger": "charger_fault",
    "wired_earphone": "earphone_fault",
    "terminal_card": "terminal_card_fault",
    "data_card": "data_card_fault",
}
OUTCOMES = {
    "art2.catalogue": "excluded",
    "art2.place": "excluded",
    "art31.date": "excluded",
    "art10.no_fault": "excluded",
    "art10.wear": "excluded",
    "app3.network": "excluded",
    "art10.sim_data": "excluded",
    "app3.unlisted": "excluded",
    "art24.expired": "paid_repair",
    "art24.no_evidence": "paid_repair",
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
REFUNDS = [rule for rule in OUTCOMES if rule.endswith(".refund")]
RULE = pl.Enum(list(OUTCOMES))
# codes as enumerations: comparing them is far quicker than comparing texts, and they are ordered
KIND = pl.Enum([*MAIN_UNITS, *ACCESSORY_FAULTS, "other"])
SYMPTOM = pl.Enum([*MAIN_FAULTS, *ACCESSORY_FAULTS.values(), "unlisted", "wear", "none"])
CAUSE = pl.Enum(
    [
        "defect",
        "misuse",
        "liquid",
        "impact",
        "unauthorised_opening",
        "force_majeure",
        "network",
        "sim_data",
    ]
)
IN_FORCE = date(2001, 11, 15)
BURDEN_OF_PROOF_SINCE = date(2014, 3, 15)
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
"""The days that the tables of days know."""


def decide(frame: pl.DataFrame) -> pl.DataFrame:
    """Return outcome, rule, payable, fee and the end of the period for each row."""
    original, intact = pl.col("invoice") == "original", pl.col("voucher") == "intact"
    claims = (
        frame.with_row_index("row")
        .cast({"kind": KIND, "symptom": SYMPTOM, "cause": CAUSE})
        .with_columns(
            main=pl.col("kind") <= MAIN_UNITS[-1],
            full=original & intact,
            proven=original | intact | (pl.col("invoice") == "copy"),
        )
    )
    claims = beside(claims, exchanges(claims)).with_columns(start=start())
    claims = beside(claims, repairs(claims))
    return results(claims)


def beside(claims: pl.DataFrame, some: pl.DataFrame) -> pl.DataFrame:
    """Return claims with the columns of another table, which has rows for some of them."""
    # joined by the row alone, or all columns would be copied
    rows = claims.select("row").join(some, on="row", how="left", maintain_order="left")
    return claims.hstack(rows.drop("row"))


def exchanges(claims: pl.DataFrame) -> pl.DataFrame:
    """Return the last exchange since the sale, and how many there were, of rows with any."""
    return (
        claims.lazy()
        .select("row", "sold_on", day="exchanges")
        .explode("day", empty_as_null=False, keep_nulls=False)
        .filter(pl.col("day") >= pl.col("sold_on"))
        .group_by("row")
        .agg(exchanged_on=pl.col("day").max(), exchanged=pl.len())
        .collect()
    )


def start() -> pl.Expr:
    """Return the start of the period (arts. 8, 21), also on factory-date evidence (art. 9)."""
    made = pl.col("manufactured_on")
    return (
        pl.when(pl.col("proven") | ~pl.col("main") | made.is_null())
        .then(pl.coalesce("exchanged_on", "invoiced_on", "sold_on"))
        .otherwise(made + timedelta(days=90))
    )


def repairs(claims: pl.DataFrame) -> pl.DataFrame:
    """Return what the repairs since the start of the period come to, of rows with any."""
    claimed, handed_in, back = day("claimed_on"), day("handed_in_on"), day("handed_back_on")
    fault = pl.coalesce("fault", "symptom")
    finished = (back <= claimed).fill_null(False)
    guaranteed = finished & pl.col("under_guarantee").fill_null(True)
    waiting = ~pl.any_horizontal(
        (day(name) <= claimed).fill_null(False)
        for name in ("handed_back_on", "ready_on", "notified_on")
    )
    # the days of one claim lie far from those of any other: one running maximum serves all
    apart = pl.col("row").cast(pl.Int64) * 2**20
    fields = pl.col("repairs").struct
    return (
        claims.lazy()
        .select("row", "claimed_on", "start", "kind", "main", "symptom", "repairs")
        .explode("repairs", empty_as_null=False, keep_nulls=False)
        .select(
            pl.exclude("repairs"),
            fields.field("handed_in_on"),
            fields.field("ready_on"),
            fields.field("notified_on"),
            fields.field("handed_back_on"),
            fields.field("recorded"),
            fields.field("under_guarantee"),
            fields.field("delay"),
            fault=fields.field("symptom").cast(SYMPTOM),
        )
        .filter((handed_in >= day("start")) & (handed_in <= claimed))
        .select(
            "row",
            first=apart + handed_in,
            end=apart + pl.when(finished).then(back).otherwise(claimed) + 1,
            counted=guaranteed & pl.col("recorded").fill_null(True) & listed(fault),
            again=guaranteed & (claimed - back <= 30) & (fault == pl.col("symptom")),
            parts=waiting & (pl.col("delay") == "parts") & (claimed - handed_in > 60),
            repairer=waiting & (pl.col("delay") == "repairer") & (claimed - handed_in > 30),
        )
        .sort("first")
        .with_columns(reached=pl.col("end").cum_max().shift(1, fill_value=0))
        .group_by("row")
        .agg(
            deducted=(pl.col("end") - pl.max_horizontal("first", "reached")).clip(0).sum(),
            repaired=pl.col("counted").sum(),
            again=pl.col("again").any(),
            parts=pl.col("parts").any(),
            repairer=pl.col("repairer").any(),
        )
        .collect()
    )


def results(claims: pl.DataFrame) -> pl.DataFrame:
    """Return the columns asked for."""
    kind, main, start = pl.col("kind"), pl.col("main"), day("start")
    deducted = pl.col("deducted").fill_null(0)
    evidence = pl.col("proven") | (main & pl.col("manufactured_on").is_not_null())
    months = (
        pl.when(kind == "battery")
        .then(months_after(6, start))
        .when(kind == "wired_earphone")
        .then(months_after(3, start))
        .otherwise(months_after(12, start))
    )
    window = pl.coalesce("exchanged_on", "received_on", "sold_on").to_physical()
    with_phone = pl.col("bought_with_phone")
    on_list = listed(pl.col("symptom"))
    return (
        claims.with_columns(
            evidence=evidence,
            end=rolled(months + deducted),
            in_7=main & on_list & (day("claimed_on") <= rolled(window + 7)),
            in_15=main & on_list & (day("claimed_on") <= rolled(window + 15)),
            days_used=(day("claimed_on") - start - deducted).clip(0),
            price=pl.when(main | ~with_phone)
            .then(fen("price"))
            .when(with_phone)
            .then(fen("standalone_price")),
            exclusion=exclusion(),
            ground=ground(),
        )
        .with_columns(expired=day("claimed_on") > pl.col("end"), exchange=exchange())
        .with_columns(refund=refund())
        .with_columns(rule=rule())
        .with_columns(fee=fee())
        .select(
            outcome=pl.lit(pl.Series(list(OUTCOMES.values()))).gather(pl.col("rule").to_physical()),
            rule=pl.col("rule").cast(pl.String),
            payable=yuan(pl.col("price") - pl.col("fee")),
            fee=yuan(pl.col("fee")),
            period_ends_on=pl.when(pl.col("evidence") & (kind != "other"))
            .then("end")
            .cast(pl.Date),
        )
    )


def exclusion() -> pl.Expr:
    """Return the rule of scope that excludes the claim, or null (arts. 2, 10, 31, Appendix 3)."""
    symptom = pl.col("symptom")
    charged = (symptom == "battery_fault") & (pl.col("battery_capacity") >= 80)
    return (
        pl.when(pl.col("kind") == "other")
        .then(named("art2.catalogue"))
        .when(~pl.col("sold_in_mainland"))
        .then(named("art2.place"))
        .when(pl.col("sold_on") < IN_FORCE)
        .then(named("art31.date"))
        .when((symptom == "none") | charged)
        .then(named("art10.no_fault"))
        .when(symptom == "wear")
        .then(named("art10.wear"))
        .when(pl.col("cause") == "network")
        .then(named("app3.network"))
        .when(pl.col("cause") == "sim_data")
        .then(named("art10.sim_data"))
        .when(~pl.col("main") & ~listed(symptom))
        .then(named("app3.unlisted"))
    )


def ground() -> pl.Expr:
    """Return the bar that the voucher or the cause of the fault raises, or null (art. 24).

    A ground that only the trader asserts bars after the 6 months in which he has to prove it.
    """
    received = pl.coalesce("received_on", "sold_on", "start").to_physical()
    proved = (
        one_of("cause_basis", "report", "consumer").fill_null(False)
        | (pl.col("claimed_on") < BURDEN_OF_PROOF_SINCE)
        | (day("claimed_on") > months_after(6, received))
    )
    return (
        pl.when(one_of("voucher", "altered", "mismatched"))
        .then(named("art24.voucher"))
        .when(~proved)
        .then(None)
        .when(one_of("cause", "misuse", "liquid", "impact"))
        .then(named("art24.misuse"))
        .when(pl.col("cause") == "unauthorised_opening")
        .then(named("art24.opened"))
        .when(pl.col("cause") == "force_majeure")
        .then(named("art24.force_majeure"))
    )


def exchange() -> pl.Expr:
    """Return the rule by which an exchange is owed where nothing bars it, or null."""
    return (
        pl.when(~pl.col("proven"))
        .then(None)
        .when(~pl.col("main"))
        .then(named("art14.exchange"))
        .when("in_7")
        .then(named("art11.exchange"))
        .when("in_15")
        .then(named("art12.exchange"))
        .when((pl.col("repaired") >= 2) & listed(pl.col("symptom")))
        .then(named("art13.exchange"))
        .when("parts")
        .then(named("art16.exchange"))
        .when("repairer")
        .then(named("art17.exchange"))
    )


def refund() -> pl.Expr:
    """Return the rule of the largest refund where nothing bars it, or null."""
    owed = pl.col("exchange").is_not_null()
    return (
        pl.when(pl.col("gift") & (pl.col("price").fill_null(0) == 0))
        .then(None)
        .when(pl.col("full") & pl.col("in_7"))
        .then(named("art11.refund"))
        .when(pl.col("full") & ~pl.col("main") & (pl.col("exchanged") >= 2))
        .then(named("art14.refund"))
        .when(owed & ~pl.col("same_model_in_stock"))
        .then(named("art18.refund"))
        .when(owed & pl.col("main") & (pl.col("request") == "refund"))
        .then(named("art19.refund"))
    )


def rule() -> pl.Expr:
    """Return the rule that decides: scope, bars, what was asked for, then the strongest."""
    asked, refund = pl.col("request"), pl.col("refund")
    stronger = refund <= named("art14.refund")  # than an exchange: arts. 11 and 14
    return (
        pl.when(pl.col("exclusion").is_not_null())
        .then("exclusion")
        .when(~pl.col("evidence"))
        .then(named("art24.no_evidence"))
        .when(pl.col("expired") & pl.col("again") & pl.col("main") & pl.col("ground").is_null())
        .then(named("art10.again"))
        .when("expired")
        .then(named("art24.expired"))
        .when(pl.col("ground").is_not_null())
        .then("ground")
        .when((asked == "repair") & pl.col("main"))
        .then(named("art10.repair"))
        .when((asked == "refund") & refund.is_not_null())
        .then("refund")
        .when(stronger & (asked != "exchange").fill_null(True))
        .then("refund")
        .when(pl.col("exchange").is_not_null())
        .then("exchange")
        .otherwise(named("art10.repair"))
    )


def fee() -> pl.Expr:
    """Return the fee for a refund in fen: 0.5 % of the price a day of use, half up (art. 19)."""
    price, rule = pl.col("price"), pl.col("rule")
    return (
        pl.when((rule == named("art19.refund")) & pl.col("used"))
        .then(pl.min_horizontal((price * pl.col("days_used") * 5 + 500) // 1000, price))
        .when(price.is_not_null() & one_of("rule", *REFUNDS))
        .then(0)
    )


def named(rule: str) -> pl.Expr:
    """Return the rule of this name."""
    return pl.lit(rule, dtype=RULE)


def listed(symptom: pl.Expr) -> pl.Expr:
    """Say whether Appendix 3 lists the fault for this kind of goods."""
    return pl.any_horizontal(
        pl.col("main") & (symptom <= MAIN_FAULTS[-1]),
        *(
            (pl.col("kind") == kind) & (symptom == fault)
            for kind, fault in ACCESSORY_FAULTS.items()
        ),
    )


def one_of(column: str, *values: str) -> pl.Expr:
    """Say whether a column has one of a few values; for so few faster than ``is_in``."""
    return pl.any_horizontal(pl.col(column) == value for value in values)


def fen(column: str) -> pl.Expr:
    """Return an amount in yuan as whole fen."""
    return pl.col(column).to_physical().cast(pl.Int64)


def yuan(fen: pl.Expr) -> pl.Expr:
    """Return whole fen as yuan."""
    return fen.cast(pl.Decimal(38, 0)) * pl.lit("0.01").cast(pl.Decimal(38, 2))


def day(column: str) -> pl.Expr:
    """Return a date as a whole number, which is quicker to reckon with."""
    return pl.col(column).to_physical()


@cache
def working_days() -> pl.Series:
    """Return for every day the first from it on that is no rest day."""
    calendar, days = chinese_calendar(), pl.date_range(FIRST, LAST, eager=True)
    works = pl.Series([not calendar.is_rest_day(day, "weekends_too") for day in days])
    return pl.select(pl.when(works).then(days).backward_fill()).to_series().to_physical()


@cache
def ends(months: int) -> pl.Series:
    """Return for every day the one so many months later (Civil Code 202)."""
    return pl.date_range(FIRST, LAST, eager=True).dt.offset_by(f"{months}mo").to_physical()


def rolled(day: pl.Expr) -> pl.Expr:
    """Return the first day from ``day`` on that is no rest day (art. 8, Civil Code 203)."""
    return looked_up(working_days(), day)


def months_after(months: int, day: pl.Expr) -> pl.Expr:
    """Return the day so many months after ``day``."""
    return looked_up(ends(months), day)


def looked_up(table: pl.Series, day: pl.Expr) -> pl.Expr:
    """Return what a table says of a day; far faster than counting row by row."""
    return pl.lit(table).gather(day - (FIRST - date(1970, 1, 1)).days)
