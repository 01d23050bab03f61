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
    from sanbao.calendar import Calendar, ChineseCalendar, chinese_calendar
    from sanbao.claim import Claim, Evidence, Exchange, Fault, Product, Purchase, Repair
    from sanbao.decision import Decision, Finding, Remedy
    from sanbao.engine import Engine, decide
    from sanbao.errors import Problem, ValidationError
    from sanbao.policies import MOBILE_2001
    from sanbao.policy import Citation, Policy
    from sanbao.readings import Readings

__all__ = [
    "MOBILE_2001",
    "Calendar",
    "ChineseCalendar",
    "Citation",
    "Claim",
    "Decision",
    "Engine",
    "Evidence",
    "Exchange",
    "Fault",
    "Finding",
    "Policy",
    "Problem",
    "Product",
    "Purchase",
    "Readings",
    "Remedy",
    "Repair",
    "ValidationError",
    "__version__",
    "chinese_calendar",
    "decide",
]

_HOME = {
    "MOBILE_2001": "policies",
    "Calendar": "calendar",
    "ChineseCalendar": "calendar",
    "Citation": "policy",
    "Claim": "claim",
    "Decision": "decision",
    "Engine": "engine",
    "Evidence": "claim",
    "Exchange": "claim",
    "Fault": "claim",
    "Finding": "decision",
    "Policy": "policy",
    "Problem": "errors",
    "Product": "claim",
    "Purchase": "claim",
    "Readings": "readings",
    "Remedy": "decision",
    "Repair": "claim",
    "ValidationError": "errors",
    "chinese_calendar": "calendar",
    "decide": "engine",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'sanbao' has no attribute {name!r}")
    value = getattr(import_module(f"sanbao.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
