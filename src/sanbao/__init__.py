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
    from sanbao import audit, checklists, policies, schema, symptoms, testing
    from sanbao.base.errors import Problem, ValidationError
    from sanbao.dates.calendar import Calendar, ChineseCalendar, chinese_calendar
    from sanbao.decision import Decision
    from sanbao.engine import Engine, decide
    from sanbao.model.citation import Citation
    from sanbao.model.claim import Claim, Evidence, Exchange, Fault, Product, Purchase, Repair
    from sanbao.model.decision import Finding, Remedy
    from sanbao.model.readings import Readings
    from sanbao.model.summary import Summary
    from sanbao.papers.agreement import agreement, imei_checks, voucher_state
    from sanbao.papers.voucher import Accessory, Party, RepairRecord, SalesInvoice, Unit, Voucher
    from sanbao.policies import MOBILE_2001
    from sanbao.policies.policy_set import PolicySet
    from sanbao.reasons.answers import Change, Contrast, WhatIf, WhyNot
    from sanbao.reasons.timeline import Timeline
    from sanbao.rules.combined import Combined
    from sanbao.rules.policy import Policy
    from sanbao.statespace.comparing import compare
    from sanbao.statespace.comparison import Comparison
    from sanbao.statespace.verification import Verification
    from sanbao.statespace.verifying import verify

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
    "PolicySet",
    "Problem",
    "Product",
    "Purchase",
    "Readings",
    "Remedy",
    "Repair",
    "RepairRecord",
    "SalesInvoice",
    "Summary",
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
    "symptoms",
    "testing",
    "verify",
    "voucher_state",
]

_HOME = {
    "MOBILE_2001": "policies",
    "Accessory": "papers.voucher",
    "Calendar": "dates.calendar",
    "Change": "reasons.answers",
    "ChineseCalendar": "dates.calendar",
    "Citation": "rules.policy",
    "Claim": "model.claim",
    "Combined": "rules.combined",
    "Comparison": "statespace.comparison",
    "Contrast": "reasons.answers",
    "Decision": "decision",
    "Engine": "engine",
    "Evidence": "model.claim",
    "Exchange": "model.claim",
    "Fault": "model.claim",
    "Finding": "decision",
    "Party": "papers.voucher",
    "Policy": "rules.policy",
    "PolicySet": "policies.policy_set",
    "Problem": "base.errors",
    "Product": "model.claim",
    "Purchase": "model.claim",
    "Readings": "model.readings",
    "Remedy": "decision",
    "Repair": "model.claim",
    "RepairRecord": "papers.voucher",
    "SalesInvoice": "papers.voucher",
    "Summary": "model.summary",
    "Timeline": "reasons.timeline",
    "Unit": "papers.voucher",
    "ValidationError": "base.errors",
    "Verification": "statespace.verification",
    "Voucher": "papers.voucher",
    "WhatIf": "reasons.answers",
    "WhyNot": "reasons.answers",
    "agreement": "papers.agreement",
    "chinese_calendar": "dates.calendar",
    "compare": "statespace.comparing",
    "decide": "engine",
    "imei_checks": "papers.agreement",
    "verify": "statespace.verifying",
    "voucher_state": "papers.agreement",
}


_MODULES = ("audit", "checklists", "policies", "schema", "symptoms", "testing")


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
