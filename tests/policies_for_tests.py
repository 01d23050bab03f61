"""Policies that differ from the regulation in one number, or settle a reading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any, NamedTuple

from sanbao.model.readings import Readings, reading_values
from sanbao.policies.mobile_2001 import MOBILE_2001
from sanbao.rules.conditions import Under
from sanbao.rules.policy import Policy


class Changed(NamedTuple):
    """A policy with one number that is not the regulation's."""

    policy: Policy
    path: tuple[str | int, ...]
    before: Any
    after: Any


def numbers(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every number of a policy's JSON that has a legal effect."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from numbers(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from numbers(value, (*path, index))
    elif (path[-1] in _COUNTS and isinstance(data, int) and not isinstance(data, bool)) or (
        path[-1] == "daily_rate" and data is not None
    ):
        yield path


_COUNTS = ("days", "months", "value", "factory_days", "sound_capacity")


def one_number_changed(rng: Random) -> Changed:
    """Return the regulation with one number changed, wherever the same thing is said."""
    data = json.loads(MOBILE_2001.to_json())
    path = rng.choice(list(numbers(data)))
    place = data
    for part in path[:-1]:
        place = place[part]
    before = place[path[-1]]
    if path[-1] == "daily_rate":
        after: Any = rng.choice(("0.004", "0.006", "0.05", "0.0049"))
    else:
        after = max(1, before + rng.choice((-3, -1, 1, 2, 30)))
        after = after if after != before else before + 1
    like = dict(place)

    def walked(node: Any) -> Any:
        if isinstance(node, dict):
            if node == like:
                return {**node, path[-1]: after}
            return {key: walked(value) for key, value in node.items()}
        return [walked(part) for part in node] if isinstance(node, list) else node

    if "op" in like:
        data = walked(data)
    else:
        place[path[-1]] = after
    data["id"] = "changed"
    return Changed(Policy.from_json(json.dumps(data)), path, before, after)


def promise(policy: Policy = MOBILE_2001, name: str = "promise", **settled: str) -> Policy:
    """Return ``policy`` as a promise that settles these readings."""
    known = {under.reading: under.value for under in policy.readings} | settled
    return replace(
        policy,
        id=name,
        kind="commitment",
        beside=MOBILE_2001.id,
        source="made up for a test",
        read_on=MOBILE_2001.in_force_from,
        readings=tuple(Under(reading, value) for reading, value in known.items()),
    )


def random_promise(rng: Random) -> Policy:
    """Return the regulation with one number changed, as a promise that settles three readings."""
    values = reading_values()
    chosen = {name: rng.choice(values[name]) for name in rng.sample(sorted(values), 3)}
    return promise(one_number_changed(rng).policy, **chosen)


def random_readings(rng: Random) -> Readings:
    """Return any readings."""
    return Readings.from_dict({name: rng.choice(known) for name, known in reading_values().items()})
