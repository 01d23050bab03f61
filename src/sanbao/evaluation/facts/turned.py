"""Where readings turn the facts of the laws that ship: 解释何处改变事实.

``python scripts/write_turned.py`` writes this file. It holds what
:mod:`sanbao.evaluation.facts.turning` reads off the formulas of the laws and promises that ship, so
that a program which starts for one claim need not; the keys are made of these formulas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["TURNED"]

_EVERY: Final = {
    "built_in_battery": "((goods.role == 'main_unit') and (fault.symptom == 'battery_fault'))",
    "depreciation": "product.used",
    "depreciation_days": "product.used",
    "depreciation_start": (
        "(any(exchanges, ((not known(purchase.sold_on)) or (exchange.exchanged_on >= "
        "exchanges_from))) and product.used)"
    ),
    "repair_days": (
        "any(repairs, (is_handed_in and (is_ended or ((not is_ended) and "
        "known(repair.notified_on) and (repair.notified_on <= claim.claimed_on)))))"
    ),
    "repair_end": (
        "any(repairs, (is_handed_in and ((is_ended and known(repair.notified_on) and "
        "(known(repair.handed_back_on) or known(repair.notified_on)) and "
        "(repair.handed_back_on != repair.notified_on)) or ((not is_ended) and "
        "known(repair.notified_on) and (repair.notified_on <= claim.claimed_on) and "
        "((claim.claimed_on != repair.notified_on) or ((known((repair.notified_on + 0)) or "
        "known((claim.claimed_on + 1))) and ((claim.claimed_on + 1) != (repair.notified_on + "
        "0))))))))"
    ),
    "rounding": "product.used",
}
_1: Final = {
    **_EVERY,
    "repair_guarantee": (
        "any(repairs, (((not known(fault.symptom)) or (not (fault_repaired in ('none', "
        "'wear',)))) and known(repair.symptom) and (not (repair.symptom == fault.symptom)) "
        "and is_ended and repair.under_guarantee and ((not known(purchase.sold_on)) or "
        "(repair.handed_in_on >= period_start)) and is_handed_in))"
    ),
    "repair_proof": (
        "(any(repairs, ((not repair.recorded) and is_handed_in and is_ended and "
        "repair.under_guarantee and ((not known(purchase.sold_on)) or (repair.handed_in_on "
        ">= period_start)) and ((not known(fault.symptom)) or (fault_repaired in "
        "goods.faults)))) or any(repairs, ((not repair.recorded) and is_handed_in and "
        "is_unmended and ((not any(exchanges, (not ((not known(purchase.sold_on)) or (not "
        "(exchange.exchanged_on >= exchanges_from)))))) or (not known(purchase.sold_on)) or "
        "(repair.handed_in_on >= last_exchange) or (papers.start == 'papers') or ((not "
        "(papers.start == 'papers')) and (papers.start == 'factory') and "
        "known((evidence.manufactured_on + law.factory_days)))) and repair.under_guarantee "
        "and ((not known(purchase.sold_on)) or (repair.handed_in_on >= period_start)) and "
        "(repair.delay == 'parts'))) or any(repairs, ((not repair.recorded) and is_handed_in "
        "and is_unmended and ((not any(exchanges, (not ((not known(purchase.sold_on)) or "
        "(not (exchange.exchanged_on >= exchanges_from)))))) or (not "
        "known(purchase.sold_on)) or (repair.handed_in_on >= last_exchange) or (papers.start "
        "== 'papers') or ((not (papers.start == 'papers')) and (papers.start == 'factory') "
        "and known((evidence.manufactured_on + law.factory_days)))) and "
        "repair.under_guarantee and ((not known(purchase.sold_on)) or (repair.handed_in_on "
        ">= period_start)) and (repair.delay == 'repairer'))))"
    ),
    "returning_fault": (
        "(any(repairs, (is_handed_in and repair.under_guarantee and ((not "
        "known(purchase.sold_on)) or (repair.handed_in_on >= period_start)) and ((not "
        "known(repair.symptom)) or (repair.symptom == fault.symptom)))) or (((not "
        "any(exchanges, (not ((not known(purchase.sold_on)) or (not (exchange.exchanged_on "
        ">= exchanges_from)))))) or (not known(purchase.sold_on)) or (fault.appeared_on >= "
        "last_exchange)) and known(fault.appeared_on) and ((not known(purchase.sold_on)) or "
        "(asked_on != first(appeared_on, asked_on)))))"
    ),
    "software_repair": (
        "any(repairs, (repair.software_only and is_handed_in and is_ended and "
        "repair.under_guarantee and ((not known(purchase.sold_on)) or (repair.handed_in_on "
        ">= period_start)) and ((not known(fault.symptom)) or (fault_repaired in "
        "goods.faults))))"
    ),
    "two_repairs": (
        "any(repairs, (known(repair.symptom) and (not (repair.symptom == fault.symptom)) and "
        "is_handed_in and is_ended and repair.under_guarantee and ((not "
        "known(purchase.sold_on)) or (repair.handed_in_on >= period_start)) and ((not "
        "known(fault.symptom)) or (fault_repaired in goods.faults))))"
    ),
    "window_day": (
        "((((not any(exchanges, (not ((not known(purchase.sold_on)) or (not "
        "(exchange.exchanged_on >= exchanges_from)))))) or (not known(purchase.sold_on)) or "
        "(fault.appeared_on >= last_exchange)) and known(fault.appeared_on) and ((not "
        "known(purchase.sold_on)) or (asked_on != first(appeared_on, asked_on)))) or "
        "any(repairs, ((((not known(purchase.sold_on)) or (asked_on >= "
        "repair.handed_back_on)) and ((not any(exchanges, (not ((not "
        "known(purchase.sold_on)) or (not (exchange.exchanged_on >= exchanges_from)))))) or "
        "(not known(purchase.sold_on)) or (fault.appeared_on >= last_exchange)) and "
        "known(fault.appeared_on) and ((not known(purchase.sold_on)) or (asked_on != "
        "first(appeared_on, asked_on))) and is_handed_in and is_ended and "
        "repair.under_guarantee and ((not known(purchase.sold_on)) or (repair.handed_in_on "
        ">= period_start)) and ((not known(repair.symptom)) or (repair.symptom == "
        "fault.symptom) or (not known(fault.symptom)) or (not (fault_repaired in ('none', "
        "'wear',))))) or (is_handed_in and is_ended and repair.under_guarantee and ((not "
        "known(purchase.sold_on)) or (repair.handed_in_on >= period_start)) and ((not "
        "known(repair.symptom)) or (repair.symptom == fault.symptom) or (not "
        "known(fault.symptom)) or (not (fault_repaired in ('none', 'wear',)))) and ((not "
        "known(purchase.sold_on)) or (asked_on >= repair.handed_back_on)) and ((not "
        "any(exchanges, (not ((not known(purchase.sold_on)) or (not (exchange.exchanged_on "
        ">= exchanges_from)))))) or (not known(purchase.sold_on)) or (fault.appeared_on >= "
        "last_exchange)) and known(fault.appeared_on) and ((not known(purchase.sold_on)) or "
        "(asked_on != first(appeared_on, asked_on)))))))"
    ),
    "window_start": (
        "(known(purchase.received_on) and ((not known(purchase.sold_on)) or (delivered != "
        "purchase.sold_on)))"
    ),
    "windows_after_exchange": (
        "((any(exchanges, ((not known(purchase.sold_on)) or (exchange.exchanged_on >= "
        "exchanges_from))) and ((not known(purchase.sold_on)) or (delivered != "
        "first(last_exchange, delivered)))) or (any(exchanges, ((not "
        "known(purchase.sold_on)) or (exchange.exchanged_on >= exchanges_from))) and ((not "
        "known(purchase.sold_on)) or (first(last_exchange, purchase.sold_on) != "
        "purchase.sold_on))))"
    ),
}
_2: Final = {
    **_EVERY,
    "period_start": (
        "(((papers.start == 'papers') and (not any(exchanges, (not ((not "
        "known(purchase.sold_on)) or (not (exchange.exchanged_on >= exchanges_from)))))) and "
        "(((known(purchase.received_on) or known(purchase.invoiced_on)) and ((not "
        "known(purchase.sold_on)) or (delivered != first(purchase.invoiced_on, "
        "purchase.sold_on)))) or ((known(purchase.invoiced_on) or "
        "known(purchase.received_on)) and ((not known(purchase.sold_on)) or (delivered != "
        "first(purchase.invoiced_on, purchase.sold_on)))))) or any(repairs, ((((papers.start "
        "== 'papers') and (not any(exchanges, (not ((not known(purchase.sold_on)) or (not "
        "(exchange.exchanged_on >= exchanges_from)))))) and (((known(purchase.received_on) "
        "or known(purchase.invoiced_on)) and ((not known(purchase.sold_on)) or (delivered != "
        "first(purchase.invoiced_on, purchase.sold_on)))) or ((known(purchase.invoiced_on) "
        "or known(purchase.received_on)) and ((not known(purchase.sold_on)) or (delivered != "
        "first(purchase.invoiced_on, purchase.sold_on))))) and any(exchanges, ((not "
        "known(purchase.sold_on)) or (exchange.exchanged_on >= exchanges_from))) and ((not "
        "known(purchase.sold_on)) or (not (repair.handed_in_on >= last_exchange))) and "
        "is_handed_in and is_unmended and repair.under_guarantee) or ((papers.start == "
        "'papers') and (not any(exchanges, (not ((not known(purchase.sold_on)) or (not "
        "(exchange.exchanged_on >= exchanges_from)))))) and (((known(purchase.received_on) "
        "or known(purchase.invoiced_on)) and ((not known(purchase.sold_on)) or (delivered != "
        "first(purchase.invoiced_on, purchase.sold_on)))) or ((known(purchase.invoiced_on) "
        "or known(purchase.received_on)) and ((not known(purchase.sold_on)) or (delivered != "
        "first(purchase.invoiced_on, purchase.sold_on))))) and repair.under_guarantee and "
        "is_handed_in and is_unmended and ((not any(exchanges, (not ((not "
        "known(purchase.sold_on)) or (not (exchange.exchanged_on >= exchanges_from)))))) or "
        "(not known(purchase.sold_on)) or (repair.handed_in_on >= last_exchange) or "
        "(papers.start == 'papers') or ((not (papers.start == 'papers')) and (papers.start "
        "== 'factory') and known((evidence.manufactured_on + law.factory_days)))))) and "
        "(repair.delay == 'parts'))) or any(repairs, ((((papers.start == 'papers') and (not "
        "any(exchanges, (not ((not known(purchase.sold_on)) or (not (exchange.exchanged_on "
        ">= exchanges_from)))))) and (((known(purchase.received_on) or "
        "known(purchase.invoiced_on)) and ((not known(purchase.sold_on)) or (delivered != "
        "first(purchase.invoiced_on, purchase.sold_on)))) or ((known(purchase.invoiced_on) "
        "or known(purchase.received_on)) and ((not known(purchase.sold_on)) or (delivered != "
        "first(purchase.invoiced_on, purchase.sold_on))))) and any(exchanges, ((not "
        "known(purchase.sold_on)) or (exchange.exchanged_on >= exchanges_from))) and ((not "
        "known(purchase.sold_on)) or (not (repair.handed_in_on >= last_exchange))) and "
        "is_handed_in and is_unmended and repair.under_guarantee) or ((papers.start == "
        "'papers') and (not any(exchanges, (not ((not known(purchase.sold_on)) or (not "
        "(exchange.exchanged_on >= exchanges_from)))))) and (((known(purchase.received_on) "
        "or known(purchase.invoiced_on)) and ((not known(purchase.sold_on)) or (delivered != "
        "first(purchase.invoiced_on, purchase.sold_on)))) or ((known(purchase.invoiced_on) "
        "or known(purchase.received_on)) and ((not known(purchase.sold_on)) or (delivered != "
        "first(purchase.invoiced_on, purchase.sold_on))))) and repair.under_guarantee and "
        "is_handed_in and is_unmended and ((not any(exchanges, (not ((not "
        "known(purchase.sold_on)) or (not (exchange.exchanged_on >= exchanges_from)))))) or "
        "(not known(purchase.sold_on)) or (repair.handed_in_on >= last_exchange) or "
        "(papers.start == 'papers') or ((not (papers.start == 'papers')) and (papers.start "
        "== 'factory') and known((evidence.manufactured_on + law.factory_days)))))) and "
        "(repair.delay == 'repairer'))))"
    ),
    "repair_guarantee": (
        "any(repairs, (((not known(fault.symptom)) or (not (fault_repaired in ('none', "
        "'wear',)))) and known(repair.symptom) and (not (repair.symptom == fault.symptom)) "
        "and is_ended and repair.under_guarantee and is_handed_in))"
    ),
    "repair_proof": (
        "(any(repairs, ((not repair.recorded) and is_handed_in and is_ended and "
        "repair.under_guarantee and ((not known(fault.symptom)) or (fault_repaired in "
        "goods.faults)))) or any(repairs, ((not repair.recorded) and is_handed_in and "
        "is_unmended and ((not any(exchanges, (not ((not known(purchase.sold_on)) or (not "
        "(exchange.exchanged_on >= exchanges_from)))))) or (not known(purchase.sold_on)) or "
        "(repair.handed_in_on >= last_exchange) or (papers.start == 'papers') or ((not "
        "(papers.start == 'papers')) and (papers.start == 'factory') and "
        "known((evidence.manufactured_on + law.factory_days)))) and repair.under_guarantee "
        "and (repair.delay == 'parts'))) or any(repairs, ((not repair.recorded) and "
        "is_handed_in and is_unmended and ((not any(exchanges, (not ((not "
        "known(purchase.sold_on)) or (not (exchange.exchanged_on >= exchanges_from)))))) or "
        "(not known(purchase.sold_on)) or (repair.handed_in_on >= last_exchange) or "
        "(papers.start == 'papers') or ((not (papers.start == 'papers')) and (papers.start "
        "== 'factory') and known((evidence.manufactured_on + law.factory_days)))) and "
        "repair.under_guarantee and (repair.delay == 'repairer'))))"
    ),
    "repair_time_in_windows": (
        "((any(exchanges, ((not known(purchase.sold_on)) or (exchange.exchanged_on >= "
        "exchanges_from))) and any(repairs, is_handed_in)) or ((not any(exchanges, (not "
        "((not known(purchase.sold_on)) or (not (exchange.exchanged_on >= "
        "exchanges_from)))))) and any(repairs, is_handed_in)))"
    ),
    "returning_fault": (
        "(any(repairs, (is_handed_in and repair.under_guarantee and ((not "
        "known(repair.symptom)) or (repair.symptom == fault.symptom)))) or (((not "
        "any(exchanges, (not ((not known(purchase.sold_on)) or (not (exchange.exchanged_on "
        ">= exchanges_from)))))) or (not known(purchase.sold_on)) or (fault.appeared_on >= "
        "last_exchange)) and known(fault.appeared_on) and ((not known(purchase.sold_on)) or "
        "(asked_on != first(appeared_on, asked_on)))))"
    ),
    "software_repair": (
        "any(repairs, (repair.software_only and is_handed_in and is_ended and "
        "repair.under_guarantee and ((not known(fault.symptom)) or (fault_repaired in "
        "goods.faults))))"
    ),
    "two_repairs": (
        "any(repairs, (known(repair.symptom) and (not (repair.symptom == fault.symptom)) and "
        "is_handed_in and is_ended and repair.under_guarantee and ((not "
        "known(fault.symptom)) or (fault_repaired in goods.faults))))"
    ),
    "window_day": (
        "((((not any(exchanges, (not ((not known(purchase.sold_on)) or (not "
        "(exchange.exchanged_on >= exchanges_from)))))) or (not known(purchase.sold_on)) or "
        "(fault.appeared_on >= last_exchange)) and known(fault.appeared_on) and ((not "
        "known(purchase.sold_on)) or (asked_on != first(appeared_on, asked_on)))) or "
        "any(repairs, ((((not known(purchase.sold_on)) or (asked_on >= "
        "repair.handed_back_on)) and ((not any(exchanges, (not ((not "
        "known(purchase.sold_on)) or (not (exchange.exchanged_on >= exchanges_from)))))) or "
        "(not known(purchase.sold_on)) or (fault.appeared_on >= last_exchange)) and "
        "known(fault.appeared_on) and ((not known(purchase.sold_on)) or (asked_on != "
        "first(appeared_on, asked_on))) and is_handed_in and is_ended and "
        "repair.under_guarantee and ((not known(repair.symptom)) or (repair.symptom == "
        "fault.symptom) or (not known(fault.symptom)) or (not (fault_repaired in ('none', "
        "'wear',))))) or (is_handed_in and is_ended and repair.under_guarantee and ((not "
        "known(repair.symptom)) or (repair.symptom == fault.symptom) or (not "
        "known(fault.symptom)) or (not (fault_repaired in ('none', 'wear',)))) and ((not "
        "known(purchase.sold_on)) or (asked_on >= repair.handed_back_on)) and ((not "
        "any(exchanges, (not ((not known(purchase.sold_on)) or (not (exchange.exchanged_on "
        ">= exchanges_from)))))) or (not known(purchase.sold_on)) or (fault.appeared_on >= "
        "last_exchange)) and known(fault.appeared_on) and ((not known(purchase.sold_on)) or "
        "(asked_on != first(appeared_on, asked_on)))))))"
    ),
    "windows_after_exchange": (
        "(any(exchanges, ((not known(purchase.sold_on)) or (exchange.exchanged_on >= "
        "exchanges_from))) and ((not known(purchase.sold_on)) or (first(last_exchange, "
        "window_base) != window_base)))"
    ),
}
TURNED: Final[Mapping[str, Mapping[str, str]]] = {
    "882419e13847d3047ddcd8bd2a09e2ded68cfd1a30a9d29f03a9456b1da4800a": _2,
    "a22072b8d16dd60e89ecd9f79243777655693581dedbd69a26fb7fe0be1135ff": _1,
    "c32fb3d5f8e66458d056ce6c82f25a982e899f4d75b08c30559e60a51597ab2b": _1,
}
"""Of each reading the formula of where it matters, by what a law says."""
