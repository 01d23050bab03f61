"""Which remedy, by which rule, for how much money, in columns: 列式裁决.

A :class:`Kernel` holds the policies that decide together, each compiled to columns
(:mod:`sanbao.audit.tables.kernel.expressions`), and chooses among the rights they open as a
decision does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

import polars as pl

from sanbao.audit.tables.columns import constant
from sanbao.audit.tables.input.cells import CODES
from sanbao.audit.tables.input.claims_frame import Claims
from sanbao.audit.tables.input.schema import OUTCOMES
from sanbao.audit.tables.kernel.expressions import LAST_DAYS, Member, Truth, both, column, either
from sanbao.dates.counting import COUNTING
from sanbao.evaluation.programs.combined import Ranked
from sanbao.model.citation import Citation
from sanbao.rules.combined import qualified
from sanbao.rules.conditions import AnyOf
from sanbao.rules.policy import Policy, Rule

__all__ = ["UNSETTLED", "Kernel", "articles_text", "can_reckon"]

UNSETTLED: Final = 255
"""The number of an outcome that the facts leave open, as far as the kernel sees."""

_PLAN: Final = pl.QueryOptFlags.none(projection_pushdown=True)
"""What is worked out is named once, and what is not wanted is left away: all else is in order."""
_REMEDIES: Final = ("refund", "exchange", "free_repair")
_MOST_PARTS: Final = 10**7
"""Of a rate, above or below the line: twice a price times the days stays within 64 bits."""


class Kernel:
    """The policies that decide a table of claims, under one set of readings: 列式裁决程序.

    ``rules`` are the rules that can lead, as a decision names them, each with its articles;
    the column ``rule`` holds their places.
    """

    def __init__(self, members: Sequence[Member], ranked: Sequence[Ranked]) -> None:
        self.members = members
        self.ranked = ranked
        self.rules: list[tuple[str, str]] = []
        self._number: dict[tuple[int, str], int] = {}
        for place, member in enumerate(self.members):
            for rule in member.policy.rules:
                self._number[place, rule.id] = len(self.rules)
                name = rule.id if len(members) == 1 else qualified(member.policy, rule.id)
                self.rules.append((name, articles_text(rule.cites)))
        outcome = self._outcome().alias("outcome")
        self._stages = [list(self._opened()), [outcome], list(self._leads())]
        self._answers = {one.meta.output_name(): one for one in self._told()}

    def under(self, members: Sequence[Member]) -> Kernel:
        """Return this kernel for the same policies under other readings."""
        other = copy(self)
        other.members = members
        return other

    def hanging(self, claims: Claims) -> Iterator[tuple[str, pl.Series]]:
        """Yield the readings that change how a rule is read, with the rows that may hang on each.

        Those that only change how days are counted are not among them.
        """
        named = sorted(frozenset().union(*(member.in_code for member in self.members)) - COUNTING)
        rows = {name: constant(False, len(claims.frame)) for name in named}
        for member in self.members:
            hangs = {name: member.hanging_on(name) for name in named}
            frame = member.stated(claims)
            for name, truth in hangs.items():
                if isinstance(truth, bool):
                    rows[name] |= constant(truth, len(frame))
                else:
                    rows[name] |= frame.select(truth).to_series()
        yield from rows.items()

    def decide(self, claims: Claims, *wanted: str) -> pl.DataFrame:
        """Return what each claim comes to, as numbers, in the order of the claims.

        ``wanted`` are columns of these: ``outcome`` (the place in :data:`OUTCOMES`, or
        :data:`UNSETTLED`), ``rule``, ``price``, ``fee`` (fen), ``period_ends_on`` (days since
        1970), ``provisional``; and what the consumer gets whatever the outcome: ``kinds`` (the
        remedies that are open, each with the policy that gives it, as one number), ``in_full``,
        ``least_fee`` and ``refunded`` (the price, fen) of the refund, ``sure`` if none of it hangs
        on missing facts, ``opens_less`` and ``near`` if how money is reckoned and how days are
        counted could change it. What is not wanted is not worked out.
        """
        parts = [claims.frame.lazy().select("request")]
        for place, member in enumerate(self.members):
            facts = member.facts(claims, near="near" in wanted)
            found = member.ruled(facts, money_of(member))
            parts.append(found.select(one.name.prefix(f"{place}|") for one in _of(member, facts)))
        whole = pl.concat(parts, how="horizontal")
        for stage in self._stages:
            whole = whole.with_columns(stage)
        answers = [self._answers[name] for name in dict.fromkeys(wanted)]
        return whole.select(answers).collect(engine="streaming", optimizations=_PLAN)

    # --- which remedy -------------------------------------------------------------------------

    def _open(self, one: Ranked) -> pl.Expr:
        return pl.col(f"{one.member}|open:{one.own}")

    def _worth(self, one: Ranked) -> pl.Expr:
        """Say whether a right can be the outcome: never where nothing is left of it."""
        if one.right.empty is None:
            return self._open(one)
        return self._open(one) & ~pl.col(f"{one.member}|empty:{one.own}")

    def _rights(self, remedy: str, member: int | None = None) -> list[Ranked]:
        return [
            one
            for one in self.ranked
            if one.right.remedy == remedy and member in (None, one.member)
        ]

    def _opened(self) -> Iterator[pl.Expr]:
        """Yield whether a right to each remedy is open, and whether one is worth anything."""
        for remedy in _REMEDIES:
            rights = self._rights(remedy)
            yield column(either(map(self._open, rights))).alias(remedy)
            yield column(either(map(self._worth, rights))).alias(f"worth:{remedy}")
        for number, (_, block) in enumerate(self._blocks()):
            yield column(either(map(self._worth, block))).alias(f"block:{number}")
        for place, member in enumerate(self.members):
            out = either(pl.col(f"{place}|{rule.id}") for rule in member.policy.exclusions)
            yield column(out).alias(f"excluded:{place}")

    def _blocks(self) -> list[tuple[str, list[Ranked]]]:
        """Return the rights in the order of choice, those to one remedy that follow together."""
        grouped = groupby(self.ranked, key=lambda one: one.right.remedy)
        return [(remedy, list(rights)) for remedy, rights in grouped]

    def _outcome(self) -> pl.Expr:
        """Return what is asked for if it is open, otherwise the strongest that is."""
        chain: Any = pl
        for request, remedy in (("refund",) * 2, ("exchange",) * 2, ("repair", "free_repair")):
            asked = pl.col("request") == CODES["request"].index(request)
            worth = pl.col(f"worth:{remedy}")
            chain = chain.when(asked & worth).then(_outcome(remedy))
            chain = chain.when(asked & worth.is_null()).then(_outcome(None))
        for number, (remedy, _) in enumerate(self._blocks()):
            chain = chain.when(f"block:{number}").then(_outcome(remedy))
            chain = chain.when(pl.col(f"block:{number}").is_null()).then(_outcome(None))
        # a local regulation adds rights; where there is none the law of the land says what is left
        out = column(
            both(
                pl.col(f"excluded:{place}")
                for place, member in enumerate(self.members)
                if len(self.members) == 1 or member.policy.kind != "local"
            )
        )
        chain = chain.when(out).then(_outcome("excluded")).when(~out).then(_outcome("paid_repair"))
        settled: pl.Expr = chain.otherwise(_outcome(None))
        return settled

    # --- by which rule ------------------------------------------------------------------------

    def _leads(self) -> Iterator[pl.Expr]:
        """Yield the rule that gives each remedy, or that takes the claim out of the guarantees.

        Of several policies that give an exchange or a free repair it is the first one's, of
        those that give a refund that of the one which keeps back least (``winner``).
        """
        places = range(len(self.members))
        for remedy in ("exchange", "free_repair"):
            yield self._first(sorted(self._rights(remedy), key=_member)).alias(f"lead:{remedy}")
        winner = self._winner()
        yield winner.alias("winner")
        yield self._chain(
            (one.member, one.own, self._open(one) & (winner == one.member))
            if len(places) > 1
            else (one.member, one.own, self._open(one))
            for one in self._rights("refund")
        ).alias("lead:refund")
        bars = [
            (p, bar.id, pl.col(f"{p}|{bar.id}"))
            for p, member in enumerate(self.members)
            for bar in member.policy.bars
        ]
        out = [(0, rule.id) for rule in self.members[0].policy.exclusions]
        yield self._chain((p, rule, pl.col(f"{p}|{rule}")) for p, rule in out).alias(
            "lead:excluded"
        )
        reached: list[Truth] = [True]
        if len(places) > 1:
            reached = [~pl.col(f"excluded:{place}") for place in places]
        yield self._chain(
            (
                *((p, rule, column(both((reached[p], bar)))) for p, rule, bar in bars),
                *((p, rule, column(both((reached[p], bar.is_null())))) for p, rule, bar in bars),
            )
        ).alias("lead:paid_repair")

    def _winner(self) -> pl.Expr:
        """Return the place of the policy with the refund that keeps back least.

        Of several that keep back as much it is that of the strongest right.
        """
        nobody = pl.lit(0, dtype=pl.UInt8)
        if len(self.members) == 1:
            return nobody
        least = pl.min_horizontal(f"{place}|kept" for place in range(len(self.members)))
        chain: Any = pl
        for one in self._rights("refund"):
            kept: Any = 0 if one.right.refund == "in_full" else pl.col(f"{one.member}|fee")
            best = self._open(one) & (least == kept)
            chain = chain.when(best).then(pl.lit(one.member, dtype=pl.UInt8))
        found: pl.Expr = nobody if chain is pl else chain.otherwise(nobody)
        return found

    def _first(self, rights: Iterable[Ranked]) -> pl.Expr:
        return self._chain((one.member, one.own, self._open(one)) for one in rights)

    def _chain(self, rules: Iterable[tuple[int, str, pl.Expr]]) -> pl.Expr:
        """Return the number of the first of these rules that holds."""
        chain: Any = pl
        for member, rule, holds in rules:
            chain = chain.when(holds).then(pl.lit(self._number[member, rule], dtype=pl.UInt16))
        nothing = pl.lit(None, dtype=pl.UInt16)
        found: pl.Expr = nothing if chain is pl else chain.otherwise(nothing)
        return found

    # --- what is told -------------------------------------------------------------------------

    def _told(self) -> Iterator[pl.Expr]:
        """Yield what :meth:`decide` gives."""
        several = len(self.members) > 1
        outcome = pl.col("outcome")
        if several:
            outcome = pl.when(self._are_weighed()).then(outcome).otherwise(_outcome(None))
        yield outcome.alias("outcome")
        chain: Any = pl
        for name in OUTCOMES:
            chain = chain.when(pl.col("outcome") == OUTCOMES.index(name)).then(f"lead:{name}")
        rule: pl.Expr = chain.otherwise(None)
        yield rule.alias("rule")
        refunded = pl.col("outcome") == OUTCOMES.index("refund")
        price, fee = self._winners("price"), self._winners("fee")
        in_full = [
            self._number[one.member, one.own]
            for one in self._rights("refund")
            if one.right.refund == "in_full"
        ]
        full = either(pl.col("lead:refund") == number for number in in_full)
        yield pl.when(refunded).then(price).alias("price")
        yield (
            pl.when(refunded & column(full))
            .then(pl.when(price.is_not_null()).then(0))
            .when(refunded)
            .then(fee)
            .alias("fee")
        )
        ends = [pl.col(f"{place}|period_ends_on") for place in range(len(self.members))]
        yield (pl.max_horizontal(ends) if several else ends[0]).alias("period_ends_on")
        yield pl.any_horizontal(self._provisional()).alias("provisional")
        # what the consumer gets, whichever rule gives it
        yield pl.sum_horizontal(
            self._giver(remedy) * (len(self.members) + 1) ** place
            for place, remedy in enumerate(_REMEDIES)
        ).alias("kinds")
        nothing_kept = self._winners("opens_full") | (self._winners("opens_less") & (fee == 0))
        yield nothing_kept.alias("in_full")
        yield pl.when(self._winners("opens_less") & (fee > 0)).then(fee).alias("least_fee")
        known = both(pl.col(remedy).is_not_null() for remedy in _REMEDIES)
        reckoned = ~self._winners("opens_less") | (fee.is_not_null() & price.is_not_null())
        yield (column(known) & reckoned.fill_null(False)).alias("sure")
        # of another policy as well: where a fee falls away that one may give the best refund
        yield pl.any_horizontal(f"{place}|opens_less" for place in range(len(self.members))).alias(
            "opens_less"
        )
        refunds = self._winners("opens_full") | self._winners("opens_less")
        yield pl.when(refunds).then(price).alias("refunded")
        yield pl.any_horizontal(f"{place}|near" for place in range(len(self.members))).alias("near")

    def _giver(self, remedy: str) -> pl.Expr:
        """Return the place of the policy that gives a remedy, counted from 1; 0 if none does."""
        number = pl.lit(0, dtype=pl.UInt32)
        if remedy == "refund":
            return pl.when(remedy).then(pl.col("winner").cast(pl.UInt32) + 1).otherwise(number)
        chain: Any = pl
        for one in sorted(self._rights(remedy), key=_member):
            chain = chain.when(self._open(one)).then(pl.lit(one.member + 1, dtype=pl.UInt32))
        found: pl.Expr = number if chain is pl else chain.otherwise(number)
        return found

    def _winners(self, name: str) -> pl.Expr:
        """Return a column of the policy whose refund is the best."""
        chain: Any = pl
        for place in range(1, len(self.members)):
            chain = chain.when(pl.col("winner") == place).then(f"{place}|{name}")
        first = pl.col(f"0|{name}")
        found: pl.Expr = first if chain is pl else chain.otherwise(first)
        return found

    def _are_weighed(self) -> pl.Expr:
        """Say whether it is known what each of several policies gives of the remedy chosen."""
        chain: Any = pl
        for remedy in _REMEDIES:
            known = both(self._open(one).is_not_null() for one in self._rights(remedy))
            if remedy == "refund":
                priced = both(pl.col(f"{place}|is_reckoned") for place in range(len(self.members)))
                known = both((known, priced))
            of_remedy = pl.col("outcome") == OUTCOMES.index(remedy)
            chain = chain.when(of_remedy).then(column(known))
        reached = both(
            pl.col(f"excluded:{place}").is_not_null() for place in range(len(self.members))
        )
        weighed: pl.Expr = chain.otherwise(column(reached))
        return weighed

    def _provisional(self) -> Iterator[pl.Expr]:
        """Yield of each last day whether it may still move."""
        places = range(len(self.members))
        for name in LAST_DAYS:
            if len(places) == 1:
                yield pl.col(f"0|provisional:{name}")
                continue
            last = pl.max_horizontal(f"{place}|{name}" for place in places)
            yield (
                pl.all_horizontal(
                    (pl.col(f"{place}|{name}") != last).fill_null(True)
                    | pl.col(f"{place}|provisional:{name}")
                    for place in places
                )
                & last.is_not_null()
            )


def _member(one: Ranked) -> int:
    return one.member


def _of(member: Member, facts: pl.DataFrame) -> Iterator[pl.Expr]:
    """Yield what a kernel looks at of one member's columns."""
    policy = member.policy
    rules: tuple[Rule, ...] = (*policy.exclusions, *policy.bars)
    yield from (pl.col(rule.id) for rule in rules)
    yield from (pl.col(f"open:{right.id}") for right in policy.rights)
    yield from (pl.col(f"empty:{one.id}") for one in policy.rights if one.empty is not None)
    yield from last_days(member, facts)
    price, fee = pl.col("refundable"), pl.col("fee")
    yield price.alias("price")
    yield fee
    opens = {
        terms: column(
            either(pl.col(f"open:{right.id}") for right in policy.rights if right.refund == terms)
        )
        for terms in ("in_full", "less_depreciation")
    }
    full, less = opens["in_full"].fill_null(False), opens["less_depreciation"].fill_null(False)
    yield full.alias("opens_full")
    yield less.alias("opens_less")
    yield (~less | (fee.is_not_null() & price.is_not_null())).alias("is_reckoned")
    yield pl.when(full).then(0).when(less).then(fee).alias("kept")
    yield column(member.is_near(facts)).alias("near")


