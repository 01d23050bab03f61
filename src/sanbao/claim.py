"""What happened: 三包申请 (the claim).

A :class:`Claim` is what a clerk types or a service sends: the goods, the purchase, the
papers, the fault, earlier repairs and exchanges, and what is asked for. Everything but
the day of the claim and the kind of goods may be left out; what is left out is *not
known*, unless the field says otherwise. Names are those of the JSON contract.

All models are frozen. Building one, from keywords, from a mapping or from JSON, raises
:class:`sanbao.ValidationError` when the claim cannot be.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Final, Literal, Self, TypeAlias, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    WithJsonSchema,
    model_validator,
)
from pydantic import ValidationError as PydanticError
from pydantic_core import ErrorDetails

from sanbao.errors import Problem, ValidationError, shown, suggestion
from sanbao.jsontext import parse
from sanbao.stated import Stated, state

__all__ = [
    "Claim",
    "Evidence",
    "Exchange",
    "Fault",
    "Product",
    "Purchase",
    "Repair",
]

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
CauseBasis: TypeAlias = Literal["report", "consumer", "trader"]
Invoice: TypeAlias = Literal["original", "copy", "none"]
Voucher: TypeAlias = Literal["intact", "lost", "altered", "mismatched"]
Delay: TypeAlias = Literal["parts", "repairer"]
Request: TypeAlias = Literal["refund", "exchange", "repair"]

MOST_REPAIRS: Final = 1000
"""More repairs or exchanges than this in one claim are refused."""

LAST_YEAR: Final = 9000
"""Later years are refused; date arithmetic must not run over the calendar's end."""

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YUAN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
_IMEI = re.compile(r"[0-9]{15}")
_CENT = Decimal("0.01")


def _day(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and _has_time(value)):
        raise ValueError("a date is expected here, not a date with a time; days are dates in China")
    if isinstance(value, str):
        if not _ISO_DAY.fullmatch(value):
            raise ValueError("must be a date written YYYY-MM-DD")
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise ValueError("is not a day of the calendar") from None
    if not isinstance(value, date):
        raise ValueError("must be a date written YYYY-MM-DD")
    if value.year > LAST_YEAR:
        raise ValueError(f"is beyond the year {LAST_YEAR}")
    return value


def _has_time(text: str) -> bool:
    return len(text) > len("YYYY-MM-DD") and bool(_ISO_DAY.match(text)) and text[10] in "T t"


def _yuan(value: object) -> object:
    if isinstance(value, float):
        raise ValueError('must not be a floating-point number; write money as a string, "1599.00"')
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise ValueError('must be an amount in yuan as a string, "1599.00"')
    if isinstance(value, Decimal):
        sane = value.is_finite() and abs(value.adjusted()) <= len("999999999999.00")
        text = format(value, "f") if sane else "out of range"
    elif isinstance(value, int):
        text = str(value) if value.bit_length() <= 64 else "out of range"
    else:
        text = value
    if text.startswith("-"):
        raise ValueError("must not be negative")
    if not _YUAN.fullmatch(text):
        raise ValueError(
            "must be an amount in yuan with at most 12 digits before the point and 2 after it"
        )
    return Decimal(text).quantize(_CENT)


def _imei(value: object) -> object:
    if not isinstance(value, str) or not _IMEI.fullmatch(value):
        raise ValueError("must be a string of 15 digits")
    expected = luhn_digit(value[:-1])
    if value[-1] != expected:
        raise ValueError(f"has a wrong check digit; its first 14 digits ask for {expected}")
    return value


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


Day = Annotated[date, BeforeValidator(_day, json_schema_input_type=date)]
Yuan = Annotated[
    Decimal,
    BeforeValidator(_yuan),
    WithJsonSchema({"type": "string", "pattern": f"^{_YUAN.pattern}$"}),
]
Imei = Annotated[
    str, BeforeValidator(_imei), WithJsonSchema({"type": "string", "pattern": f"^{_IMEI.pattern}$"})
]
Percent = Annotated[
    StrictInt | Annotated[StrictFloat, Field(allow_inf_nan=False)], Field(ge=0, le=100)
]


