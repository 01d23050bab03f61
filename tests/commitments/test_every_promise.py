"""What holds of every promise that ships: source, citations, and nothing dropped in silence."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from sanbao import MOBILE_2001, policies

DATED = {
    "beijing-contract": date(2001, 11, 15),
    "cmcc-terminal-2013": date(2013, 1, 1),
    "gree-phone": date(2001, 11, 15),
    "huawei-2021": date(2021, 1, 1),
    "no-invoice-15-months": date(2001, 11, 15),
    "service-centre-2003": date(2003, 1, 1),
    "vivo-2016": date(2016, 1, 1),
}
"""From when each is taken to bind; those without a date of their own since the regulation does."""


def test_which_promises_ship() -> None:
    assert policies.ids() == (MOBILE_2001.id, *DATED)


@pytest.mark.parametrize("name", DATED)
def test_where_it_was_found_and_when(name: str) -> None:
    promise = policies.get(name)
    assert promise.kind == "commitment"
    assert promise.beside == MOBILE_2001.id
    assert promise.in_force_from == DATED[name]
    assert promise.in_force_to is None
    assert promise.read_on == date(2026, 11, 22)
    undated = DATED[name] == MOBILE_2001.in_force_from
    assert ("未注明日期" in promise.source) == undated
    assert (promise.version == "undated") == undated


MADE_ROOM: Final = {("vivo-2016", "art9.proven")}
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
    assert bool(own or rated) == (name != "cmcc-terminal-2013")  # that one settles a reading


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
