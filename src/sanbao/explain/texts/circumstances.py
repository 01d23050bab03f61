"""What is worth saying beside a decision: 另行说明.

A decision names rules, days and money. Why a day is the one it is, what no longer counts, who
settles a dispute and which other law may help, the person it is about reads in a sentence of
its own. All of it comes from the decision, so that one read from JSON is explained alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from sanbao.explain.texts.phrases import (
    clauses,
    day_text,
    listed,
    remedy_text,
    told,
    value_text,
)
from sanbao.explain.texts.titles import display_names
from sanbao.explain.words.catalogue import Language, say
from sanbao.reasons.deciding import OUTSIDE, was_repaired
from sanbao.reasons.other_places import elsewhere

if TYPE_CHECKING:
    from sanbao.model.decision import Check, WholeDecision

__all__ = ["besides", "is_in_besides"]

_DISPUTED: Final = ("trader_must_prove", "inspection_decides", "inspection_may_decide")
"""Notes of findings whose ground an inspection may settle."""

_GIVEN_BACK: Final = "repairs_before_exchange"


def besides(decision: WholeDecision, notes: Iterable[str], lang: Language) -> Iterator[str]:
    """Yield the sentences for the consumer, without their end; ``notes`` stand there already.

    A sentence that cites a law is empty where the law at hand does not have it.
    """
    inside = decision.outcome not in OUTSIDE
    if inside:
        yield from _held_days(decision, lang)
    if _holds(decision, "art24.expired") and was_repaired(decision):
        yield told("besides.late_repairs", lang)
    if _may_miss_a_repair(decision):
        given_back = [odd.value for odd in decision.warnings if odd.id == _GIVEN_BACK]
        days = listed(lang, [day_text(day, lang) for day in given_back])
        yield told("besides.given_back", lang, days=days) if given_back else ""
    if inside:
        yield from _papers_and_faults(decision, lang)
    if any(note.startswith(_DISPUTED) for note in notes):
        yield told(f"besides.{_inspection(decision)}", lang)
    if _is_left_with_the_contract(decision):
        delivered = decision.dates.period_starts_on or decision.dates.claimed_on
        since_code = delivered >= _CIVIL_CODE
        yield told("besides.contract" if since_code else "besides.contract_1999", lang)
    yield from _elsewhere(decision, lang)
    yield from _other_law(decision, lang)


def is_in_besides(warning: str) -> bool:
    """Say whether a warning is one of these sentences."""
    return warning == _GIVEN_BACK


def _elsewhere(decision: WholeDecision, lang: Language) -> Iterator[str]:
    """Yield what local regulations would give more, where nobody says where the sale was."""
    for found in elsewhere(decision):
        with display_names(found.decision):
            texts = [remedy_text(remedy, lang) for remedy in found.remedies]
        yield say(
            lang,
            "besides.elsewhere",
            place=value_text(found.province, lang),
            remedies=clauses(lang, list(dict.fromkeys(texts))),
        )


# --- days -----------------------------------------------------------------------------------


def _held_days(decision: WholeDecision, lang: Language) -> Iterator[str]:
    """Yield why a day other than that of the claim is held against the time limits."""
    dates = decision.dates
    held = _day(_check(decision, "held_on"))
    if held is not None and held != dates.claimed_on:
        name = "besides.asked" if held == dates.asked_on else "besides.appeared"
        yield say(lang, name, on=held)
    if held is not None and _is_found_inside(decision, held):
        yield say(lang, "besides.appeared_inside", on=_day(_check(decision, "found_on")))
    reached = _day(_check(decision, "period_held_on"))
    ended = dates.period_ends_on
    if held and reached and ended and reached <= ended < held:
        yield told("besides.returned", lang, on=reached)


def _is_found_inside(decision: WholeDecision, held: date) -> bool:
    """Say whether what was asked for fails on a window that was open when the fault was found."""
    requested, dates = decision.requested, decision.dates
    if requested is None or requested.available is not False:
        return False
    until = dates.refund_until if requested.remedy == "refund" else dates.exchange_until
    found = _day(_check(decision, "found_on"))
    if until is None or found is None or not found <= until < held:
        return False
    named = [one for one in decision.findings if one.ref in requested.because]
    return any(
        {check.fact for check in one.checks if not check.holds} == {"held_on"} for one in named
    )


def _may_miss_a_repair(decision: WholeDecision) -> bool:
    """Say whether one more repair might have given more: another remedy, or a longer period."""
    requested = decision.requested
    refused = requested is not None and not requested.available
    if decision.outcome in OUTSIDE:
        return decision.lead is not None and decision.lead.rule == "art24.expired"
    return refused or decision.outcome in (None, "free_repair")


def _checks(decision: WholeDecision, rule: str) -> Iterator[Check]:
    """Yield the checks of a rule of the law, and of the promises that repeat it."""
    for found in decision.findings:
        if found.rule == rule:
            yield from found.checks


def _check(decision: WholeDecision, fact: str) -> Check | None:
    """Return the first check of ``fact``; it is the same day or value in all of them."""
    return next(
        (check for found in decision.findings for check in found.checks if check.fact == fact),
        None,
    )


def _day(check: Check | None) -> date | None:
    try:
        return None if check is None else date.fromisoformat(str(check.actual))
    except ValueError:
        return None


# --- papers, faults, proof -------------------------------------------------------------------


def _papers_and_faults(decision: WholeDecision, lang: Language) -> Iterator[str]:
    lead = "" if decision.lead is None else decision.lead.rule
    voucher = _check(decision, "voucher")
    lacking = decision.receipt.readings.voucher_not_issued == "as_lost"
    if voucher is not None and voucher.actual == "not_issued" and not lacking:
        yield told("besides.not_issued", lang)
    if lead == "art10.repair" and _is_unlisted(decision):
        yield told("besides.any_problem", lang)
    cites = () if decision.lead is None or decision.outcome != "refund" else decision.lead.citations
    if any(cite.law == "cn.decree-778" for cite in cites):
        yield say(lang, "besides.price")


def _is_unlisted(decision: WholeDecision) -> bool:
    """Say whether the fault is none of those listed for a main unit."""
    checks = _checks(decision, "art11.exchange")
    return ("symptom", "one_of", False) in {(one.fact, one.relation, one.holds) for one in checks}


def _inspection(decision: WholeDecision) -> str:
    """Return who makes an inspection: on claims since Decree 778 by its art. 47 as well."""
    from sanbao.policies.mobile_2001 import DECREE_778

    by_decree = decision.dates.claimed_on >= DECREE_778
    return "inspection_by_decree" if by_decree else "inspection"


# --- other law -------------------------------------------------------------------------------


def _other_law(decision: WholeDecision, lang: Language) -> Iterator[str]:
    """Yield what else the consumer may turn to, where the guarantees leave nothing."""
    checks = {(one.fact, one.relation, one.holds) for one in _checks(decision, "cpl54.refund")}
    if ("claimed_on", "not_before", True) not in checks:
        return
    requested = decision.requested
    refused = requested is not None and requested.remedy == "refund" and not requested.available
    is_refused = refused or decision.outcome in OUTSIDE
    if is_refused and not _is_damaged(decision) and _is_in_seven_days(decision):
        yield say(lang, "besides.distance")
    odd = {warned.id for warned in decision.warnings}
    if "activated_before_sale" in odd and "second_hand_unsettled" not in odd:
        yield say(lang, "besides.fraud")


_OVER: Final = (
    "art24.expired",
    "art24.no_evidence",
    "art24.voucher",
    "art2.catalogue",
    "art2.place",
    "art2.second_hand",
    "art31.date",
    "app3.unlisted",
)
"""What takes goods out of the guarantees and says nothing of what is wrong with them."""

_DAMAGED: Final = ("art24.misuse", "art24.opened", "art24.force_majeure")
"""What has damaged the goods after they were sold."""

_CIVIL_CODE: Final = date(2021, 1, 1)
"""The first day of the Civil Code; what was delivered before is judged by the law of then."""


def _is_left_with_the_contract(decision: WholeDecision) -> bool:
    """Say whether the guarantees give nothing, and not for what caused the fault."""
    return (
        decision.outcome in OUTSIDE
        and decision.lead is not None
        and decision.lead.rule in _OVER
        and not _is_damaged(decision)
    )


def _is_damaged(decision: WholeDecision) -> bool:
    """Say whether it is found that the goods were damaged after they were sold."""
    return any(_holds(decision, rule) for rule in _DAMAGED)


def _is_in_seven_days(decision: WholeDecision) -> bool:
    """Say whether it was asked for inside the days of a refund without a reason."""
    checks = _checks(decision, "art11.refund")
    return any(one.counted_from == "refund_window_start" and one.holds for one in checks)


def _holds(decision: WholeDecision, rule: str) -> bool:
    return any(found.rule == rule and found.verdict == "holds" for found in decision.findings)
