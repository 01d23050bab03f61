"""The law of mobile phones over columns, as one would write it by hand in Polars.

A unit of measure for ``sanbao.audit``: the same law under the default readings, typed again
from its text, with nothing of sanbao but the rest days: the regulation of 2001, Decree 778 for
goods delivered from 2024-07-01, and the Consumer Protection Law. The facts that decide have to
be known, and nothing is checked; there are no reasons, no other readings, no local regulation
and no other policy.
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
CONSUMER_LAW_SINCE = date(2014, 3, 15)
"""From when the Consumer Protection Law of 2013 governs claims (arts. 23, 54)."""
DECREE_SINCE = date(2024, 7, 1)
"""From when Decree 778 governs goods: those delivered, and claimed, on this day or later."""
FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
"""The days that the tables of days know."""
NO_ROW = 2**32 - 1
"""The number of no claim."""


def decide(frame: pl.DataFrame) -> pl.DataFrame:
    """Return outcome, rule, payable, fee and the end of the period for each row."""
    original, intact = pl.col("invoice") == "original", pl.col("voucher") == "intact"
    delivered = pl.coalesce("received_on", "sold_on")
    claims = (
        frame.with_row_index("row")
        .cast({"kind": KIND, "symptom": SYMPTOM, "cause": CAUSE})
        .with_columns(
            main=pl.col("kind") <= MAIN_UNITS[-1],
            full=original & (intact | (pl.col("voucher") == "not_issued")),
            proven=original | intact | one_of("invoice", "copy", "other"),
            delivered=delivered,
            decree=(delivered >= DECREE_SINCE) & (pl.col("claimed_on") >= DECREE_SINCE),
        )
    )
    claims = beside(claims, exchanges(claims)).with_columns(start=start(), asked=asked())
    claims = claims.with_columns(end=months(), window=pl.coalesce("exchanged_on", "delivered"))
    repaired = repairs(claims)
    claims = beside(claims, repaired_so_far(repaired))
    claims = beside(claims, pushed_on(claims, repaired))
    claims = beside(claims, stretched(claims, repaired))
    claims = beside(claims, chained(claims, repaired))
    claims = decided(claims)
    claims = beside(claims, depreciation(claims))
    return results(claims)


def beside(claims: pl.DataFrame, some: pl.DataFrame) -> pl.DataFrame:
    """Return claims with the columns of another table, which has rows for some of them."""
    # put in their places column by column: quicker than a join, and no claim is copied
    rows, many = some["row"], len(claims)
    return claims.hstack(
        [
            pl.repeat(None, many, dtype=column.dtype, eager=True)
            .scatter(rows, column)
            .alias(column.name)
            for column in some.drop("row")
        ]
    )


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


# --- days ---------------------------------------------------------------------------------------


def start() -> pl.Expr:
    """Return the start of the period (arts. 8, 21; d778.18), also on the factory date (art. 9)."""
    made = pl.col("manufactured_on")
    handed_over = pl.when("decree").then("delivered")
    return (
        pl.when(pl.col("proven") | ~pl.col("main") | made.is_null())
        .then(pl.coalesce("exchanged_on", handed_over, "invoiced_on", "sold_on"))
        .otherwise(made + timedelta(days=90))
    )


def asked() -> pl.Expr:
    """Return the day a trader was first asked about this unit, else that of the claim."""
    asked = pl.col("asked_on")
    return (
        pl.when(asked < pl.col("exchanged_on"))
        .then(None)
        .otherwise(asked)
        .fill_null(pl.col("claimed_on"))
    )


def months() -> pl.Expr:
    """Return the end of the period as it is before any repair, not rolled (Appendix 1)."""
    kind, start = pl.col("kind"), day("start")
    return (
        pl.when(kind == "battery")
        .then(months_after(6, start))
        .when(kind == "wired_earphone")
        .then(months_after(3, start))
        .otherwise(months_after(12, start))
    )


# --- repairs ------------------------------------------------------------------------------------


def repairs(claims: pl.DataFrame) -> pl.DataFrame:
    """Return the repairs since the start of the period, in the order of their hand-in.

    ``first`` and ``after`` are the hand-in and the day after the last day that a repair takes,
    ``added`` the days of it that no earlier one takes.
    """
    claimed, handed_in, back = day("claimed_on"), day("handed_in_on"), day("handed_back_on")
    held = pl.when(pl.col("asked") < pl.col("handed_back_on")).then(None).otherwise(day("asked"))
    finished = (back <= claimed).fill_null(False)
    guaranteed = pl.col("under_guarantee").fill_null(True)
    recorded = guaranteed & pl.col("recorded").fill_null(True)
    fault = pl.coalesce("fault", "symptom")
    same = guaranteed & (fault == pl.col("symptom"))
    late = recorded & ~pl.any_horizontal(
        (day(name) <= claimed).fill_null(False)
        for name in ("handed_back_on", "ready_on", "notified_on")
    )
    fields = pl.col("repairs").struct
    return (
        claims.lazy()
        .select("row", "claimed_on", "asked", "start", "kind", "main", "symptom", "repairs")
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
            first=apart(handed_in),
            after=apart(pl.when(finished).then(back).otherwise(claimed) + 1),
            counted=finished & recorded & listed(fault),
            again=finished & same & (held.fill_null(claimed) - back <= 30),
            link=same & (handed_in < day("asked")),
            parts=late & (pl.col("delay") == "parts") & (claimed - handed_in > 60),
            repairer=late & (pl.col("delay") == "repairer") & (claimed - handed_in > 30),
        )
        .sort("first")
        .with_columns(added=fresh())
        .collect()
    )


def apart(day: pl.Expr) -> pl.Expr:
    """Return days that lie, for one claim, far from those of any other.

    So one running maximum over all repairs, in the order of claims, serves every claim.
    """
    return pl.col("row").cast(pl.Int64) * 2**20 + day


def fresh() -> pl.Expr:
    """Return the days of each repair that none before it takes."""
    reached = pl.col("after").cum_max().shift(1, fill_value=0)
    return (pl.col("after") - pl.max_horizontal("first", reached)).clip(0)


def repaired_so_far(repaired: pl.DataFrame) -> pl.DataFrame:
    """Return what the repairs of each claim come to (arts. 8, 10, 13, 16, 17)."""
    # running totals, read at the last repair of each claim: quicker than groups
    return (
        repaired.lazy()
        .select(
            "row",
            pl.col("added", "counted", "again", "parts", "repairer").cum_sum(),
            last=pl.col("row") != pl.col("row").shift(-1, fill_value=NO_ROW),
        )
        .filter("last")
        .select(
            "row",
            deducted=of_each("added"),
            repaired=of_each("counted"),
            again=of_each("again") > 0,
            parts=of_each("parts") > 0,
            repairer=of_each("repairer") > 0,
        )
        .collect()
    )


def of_each(total: str) -> pl.Expr:
    """Return what a running total has grown by since the claim before."""
    return pl.col(total) - pl.col(total).shift(1, fill_value=0)


def pushed_on(claims: pl.DataFrame, repaired: pl.DataFrame) -> pl.DataFrame:
    """Return by how many days repairs push the period on, where one may have come too late."""
    return (
        of_claims(claims, repaired, pl.col("claimed_on") > pl.col("end"), "end")
        .with_columns(before=before())
        .with_columns(too_late=too_late(day("end")))
        .group_by("row")
        .agg(pushed=up_to("too_late"))
    )


def stretched(claims: pl.DataFrame, repaired: pl.DataFrame) -> pl.DataFrame:
    """Return by how many days repairs stretch the windows of decree goods (d778.18).

    Of claims beyond 7 days; the others are inside both windows as they are.
    """
    matters = pl.col("decree") & (day("asked") > day("window") + 7)
    return (
        of_claims(claims, repaired, matters, "window")
        .with_columns(before=before())
        .with_columns(after_7=too_late(day("window") + 7), after_15=too_late(day("window") + 15))
        .group_by("row")
        .agg(longer_7=up_to("after_7"), longer_15=up_to("after_15"))
    )


def before() -> pl.Expr:
    """Return the days that the repairs before this one of the claim add."""
    all_before = pl.col("added").cum_sum() - pl.col("added")
    new = pl.col("row") != pl.col("row").shift(1, fill_value=NO_ROW)
    return all_before - pl.when(new).then(all_before).forward_fill()


def too_late(last: pl.Expr) -> pl.Expr:
    """Return what was added before a repair handed in after the last day as it stands then."""
    handed_in = pl.col("first") - apart(pl.lit(0))
    return pl.when(handed_in > rolled(last + pl.col("before"))).then("before")


def up_to(too_late: str) -> pl.Expr:
    """Return the days that repairs add until one comes too late: it and the rest add nothing."""
    return pl.min_horizontal(pl.col(too_late).min(), pl.col("added").sum())


def chained(claims: pl.DataFrame, repaired: pl.DataFrame) -> pl.DataFrame:
    """Return the day that a fault which comes back reaches back to (art. 10).

    Repairs of one fault are links of a chain. It breaks before a repair, and before the day
    asked, where none of the earlier ones was handed back within 30 days.
    """
    disputed = (pl.col("cause_basis") == "report") & pl.col("contested")
    matters = (pl.col("asked") > pl.col("end")) | disputed.fill_null(False)
    last, first = pl.col("last"), pl.col("first")
    begun = pl.when(first - 30 > pl.col("last_before")).then(first)
    holds = last >= apart(day("asked")) - 30
    return (
        of_claims(claims, repaired.filter("link"), matters, "asked")
        .with_columns(last=pl.col("after") - 1)
        .with_columns(last_before=last.cum_max().shift(1, fill_value=0))
        .with_columns(begun=begun)
        .group_by("row")
        .agg(pl.col("begun", "last").max(), pl.col("asked").first())
        .select("row", reached=pl.when(holds).then(pl.col("begun") - apart(pl.lit(0))))
    )


def of_claims(
    claims: pl.DataFrame, repaired: pl.DataFrame, which: pl.Expr, *columns: str
) -> pl.DataFrame:
    """Return the repairs of some of the claims, with columns of these beside them."""
    repaired = repaired.filter(claims.select(which).to_series().gather(repaired["row"]))
    return repaired.hstack(claims.select(pl.col(columns).gather(repaired["row"])))


# --- the law ------------------------------------------------------------------------------------


def decided(claims: pl.DataFrame) -> pl.DataFrame:
    """Return the claims with what decides them, and the rule that does."""
    main, window = pl.col("main"), day("window")
    with_phone = ~main & pl.col("bought_with_phone")
    paid = pl.when("decree").then(fen("paid_price"))
    on_list = main & listed(pl.col("symptom"))
    asked = day("asked")
    return (
        claims.with_columns(
            evidence=pl.col("proven") | (main & pl.col("manufactured_on").is_not_null()),
            end=rolled(day("end") + pl.coalesce("pushed", "deducted").fill_null(0)),
            in_7=on_list & (asked <= rolled(window + 7 + pl.col("longer_7").fill_null(0))),
            in_15=on_list & (asked <= rolled(window + 15 + pl.col("longer_15").fill_null(0))),
            price=pl.when(with_phone)
            .then(fen("standalone_price"))
            .when(main | ~pl.col("bought_with_phone"))
            .then(pl.coalesce(paid, fen("price"))),
        )
        .with_columns(
            expired=pl.coalesce("reached", asked) > pl.col("end"),
            proved=proved(claims),
            exchange=exchange(),
            refundable=(pl.col("price") > 0).fill_null(~pl.col("gift").fill_null(False)),
        )
        .with_columns(exclusion=exclusion(), ground=ground(), unqualified=unqualified())
        .with_columns(refund=refund())
        .with_columns(rule=rule())
    )


def proved(claims: pl.DataFrame) -> pl.Expr:
    """Say whether the cause of the fault is proved by who names it (art. 24).

    A report that the consumer contests is no proof of what was found within 6 months.
    """
    report, contested = pl.col("cause_basis") == "report", pl.col("contested").fill_null(False)
    if claims["contested"].any():
        appeared, exchanged = pl.col("appeared_on"), pl.col("exchanged_on")
        appeared = pl.when((appeared < exchanged).fill_null(False)).then(None).otherwise(appeared)
        reached = pl.when("evidence").then("reached")
        found = pl.coalesce(appeared.to_physical(), reached, day("asked"))
        within = found <= months_after(6, day("window"))
        report &= ~(contested & within & (pl.col("claimed_on") >= CONSUMER_LAW_SINCE))
    return (report | one_of("cause_basis", "inspection", "consumer")).fill_null(False)


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
        .when((pl.col("cause") == "network") & pl.col("proved"))
        .then(named("app3.network"))
        .when((pl.col("cause") == "sim_data") & pl.col("proved"))
        .then(named("art10.sim_data"))
        .when(~pl.col("main") & ~listed(symptom))
        .then(named("app3.unlisted"))
    )


def ground() -> pl.Expr:
    """Return the bar of the voucher or of a proved cause, or null (art. 24)."""
    return (
        pl.when(one_of("voucher", "altered", "mismatched"))
        .then(named("art24.voucher"))
        .when(~pl.col("proved"))
        .then(None)
        .when(one_of("cause", "misuse", "liquid", "impact"))
        .then(named("art24.misuse"))
        .when(pl.col("cause") == "unauthorised_opening")
        .then(named("art24.opened"))
        .when(pl.col("cause") == "force_majeure")
        .then(named("art24.force_majeure"))
    )


def unqualified() -> pl.Expr:
    """Say whether an authority's finding refunds the goods, whatever bars it (cpl54)."""
    reached = (
        (pl.col("kind") != "other")
        & pl.col("sold_in_mainland").fill_null(True)
        & (pl.col("sold_on") >= IN_FORCE)
        & (pl.col("claimed_on") >= CONSUMER_LAW_SINCE)
    )
    return (
        pl.col("found_unqualified") & pl.col("evidence") & pl.col("refundable") & reached
    ).fill_null(False)


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
        pl.when(~pl.col("refundable"))
        .then(None)
        .when(pl.col("full") & pl.col("in_7"))
        .then(named("art11.refund"))
        .when(pl.col("full") & ~pl.col("main") & (pl.col("exchanged") >= 2))
        .then(named("art14.refund"))
        .when("unqualified")
        .then(named("cpl54.refund"))
        .when(owed & ~pl.col("same_model_in_stock"))
        .then(named("art18.refund"))
        .when(owed & pl.col("main") & (pl.col("request") == "refund"))
        .then(named("art19.refund"))
    )


