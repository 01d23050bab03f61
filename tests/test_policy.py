"""Policies as data: JSON both ways, the articles, and parts that do not fit together."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import sanbao
from claims import LAW
from sanbao.model.citation import Citation
from sanbao.model.facts import FACTS
from sanbao.rules.conditions import Compare, Condition, Elapsed, Owed, Period, Under, fact
from sanbao.rules.policy import (
    Article,
    Bar,
    Exclusion,
    Grade,
    Obligation,
    Policy,
    Right,
    named_codes,
    policy_leaves,
)
from sanbao.rules.type_check import suits

LAW_2001 = sanbao.MOBILE_2001
TEXT = LAW_2001.to_json()
CITED = (Citation(LAW, article=1),)
ALWAYS = fact("sold_in_mainland").is_(True)
PARTS = ("catalogue", "grades", "exclusions", "bars", "rights", "obligations", "articles")


def broken(**changes: Any) -> list[tuple[str, str, str]]:
    """Return field, value and reason of each problem of the regulation so changed."""
    with pytest.raises(sanbao.ValidationError) as caught:
        replace(LAW_2001, **changes)
    return [(problem.field, problem.value, problem.reason) for problem in caught.value.problems]


def first(part: str, **changes: Any) -> dict[str, Any]:
    """Return the change of the regulation that changes the first entry of ``part``."""
    entry, *rest = getattr(LAW_2001, part)
    return {part: (replace(entry, **changes), *rest)}


def barred_when(condition: Condition) -> list[tuple[str, str, str]]:
    """Return the problems of the regulation with one bar more, that has this condition."""
    return broken(bars=(*LAW_2001.bars, Bar("test.bar", condition, CITED)))


# --- JSON -----------------------------------------------------------------------------


def test_json() -> None:
    """Out and in again the regulation is equal, hashes alike, and is the same text."""
    same = Policy.from_json(TEXT)
    assert same == LAW_2001
    assert hash(same) == hash(LAW_2001)
    assert same.to_json() == TEXT
    assert Policy.from_json(TEXT.encode()) == LAW_2001


def test_the_json_is_canonical() -> None:
    """Keys are sorted, nothing is spaced, Chinese is not escaped, numbers are strings."""
    data = json.loads(TEXT)
    assert json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False) == TEXT
    assert data["title_zh"] == "移动电话机商品修理更换退货责任规定"
    assert data["in_force_from"] == "2001-11-15"
    assert data["catalogue"][0]["daily_rate"] == "0.005"


def test_json_decides_the_same() -> None:
    """A policy that was read decides like the one written, with the same hash in the receipt."""
    claim = {"claimed_on": "2025-05-12", "product": {"kind": "handset"}}
    read = sanbao.decide(claim, policy=Policy.from_json(TEXT))
    assert read.to_json() == sanbao.decide(claim, policy=LAW_2001).to_json()


@pytest.mark.parametrize("part", PARTS)
def test_records(part: str) -> None:
    """Copied or pickled, every entry equals the original; its ``repr`` is short, its id first."""
    for entry in getattr(LAW_2001, part):
        for same in (copy.deepcopy(entry), pickle.loads(pickle.dumps(entry))):  # noqa: S301
            assert same == entry
            assert hash(same) == hash(entry)
        first = fields(entry)[0].name
        assert repr(entry).startswith(f"{type(entry).__name__}({first}={getattr(entry, first)!r}")
        assert len(repr(entry)) <= 170


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("colour",), "red", "colour"),
        (("rights", 0, "colour"), "red", "rights.0.colour"),
        (("rights", 0, "remedy"), "money", "rights.0.remedy"),
        (("rights", 0, "owed_by"), "producer", "rights.0.owed_by"),
        (("rights", 0, "despite"), "art24.expired", "rights.0.despite"),
        (("rights", 0, "cites"), {}, "rights.0.cites"),
        (("rights",), {}, "rights"),
        (("factory_days",), "90", "factory_days"),
        (("factory_days",), 90.5, "factory_days"),
        (("factory_days",), None, "factory_days"),
        (("in_force_from",), "yesterday", "in_force_from"),
        (("in_force_from",), 20011115, "in_force_from"),
        (("title_en",), 7, "title_en"),
        (("catalogue", 0, "months"), True, "catalogue.0.months"),
        (("catalogue", 0, "daily_rate"), "much", "catalogue.0.daily_rate"),
        (("catalogue", 0, "daily_rate"), "NaN", "catalogue.0.daily_rate"),
        (("catalogue", 0, "role"), "toy", "catalogue.0.role"),
        (("catalogue", 0, "cites", 0, "law"), None, "catalogue.0.cites.0.law"),
        (("exclusions", 0, "when"), {"op": "eval", "of": "1"}, "exclusions.0.when"),
        (("exclusions", 0, "when"), {}, "exclusions.0.when"),
        (("exclusions", 0, "when"), "True", "exclusions.0.when"),
    ],
)
def test_json_that_is_no_policy(path: tuple[str | int, ...], value: Any, field: str) -> None:
    """Unknown keys and values of the wrong type are refused by the path of the key."""
    data = json.loads(TEXT)
    *above, last = path
    place = data
    for step in above:
        place = place[step]
    place[last] = value
    with pytest.raises(sanbao.ValidationError) as caught:
        Policy.from_json(json.dumps(data))
    assert [problem.field for problem in caught.value.problems] == [field]


def test_json_with_an_unknown_key_in_a_condition() -> None:
    """Conditions take no keys of their own either."""
    data = json.loads(TEXT)
    data["rights"][0]["when"]["colour"] = "red"
    with pytest.raises(sanbao.ValidationError, match=r"(?m)^rights\.0\.when\..*colour = 'red': "):
        Policy.from_json(json.dumps(data))


def test_json_with_a_key_missing() -> None:
    """A key that is missing is named."""
    data = json.loads(TEXT)
    del data["rights"][1]["needs_papers"]
    with pytest.raises(sanbao.ValidationError, match=r"(?m)^rights\.1\.needs_papers = "):
        Policy.from_json(json.dumps(data))


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "NaN", b"\xff\xfe", "7"])
def test_text_that_is_no_policy(text: str | bytes) -> None:
    """Text that is no JSON object is refused as a policy."""
    with pytest.raises(sanbao.ValidationError, match=r"(?m)^policy = "):
        Policy.from_json(text)


def test_json_that_contradicts_itself() -> None:
    """What does not fit together is refused from JSON as it is from Python."""
    data = json.loads(TEXT)
    data["preference"].pop()
    data["rights"][0]["cites"] = []
    with pytest.raises(sanbao.ValidationError) as caught:
        Policy.from_json(json.dumps(data))
    assert [problem.field for problem in caught.value.problems] == ["cites", "preference"]


def test_json_with_a_citation_of_nothing() -> None:
    """A citation without a place is refused inside a policy too."""
    data = json.loads(TEXT)
    data["rights"][0]["cites"][0]["article"] = None
    with pytest.raises(sanbao.ValidationError, match="names one article or one appendix"):
        Policy.from_json(json.dumps(data))


# --- parts that do not fit together ---------------------------------------------------


@pytest.mark.parametrize("place", [{}, {"article": 1, "appendix": 1}, {"item": 2}])
def test_a_citation_names_one_place(place: dict[str, int]) -> None:
    """An article or an appendix: not both, and not neither."""
    with pytest.raises(sanbao.ValidationError, match=r"(?m)^citation = 'x': names one article or"):
        Citation("x", **place)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ({"article": 23}, "x art. 23"),
        ({"article": 23, "item": 4}, "x art. 23(4)"),
        ({"appendix": 3}, "x app. 3"),
        ({"appendix": 3, "item": 1}, "x app. 3(1)"),
    ],
)
def test_a_citation_as_text(place: dict[str, int], text: str) -> None:
    """A citation is written as law, place and item."""
    assert str(Citation("x", **place)) == text  # type: ignore[arg-type]


_CATALOGUE = LAW_2001.catalogue
_ID = "an id is written like art11.refund"
_NO_BAR = "is no exclusion and no bar"


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"id": ""}, [("id", "''", "must be lower case, like cn.mobile-2001")]),
        ({"id": "CN"}, [("id", "'CN'", "must be lower case, like cn.mobile-2001")]),
        ({"id": "a\n"}, [("id", "'a\\n'", "must be lower case, like cn.mobile-2001")]),
        (
            {"catalogue": (*_CATALOGUE, _CATALOGUE[0])},
            [("catalogue", "'handset'", "is listed twice")],
        ),
        (
            first("catalogue", months=0),
            [("catalogue.handset.months", "0", "must be a number of months from 1 to 1200")],
        ),
        (
            first("catalogue", daily_rate=Decimal("1.01")),
            [
                (
                    "catalogue.handset.daily_rate",
                    "'1.01'",
                    "is a fraction of the price a day, from 0 to 1",
                )
            ],
        ),
        (
            first("catalogue", daily_rate=Decimal("-0.01")),
            [
                (
                    "catalogue.handset.daily_rate",
                    "'-0.01'",
                    "is a fraction of the price a day, from 0 to 1",
                )
            ],
        ),
        (first("catalogue", cites=()), [("cites", "'handset'", "has no citation")]),
        (first("grades", cites=()), [("cites", "'art9.full'", "has no citation")]),
        (first("exclusions", cites=()), [("cites", "'art2.catalogue'", "has no citation")]),
        (first("bars", cites=()), [("cites", "'art24.expired'", "has no citation")]),
        (first("rights", cites=()), [("cites", "'art11.refund'", "has no citation")]),
        (first("obligations", cites=()), [("cites", "'art15.loaner'", "has no citation")]),
        (
            first("exclusions", id="art2.place"),
            [
                ("rules", "'art2.place'", "is used twice"),
                ("articles.2", "'art2.catalogue'", "is no rule"),
            ],
        ),
        (
            first("obligations", id="art5.voucher_due"),
            [
                ("rules", "'art5.voucher_due'", "is used twice"),
                ("articles.15", "'art15.loaner'", "is no rule"),
            ],
        ),
        (
            first("exclusions", id="Art2"),
            [("rules", "'Art2'", _ID), ("articles.2", "'art2.catalogue'", "is no rule")],
        ),
        (
            first("exclusions", id="art2.<b>"),
            [("rules", "'art2.<b>'", _ID), ("articles.2", "'art2.catalogue'", "is no rule")],
        ),
        (first("rights", despite=("art24.late",)), [("art11.refund", "'art24.late'", _NO_BAR)]),
        (first("rights", despite=("art9.none",)), [("art11.refund", "'art9.none'", _NO_BAR)]),
        (
            first("rights", refund=None),
            [("art11.refund", "None", "a refund says how it is reckoned")],
        ),
        (
            first("rights", remedy="exchange"),
            [("art11.refund", "'in_full'", "a refund says how it is reckoned")],
        ),
        (
            first("obligations", after="gift"),
            [("art15.loaner", "'gift'", "is no fact that is a date")],
        ),
        (
            first("obligations", after="tomorrow"),
            [("art15.loaner", "'tomorrow'", "is no fact that is a date")],
        ),
        (
            first("grades", carries_under=(("art11.money", Under("refund_papers", "refund")),)),
            [("art9.full", "'art11.money'", "is no right")],
        ),
        (
            first("grades", carries_under=(("art11.refund", Under("refund_papers", "cash")),)),
            [("art9.full", "'cash'", "is no value of a reading refund_papers")],
        ),
        (
            first("articles", no_effect=None),
            [("articles", "1", "either has rules or says why it has no effect")],
        ),
        (
            first("articles", rules=("art2.place",)),
            [("articles", "1", "either has rules or says why it has no effect")],
        ),
        (
            first("articles", rules=("art1.purpose",), no_effect=None),
            [("articles.1", "'art1.purpose'", "is no rule")],
        ),
        (
            first("bars", alleged=fact("culprit").is_(True)),
            [("art24.expired", "'culprit'", "there is no fact 'culprit'")],
        ),
        (
            first("obligations", when=fact("culprit").is_(True)),
            [("art15.loaner", "'culprit'", "there is no fact 'culprit'")],
        ),
        (
            {"factory_days": 36_501},
            [("factory_days", "36501", "must be a number of days from 0 to 36500")],
        ),
        (
            first("obligations", days=-1),
            [("art15.loaner", "-1", "must be a number of days from 0 to 36500")],
        ),
        (
            first("catalogue", daily_rate=Decimal("NaN")),
            [
                (
                    "catalogue.handset.daily_rate",
                    "'NaN'",
                    "is a fraction of the price a day, from 0 to 1",
                )
            ],
        ),
        (
            first("bars", alleged=fact("proof_start").at_most_ago(months=0)),
            [("art24.expired", "'proof_start'", "counts at most 36500 days, or 1 to 1200 months")],
        ),
        (
            first("bars", alleged=fact("windows_start").within_window(days=-7)),
            [
                (
                    "art24.expired",
                    "'windows_start'",
                    "counts at most 36500 days, or 1 to 1200 months",
                )
            ],
        ),
        (
            first("articles", number=2),
            [("articles", "2", "is listed twice")],
        ),
        (
            first("obligations", when=Owed(("art11.refund",))),
            [("art15.loaner", "'art11.refund'", "must be a right listed before this one")],
        ),
    ],
)
def test_contradictions(changes: dict[str, Any], problems: list[tuple[str, str, str]]) -> None:
    """Each contradiction is named with its place, the value found there and the reason."""
    assert broken(**changes) == problems


@pytest.mark.parametrize(
    "preference",
    [
        (),
        LAW_2001.preference[:-1],
        (*LAW_2001.preference, "art11.refund"),
        (*LAW_2001.preference[:-1], "art99.gift"),
    ],
)
def test_preference_names_every_right_once(preference: tuple[str, ...]) -> None:
    """Nothing missing, nothing twice, nothing that is no right."""
    [(field, _, reason)] = broken(preference=preference)
    assert (field, reason) == ("preference", "must name every right once")


def test_several_contradictions() -> None:
    """All that is wrong is said at once."""
    found = broken(id="?", preference=(), **first("catalogue", months=-1, cites=()))
    assert [field for field, *_ in found] == [
        "id",
        "catalogue.handset.months",
        "cites",
        "preference",
    ]


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (fact("symtom").is_("none"), "there is no fact 'symtom'; did you mean 'symptom'?"),
        (~(ALWAYS & fact("qwx").is_(True)), "there is no fact 'qwx'"),
        (fact("gift").is_("yes"), "a yes/no cannot be asked this (compare)"),
        (fact("gift").is_(1), "a yes/no cannot be asked this (compare)"),
        (fact("gift").one_of("yes"), "a yes/no cannot be asked this (one_of)"),
        (fact("gift").at_least(1), "a yes/no cannot be asked this (at_least)"),
        (fact("gift").within_window(days=7), "a yes/no cannot be asked this (window)"),
        (fact("cause").is_("bad luck"), "a code cannot be asked this (compare)"),
        (fact("cause").is_("liquid' or '"), "a code cannot be asked this (compare)"),
        (fact("cause").is_(True), "a code cannot be asked this (compare)"),
        (fact("cause").before(date(2014, 3, 15)), "a code cannot be asked this (compare)"),
        (fact("cause").one_of("liquid", "luck"), "a code cannot be asked this (one_of)"),
        (fact("cause").listed_as("faults"), "a code cannot be asked this (listed)"),
        (fact("kind").listed_as("faults"), "a code cannot be asked this (listed)"),
        (fact("symptom").listed_as("kind"), "a code cannot be asked this (listed)"),
        (fact("claimed_on").is_(date(2014, 3, 15)), "a date cannot be asked this (compare)"),
        (Compare("claimed_on", "2014-03-15", "before"), "a date cannot be asked this (compare)"),
        (Compare("claimed_on", 735307, "before"), "a date cannot be asked this (compare)"),
        (fact("claimed_on").at_least(2), "a date cannot be asked this (at_least)"),
        (fact("repairs_counted").is_(2), "a count cannot be asked this (compare)"),
        (
            fact("repairs_counted").within_period(extended_by="repair_time"),
            "a count cannot be asked this (period)",
        ),
        (
            fact("period_start").within_period(extended_by="repairs_counted"),
            "a date cannot be asked this (period)",
        ),
        (
            fact("period_start").within_period(extended_by="days_in_repair"),
            "a date cannot be asked this (period)",
        ),
        (
            fact("period_start").within_period(extended_by="patience"),
            "a date cannot be asked this (period)",
        ),
        (fact("repair_time").at_most_ago(days=1), "a spans cannot be asked this (at_most_ago)"),
        (fact("repair_time").at_least(1), "a spans cannot be asked this (at_least)"),
        (
            fact("proof_start").at_most_ago(days=1, until="gift"),
            "a date cannot be asked this (at_most_ago)",
        ),
        (
            fact("proof_start").at_most_ago(days=1, until="doomsday"),
            "a date cannot be asked this (at_most_ago)",
        ),
        (fact("proof_start").at_most_ago(), "a date cannot be asked this (at_most_ago)"),
        (Elapsed("proof_start", 1, 1), "a date cannot be asked this (at_most_ago)"),
    ],
)
def test_what_a_fact_cannot_be_asked(condition: Condition, reason: str) -> None:
    """A fact nobody knows, or a question its type cannot answer, is refused with the rule."""
    [(field, _, found)] = barred_when(condition)
    assert (field, found) == ("test.bar", reason)


@pytest.mark.parametrize(
    "condition",
    [
        fact("gift").is_(False),
        fact("cause").is_("not_stated"),
        fact("kind").one_of("battery", "charger"),
        fact("kind").listed_as("kind"),
        fact("claimed_on").before(date(2014, 3, 15)),
        fact("days_in_repair").at_least(30),
        fact("repairs_counted").at_least(0),
        Period("period_start", "repair_time", months=24),
        fact("proof_start").at_most_ago(months=1, until="found_on"),
        fact("proof_start").at_most_ago(days=0),
        fact("proof_start").at_most_ago(months=1),
        Under("rounding", "down"),
    ],
)
def test_what_a_fact_can_be_asked(condition: Condition) -> None:
    """What a fact's type can answer is taken, survives JSON, and can be decided."""
    policy = replace(LAW_2001, bars=(*LAW_2001.bars, Bar("test.bar", condition, CITED)))
    assert Policy.from_json(policy.to_json()) == policy
    bare = {"claimed_on": "2025-05-12", "product": {"kind": "handset"}}
    assert sanbao.decide(bare, policy=policy).verdicts["test.bar"] in ("holds", "fails", "unknown")


