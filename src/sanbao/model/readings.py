"""The contested readings of the law as one immutable object: 争议解释.

The regulation leaves some questions open. Each is a field of :class:`Readings` whose
default is the reading closest to the text; a decision is made under one value of
each. What is open, why, and where each value comes from is in ``docs/en/readings.md``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, get_args, get_type_hints

from sanbao.base.errors import Problem, Reason, ValidationError, name_of, shown, suggestion

__all__ = ["DEFAULT_READINGS", "Declared", "Readings", "reading_values"]

Declared: TypeAlias = Mapping[str, tuple[str, ...]]
"""The values of readings by name, the default first."""

_NONE: Final[Declared] = MappingProxyType({})


class _Hashed:
    """Where the hash of readings is kept: programs are looked up by them for every claim."""

    __slots__ = ("_hash",)
    _hash: int


@dataclass(frozen=True, slots=True, repr=False)
class Readings(_Hashed):
    """One value for every contested question: 一组解释.

    ``of_laws`` are those of the questions that other laws declare, in the order of their names;
    what is not chosen there is as the law says.

    Raises :class:`~sanbao.ValidationError` for an unknown value, naming the nearest
    known one.

    >>> Readings(first_day="same_day").first_day
    'same_day'
    """

    first_day: Literal["next_day", "same_day"] = "next_day"
    """期间首日: is the first day of a window counted? (Civil Code art. 201)"""
    window_end: Literal["roll", "fixed"] = "roll"
    """期限末日顺延: do the 7 and 15 days roll over rest days? (Civil Code art. 203)"""
    rest_days: Literal["weekends_too", "holidays_only"] = "weekends_too"
    """法定休假日: which days a last day rolls over (art. 8)."""
    two_repairs: Literal["any_fault", "same_fault"] = "any_fault"
    """修理两次: must the two repairs be for one fault? (art. 13)"""
    repair_proof: Literal["recorded", "any_proof"] = "recorded"
    """维修记录: must the repairer have recorded the repair? (art. 13)"""
    windows_after_exchange: Literal["restart", "exchange_only", "from_sale"] = "restart"
    """换货后期限: which windows start again after an exchange? (arts. 11, 12, 21)"""
    depreciation_start: Literal["from_exchange", "from_invoice"] = "from_exchange"
    """折旧起算日: where depreciation starts after an exchange (arts. 19, 21)."""
    refund_papers: Literal["exchange_only", "refund"] = "exchange_only"
    """凭证不全退货: do lesser papers carry the refund of art. 11? (art. 9)"""
    repair_end: Literal["handed_back", "notified"] = "handed_back"
    """修理结束日: when repair time ends (art. 8)."""
    repair_days: Literal["inclusive", "elapsed"] = "inclusive"
    """修理天数: is the day handed back deducted too? (art. 8)"""
    depreciation_days: Literal["elapsed", "inclusive"] = "elapsed"
    """折旧天数: are the first and the last day both days of use? (art. 19)"""
    window_start: Literal["received", "sold"] = "received"
    """售出之日: do the windows run from delivery or from sale? (arts. 11, 12)"""
    repair_guarantee: Literal["same_fault", "any_fault"] = "same_fault"
    """修后三十日: which fault breaks the 30 days a repair must last (art. 10)."""
    depreciation: Literal["charged", "not_charged"] = "charged"
    """折旧费: is a fee due at all? (art. 19)"""
    rounding: Literal["half_up", "down", "half_even"] = "half_up"
    """舍入: rounding of the fee to 0.01 yuan."""
    period_start: Literal["delivered", "later", "invoiced"] = "delivered"
    """三包期起算日: from what the period runs since 2024-07-01 (art. 8, Decree 778 art. 18)."""
    repair_time_in_windows: Literal["excluded", "counted"] = "excluded"
    """修理时间与退换期: does repair time stretch the 7 and 15 days? (Decree 778 art. 18)"""
    window_day: Literal["asked", "appeared"] = "asked"
    """期限以何日为准: which day is held against windows and period (arts. 11, 12)."""
    returning_fault: Literal["one_fault", "new_fault"] = "one_fault"
    """复发故障: does a fault that returns keep the rights of the period? (art. 10)"""
    burden_of_proof: Literal["six_months", "consumer_later", "trader_always"] = "six_months"
    """举证责任: who proves what caused the fault (Consumer Protection Law art. 23)."""
    voucher_not_issued: Literal["not_held_against", "as_lost"] = "not_held_against"
    """未开具三包凭证: is a voucher the seller never gave a lost one? (arts. 5, 9)"""
    built_in_battery: Literal["main_unit", "accessory"] = "main_unit"
    """内置电池: is it part of the main unit or an accessory? (Appendix 1)"""
    software_repair: Literal["counts", "not_counted"] = "counts"
    """软件维修: is loading software one of the two repairs? (art. 13)"""
    two_repairs_remedy: Literal["exchange", "refund_too"] = "exchange"
    """修理两次的后果: exchange only, or a refund too before 2014-03-15 (Law of 1993 art. 45)."""
    second_hand: Literal["covered", "not_covered"] = "covered"
    """二手商品: does the regulation reach second-hand goods? (art. 2)"""

    of_laws: tuple[tuple[str, str], ...] = ()

    _silent = ("of_laws",)

    def __post_init__(self) -> None:
        problems = [
            Problem(f"readings.{name}", shown(value), _unknown(value, known))
            for name, known in reading_values().items()
            if (value := getattr(self, name)) not in known
        ]
        if problems:
            raise ValidationError(problems)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        def written(readings: Readings, write: Any) -> Any:
            made = write(readings)
            return made if readings.of_laws else {k: v for k, v in made.items() if k != "of_laws"}

        schema = handler(source)
        written_as = core_schema.wrap_serializer_function_ser_schema(written, schema=schema)
        return {**schema, "serialization": written_as}

    def __setstate__(self, state: list[Any]) -> None:
        # what an older version has pickled knows no readings of other laws
        for field, value in zip(fields(self), (*state, ()), strict=False):
            object.__setattr__(self, field.name, value)

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:  # they never change; a copy works it out again
            values = tuple(getattr(self, one.name) for one in fields(self))
            object.__setattr__(self, "_hash", hash(values))
            return self._hash

    def __repr__(self) -> str:  # what differs from the defaults; reads as Python
        usual = {name: values[0] for name, values in reading_values().items()}
        chosen = (
            f"{name}={value!r}"
            for name, value in asdict(self).items()
            if value != usual.get(name, ())
        )
        return f"Readings({', '.join(chosen)})"

    def value(self, name: str) -> str:
        """Return the value of a reading, of another law's too. Raises :class:`KeyError`."""
        if name in reading_values():
            found: str = getattr(self, name)
            return found
        return dict(self.of_laws)[name]

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], declared: Declared = _NONE) -> Readings:
        """Return the readings named in ``data``; those not named keep their default.

        ``declared`` are those of other laws (:attr:`sanbao.PolicySet.readings`). Raises
        :class:`~sanbao.ValidationError` for a name or value nobody knows.
        """
        if not isinstance(data, Mapping):
            raise ValidationError.of("readings", data, Reason("claim.readings"))
        known = {**reading_values(), **declared}
        problems = []
        for key, value in data.items():
            if key not in known:
                reason = Reason("claim.unknown_reading").then(suggestion(key, known))
                problems.append(Problem(f"readings.{name_of(key)}", shown(value), reason))
            elif key in declared and value not in known[key]:
                reason = _unknown(value, known[key])
                problems.append(Problem(f"readings.{key}", shown(value), reason))
        if problems:
            raise ValidationError(problems)
        return DEFAULT_READINGS.changed(data)

    @classmethod
    def from_json(cls, text: str | bytes) -> Readings:
        """Return the readings of a JSON object. Raises :class:`~sanbao.ValidationError`."""
        from sanbao.base.json_text import parse

        return cls.from_dict(parse(text, "readings"))

    def to_dict(self) -> dict[str, str]:
        """Return all readings by name."""
        chosen = asdict(self)
        others = dict(chosen.pop("of_laws"))
        return {**chosen, **others}

    def to_json(self) -> str:
        """Return all readings as canonical JSON (sorted keys, no spaces)."""
        return json.dumps(self.to_dict(), sort_keys=True, separators=(",", ":"))

    def with_values(self, values: Mapping[str, str]) -> Readings:
        """Return these readings with other values of some of them.

        Raises :class:`~sanbao.ValidationError` for a name or value nobody knows.
        """
        chosen = {name: (value,) for name, value in self.of_laws}
        return Readings.from_dict({**self.to_dict(), **values}, chosen)

    def changed(self, values: Mapping[str, str]) -> Readings:
        """Return these readings with others, each known to be one of a law."""
        own = {name: value for name, value in values.items() if name in reading_values()}
        others = {**dict(self.of_laws), **{k: v for k, v in values.items() if k not in own}}
        return replace(self, **own, of_laws=tuple(sorted(others.items())))  # type: ignore[arg-type]

    def completed(self, declared: Declared) -> Readings:
        """Return these readings with the defaults of those ``declared`` that are not chosen."""
        chosen = dict(self.of_laws)
        missing = {name: values[0] for name, values in declared.items() if name not in chosen}
        return self.changed(missing) if missing else self

    def alternatives(self, declared: Declared = _NONE) -> tuple[tuple[str, str, Readings], ...]:
        """Return ``(name, value, readings)`` for every single change of one reading.

        Of those that other laws have too, if they are ``declared``.
        """
        whole = self.completed(declared)
        return tuple(
            (name, value, whole.changed({name: value}))
            for name, values in {**reading_values(), **declared}.items()
            for value in values
            if value != whole.value(name)
        )


def _unknown(value: object, known: tuple[str, ...]) -> Reason:
    return Reason("input.one_of", known=known).then(suggestion(value, known))


@cache
def reading_values() -> Mapping[str, tuple[str, ...]]:
    """Return the values of every reading by name, the default first."""
    hints = get_type_hints(Readings)
    names = (field.name for field in fields(Readings) if field.name != "of_laws")
    return {name: get_args(hints[name]) for name in names}


DEFAULT_READINGS = Readings()