def rule() -> pl.Expr:
    """Return the rule that decides: scope, bars, what was asked for, then the strongest."""
    wanted, refund, unqualified = pl.col("request"), pl.col("refund"), pl.col("unqualified")
    excluded, grounds = pl.col("exclusion").is_not_null(), pl.col("ground").is_not_null()
    in_full = refund <= named("cpl54.refund")  # stronger than an exchange: arts. 11, 14 and 54
    return (
        pl.when(excluded & ~unqualified)
        .then("exclusion")
        .when(~pl.col("evidence"))
        .then(named("art24.no_evidence"))
        .when(
            pl.col("expired")
            & pl.col("again")
            & pl.col("main")
            & ~excluded
            & ~grounds
            & (~unqualified | (wanted == "repair").fill_null(False))
        )
        .then(named("art10.again"))
        .when(unqualified & (excluded | pl.col("expired") | grounds))
        .then(named("cpl54.refund"))
        .when("expired")
        .then(named("art24.expired"))
        .when(grounds)
        .then("ground")
        .when((wanted == "repair") & pl.col("main"))
        .then(named("art10.repair"))
        .when((wanted == "refund") & refund.is_not_null())
        .then("refund")
        .when(in_full & ((wanted != "exchange").fill_null(True) | pl.col("exchange").is_null()))
        .then("refund")
        .when(pl.col("exchange").is_not_null())
        .then("exchange")
        .otherwise(named("art10.repair"))
    )