class _Part(BaseModel):
    """A frozen model that refuses unknown keys and speaks the library's own error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def __init__(self, /, **data: Any) -> None:
        try:
            super().__init__(**data)
        except PydanticError as error:
            raise _translated(type(self), error) from None

    @model_validator(mode="before")
    @classmethod
    def _null_is_absent(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            return {key: value for key, value in data.items() if value is not None}
        return data

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Return the model of a mapping. Raises :class:`~sanbao.ValidationError`."""
        try:
            return super().model_validate(obj, **options)
        except PydanticError as error:
            raise _translated(cls, error) from None

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Return the model of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        return cls.model_validate(
            parse(
                bytes(json_data) if isinstance(json_data, bytearray) else json_data,
                cls.__name__.lower(),
            ),
            **options,
        )


# pydantic calls an ``__init__`` of one's own for nested models too, unless it is marked
# as doing no more than the base's; it would translate errors before their path is known.
_Part.__init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


class Product(_Part):
    """The goods: 商品 (arts. 2, 5; Appendix 1)."""

    kind: Kind
    """品类: main unit, accessory, or ``other`` for what the catalogue does not name."""
    sold_in_mainland: StrictBool = True
    """是否在中国大陆销售 (art. 2)."""
    bought_with_phone: StrictBool | None = None
    """附件是否与主机一起购买 (art. 14); accessories only."""
    imei: Imei | None = None
    """国际移动设备识别码: 15 digits, the last a Luhn check digit."""


class Purchase(_Part):
    """The sale: 购买 (arts. 5, 8, 11)."""

    sold_on: Day | None = None
    """销售日期."""
    invoiced_on: Day | None = None
    """发票日期; absent: the sale date."""
    received_on: Day | None = None
    """收货日期; absent: the sale date."""
    price: Yuan | None = None
    """发票价格, yuan."""
    standalone_price: Yuan | None = None
    """附件单独销售的价格 on the day of return, yuan (art. 14)."""
    gift: StrictBool = False
    """促销赠品 (art. 24)."""
    plan_bundled: StrictBool = False
    """合约机: sold with a service plan; no reason to refuse (art. 3)."""


class Evidence(_Part):
    """The papers: 凭证 (art. 9, Appendix 2)."""

    invoice: Invoice | None = None
    """发货票: the original, a copy or stub, or none."""
    voucher: Voucher | None = None
    """三包凭证: intact, lost, altered, or not matching the unit."""
    manufactured_on: Day | None = None
    """出厂日期 that the IMEI shows; absent: no factory date is shown."""
    activated_on: Day | None = None
    """激活日期; decides nothing, warns where it lies before the sale."""


class Fault(_Part):
    """The fault: 故障 (Appendix 3, art. 23)."""

    symptom: Symptom | None = None
    """故障现象."""
    cause: Cause | None = None
    """原因; absent: nobody knows yet, which bars nothing."""
    cause_basis: CauseBasis | None = None
    """原因依据: report, the consumer's own word, the trader's word; absent: the trader's."""
    battery_capacity: Percent | None = None
    """电池容量, percent of rated; 80 and more is no fault; absent: not measured."""


class Repair(_Part):
    """One repair: 修理 (arts. 6, 8, 10, 13, 16, 17)."""

    handed_in_on: Day
    """送修日期."""
    ready_on: Day | None = None
    """修复日期."""
    notified_on: Day | None = None
    """通知取机日期."""
    handed_back_on: Day | None = None
    """取机日期; absent: the unit is still with the repairer."""
    symptom: Symptom | None = None
    """故障现象; absent: the claim's."""
    recorded: StrictBool = True
    """维修记录: whether the repairer recorded it, in any form (art. 13)."""
    under_guarantee: StrictBool = True
    """是否三包内修理."""
    delay: Delay | None = None
    """延误原因: waiting for parts (art. 16) or the repairer's own (art. 17)."""


class Exchange(_Part):
    """One exchange: 换货 (arts. 14, 21)."""

    exchanged_on: Day
    """换货日期."""


