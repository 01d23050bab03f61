"""Which remedy, by which rule, for how much money, in columns: 列式判定.

A :class:`Kernel` holds the policies that decide together, each compiled to columns
(:mod:`sanbao.audit.tables.kernel.expressions`), and chooses among the rights they open as a
decision does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

import polars as pl

from sanbao.audit.tables.columns import Truth, both, cases, column, constant, either
from sanbao.audit.tables.input.claims_frame import Claims
from sanbao.audit.tables.input.schema import OUTCOMES
from sanbao.audit.tables.kernel.expressions import LAST_DAYS, PolicyExpressions
from sanbao.audit.tables.kernel.fact_expressions import PRICE
from sanbao.audit.tables.kernel.money import rounded_fee
from sanbao.dates.counting import COUNTING
from sanbao.evaluation.programs.combined import Ranked
from sanbao.model.citation import Citation
from sanbao.model.codes import ASKED
from sanbao.model.fields import REQUEST
from sanbao.model.rule_ref import RuleRef
from sanbao.rules.policy import Policy

__all__ = ["UNSETTLED", "Kernel", "articles_text", "can_reckon"]

UNSETTLED: Final = 255
"""The number of an outcome that the facts leave open, as far as the kernel sees."""

_PLAN: Final = pl.QueryOptFlags.none(projection_pushdown=True)
"""What is worked out is named once, and what is not wanted is left away: all else is in order."""
_REMEDIES: Final[tuple[str, ...]] = tuple(ASKED.values())
_MOST_PARTS: Final = 10**7
"""Of a rate, above or below the line: twice a price times the days stays within 64 bits."""


class Kernel:
    """The policies that decide a table of claims, under one set of readings: 列式判定程序.

    ``rules`` are the rules that can lead, each with its articles;
    the column ``rule`` holds their places.
    """

    def __init__(self, policies: Sequence[PolicyExpressions], ranked: Sequence[Ranked]) -> None:
        self.policies = policies
        self.ranked = ranked
        self.rules: list[tuple[RuleRef, str]] = []
        self._number: dict[tuple[int, str], int] = {}
        for place, one in enumerate(self.policies):
            for rule in one.policy.rules:
                self._number[place, rule.id] = len(self.rules)
                ref = RuleRef(one.policy.id, rule.id)
                self.rules.append((ref, articles_text(rule.cites)))
        outcome = self._outcome().alias("outcome")
        self._stages = [list(self._opened()), [outcome], list(self._leads())]
        answers = (*self._told(), *self._terms())
        self._answers = {one.meta.output_name(): one for one in answers}

    def under(self, policies: Sequence[PolicyExpressions]) -> Kernel:
        """Return this kernel for the same policies under other readings."""
        other = copy(self)
        other.policies = policies
        return other

    def hanging(self, claims: Claims) -> Iterator[tuple[str, pl.Series]]:
        """Yield the readings that change a fact or how a rule is read, with the rows of each.

        Those that only change how days are counted are not among them.
        """
        named = sorted(frozenset().union(*(one.in_code for one in self.policies)) - COUNTING)
        rows = {name: constant(False, len(claims.frame)) for name in named}
        for one in self.policies:
            hangs = {name: one.hanging_on(name) for name in named}
            frame = one.stated(claims)
            for name, truth in hangs.items():
                if isinstance(truth, bool):
                    rows[name] |= constant(truth, len(frame))
                else:
                    rows[name] |= frame.select(truth).to_series()
            for name, turned in one.turned(claims):
                rows[name] = rows[name] | turned if name in rows else turned
        yield from rows.items()

    def decide(self, claims: Claims, *wanted: str) -> pl.DataFrame:
        """Return what each claim comes to, as numbers, in the order of the claims.

        ``wanted`` are columns of these: ``outcome`` (the place in :data:`OUTCOMES`, or
        :data:`UNSETTLED`), ``rule``, ``refund_price``, ``fee`` (fen), ``period_ends_on`` (days
        since 1970), ``provisional``; and what the consumer gets whatever the outcome: ``kinds``
        (the remedies that are open, each with the policy that gives it, as one number),
        ``in_full``, ``least_fee`` and ``refunded`` (the price, fen) of the refund, ``sure`` if none
        of it hangs on missing facts, ``opens_less`` and ``near`` if how money is reckoned and how
        days are counted could change it. What is not wanted is not worked out.
        """
        parts = [claims.frame.lazy().select(REQUEST.name)]
        for place, policy in enumerate(self.policies):
            facts = policy.facts(claims, near="near" in wanted)
            found = policy.ruled(facts, [_fee(policy).alias("fee")])
            parts.append(found.select(one.name.prefix(f"{place}|") for one in _of(policy, facts)))
        whole = pl.concat(parts, how="horizontal")
        for stage in self._stages:
            whole = whole.with_columns(stage)
        answers = [self._answers[name] for name in dict.fromkeys(wanted)]
        return whole.select(answers).collect(engine="streaming", optimizations=_PLAN)

    # --- which remedy -------------------------------------------------------------------------

    def _open(self, one: Ranked) -> pl.Expr:
        return pl.col(f"{one.policy}|open:{one.id}")

    def _worth(self, one: Ranked) -> pl.Expr:
        """Say whether a right can be the outcome: never where nothing is left of it."""
        if one.right.empty is None:
            return self._open(one)
        return self._open(one) & ~pl.col(f"{one.policy}|empty:{one.id}")

    def _rights(self, remedy: str) -> list[Ranked]:
        return [one for one in self.ranked if one.right.remedy == remedy]

    def _opened(self) -> Iterator[pl.Expr]:
        """Yield whether a right to each remedy is open, and whether one is worth anything."""
        for remedy in _REMEDIES:
            rights = self._rights(remedy)
            yield column(either(map(self._open, rights))).alias(remedy)
            yield column(either(map(self._worth, rights))).alias(f"worth:{remedy}")
        for number, (_, block) in enumerate(self._blocks()):
            yield column(either(map(self._worth, block))).alias(f"block:{number}")
        for place, one in enumerate(self.policies):
            out = either(pl.col(f"{place}|{rule.id}") for rule in one.policy.exclusions)
            yield column(out).alias(f"excluded:{place}")

    def _blocks(self) -> list[tuple[str, list[Ranked]]]:
        """Return the rights in the order of choice, those to one remedy that follow together."""
        grouped = groupby(self.ranked, key=lambda one: one.right.remedy)
        return [(remedy, list(rights)) for remedy, rights in grouped]

    def _outcome(self) -> pl.Expr:
        """Return what is asked for if it is open, otherwise the strongest that is."""
        # a local regulation adds rights; where there is none the law of the land says what is left
        out = column(
            both(
                pl.col(f"excluded:{place}")
                for place, one in enumerate(self.policies)
                if len(self.policies) == 1 or one.policy.kind != "local"
            )
        )
        left = ((out, _outcome("excluded")), (~out, _outcome("paid_repair")))
        return cases((*self._wanted(), *left), _outcome(None))

    def _wanted(self) -> Iterator[tuple[pl.Expr, pl.Expr]]:
        """Yield where each remedy is the outcome, in the order of choice."""
        for request, remedy in ASKED.items():
            asked = pl.col(REQUEST.name) == REQUEST.codes.index(request)
            yield asked & pl.col(f"worth:{remedy}"), _outcome(remedy)
            yield asked & pl.col(f"worth:{remedy}").is_null(), _outcome(None)
        for number, (given, _) in enumerate(self._blocks()):
            yield pl.col(f"block:{number}"), _outcome(given)
            yield pl.col(f"block:{number}").is_null(), _outcome(None)

    # --- by which rule ------------------------------------------------------------------------

    def _leads(self) -> Iterator[pl.Expr]:
        """Yield the rule that gives each remedy, or that takes the claim out of the guarantees.

        Of several policies that give an exchange or a free repair it is the first one's, of
        those that give a refund that of the one which keeps back least (``winner``).
        """
        several = len(self.policies) > 1
        for remedy in ("exchange", "free_repair"):
            rights = sorted(self._rights(remedy), key=_member)
            first = ((one.policy, one.id, self._open(one)) for one in rights)
            yield self._first(first).alias(f"lead:{remedy}")
        winner = self._winner()
        yield winner.alias("winner")
        yield self._first(
            (one.policy, one.id, self._open(one) & (winner == one.policy))
            if several
            else (one.policy, one.id, self._open(one))
            for one in self._rights("refund")
        ).alias("lead:refund")
        exclusions = self.policies[0].policy.exclusions
        out = self._first((0, one.id, pl.col(f"0|{one.id}")) for one in exclusions)
        yield out.alias("lead:excluded")
        bars = [
            (place, bar.id, ~pl.col(f"excluded:{place}") if several else True)
            for place, one in enumerate(self.policies)
            for bar in one.policy.bars
        ]
        certain = ((p, bar, both((reached, pl.col(f"{p}|{bar}")))) for p, bar, reached in bars)
        open_ = (
            (p, bar, both((reached, pl.col(f"{p}|{bar}").is_null()))) for p, bar, reached in bars
        )
        yield self._first((*certain, *open_)).alias("lead:paid_repair")

    def _winner(self) -> pl.Expr:
        """Return the place of the policy with the refund that keeps back least.

        Of several that keep back as much it is that of the strongest right.
        """
        nobody = pl.lit(0, dtype=pl.UInt8)
        if len(self.policies) == 1:
            return nobody
        least = pl.min_horizontal(f"{place}|kept" for place in range(len(self.policies)))
        best = []
        for one in self._rights("refund"):
            kept: Any = 0 if one.right.refund == "in_full" else pl.col(f"{one.policy}|fee")
            holds = self._open(one) & (least == kept)
            best.append((holds, pl.lit(one.policy, dtype=pl.UInt8)))
        return cases(best, nobody)

    def _first(self, rules: Iterable[tuple[int, str, Truth]]) -> pl.Expr:
        """Return the number of the first of these rules that holds."""
        found = (
            (column(holds), pl.lit(self._number[place, rule], dtype=pl.UInt16))
            for place, rule, holds in rules
        )
        return cases(found, pl.lit(None, dtype=pl.UInt16))

    # --- what is told -------------------------------------------------------------------------

    def _told(self) -> Iterator[pl.Expr]:
        """Yield what :meth:`decide` gives of the outcome."""
        outcome = pl.col("outcome")
        if len(self.policies) > 1:
            outcome = cases([(self._are_weighed(), outcome)], _outcome(None))
        yield outcome.alias("outcome")
        numbers = enumerate(OUTCOMES)
        leads = ((pl.col("outcome") == number, f"lead:{name}") for number, name in numbers)
        yield cases(leads).alias("rule")
        refunded = pl.col("outcome") == OUTCOMES.index("refund")
        price, fee = self._winners(PRICE), self._winners("fee")
        in_full = [
            self._number[one.policy, one.id]
            for one in self._rights("refund")
            if one.right.refund == "in_full"
        ]
        full = column(either(pl.col("lead:refund") == number for number in in_full))
        nothing = pl.when(price.is_not_null()).then(0)
        yield pl.when(refunded).then(price).alias(PRICE)
        yield cases(((refunded & full, nothing), (refunded, fee))).alias("fee")
        ends = self._of_each("period_ends_on")
        yield (pl.max_horizontal(ends) if len(ends) > 1 else ends[0]).alias("period_ends_on")
        yield pl.any_horizontal(self._provisional()).alias("provisional")

    def _terms(self) -> Iterator[pl.Expr]:
        """Yield what the consumer gets, whichever rule gives it, and what could change that."""
        price, fee = self._winners(PRICE), self._winners("fee")
        full, less = self._winners("opens_full"), self._winners("opens_less")
        yield pl.sum_horizontal(
            self._giver(remedy) * (len(self.policies) + 1) ** place
            for place, remedy in enumerate(_REMEDIES)
        ).alias("kinds")
        yield (full | (less & (fee == 0))).alias("in_full")
        yield pl.when(less & (fee > 0)).then(fee).alias("least_fee")
        yield pl.when(full | less).then(price).alias("refunded")
        known = column(both(pl.col(remedy).is_not_null() for remedy in _REMEDIES))
        reckoned = ~less | (fee.is_not_null() & price.is_not_null())
        yield (known & reckoned.fill_null(False)).alias("sure")
        # of another policy as well: where a fee falls away that one may give the best refund
        for name in ("opens_less", "near"):
            yield pl.any_horizontal(self._of_each(name)).alias(name)

    def _of_each(self, name: str) -> list[pl.Expr]:
        """Return a column of every policy."""
        return [pl.col(f"{place}|{name}") for place in range(len(self.policies))]

    def _giver(self, remedy: str) -> pl.Expr:
        """Return the place of the policy that gives a remedy, counted from 1; 0 if none does."""
        number = pl.lit(0, dtype=pl.UInt32)
        if remedy == "refund":
            return pl.when(remedy).then(pl.col("winner").cast(pl.UInt32) + 1).otherwise(number)
        given = (
            (self._open(one), pl.lit(one.policy + 1, dtype=pl.UInt32))
            for one in sorted(self._rights(remedy), key=_member)
        )
        return cases(given, number)

    def _winners(self, name: str) -> pl.Expr:
        """Return a column of the policy whose refund is the best."""
        first, *others = self._of_each(name)
        chosen = ((pl.col("winner") == place, one) for place, one in enumerate(others, start=1))
        return cases(chosen, first)

    def _are_weighed(self) -> pl.Expr:
        """Say whether it is known what each of several policies gives of the remedy chosen."""
        weighed = []
        for remedy in _REMEDIES:
            known = both(self._open(one).is_not_null() for one in self._rights(remedy))
            if remedy == "refund":
                known = both((known, *self._of_each("is_reckoned")))
            weighed.append((pl.col("outcome") == OUTCOMES.index(remedy), column(known)))
        places = range(len(self.policies))
        reached = both(pl.col(f"excluded:{place}").is_not_null() for place in places)
        return cases(weighed, column(reached))

    def _provisional(self) -> Iterator[pl.Expr]:
        """Yield of each last day whether it may still move."""
        for name in LAST_DAYS:
            ends, moves = self._of_each(name), self._of_each(f"provisional:{name}")
            if len(ends) == 1:
                yield moves[0]
                continue
            last = pl.max_horizontal(ends)
            yield last.is_not_null() & pl.all_horizontal(
                (end != last).fill_null(True) | move for end, move in zip(ends, moves, strict=True)
            )


def _member(one: Ranked) -> int:
    return one.policy


def _of(of: PolicyExpressions, facts: pl.DataFrame) -> Iterator[pl.Expr]:
    """Yield what a kernel looks at of one policy's columns."""
    policy = of.policy
    yield from (pl.col(rule.id) for rule in policy.outside)
    yield from (pl.col(f"open:{right.id}") for right in policy.rights)
    yield from (pl.col(f"empty:{one.id}") for one in policy.rights if one.empty is not None)
    yield from last_days(of, facts)
    price, fee = pl.col(PRICE), pl.col("fee")
    yield from (price, fee)
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
    yield column(of.is_near(facts)).alias("near")


