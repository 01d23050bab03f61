"""The codes of claims and decisions, and how ids are written: 代码.

They are those of the JSON contract.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal[
    "handset",
    "vehicle_phone",
    "fixed_station_phone",
    "battery",
    "charger",
    "wired_earphone",
    "terminal_card",
    "data_card",
    "other",
]
Symptom: TypeAlias = Literal[
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
    "charger_fault",
    "battery_fault",
    "terminal_card_fault",
    "earphone_fault",
    "data_card_fault",
    "unlisted",
    "wear",
    "none",
]
Cause: TypeAlias = Literal[
    "defect",
    "misuse",
    "liquid",
    "impact",
    "unauthorised_opening",
    "force_majeure",
    "network",
    "sim_data",
]
CauseBasis: TypeAlias = Literal["inspection", "report", "consumer", "trader"]
Condition: TypeAlias = Literal["new", "second_hand"]
Invoice: TypeAlias = Literal["original", "copy", "other", "none"]
Voucher: TypeAlias = Literal["intact", "lost", "not_issued", "altered", "mismatched"]
Delay: TypeAlias = Literal["parts", "repairer"]
Request: TypeAlias = Literal["refund", "exchange", "repair"]
_PROVINCE_CODES: Final = (
    "AH BJ CQ FJ GD GS GX GZ HA HB HE HI HK HL HN JL JS JX LN MO NM NX QH SC SD SH SN SX "
    "TJ TW XJ XZ YN ZJ"
)
PROVINCES: Final = frozenset(f"CN-{code}" for code in _PROVINCE_CODES.split())
"""The provinces, cities and regions of China by ISO 3166-2."""
DETAIL_CODE = re.compile(r"[a-z][a-z0-9_]{0,49}")
NO_DETAIL_CODE: Final = "claim.detail_code"
"""How a code of a detail of a fault is written, and the code of what is said of one that is not."""
POLICY_ID = re.compile(r"[a-z][a-z0-9._-]{0,99}")
DETAIL_PATTERN: Final = f"^{DETAIL_CODE.pattern}$"
Outcome: TypeAlias = Literal["refund", "exchange", "free_repair", "paid_repair", "excluded"]
Owner: TypeAlias = Literal["seller", "repairer"]
Note: TypeAlias = Literal[
    "trader_must_prove",
    "inspection_decides",
    "inspection_may_decide",
    "wait_or_refund",
    "nothing_left",
]
"""What a finding adds: the trader has to prove the ground; it is not shown and an inspection
decides; it is shown by a report that is contested, and an inspection may decide otherwise; none
in stock, so the parties agree a date or the money is due; the fee takes the whole price."""
RemedyKind: TypeAlias = Literal["refund", "exchange", "free_repair", "paid_repair"]
Audience: TypeAlias = Literal["consumer", "clerk", "auditor"]
Plain: TypeAlias = bool | int | float | str | None
"""A value as JSON has it."""
Verdict: TypeAlias = Literal["holds", "fails", "barred", "unknown"]

NOT_STATED: Final = "not_stated"
"""The code of ``cause`` where the claim names none."""

NOTHING: Final = "nothing"
"""The code of ``request`` where nothing in particular is asked."""

ASKED: Final[Mapping[str, RemedyKind]] = {
    "refund": "refund",
    "exchange": "exchange",
    "repair": "free_repair",
}
"""The remedy that each request is for."""
