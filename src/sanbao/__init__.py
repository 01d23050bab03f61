"""sanbao (三包): the mobile-phone three-guarantees regulation as declarative policies.

>>> import sanbao
>>> claim = sanbao.Claim(
...     claimed_on="2025-07-04",
...     product={"kind": "handset"},
...     purchase={"sold_on": "2025-07-01", "price": "1599.00"},
...     evidence={"invoice": "original", "voucher": "intact"},
...     fault={"symptom": "screen_fault", "cause": "defect"},
... )
>>> sanbao.decide(claim).outcome
'refund'

Importing this package loads nothing else; a name is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sanbao._version import __version__

if TYPE_CHECKING:
    from sanbao import audit, checklists, policies, schema, testing
    from sanbao.answers.reasons import Change, Contrast, WhatIf, WhyNot
    from sanbao.answers.timeline import Timeline
    from sanbao.calendar import Calendar, ChineseCalendar, chinese_calendar
    from sanbao.claim import Claim, Evidence, Exchange, Fault, Product, Purchase, Repair
    from sanbao.combined import Combined
    from sanbao.comparison import Comparison, compare
    from sanbao.decision import Decision, Finding, Remedy
    from sanbao.engine import Engine, decide
    from sanbao.errors import Problem, ValidationError
    from sanbao.markings import agreement, imei_checks, voucher_state
    from sanbao.policies import MOBILE_2001
    from sanbao.policy import Citation, Policy
    from sanbao.readings import Readings
    from sanbao.verification import Verification, verify
    from sanbao.voucher import Accessory, Party, RepairRecord, SalesInvoice, Unit, Voucher

__all__ = [
    "MOBILE_2001",
    "Accessory",
    "Calendar",
    "Change",
    "ChineseCalendar",
    "Citation",
    "Claim",
    "Combined",
    "Comparison",
    "Contrast",
    "Decision",
    "Engine",
    "Evidence",
    "Exchange",
    "Fault",
    "Finding",
    "Party",
    "Policy",
    "Problem",
    "Product",
    "Purchase",
    "Readings",
    "Remedy",
    "Repair",
    "RepairRecord",
    "SalesInvoice",
    "Timeline",
    "Unit",
    "ValidationError",
    "Verification",
    "Voucher",
    "WhatIf",
    "WhyNot",
    "__version__",
    "agreement",
    "audit",
    "checklists",
    "chinese_calendar",
    "compare",
    "decide",
    "imei_checks",
    "policies",
    "schema",
    "testing",
    "verify",
    "voucher_state",
]

_HOME = {
    "MOBILE_2001": "policies",
    "Accessory": "voucher",
    "Calendar": "calendar",
    "Change": "answers.reasons",
    "ChineseCalendar": "calendar",
    "Citation": "policy",
    "Claim": "claim",
    "Combined": "combined",
    "Comparison": "comparison",
    "Contrast": "answers.reasons",
    "Decision": "decision",
    "Engine": "engine",
    "Evidence": "claim",
    "Exchange": "claim",
    "Fault": "claim",
    "Finding": "decision",
    "Party": "voucher",
    "Policy": "policy",
    "Problem": "errors",
    "Product": "claim",
    "Purchase": "claim",
    "Readings": "readings",
    "Remedy": "decision",
    "Repair": "claim",
    "RepairRecord": "voucher",
    "SalesInvoice": "voucher",
    "Timeline": "answers.timeline",
    "Unit": "voucher",
    "ValidationError": "errors",
    "Verification": "verification",
    "Voucher": "voucher",
    "WhatIf": "answers.reasons",
    "WhyNot": "answers.reasons",
    "agreement": "markings",
    "chinese_calendar": "calendar",
    "compare": "comparison",
    "decide": "engine",
    "imei_checks": "markings",
    "verify": "verification",
    "voucher_state": "markings",
}


_MODULES = ("audit", "checklists", "policies", "schema", "testing")


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"sanbao.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'sanbao' has no attribute {name!r}")
    value = getattr(import_module(f"sanbao.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