# --- money --------------------------------------------------------------------------------------


def depreciation(claims: pl.DataFrame) -> pl.DataFrame:
    """Return the fee in fen, and whether it leaves nothing, of refunds less a fee (art. 19).

    0.5 % of the price a day of use, half up; nothing for goods that were never used.
    """
    claimed, handed_in = day("claimed_on"), day("handed_in_on")
    fields = pl.col("repairs").struct
    due = (
        claims.lazy()
        .filter(pl.col("rule") == named("art19.refund"))
        .select(
            "row",
            "claimed_on",
            "exchanged_on",
            "price",
            "repairs",
            used=pl.col("used").fill_null(True),
            since=pl.coalesce("exchanged_on", "invoiced_on", "sold_on").to_physical(),
        )
        .collect()
        .lazy()
    )
    in_repair = (
        due.explode("repairs", empty_as_null=False, keep_nulls=False)
        .with_columns(fields.field("handed_in_on"), fields.field("handed_back_on"))
        .filter(
            handed_in <= claimed,
            pl.col("exchanged_on").is_null() | (handed_in >= day("exchanged_on")),
        )
        .select(
            "row",
            first=apart(pl.max_horizontal(handed_in, "since")),
            after=apart(pl.min_horizontal(day("handed_back_on"), claimed) + 1),
        )
        .sort("first")
        .with_columns(added=fresh())
        .group_by("row")
        .agg(pl.col("added").sum())
    )
    days, price, used = pl.col("days"), pl.col("price"), pl.col("used")
    fee = pl.min_horizontal((price * days * 5 + 500) // 1000, price)
    return (
        due.join(in_repair, on="row", how="left")
        .with_columns(days=(claimed - pl.col("since") - pl.col("added").fill_null(0)).clip(0))
        .select(
            "row",
            fee=pl.when(used).then(pl.when(price.is_not_null()).then(fee)).otherwise(0),
            nothing_left=used & (fee == price).fill_null(days >= 200),
        )
        .collect()
    )


def results(claims: pl.DataFrame) -> pl.DataFrame:
    """Return the columns asked for."""
    rule, price = pl.col("rule"), pl.col("price")
    return (
        claims.with_columns(rule=pl.when("nothing_left").then("exchange").otherwise("rule"))
        .with_columns(refunded=one_of("rule", *REFUNDS))
        .with_columns(
            fee=pl.when("refunded").then(
                pl.when(rule == named("art19.refund")).then("fee").when(price.is_not_null()).then(0)
            )
        )
        .select(
            outcome=pl.lit(pl.Series(list(OUTCOMES.values()))).gather(rule.to_physical()),
            rule=rule.cast(pl.String),
            payable=yuan(price - pl.col("fee")),
            fee=yuan(pl.col("fee")),
            period_ends_on=pl.when(pl.col("evidence") & (pl.col("kind") != "other"))
            .then("end")
            .cast(pl.Date),
        )
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