# --- the last days ---------------------------------------------------------------------------


def last_days(member: Member, facts: pl.DataFrame) -> Iterator[pl.Expr]:
    """Yield the last day of the period and of the windows, and whether each is provisional."""
    for name, leaves_ in member.lasting.items():
        last: pl.Expr = pl.lit(None, dtype=pl.Int32)
        provisional: pl.Expr = pl.lit(False)
        for place, (leaf, goods) in enumerate(one for one in leaves_ if one[1] is not False):
            end, moves = member.end(leaf), column(member.may_move(leaf, facts))
            end = end if goods is True else pl.when(goods).then(end)
            if place == 0:
                last, provisional = end, moves
                continue
            later = (end > last).fill_null(end.is_not_null())
            provisional = pl.when(later).then(moves).otherwise(provisional)
            last = pl.when(later).then(end).otherwise(last)
        if name == "period_ends_on" and member.frame.battery_apart:
            # a factory date is no paper for a battery that is judged apart: no period is examined
            known = AnyOf(tuple(one.when for one in member.policy.grades if one.start))
            last = pl.when(column(member.truth(known)).fill_null(True)).then(last)
        yield last.alias(name)
        yield (provisional & last.is_not_null()).fill_null(False).alias(f"provisional:{name}")


# --- money -----------------------------------------------------------------------------------