class Claim(_Part):
    """A claim under the three guarantees: 三包申请.

    >>> claim = Claim(claimed_on="2025-07-04", product={"kind": "handset"})
    >>> claim.product.kind
    'handset'
    """

    claimed_on: Day
    """申请日期: the day on which the claim is decided."""
    product: Product
    purchase: Purchase = Purchase()
    evidence: Evidence = Evidence()
    fault: Fault = Fault()
    repairs: Annotated[tuple[Repair, ...], Field(max_length=MOST_REPAIRS)] = ()
    exchanges: Annotated[tuple[Exchange, ...], Field(max_length=MOST_REPAIRS)] = ()
    same_model_in_stock: StrictBool | None = None
    """同型号同规格是否有货 (arts. 18, 19)."""
    request: Request | None = None
    """消费者的要求; absent: nothing in particular."""

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if problems := list(_impossible(self)):
            raise ValidationError(problems)
        self.stated  # noqa: B018 - worked out here, where the claim enters
        return self

    @cached_property
    def stated(self) -> Stated:
        """The claim as plain numbers and codes, for the rules; made when it is validated."""
        return state(self)

    def model_copy(self, **options: Any) -> Self:
        """Return a copy, changed as pydantic's ``update`` says; it is not validated."""
        copied = super().model_copy(**options)
        copied.__dict__.pop("stated", None)
        return copied

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Return the claim of a JSON text. Raises :class:`~sanbao.ValidationError`."""
        return cls.model_validate_json(text)

    def to_json(self) -> str:
        """Return the claim as canonical JSON: sorted keys, no spaces, nothing not known.

        Reading it back gives an equal claim.
        """
        plain = self.model_dump(mode="json", exclude_none=True)
        return json.dumps(plain, sort_keys=True, separators=(",", ":"))


def _impossible(claim: Claim) -> Iterator[Problem]:
    """Yield what cannot be in a claim whose fields are each in order."""
    purchase, claimed = claim.purchase, claim.claimed_on
    for name in ("sold_on", "invoiced_on"):
        day = getattr(purchase, name)
        if day is not None and day > claimed:
            yield Problem(f"purchase.{name}", shown(str(day)), f"is after the claim ({claimed})")
    for index, repair in enumerate(claim.repairs):
        for name in ("ready_on", "notified_on", "handed_back_on"):
            day = getattr(repair, name)
            if day is not None and day < repair.handed_in_on:
                reason = f"is before the day it was handed in ({repair.handed_in_on})"
                yield Problem(f"repairs[{index}].{name}", shown(str(day)), reason)
    for index, exchange in enumerate(claim.exchanges):
        day = exchange.exchanged_on
        if day > claimed:
            field = f"exchanges[{index}].exchanged_on"
            yield Problem(field, shown(str(day)), f"is after the claim ({claimed})")


def _translated(model: type[BaseModel], error: PydanticError) -> ValidationError:
    problems: list[Problem] = []
    for detail in error.errors(include_url=False):
        cause = detail.get("ctx", {}).get("error")
        if isinstance(cause, ValidationError):
            problems += cause.problems
        else:
            field = _path(detail["loc"]) or model.__name__.lower()
            problem = Problem(field, shown(detail["input"]), _reason(model, detail))
            if problem not in problems:
                problems.append(problem)
    return ValidationError(problems)


def _path(loc: Sequence[int | str]) -> str:
    path = ""
    for part in loc:
        if isinstance(part, int):
            path += f"[{part}]"
        elif part not in ("int", "float"):  # the arms of a union are no part of the input
            path += ("." if path else "") + shown(part)[1:-1]
    return path


def _reason(model: type[BaseModel], detail: ErrorDetails) -> str:
    context = detail.get("ctx", {})
    match detail["type"]:
        case "value_error":
            return str(context["error"])
        case "literal_error":
            codes = _codes(model, detail["loc"])
            return f"must be one of {', '.join(codes)}{suggestion(detail['input'], codes)}"
        case "extra_forbidden":
            known = _model_at(model, detail["loc"][:-1]).model_fields
            return f"is not a known key{suggestion(detail['loc'][-1], known)}"
        case "missing":
            return "is required"
        case "too_long":
            return f"must hold at most {context['max_length']} entries"
        case "bool_type":
            return "must be true or false"
        case "model_type" | "model_attributes_type":
            return "must be a JSON object"
        case "tuple_type":
            return "must be a list"
        case "greater_than_equal" | "less_than_equal" | "int_type" | "float_type" | "finite_number":
            return "must be a number from 0 to 100"
        case _:
            return detail["msg"]


def _model_at(model: type[BaseModel], loc: Sequence[int | str]) -> type[BaseModel]:
    for part in loc:
        if isinstance(part, str):
            found = model.model_fields[part].annotation
            for candidate in (found, *get_args(found)):
                if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                    model = candidate
    return model


def _codes(model: type[BaseModel], loc: Sequence[int | str]) -> tuple[str, ...]:
    annotation = _model_at(model, loc[:-1]).model_fields[str(loc[-1])].annotation
    arms = [arm for arm in get_args(annotation) if get_args(arm)]
    return get_args(arms[0]) if arms else get_args(annotation)
