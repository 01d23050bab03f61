"""What holds of every promise that ships: source, citations, and nothing dropped in silence."""

from __future__ import annotations

from datetime import date
from importlib.resources import as_file, files
from typing import Final

import pytest

from sanbao import MOBILE_2001, Policy, policies

DATED = {
    "apple-cn-2021": date(2021, 1, 1),
    "beijing-contract": date(2001, 11, 15),
    "cmcc-terminal-2013": date(2013, 1, 1),
    "gree-phone": date(2001, 11, 15),
    "honor-2021": date(2021, 1, 1),
    "huawei-2021": date(2021, 1, 1),
    "jd-180": date(2022, 1, 1),
    "meizu-2018": date(2018, 1, 1),
    "no-invoice-15-months": date(2001, 11, 15),
    "nubia-2014": date(2014, 1, 1),
    "oppo-2023": date(2023, 1, 1),
    "oppo-green-line": date(2025, 1, 1),
    "samsung-2025": date(2025, 1, 1),
    "service-centre-2003": date(2003, 1, 1),
    "vivo-2016": date(2016, 1, 1),
    "xiaomi-2012": date(2012, 1, 1),
}
"""From when each is taken to bind; those without a date of their own since the regulation does."""

FOUND_FIRST: Final = {
    "beijing-contract",
    "cmcc-terminal-2013",
    "gree-phone",
    "huawei-2021",
    "no-invoice-15-months",
    "service-centre-2003",
    "vivo-2016",
}
"""Those that were read on 2026-11-22; the others on 2026-11-30, in a stored copy or a reprint."""

SETTLING: Final = {"cmcc-terminal-2013", "honor-2021"}
"""Those that settle a reading and have no rule of their own."""


def test_which_promises_ship() -> None:
    local = tuple(policy.id for policy in policies.local())
    assert policies.ids() == (MOBILE_2001.id, *local, *DATED)


@pytest.mark.parametrize("name", DATED)
def test_where_it_was_found_and_when(name: str) -> None:
    promise = policies.get(name)
    assert promise.kind == "commitment"
    assert promise.beside == MOBILE_2001.id
    assert promise.in_force_from == DATED[name]
    assert promise.in_force_to is None
    first = name in FOUND_FIRST
    assert promise.read_on == (date(2026, 11, 22) if first else date(2026, 11, 30))
    copied = ("转载件" in promise.source) or ("存档副本" in promise.source)
    assert copied == (not first)
    undated = DATED[name] == MOBILE_2001.in_force_from
    assert ("未注明日期" in promise.source) == undated
    assert (promise.version == "undated") == undated


MADE_ROOM: Final = {("vivo-2016", "art9.proven"), ("xiaomi-2012", "art9.proven")}
"""The regulation's own grade, without what the next one takes out of it."""


@pytest.mark.parametrize("name", DATED)
def test_what_it_states_itself_cites_an_article(name: str) -> None:
    """Art. 4 makes a rule of its own bind; another article says what the rule is about."""
    promise = policies.get(name)
    law = {part.id: part.when for part in (*MOBILE_2001.rules, *MOBILE_2001.obligations)}
    own = [
        part
        for part in (*promise.rules, *promise.obligations)
        if part.when != law.get(part.id) and (name, part.id) not in MADE_ROOM
    ]
    rated = [
        line
        for line, base in zip(promise.catalogue, MOBILE_2001.catalogue, strict=True)
        if line.daily_rate != base.daily_rate
    ]
    for cites in ([part.cites for part in own], [line.cites for line in rated]):
        for one in cites:
            articles = {citation.article for citation in one if citation.law == MOBILE_2001.id}
            assert {4} < articles
    assert bool(own or rated) == (name not in SETTLING)


@pytest.mark.parametrize("name", DATED)
def test_it_stands_beside_every_version_of_its_days(name: str) -> None:
    """What it adds to the version of its first day it adds to the later ones, and counts alike."""
    promise = policies.get(name)
    for law in policies.versions(MOBILE_2001.id):
        if law.in_force_to is not None and law.in_force_to < promise.in_force_from:
            continue
        _, member = policies.combined(law, promise).members
        assert member.counting == law.counting
        assert member.period_from == promise.period_from
        assert member.rights == promise.rights
        assert not _left_out(promise, law)


def _left_out(promise: Policy, law: Policy) -> set[str]:
    """Return the rights of the law that a promise does not have."""
    return {right.id for right in law.rights} - {right.id for right in promise.rights}


@pytest.mark.parametrize("name", DATED)
def test_it_opens_nothing_for_ever(name: str) -> None:
    """No bar is lifted for a right that has no last day of its own."""
    with as_file(files("sanbao.policies") / f"{name}.toml") as path:
        assert policies.warnings_of(path) == ()


@pytest.mark.parametrize("name", DATED)
def test_own_rules_have_titles_in_both_languages(name: str) -> None:
    promise = policies.get(name)
    law = {part.id for part in (*MOBILE_2001.rules, *MOBILE_2001.obligations)}
    for part in (*promise.rules, *promise.obligations):
        if part.id not in law:
            assert part.title is not None, part.id
            assert all(words.strip() for words in part.title)


@pytest.mark.parametrize("name", DATED)
def test_what_is_not_encoded_is_said_in_both_languages(name: str) -> None:
    """All of them hold something that no claim or rule can express; huawei hours, for one."""
    promise = policies.get(name)
    assert promise.unencoded
    for zh, en in promise.unencoded:
        assert any("\u4e00" <= char <= "\u9fff" for char in zh)
        assert en.isascii()