def can_reckon(policy: Policy) -> bool:
    """Say whether the fees of a policy can be reckoned in columns, exactly."""
    rates = (line.daily_rate for line in policy.catalogue)
    return all(max(rate.as_integer_ratio()) <= _MOST_PARTS for rate in rates if rate is not None)


def money_of(member: Member) -> Iterator[list[pl.Expr]]:
    """Yield what is reckoned of the money, in stages that rest on one another.

    The days of use, the fee for them, and whether nothing is left of the price (art. 19).
    """
    start = pl.col("use_starts_on")
    both_ends = int(member.readings.depreciation_days == "inclusive")
    # much quicker than clipping; where there are no days there is no fee, see below
    days = pl.max_horizontal(pl.col("claimed_on") - start - pl.col("days_unused"), 0) + both_ends
    yield [pl.when(start.is_not_null()).then(days).alias("used_days")]
    yield [_charged(member, _fee).alias("fee")]
    yield [_nothing_left(member).alias("nothing_left")]


def _charged(member: Member, of: Callable[[Member, Decimal], pl.Expr]) -> pl.Expr:
    """Return what ``of`` gives for the daily rate of the goods; null for goods without one."""
    rates = {one.coverage.daily_rate for one in member.programs.values() if one.coverage}
    return member.by_kind(
        {rate: of(member, rate) for rate in sorted(rate for rate in rates if rate is not None)},
        lambda one: None if one.coverage is None else one.coverage.daily_rate,
    )


