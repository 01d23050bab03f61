"""A claim in one sentence, and as data to save: 示例.

Told are the facts that were stated and do not go without saying; the data leave out what a
claim has anyway, and decide the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import attrgetter
from typing import Any, Final

from sanbao.explain.texts.conditions import condition_text
from sanbao.explain.texts.phrases import clauses, day_text, listed, value_text
from sanbao.explain.words.catalogue import Language, has, say
from sanbao.model.claim import Claim, Repair
from sanbao.model.facts import FACTS
from sanbao.model.fields import fields_in
from sanbao.rules.conditions import Compare

__all__ = ["claim_data", "claim_sentence"]


def claim_data(claim: Claim) -> str:
    """Return a claim as one line of JSON, without what goes without saying.

    >>> claim_data(Claim(claimed_on="2025-07-04", product={"kind": "handset"}))
    '{"claimed_on": "2025-07-04", "product": {"kind": "handset"}}'
    """
    data = claim.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(_filled(data), ensure_ascii=False)


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    """Return data without parts that hold nothing."""
    return {key: part for key, part in data.items() if part not in ({}, [])}


def claim_sentence(claim: Claim, lang: Language) -> str:
    """Return the telling facts of a claim as a sentence: 申请概述."""
    text = clauses(lang, [_days(claim, lang), *_history(claim, lang), *_facts(claim, lang)])
    return say(lang, "compare.sentence", text=text[:1].upper() + text[1:])


def _days(claim: Claim, lang: Language) -> str:
    """Return the goods with the days of the claim."""
    purchase = claim.purchase
    days = {
        "sold_on": purchase.sold_on,
        "received_on": purchase.received_on,
        "invoiced_on": purchase.invoiced_on,
        "manufactured_on": claim.evidence.manufactured_on,
        "appeared_on": claim.fault.appeared_on,
        "asked_on": claim.asked_on,
        "claimed_on": claim.claimed_on,
    }
    stated = [say(lang, f"example.{name}", on=on) for name, on in days.items() if on is not None]
    return say(lang, "condition.comma").join([value_text(claim.product.kind, lang), *stated])


def _history(claim: Claim, lang: Language) -> Iterator[str]:
    if claim.exchanges:
        days = listed(lang, [day_text(exchange.exchanged_on, lang) for exchange in claim.exchanges])
        yield say(lang, "example.exchanged", days=days)
    for number, repair in enumerate(claim.repairs, 1):
        yield say(lang, "example.repair", number=number, what=_repair(repair, lang))


def _repair(repair: Repair, lang: Language) -> str:
    first, last = repair.handed_in_on, repair.handed_back_on
    name = "example.repairing" if last is None else "example.repaired"
    stated = [say(lang, name, first=first, last=last)]
    if repair.notified_on is not None:
        stated.append(say(lang, "example.notified", on=repair.notified_on))
    if repair.symptom is not None:
        fault = value_text(repair.symptom, lang)
        stated.append(say(lang, "example.other_fault", fault=fault))
    if repair.delay is not None:
        stated.append(say(lang, f"example.delay.{repair.delay}"))
    unusual = {
        "unrecorded": not repair.recorded,
        "charged": not repair.under_guarantee,
        "software_only": repair.software_only,
    }
    stated += [say(lang, f"example.{name}") for name, holds in unusual.items() if holds]
    return say(lang, "condition.comma").join(stated)


_ORDER: Final = (
    *("fault.symptom", "fault.cause", "fault.cause_basis", "fault.confirmed", "evidence.invoice"),
    *("evidence.voucher", "product.complete", "product.housing_worn"),
    *("product.bought_with_phone", "product.sold_in_mainland", "purchase.gift"),
    *("purchase.plan_bundled", "same_model_in_stock", "request"),
)
"""The order in which fields are told that conditions have words for; others follow."""

_CONDITIONS: Final = sorted(
    (
        field
        for field in fields_in()
        if field.row in FACTS and not field.required and not has(f"example.{field.row}")
    ),
    key=lambda field: _ORDER.index(field.path) if field.path in _ORDER else len(_ORDER),
)


def _facts(claim: Claim, lang: Language) -> Iterator[str]:
    """Yield what else is known, in the words of conditions."""
    for field in _CONDITIONS:
        value = attrgetter(field.path)(claim)
        if value not in (None, field.absent):  # a default goes without saying
            yield condition_text(Compare(field.row, value), lang)
    product, purchase, fault = claim.product, claim.purchase, claim.fault
    if not product.used:
        yield say(lang, "example.unused")
    if product.condition == "second_hand":
        yield say(lang, "example.second_hand")
    for name in ("contested", "found_unqualified"):
        if getattr(fault, name):
            yield say(lang, f"example.{name}")
    if fault.detail is not None:
        yield say(lang, "example.detail", code=fault.detail)
    if fault.battery_capacity is not None:
        yield say(lang, "example.capacity", number=fault.battery_capacity)
    for name in ("price", "paid_price", "standalone_price"):
        if (amount := getattr(purchase, name)) is not None:
            yield say(lang, f"example.{name}", amount=amount)
    for name in ("province", "trader_province"):
        if (place := getattr(purchase, name)) is not None:
            yield say(lang, f"example.{name}", place=value_text(place, lang))
