"""The first fourteen real cases, written by hand in the form of the contract.

Each: id, claim, what has to come out (keys of `judge`'s result, or of its remedy that leads or
its dates).
"""

from typing import Any

_PAPERS = {"invoice": "original", "voucher": "intact"}
_REPORTED = {"cause": "defect", "cause_basis": "report"}
_IN_STOCK: dict[str, Any] = {
    "claimed_on": "2008-06-09",
    "product": {"kind": "handset"},
    "purchase": {"sold_on": "2008-03-01", "price": "2000.00"},
    "evidence": _PAPERS,
    "fault": {"symptom": "switches_off", "cause": "defect"},
    "repairs": [
        {"handed_in_on": "2008-04-01", "handed_back_on": "2008-04-05", "recorded": True},
        {"handed_in_on": "2008-04-20", "handed_back_on": "2008-04-24", "recorded": True},
    ],
    "same_model_in_stock": True,
    "request": "refund",
}

SEED_CASES: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    (
        "restarts-on-day-9-activated-earlier",
        {
            "claimed_on": "2012-09-15",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2012-09-06", "invoiced_on": "2012-09-06"},
            "evidence": {**_PAPERS, "activated_on": "2012-07-28"},
            "fault": {"symptom": "switches_off", **_REPORTED},
        },
        {"outcome": "exchange"},
    ),
    (
        "liquid-indicator-red",
        {
            "claimed_on": "2013-05-02",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2013-01-10", "invoiced_on": "2013-01-10"},
            "evidence": _PAPERS,
            "fault": {"symptom": "screen_fault", "cause": "liquid", "cause_basis": "report"},
        },
        {"outcome": "paid_repair", "lead_rule": "art24.misuse"},
    ),
    (
        "standby-time-short-because-of-own-card",
        {
            "claimed_on": "2013-04-01",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2013-01-10"},
            "evidence": _PAPERS,
            "fault": {"symptom": "none"},
        },
        {"outcome": "excluded"},
    ),
    (
        "told-to-wait-for-the-new-plan",
        {
            "claimed_on": "2013-03-20",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2013-03-01"},
            "evidence": _PAPERS,
            "fault": {"symptom": "cannot_start_or_connect", "cause": "defect"},
            "request": "exchange",
        },
        {
            "outcome": "free_repair",
            "requested": {"remedy": "exchange", "available": False},
        },
    ),
    (
        "repaired-but-nobody-called",
        {
            "claimed_on": "2013-06-20",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2012-06-01"},
            "evidence": _PAPERS,
            "fault": {"symptom": "function_fails", "cause": "defect"},
            "repairs": [
                {
                    "handed_in_on": "2013-03-23",
                    "ready_on": "2013-04-09",
                    "handed_back_on": "2013-05-25",
                }
            ],
        },
        {"outcome": "free_repair", "deducted_days": 64},
    ),
    (
        "wants-another-colour",
        {
            "claimed_on": "2010-02-08",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2010-02-01"},
            "evidence": _PAPERS,
            "fault": {"symptom": "none"},
            "request": "exchange",
        },
        {"outcome": "excluded"},
    ),
    (
        "contract-phone-two-repairs",
        {
            "claimed_on": "2012-08-16",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2012-07-05", "price": "399.00", "plan_bundled": True},
            "evidence": _PAPERS,
            "fault": {"symptom": "function_fails", "cause": "defect"},
            "repairs": [
                {"handed_in_on": "2012-07-12", "handed_back_on": "2012-07-16"},
                {"handed_in_on": "2012-07-25", "handed_back_on": "2012-07-30"},
            ],
            "request": "exchange",
        },
        {"outcome": "exchange", "lead_rule": "art13.exchange"},
    ),
    (
        "black-screen-on-day-3",
        {
            "claimed_on": "2025-07-04",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2025-07-01", "price": "1599.00"},
            "evidence": _PAPERS,
            "fault": {"symptom": "screen_fault", "cause": "defect"},
            "request": "refund",
        },
        {"outcome": "refund", "payable": "1599.00"},
    ),
    (
        "dropped-while-taken-out-of-the-pocket",
        {
            "claimed_on": "2010-10-20",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2010-08-01"},
            "evidence": _PAPERS,
            "fault": {
                "symptom": "cannot_start_or_connect",
                "cause": "impact",
                "cause_basis": "report",
            },
        },
        {"outcome": "paid_repair", "lead_rule": "art24.misuse"},
    ),
    (
        "battery-after-half-a-year",
        {
            "claimed_on": "2005-03-15",
            "product": {"kind": "battery"},
            "purchase": {"sold_on": "2004-07-30"},
            "evidence": _PAPERS,
            "fault": {"symptom": "battery_fault", "cause": "defect"},
        },
        {
            "outcome": "paid_repair",
            "lead_rule": "art24.expired",
            "period_ends_on": "2005-01-31",
        },
    ),
    (
        "worn-keys",
        {
            "claimed_on": "2005-03-15",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2004-07-30"},
            "evidence": _PAPERS,
            "fault": {"symptom": "wear"},
        },
        {"outcome": "excluded", "lead_rule": "art10.wear"},
    ),
    (
        "papers-lost-factory-date-only",
        {
            "claimed_on": "2026-03-30",
            "product": {"kind": "handset"},
            "evidence": {
                "invoice": "none",
                "voucher": "lost",
                "manufactured_on": "2025-01-01",
            },
            "fault": {"symptom": "sound_fault", "cause": "defect"},
        },
        {"outcome": "free_repair", "period_starts_on": "2025-04-01"},
    ),
    (
        "refund-although-in-stock",
        _IN_STOCK,
        {
            "outcome": "refund",
            "lead_rule": "art19.refund",
            "used_days": 90,
            "fee": "900.00",
            "payable": "1100.00",
        },
    ),
    (
        "refund-because-none-in-stock",
        {**_IN_STOCK, "same_model_in_stock": False},
        {"outcome": "refund", "lead_rule": "art18.refund", "payable": "2000.00"},
    ),
)