def _fee(member: Member, rate: Decimal) -> pl.Expr:
    """Return the fee for the days of use, fen (折旧费, art. 19); null if not known.

    ``refundable`` is the price it goes by. The fee is ``price × rate × days`` and never more than
    the price, rounded to whole fen as the reading ``rounding`` says; in whole numbers, so that
    nothing is lost. Goods never used pay none.
    """
    if member.readings.depreciation != "charged" or not rate:
        return pl.lit(0, dtype=pl.Int64)  # no fee, whatever the price
    fee = _rounded_fee(pl.col("refundable"), pl.col("used_days"), rate, member.readings.rounding)
    return pl.when("used").then(fee).otherwise(0)


def _nothing_left(member: Member) -> pl.Expr:
    """Say whether the fee takes the whole price of what is to be refunded."""
    if member.readings.depreciation != "charged":
        return pl.lit(False)
    asked = pl.col("used") & (pl.col("request") == CODES["request"].index("refund"))
    nothing = _charged(member, _takes_all)
    return pl.when(asked & member.has_rate()).then(nothing).otherwise(False)


def _takes_all(_: Member, rate: Decimal) -> pl.Expr:
    numerator, denominator = rate.as_integer_ratio()
    price, days = pl.col("refundable"), pl.col("used_days")
    chain = (
        pl.when(days.is_null()).then(None).when(price.is_not_null()).then(pl.col("fee") == price)
    )
    return chain.when("is_priced").then(days * numerator >= denominator)