@pytest.mark.parametrize("reading", [("rounding", "up"), ("weather", "fine")])
def test_a_reading_nobody_knows(reading: tuple[str, str]) -> None:
    """A condition may speak of known readings and their values only."""
    assert barred_when(Under(*reading)) == [
        ("test.bar", f"'{reading[1]}'", f"is no value of a reading {reading[0]}")
    ]


@pytest.mark.parametrize("other", ["test.right", "art18.later", "art24.expired", "art99.gift"])
def test_rights_that_rest_on_each_other(other: str) -> None:
    """A right may rest on rights listed before it: not on itself, a later one, or no right."""
    later = Right("art18.later", "exchange", "seller", ALWAYS, "exchange", CITED)
    resting = replace(later, id="test.right", when=Owed(("art11.refund", other)))
    found = broken(
        rights=(*LAW_2001.rights, resting, later),
        preference=(*LAW_2001.preference, "test.right", "art18.later"),
    )
    assert found == [("test.right", f"'{other}'", "must be a right listed before this one")]


@pytest.mark.parametrize(
    "make",
    [
        lambda condition: {"bars": (*LAW_2001.bars, Bar("test.rule", condition, CITED))},
        lambda condition: {
            "grades": (*LAW_2001.grades, Grade("test.rule", condition, None, (), CITED))
        },
        lambda condition: {
            "exclusions": (*LAW_2001.exclusions, Exclusion("test.rule", condition, CITED))
        },
        lambda condition: {"obligations": (Obligation("test.rule", CITED, when=condition),)},
    ],
)
def test_only_rights_rest_on_rights(make: Callable[[Condition], dict[str, Any]]) -> None:
    """What is no right cannot speak of the rights that are owed."""
    found = broken(articles=(), **make(Owed(("art11.refund",))))
    assert found == [("test.rule", "'art11.refund'", "must be a right listed before this one")]


