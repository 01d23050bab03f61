"""The readings as an object: defaults, changes, JSON and mistakes."""

from __future__ import annotations

import json
import pickle
from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest

from sanbao import Readings, ValidationError
from sanbao.model.readings import DEFAULT_READINGS, reading_values

VALUES = reading_values()
EVERY = [(name, value) for name, values in VALUES.items() for value in values]


def problems(data: Any) -> list[tuple[str, str]]:
    """Return field and reason of every problem with readings made of ``data``."""
    with pytest.raises(ValidationError) as caught:
        Readings.from_dict(data)
    return [(problem.field, problem.reason) for problem in caught.value.problems]


def test_the_defaults_come_first() -> None:
    """Where nothing is said, each reading has the first of its values."""
    assert Readings() == DEFAULT_READINGS == Readings.from_dict({})
    assert Readings().to_dict() == {name: values[0] for name, values in VALUES.items()}


def test_every_field_is_a_reading_with_a_choice() -> None:
    """Each field has at least two values, all different."""
    assert [*VALUES, "of_laws"] == [field.name for field in fields(Readings)]
    assert all(len(set(values)) == len(values) >= 2 for values in VALUES.values())


@pytest.mark.parametrize(("name", "value"), EVERY)
def test_json(name: str, value: str) -> None:
    """Through JSON and back, whole or in part, the readings are equal and hash alike."""
    readings = Readings.from_dict({name: value})
    assert getattr(readings, name) == value
    text = readings.to_json()
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"))
    for same in (
        Readings.from_json(text),
        Readings.from_json(text.encode()),
        Readings.from_json(json.dumps({name: value})),
        Readings.from_dict(readings.to_dict()),
        pickle.loads(pickle.dumps(readings)),  # noqa: S301
    ):
        assert same == readings
        assert hash(same) == hash(readings)


def test_alternatives() -> None:
    """The alternatives are all single changes, each with its name, value and readings."""
    readings = Readings(rounding="down", first_day="same_day")
    found = readings.alternatives()
    kept = readings.to_dict()
    assert [(name, value) for name, value, _ in found] == [
        (name, value) for name, value in EVERY if value != kept[name]
    ]
    for name, value, changed in found:
        assert changed.to_dict() == kept | {name: value}


def test_they_do_not_change() -> None:
    """A reading cannot be set, nor a new one added."""
    with pytest.raises(FrozenInstanceError):
        DEFAULT_READINGS.rounding = "down"  # type: ignore[misc]
    assert DEFAULT_READINGS.rounding == "half_up"


@pytest.mark.parametrize("name", VALUES)
def test_a_value_nobody_knows(name: str) -> None:
    """An unknown value is refused with the values there are."""
    [(field, reason)] = problems({name: "?"})
    assert field == f"readings.{name}"
    assert reason == f"must be one of {', '.join(VALUES[name])}"


@pytest.mark.parametrize("value", [None, True, 7, 0.5, "", "ROLL", ("roll",)])
def test_a_value_of_another_type(value: Any) -> None:
    """Only the codes themselves are values."""
    [(field, reason)] = problems({"window_end": value})
    assert field == "readings.window_end"
    assert reason.startswith("must be one of roll, fixed")


def test_a_value_nearly_right() -> None:
    """The nearest known value is suggested."""
    [(_, reason)] = problems({"window_end": "rolls"})
    assert reason == "must be one of roll, fixed; did you mean 'roll'?"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("window_ends", "; did you mean 'window_end'?"),
        ("frist_day", "; did you mean 'first_day'?"),
        ("x", ""),
        (7, ""),
    ],
)
def test_a_name_nobody_knows(name: Any, hint: str) -> None:
    """An unknown name is refused, with the nearest known one."""
    assert problems({name: "roll"}) == [(f"readings.{name}", f"unknown reading{hint}")]


def test_every_mistake_is_named() -> None:
    """Several unknown values, or several unknown names, are all reported, in order."""
    values = problems({"rounding": "up", "first_day": "?"})
    assert [field for field, _ in values] == ["readings.first_day", "readings.rounding"]
    names = problems({"b": "?", "a": "?"})
    assert [field for field, _ in names] == ["readings.b", "readings.a"]


@pytest.mark.parametrize("data", [None, [], "roll", 7, [("window_end", "roll")]])
def test_what_is_no_object(data: Any) -> None:
    """Readings are made of a mapping and of nothing else."""
    assert problems(data) == [("readings", "must be an object of readings")]


@pytest.mark.parametrize("text", ["", "[]", "null", '{"window_end":"roll"', "{'a':1}", b"\xff"])
def test_what_is_no_json_object(text: str | bytes) -> None:
    """A text that holds no JSON object is refused as readings."""
    with pytest.raises(ValidationError, match=r"(?m)^readings = "):
        Readings.from_json(text)