def _rounded_fee(price: pl.Expr, days: pl.Expr, rate: Decimal, rounding: str) -> pl.Expr:
    """Return ``price × rate × days``, at most ``price``, in whole numbers."""
    numerator, denominator = rate.as_integer_ratio()
    most = denominator // numerator + 1
    product = price * (pl.min_horizontal(days, pl.lit(most)).cast(pl.Int64) * numerator)
    match rounding:
        case "half_up":
            fen = (product * 2 + denominator) // (2 * denominator)
        case "half_even":
            fen = product // denominator
            twice = (product - fen * denominator) * 2
            up = (twice > denominator) | ((twice == denominator) & (fen % 2 == 1))
            fen += up.cast(pl.Int64)
        case _:
            fen = product // denominator
    return pl.min_horizontal(fen, price)


def _outcome(name: str | None) -> pl.Expr:
    number = UNSETTLED if name is None else list[str](OUTCOMES).index(name)
    return pl.lit(number, dtype=pl.UInt8)


def articles_text(cites: Iterable[Citation]) -> str:
    """Return the articles cited, as one text.

    >>> from sanbao import MOBILE_2001
    >>> articles_text(MOBILE_2001.right("art11.refund").cites)
    'cn.mobile-2001:11; cn.civil-code:201; cn.civil-code:203'
    """
    return "; ".join(dict.fromkeys(map(_cited, cites)))


def _cited(one: Citation) -> str:
    place = f"app{one.appendix}" if one.article is None else str(one.article)
    return f"{one.law}:{place}" + ("" if one.item is None else f"({one.item})")
