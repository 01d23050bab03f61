"""The types of a claim's fields, checked where they enter: 字段类型.

Days are dates in China, money is yuan with two places; each says in one sentence what it takes.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    StrictFloat,
    StrictInt,
    WithJsonSchema,
)
from pydantic_core import core_schema

from sanbao.base.errors import Reason
from sanbao.base.input_model import NATIVE
from sanbao.depreciation import to_fen
from sanbao.model.codes import (
    DETAIL_CODE,
    NO_DETAIL_CODE,
    POLICY_ID,
    PROVINCES,
    Cause,
    Kind,
    Symptom,
)

__all__ = [
    "LAST_YEAR",
    "OPEN_CODES",
    "YUAN_PATTERN",
    "CauseCode",
    "Day",
    "Detail",
    "Imei",
    "KindCode",
    "OpenCode",
    "Percent",
    "PolicyId",
    "Province",
    "SymptomCode",
    "Yuan",
    "luhn_digit",
]

LAST_YEAR: Final = 9000
"""Later years are refused; date arithmetic must not run over the calendar's end."""

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YUAN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2}0{0,16})?")
"""Zeros behind the second place change nothing; money columns of databases have them."""
_IMEI = re.compile(r"[0-9]{15}")
YUAN_PATTERN: Final = f"^{_YUAN.pattern}$"


def _day(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and _has_time(value)):
        raise ValueError(Reason("claim.day_without_time"))
    if isinstance(value, str):
        if not _ISO_DAY.fullmatch(value):
            raise ValueError(Reason("claim.day"))
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise ValueError(Reason("claim.no_such_day")) from None
    if not isinstance(value, date):
        raise ValueError(Reason("claim.day"))
    if value.year > LAST_YEAR:
        raise ValueError(Reason("claim.beyond_year", year=LAST_YEAR))
    return value


def _has_time(text: str) -> bool:
    return len(text) > len("YYYY-MM-DD") and bool(_ISO_DAY.match(text)) and text[10] in "T t"


def _yuan(value: object) -> object:
    if isinstance(value, float):
        raise ValueError(Reason("claim.money_float"))
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError(Reason("claim.money"))
    if isinstance(value, Decimal):
        sane = value.is_finite() and (not value or abs(value.adjusted()) <= len("999999999999.00"))
        text = format(value if value else Decimal(0), "f") if sane else "out of range"
    elif isinstance(value, int):
        text = str(value) if value.bit_length() <= 64 else "out of range"
    else:
        text = value
    if text.startswith("-"):
        raise ValueError(Reason("claim.negative"))
    if not _YUAN.fullmatch(text):
        raise ValueError(Reason("claim.money_digits"))
    return to_fen(Decimal(text))  # the caller's decimal settings change no price


def _imei(value: object) -> object:
    if not isinstance(value, str) or not _IMEI.fullmatch(value):
        raise ValueError(Reason("claim.imei"))
    expected = luhn_digit(value[:-1])
    if value[-1] != expected:
        raise ValueError(Reason("claim.imei_check", expected=expected))
    return value


def _province(value: object) -> object:
    if isinstance(value, str) and value in PROVINCES:
        return value
    meant = value.upper() if isinstance(value, str) else ""
    reason = Reason("claim.province")
    for code in (meant, f"CN-{meant}"):
        if code in PROVINCES:
            reason = reason.then(Reason("input.did_you_mean", near=code))
    raise ValueError(reason)


def luhn_digit(digits: str) -> str:
    """Return the Luhn check digit of ``digits`` (ISO/IEC 7812-1), as used by the IMEI.

    >>> luhn_digit("49015420323751")
    '8'
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 == 0 else 1)
        total += number - 9 if number > 9 else number
    return str(-total % 10)


def _schema(pattern: re.Pattern[str]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern.pattern}$"})


def _written_as(pattern: re.Pattern[str], code: str) -> BeforeValidator:
    def written(value: object) -> object:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(Reason(code))
        return value

    return BeforeValidator(written)


class OpenCode:
    """Takes the codes of the mobile law, and any other that is written like one.

    Whoever validates with a context of codes by the name of the field, which a set of policies
    gives, takes those alone.
    """

    def __init__(self, name: str, codes: Any) -> None:
        self.name = name
        self.codes: tuple[str, ...] = get_args(codes)

    def __get_pydantic_core_schema__(self, *_: Any) -> core_schema.CoreSchema:
        expected = " or ".join(map(repr, self.codes))
        return core_schema.union_schema(
            [
                core_schema.literal_schema(list(self.codes)),
                core_schema.with_info_plain_validator_function(self._other),
            ],
            mode="left_to_right",
            custom_error_type="literal_error",
            custom_error_context={"expected": expected},
            metadata={OPEN_CODES: self.name},
        )

    def __get_pydantic_json_schema__(self, *_: Any) -> dict[str, Any]:
        return {"enum": list(self.codes), "type": "string"}

    def _other(self, value: object, info: core_schema.ValidationInfo) -> object:
        known = info.context
        is_code = isinstance(value, str) and DETAIL_CODE.fullmatch(value) is not None
        if not is_code or (known and value not in known[self.name]):
            raise ValueError
        return value


OPEN_CODES: Final = "sanbao_codes"
"""The key under which the schema of a code says whose it is: ``kind``, ``symptom``, ``cause``."""

KindCode: TypeAlias = Annotated[Kind | str, OpenCode("kind", Kind)]
SymptomCode: TypeAlias = Annotated[Symptom | str, OpenCode("symptom", Symptom)]
CauseCode: TypeAlias = Annotated[Cause | str, OpenCode("cause", Cause)]
"""Codes that laws bring: those of the mobile law, and any other."""


class _Natively:
    """Says by what JSON is read where all is in order: quicker, and taking nothing more."""

    def __init__(self, native: core_schema.CoreSchema) -> None:
        self.native = native

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        schema: Any = handler(source)
        return {**schema, "metadata": {**schema.get("metadata", {}), NATIVE: self.native}}


_NATIVE_DAY: Final = core_schema.chain_schema(
    [  # the pattern keeps out numbers in quotes, which would be read as seconds
        core_schema.str_schema(pattern=f"^{_ISO_DAY.pattern}$"),
        core_schema.date_schema(le=date(LAST_YEAR, 12, 31)),
    ]
)

Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date), _Natively(_NATIVE_DAY)]
Yuan = Annotated[
    Decimal,
    BeforeValidator(_yuan),
    _schema(_YUAN),
    _Natively(core_schema.no_info_plain_validator_function(_yuan)),
]
Imei = Annotated[str, BeforeValidator(_imei), _schema(_IMEI)]
PolicyId = Annotated[
    str,
    _written_as(POLICY_ID, "claim.policy_id"),
    _schema(POLICY_ID),
]
Province = Annotated[
    str,
    BeforeValidator(_province),
    WithJsonSchema({"type": "string", "enum": sorted(PROVINCES)}),
]
Detail = Annotated[str, _written_as(DETAIL_CODE, NO_DETAIL_CODE), _schema(DETAIL_CODE)]
Percent = Annotated[
    StrictInt | Annotated[StrictFloat, Field(allow_inf_nan=False)],
    Field(ge=0, le=100),
    AfterValidator(lambda number: int(number) if number == int(number) else number),
]