# --- finding things in a policy -------------------------------------------------------


def test_looking_up() -> None:
    """Goods and rights are found by kind and id; goods the catalogue lacks have no line."""
    line = LAW_2001.coverage("battery")
    assert line is not None
    assert (line.months, line.role, line.faults) == (6, "accessory", ("battery_fault",))
    assert LAW_2001.coverage("other") is None
    assert LAW_2001.right("art19.refund").refund == "less_depreciation"
    with pytest.raises(KeyError):
        LAW_2001.right("art24.expired")


@pytest.mark.parametrize("leaf", [Owed(("art11.refund",)), Under("rounding", "down")])
def test_what_no_fact_is_asked(leaf: Owed | Under) -> None:
    """What asks no fact suits none."""
    assert not any(suits(spec, leaf) for spec in FACTS.values())


def test_named_codes() -> None:
    """The codes that conditions name for a fact, from comparisons and lists alike."""
    assert named_codes(LAW_2001, "symptom") == {"none", "wear", "battery_fault"}
    assert named_codes(LAW_2001, "cause") >= {"network", "liquid", "impact", "force_majeure"}
    assert named_codes(LAW_2001, "gift") == named_codes(LAW_2001, "no_such_fact") == frozenset()


def test_leaves_of_a_policy() -> None:
    """Every leaf asks of a fact what the fact can answer, and names a known rule."""
    known = {rule.id for rule in (*LAW_2001.rules, *LAW_2001.obligations)}
    asked = {getattr(leaf, "fact", None) for _, leaf in policy_leaves(LAW_2001)}
    assert {place for place, _ in policy_leaves(LAW_2001)} <= known
    assert asked - {None} <= set(FACTS)