# --- the last days ---------------------------------------------------------------------------


def last_days(of: PolicyExpressions, facts: pl.DataFrame) -> Iterator[pl.Expr]:
    """Yield the last day of the period and of the windows, and whether each is provisional."""
    for name, leaves_ in of.lasting.items():
        last: pl.Expr = pl.lit(None, dtype=pl.Int32)
        provisional: pl.Expr = pl.lit(False)
        for place, (leaf, goods) in enumerate(one for one in leaves_ if one[1] is not False):
            end, moves = of.end(leaf), column(of.may_move(leaf, facts))
            end = end if goods is True else pl.when(goods).then(end)
            if place == 0:
                last, provisional = end, moves
                continue
            later = (end > last).fill_null(end.is_not_null())
            provisional = pl.when(later).then(moves).otherwise(provisional)
            last = pl.when(later).then(end).otherwise(last)
        if of.papers is not None and name == "period_ends_on":
            last = pl.when(of.papers.fill_null(True)).then(last)
        yield last.alias(name)
        yield (provisional & last.is_not_null()).fill_null(False).alias(f"provisional:{name}")


# --- money -----------------------------------------------------------------------------------


def can_reckon(policy: Policy) -> bool:
    """Say whether a policy can be reckoned in columns: fees exactly, no readings of its own."""
    if policy.contested:
        return False
    rates = (line.daily_rate for line in policy.catalogue)
    return all(max(rate.as_integer_ratio()) <= _MOST_PARTS for rate in rates if rate is not None)


def _fee(of: PolicyExpressions) -> pl.Expr:
    """Return the fee for the days of use, fen (折旧费, art. 19); null if not known.

    ``refund_price`` is what it goes by. The fee is ``price × rate × days`` and never more than
    the price, rounded to whole fen as the reading ``rounding`` says; in whole numbers, so that
    nothing is lost. There is none where none is due, and null for goods without a daily rate.
    """

    def reckoned(rate: Decimal) -> pl.Expr:
        if not rate:
            return pl.lit(0, dtype=pl.Int64)  # no fee, whatever the price
        fee = rounded_fee(pl.col(PRICE), pl.col("used_days"), rate, of.readings.rounding)
        return pl.when("fee_is_due").then(fee).otherwise(0)

    return of.formulas.by_rate(reckoned)


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