# --- the articles ---------------------------------------------------------------------


def test_every_article_is_there_once() -> None:
    """Articles 1 to 31 stand in the policy in order, each once."""
    assert [article.number for article in LAW_2001.articles] == list(range(1, 32))


@pytest.mark.parametrize("article", LAW_2001.articles, ids=lambda article: article.number)
def test_every_article_is_encoded_or_says_why_not(article: Article) -> None:
    """An article has rules, or a sentence in Chinese and one in English why it has none."""
    if article.rules:
        assert article.no_effect is None
    else:
        assert article.no_effect is not None
        zh, en = article.no_effect
        assert any("\u4e00" <= char <= "\u9fff" for char in zh)
        assert zh.endswith("。")
        assert en.isascii()
        assert en.endswith(".")


def _cited() -> list[tuple[str, int]]:
    """Return ``(rule, article)`` for all that cites an article of the regulation."""
    return [
        (part.id, citation.article)
        for part in (*LAW_2001.rules, *LAW_2001.obligations)
        for citation in part.cites
        if citation.law == LAW and citation.article is not None
    ]


def test_every_rule_stands_under_its_article() -> None:
    """What cites the regulation is named by the article its id says, and by one that it cites.

    What is another law's, such as ``cpl45.refund``, is named after that one.
    """
    articles = {article.number: article.rules for article in LAW_2001.articles}
    for rule in dict.fromkeys(rule for rule, _ in _cited()):
        if not rule.startswith("art"):
            continue
        cited = [number for other, number in _cited() if other == rule]
        own = rule.partition(".")[0]
        if own.startswith("art"):
            assert int(own.removeprefix("art")) in cited, rule
            assert rule in articles[int(own.removeprefix("art"))], rule
        else:  # a right of another law stands under the article that it goes with
            assert any(rule in articles[number] for number in cited), rule


def test_every_article_names_what_cites_it() -> None:
    """The rules an article names cite it."""
    cited = set(_cited())
    for article in LAW_2001.articles:
        for rule in article.rules:
            assert (rule, article.number) in cited
