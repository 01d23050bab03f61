"""Policy files: what they say, and how their mistakes are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies_for_tests import one_number_changed, random_promise
from sanbao.base.errors import Problem, ValidationError, choices
from sanbao.base.reread import reread
from sanbao.model.citation import Citation
from sanbao.model.facts import FACTS
from sanbao.policies.instruments import LAW
from sanbao.policies.mobile_2001 import MOBILE_2001, TERMS
from sanbao.rules.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Elapsed,
    Not,
    Owed,
    Period,
    Under,
    Window,
    fact,
)
from sanbao.rules.policy import Exclusion, Policy
from sanbao.rules.policy_file.reader import MOST_BYTES, PolicyFile, parse, read, to_toml

REGULATION = PolicyFile(MOBILE_2001, TERMS)

PROMISE = """\
id = "shop"
version = "2016"
kind = "commitment"
title_zh = "承诺"
title_en = "Promise"
beside = "cn.mobile-2001"
source = "made up for a test"
read_on = 2026-11-22
in_force_from = 2016-01-01
unencoded = [["一小时内修好。", "Repairs within an hour."]]

[readings]
first_day = "same_day"

[terms]
inside_30_days = { op = "window", fact = "windows_start", days = 30 }

[[catalogue]]
kind = "battery"
months = 9
daily_rate = 0.0025

[[rights]]
id = "art12.exchange"
when = ["faulty_unit", "inside_30_days", "not inside_7_days"]
cites = [{ law = "cn.mobile-2001", article = 4 }]
title = ["三十日内换货", "exchange within 30 days"]

[[conditions]]
rights = ["art11.refund", "art11.exchange", "art12.exchange"]
when = ["not housing_worn"]
cites = [{ law = "cn.mobile-2001", article = 4 }]
"""

RIGHT = """
[[rights]]
id = "shop.refund"
remedy = "refund"
refund = "in_full"
owed_by = "seller"
needs_papers = "refund"
when = ["faulty_unit", "refund_asked"]
cites = [{ law = "cn.mobile-2001", article = 4 }]
"""


def bases(name: str) -> PolicyFile | None:
    """Return the regulation under its id."""
    return REGULATION if name == LAW else None


def policy_of(text: str, name: str = "shop.toml") -> Policy:
    return parse(text, name, bases).policy


def mistakes_of(text: str | bytes, name: str = "shop.toml") -> tuple[Problem, ...]:
    """Return what is wrong with a text; each names the file."""
    with pytest.raises(ValidationError) as raised:
        parse(text, name, bases)
    assert all(problem.file == name for problem in raised.value.problems)
    return raised.value.problems


def told(text: str | bytes, name: str = "shop.toml") -> list[tuple[int | None, str, str, str]]:
    """Return line, key, value and reason of every mistake."""
    return [(one.line, one.field, one.value, one.reason) for one in mistakes_of(text, name)]


def changed(before: str, after: str) -> str:
    """Return the promise with one place changed."""
    assert PROMISE.count(before) >= 1
    return PROMISE.replace(before, after, 1)


def line_of(text: str, part: str) -> int:
    """Return the line of ``text`` on which ``part`` stands first."""
    return text[: text.index(part)].count("\n") + 1


# --- what a file says ----------------------------------------------------------------------


def test_a_promise_is_laid_over_the_regulation() -> None:
    """What is given replaces, what is not given stays."""
    policy = policy_of(PROMISE)
    assert (policy.id, policy.version, policy.kind, policy.beside) == (
        "shop",
        "2016",
        "commitment",
        LAW,
    )
    assert (policy.read_on, policy.in_force_from) == (date(2026, 11, 22), date(2016, 1, 1))
    assert policy.readings == (Under("first_day", "same_day"),)
    assert policy.unencoded == (("一小时内修好。", "Repairs within an hour."),)
    assert (policy.factory_days, policy.sound_capacity) == (90, 80)
    assert policy.articles == ()
    assert policy.preference == MOBILE_2001.preference
    for name in ("grades", "exclusions", "bars", "obligations"):
        assert getattr(policy, name) == getattr(MOBILE_2001, name)
    battery = MOBILE_2001.coverage("battery")
    assert battery is not None
    assert policy.coverage("battery") == replace(battery, months=9, daily_rate=Decimal("0.0025"))
    assert [line.kind for line in policy.catalogue] == [x.kind for x in MOBILE_2001.catalogue]


def test_conditions_are_added_to_rights() -> None:
    """They join what the right asks, and their citations come last, each once."""
    policy = policy_of(PROMISE)
    sound = ~fact("housing_worn").is_(True)
    art_4 = Citation(LAW, article=4)
    refund, exchange = MOBILE_2001.right("art11.refund"), policy.right("art12.exchange")
    assert policy.right("art11.refund") == replace(
        refund, when=refund.when & sound, cites=(*refund.cites, art_4)
    )
    assert exchange.when == (
        TERMS["faulty_unit"]
        & fact("windows_start").within_window(days=30)
        & ~TERMS["inside_7_days"]
        & sound
    )
    assert exchange.cites == (art_4,)
    assert exchange.title == ("三十日内换货", "exchange within 30 days")
    assert policy.right("art13.exchange") == MOBILE_2001.right("art13.exchange")


def test_new_rights_stand_where_they_are_weighed() -> None:
    """Before the first that rests on others; a right that itself rests on others comes last."""
    resting = RIGHT.replace("shop.refund", "shop.late").replace(
        '"refund_asked"', '{ op = "owed", rules = ["shop.refund"] }'
    )
    policy = policy_of(PROMISE + resting + RIGHT)
    ids = [right.id for right in policy.rights]
    before = [right.id for right in MOBILE_2001.rights]
    first_resting = before.index("art18.refund")
    assert ids == [*before[:first_resting], "shop.refund", *before[first_resting:], "shop.late"]


def test_new_rights_are_preferred_with_their_like() -> None:
    """After the last of the base with the same remedy and refund; else at the end.

    One that rests on no other right stands before those that do, as art. 18 does.
    """
    one = RIGHT.replace("shop.refund", "shop.first")
    other = RIGHT.replace('refund = "in_full"\n', 'refund = "less_depreciation"\n')
    policy = policy_of(PROMISE + one + RIGHT.replace("shop.refund", "shop.second") + other)
    order = list(MOBILE_2001.preference)
    after = order.index("cpl54.refund") + 1
    order[after:after] = ["shop.first", "shop.second"]
    order.insert(order.index("art19.refund") + 1, "shop.refund")
    assert list(policy.preference) == order


def test_a_right_of_a_new_sort_is_preferred_last() -> None:
    """Nothing in the base is like it."""
    text = to_toml(MOBILE_2001)
    rights = [right for right in MOBILE_2001.rights if right.remedy != "free_repair"]
    bare = replace(
        MOBILE_2001,
        rights=tuple(rights),
        preference=tuple(n for n in MOBILE_2001.preference if not n.startswith("art10.")),
        articles=(),
    )
    repair = RIGHT.replace('"refund"\nrefund = "in_full"', '"free_repair"', 1)
    made = parse(PROMISE + repair, "shop.toml", lambda _: PolicyFile(bare, TERMS)).policy
    assert made.preference[-1] == "shop.refund"
    assert text.count("art10.repair") > 0


def test_the_file_may_say_the_preference() -> None:
    """Then it holds as it is given."""
    order = ["shop.refund", *MOBILE_2001.preference]
    text = f"preference = {json.dumps(order)}\n{PROMISE}{RIGHT}"
    assert policy_of(text).preference == tuple(order)


def test_scalars_may_be_given() -> None:
    """Inherited numbers are replaced like everything else."""
    policy = policy_of(f"factory_days = 0\nsound_capacity = 75\n{PROMISE}")
    assert (policy.factory_days, policy.sound_capacity) == (0, 75)


def test_none_takes_a_value_away() -> None:
    """TOML has no null; the word stands for it where there may be nothing."""
    text = PROMISE + (
        '[[obligations]]\nid = "art15.loaner"\nwhen = "none"\nafter = "none"\ndays = 0\n'
        '[[bars]]\nid = "art24.misuse"\nalleged = "none"\n'
        '[[grades]]\nid = "art9.full"\nstart = "none"\n'
        '[[rights]]\nid = "art18.refund"\nnote = "none"\n'
        '[[catalogue]]\nkind = "handset"\ndaily_rate = "none"\n'
    )
    policy = policy_of(text)
    loaner = policy.obligations[0]
    assert (loaner.id, loaner.when, loaner.after, loaner.days) == ("art15.loaner", None, None, 0)
    assert policy.rule("art24.misuse") == replace(
        MOBILE_2001.bars[3], alleged=None, when=MOBILE_2001.bars[3].when
    )
    assert policy.grades[0] == replace(MOBILE_2001.grades[0], start=None)
    assert policy.right("art18.refund").note is None
    assert policy.catalogue[0] == replace(MOBILE_2001.catalogue[0], daily_rate=None)


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ('"inside_7_days"', TERMS["inside_7_days"]),
        ('"not inside_7_days"', Not(TERMS["inside_7_days"])),
        ('"not  inside_7_days"', Not(TERMS["inside_7_days"])),
        ('"confirmed"', Compare("confirmed", True)),
        ('"not confirmed"', Not(Compare("confirmed", True))),
        ('"not other"', TERMS["main_unit"]),
        ('["inside_7_days"]', TERMS["inside_7_days"]),
        ("[]", AllOf(())),
        ('["main_unit", "listed_fault"]', TERMS["faulty_unit"]),
        ('["faulty_unit", ["confirmed", "gift"]]', TERMS["faulty_unit"]
            & Compare("confirmed", True) & Compare("gift", True)),
        ('{ op = "all", of = ["main_unit", "listed_fault"] }',
            AllOf((TERMS["main_unit"], TERMS["listed_fault"]))),
        ('{ op = "any", of = ["main_unit", ["gift", "confirmed"]] }',
            AnyOf((TERMS["main_unit"], Compare("gift", True) & Compare("confirmed", True)))),
        ('{ op = "not", of = "other" }', Not(Not(TERMS["main_unit"]))),
        ('{ op = "not", of = ["gift", "confirmed"] }',
            Not(Compare("gift", True) & Compare("confirmed", True))),
        ('{ op = "compare", fact = "claimed_on", value = 2014-03-15, relation = "before" }',
            fact("claimed_on").before(date(2014, 3, 15))),
        ('{ op = "compare", fact = "claimed_on", value = "2014-03-15", relation = "before" }',
            fact("claimed_on").before(date(2014, 3, 15))),
        ('{ op = "one_of", fact = "invoice", values = ["copy"] }', fact("invoice").one_of("copy")),
        ('{ op = "at_least", fact = "repairs_counted", value = 2 }',
            fact("repairs_counted").at_least(2)),
        ('{ op = "listed", fact = "kind", column = "kind" }', fact("kind").listed_as("kind")),
        ('{ op = "period", fact = "period_start", extended_by = "repair_time", months = 15 }',
            Period("period_start", "repair_time", 15)),
        ('{ op = "at_most_ago", fact = "proof_start", months = 6 }',
            Elapsed("proof_start", months=6)),
        ('{ op = "elapsed", fact = "proof_start", months = 6 }', Elapsed("proof_start", months=6)),
        ('{ op = "at_most_ago", fact = "proof_start", months = 6, until = "found_on" }',
            Elapsed("proof_start", months=6, until="found_on")),
        ('{ op = "owed", rules = ["art11.exchange"] }', Owed(("art11.exchange",))),
        ('{ op = "under", reading = "first_day", value = "same_day" }',
            Under("first_day", "same_day")),
    ],
)  # fmt: skip
def test_every_form_of_a_condition(written: str, condition: Condition) -> None:
    """A term, its contrary, a list, and every node."""
    text = changed(
        'when = ["faulty_unit", "inside_30_days", "not inside_7_days"]', f"when = {written}"
    )
    text = text.replace("[terms]", '[terms]\nother = "not main_unit"')
    conditions = text.index("[[conditions]]")
    assert policy_of(text[:conditions]).right("art12.exchange").when == condition


def test_terms_are_handed_on() -> None:
    """Those of the file and those of the base, for what stands beside this one."""
    found = parse(PROMISE, "shop.toml", bases)
    assert found.terms == {**TERMS, "inside_30_days": Window("windows_start", 30)}


def test_a_term_of_the_file_hides_one_of_the_base() -> None:
    """A promise may mean something else by a word."""
    text = changed(
        "inside_30_days = {",
        "inside_7_days = { op = 'window', fact = 'windows_start', days = 8 }\ninside_30_days = {",
    )
    assert Not(Window("windows_start", 8)) in policy_of(text).right("art12.exchange").when.of  # type: ignore[union-attr, operator]
    assert parse(text, "shop.toml", bases).terms["inside_7_days"] == Window("windows_start", 8)


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        ("0.0025", "0.0025"),
        ('"0.0025"', "0.0025"),
        ("0.00_25", "0.0025"),
        ("25e-4", "0.0025"),
        ("0", "0"),
        ("1", "1"),
        ("1.0", "1.0"),
        ("0.1", "0.1"),
    ],
)
def test_rates_are_read_exactly(written: str, rate: str) -> None:
    """Digit by digit; no binary fraction is in between."""
    line = policy_of(changed("daily_rate = 0.0025", f"daily_rate = {written}")).coverage("battery")
    assert line is not None
    assert str(line.daily_rate) == rate


def test_bytes_with_a_byte_order_mark_and_other_line_ends() -> None:
    """As some editors save a file."""
    text = b"\xef\xbb\xbf" + PROMISE.replace("\n", "\r\n").encode()
    assert parse(text, "shop.toml", bases).policy == policy_of(PROMISE)
    wrong = text.replace(b"same_day", b"sameday")
    assert told(wrong) == told(PROMISE.replace("same_day", "sameday"))


def test_the_same_in_json() -> None:
    """The keys are the same; what TOML says of lines holds as well."""
    import tomllib

    data = tomllib.loads(PROMISE)
    text = json.dumps(data, default=str, indent=2)
    assert policy_of(text, "shop.JSON") == policy_of(PROMISE)
    wrong = text.replace('"days": 30', '"days": "30"')
    assert told(wrong, "shop.json") == [
        (
            line_of(text, '"days": 30'),
            "terms.inside_30_days.days",
            "'30'",
            "must be a whole number of days",
        )
    ]


# --- to a file and back ---------------------------------------------------------------------


def some_policies() -> Iterator[Policy]:
    yield MOBILE_2001
    yield policy_of(PROMISE + RIGHT)
    yield replace(MOBILE_2001, in_force_to=date(2030, 1, 1), source='"q" \\ \x7f\n', rights=(),
        preference=(), obligations=(), articles=(), grades=())  # fmt: skip
    rng = Random(5)
    for _ in range(6):
        yield one_number_changed(rng).policy
        yield random_promise(rng)


@pytest.mark.untraced
@pytest.mark.parametrize("terms", [{}, TERMS], ids=["without terms", "with terms"])
def test_every_policy_can_be_written(terms: dict[str, Condition]) -> None:
    """As TOML and as JSON, and it comes back the same, byte for byte."""
    for policy in some_policies():
        clean = replace(policy, source=policy.source.replace("\x7f", ""))
        again = policy_of(to_toml(clean, terms), "again.toml")
        assert again == clean
        assert again.to_json() == clean.to_json()
        assert policy_of(clean.to_json(), "again.json") == clean


RIGHTS = tuple(replace(right, despite=()) for right in MOBILE_2001.rights)
"""The rights, each of which any exclusion touches."""

NODES = st.recursive(
    st.sampled_from(
        [
            *TERMS.values(),
            *(Compare("gift", True), Compare("gift", False), AllOf(())),
            *(Under("first_day", "same_day"), Not(Under("second_hand", "covered"))),
        ]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, max_size=4).map(lambda parts: AnyOf(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=12,
)


@pytest.mark.untraced
@given(NODES, st.sets(st.sampled_from(sorted(TERMS))))
def test_every_condition_can_be_written(condition: Condition, names: set[str]) -> None:
    """Whatever its shape, with whichever words: reading it gives the very same nodes."""
    rule = Exclusion("art2.made_up", condition, (Citation(LAW, article=2),))
    law = replace(MOBILE_2001, rights=RIGHTS, articles=())
    policy = replace(law, exclusions=(rule,))
    text = to_toml(policy, {name: one for name, one in TERMS.items() if name in names})
    assert policy_of(text) == policy


def test_terms_make_the_text_readable() -> None:
    """Where a word says it, the word stands; only words that are used are explained."""
    text = to_toml(
        MOBILE_2001, {**TERMS, "nobody_says": Compare("gift", True) & Compare("gift", False)}
    )
    assert 'when = ["faulty_unit", "inside_15_days", "not inside_7_days"]' in text
    assert 'faulty_unit = ["main_unit", "listed_fault"]' in text
    assert "nobody_says" not in text
    assert 'when = "not in_catalogue"' in text


def test_a_whole_commitment_needs_no_base_but_must_name_one() -> None:
    """Nothing is inherited where nothing is left unsaid: rights that are gone stay gone."""
    whole = random_promise(Random(1))
    gone = replace(whole, obligations=whole.obligations[1:], articles=())
    assert policy_of(to_toml(gone)) == gone
    assert policy_of(gone.to_json(), "gone.json") == gone


# --- how mistakes are told -------------------------------------------------------------------

IS_NO_KEY = "is no key that can stand here"
OVERLAP = (
    "the windows of art12.exchange (30 days) and art11.exchange (7 days) overlap; "
    "the longer must say 'not' the shorter"
)

MISTAKES: list[tuple[str, str, str, str, str]] = [
    # before, after, key, value, reason; the line is that of `after`
    ('fact = "windows_start"', 'fact = "window_start"', "terms.inside_30_days.fact",
        "'window_start'", f"there is no fact 'window_start'{choices('window_start', FACTS)}"),
    ('fact = "windows_start"', 'fact = "gift"', "terms.inside_30_days.fact", "'gift'",
        "a yes/no cannot be asked this (window)"),
    ('op = "window"', 'op = "windows"', "terms.inside_30_days.op", "'windows'",
        "must be one of compare, one_of, at_least, listed, window, period, at_most_ago, "
        "owed, under, all, any, not; did you mean 'window'?"),
    ('op = "window", ', "", "terms.inside_30_days.op", "None",
        "must be one of compare, one_of, at_least, listed, window, period, at_most_ago, "
        "owed, under, all, any, not"),
    ("days = 30 }", "days = 30, months = 1 }", "terms.inside_30_days.months", "1",
        "is the wrong unit: window counts days"),
    ("days = 30 }", "days = 30, dayz = 1 }", "terms.inside_30_days.dayz", "1",
        IS_NO_KEY + "; did you mean 'days'?"),
    (", days = 30 }", " }", "terms.inside_30_days.days", "None", "is missing"),
    ("days = 30", 'days = "30"', "terms.inside_30_days.days", "'30'",
        "must be a whole number of days"),
    ("days = 30", "days = 30.5", "terms.inside_30_days.days", "30.5",
        "must be a whole number of days"),
    ("days = 30", "days = nan", "terms.inside_30_days.days", "nan",
        "must be a whole number of days"),
    ("days = 30", "days = true", "terms.inside_30_days.days", "True",
        "must be a whole number of days"),
    ("days = 30", "days = -1", "terms.inside_30_days.days", "-1",
        "counts at most 36500 days, or 1 to 1200 months"),
    ("days = 30", "days = 1" + 50 * "0", "terms.inside_30_days.days", "1" + 50 * "0",
        "counts at most 36500 days, or 1 to 1200 months"),
    ('"inside_30_days",', '"inside_40_days",', "rights[0].when[1]", "'inside_40_days'",
        "there is no such term; did you mean 'inside_30_days'?"),
    ('"inside_30_days",', '"qqq",', "rights[0].when[1]", "'qqq'", "there is no such term"),
    ('"inside_30_days",', '"symptom",', "rights[0].when[1]", "'symptom'",
        "is a code, not a yes or no; say with op what is asked of it"),
    ('"inside_30_days",', '"not not gift",', "rights[0].when[1]", "'not not gift'",
        "must be a term, or 'not' and a term"),
    ('"inside_30_days",', "5,", "rights[0].when[1]", "5",
        "must be a condition: a term, a list of conditions, or a table with op"),
    ('"inside_30_days",', '{ op = "all", of = "gift" },', "rights[0].when[1].of", "'gift'",
        "must be a list of conditions"),
    ('"inside_30_days",', '{ op = "any", off = [], of = [] },', "rights[0].when[1].off", "[]",
        IS_NO_KEY + "; did you mean 'of'?"),
    ('"inside_30_days",', '{ op = "not" },', "rights[0].when[1].of", "None",
        "must be a condition: a term, a list of conditions, or a table with op"),
    ('"inside_30_days",', '{ op = "any", of = ["gift", "gyft"] },', "rights[0].when[1].of[1]",
        "'gyft'", "there is no such term; did you mean 'gift'?"),
    ('"inside_30_days",', '{ op = "compare", fact = "invoice", value = "orignal" },',
        "rights[0].when[1].value", "'orignal'",
        "is no value of 'invoice'; did you mean 'original'? (known: original, other, copy, none)"),
    ('"inside_30_days",', '{ op = "one_of", fact = "invoice", values = ["copy", "orignal"] },',
        "rights[0].when[1].values", "'orignal'",
        "is no value of 'invoice'; did you mean 'original'? (known: original, other, copy, none)"),
    ('"inside_30_days",', '{ op = "one_of", fact = "invoice", values = ["copy", 5] },',
        "rights[0].when[1].values[1]", "5", "must be text in quotes"),
    ('"inside_30_days",', '{ op = "compare", fact = "invoyce", value = "copy" },',
        "rights[0].when[1].fact", "'invoyce'",
        f"there is no fact 'invoyce'{choices('invoyce', FACTS)}"),
    ('"inside_30_days",', '{ op = "compare", fact = "detail", value = "Green line" },',
        "rights[0].when[1].value", "'Green line'", "must be a code in lower case, like green_line"),
    ('"inside_30_days",', '{ op = "one_of", fact = "detail", values = ["green_line", "" ] },',
        "rights[0].when[1].values", "''", "must be a code in lower case, like green_line"),
    ('"inside_30_days",', '{ op = "compare", fact = "detail", value = true },',
        "rights[0].when[1].fact", "'detail'", "a code cannot be asked this (compare)"),
    ('"inside_30_days",', '{ op = "compare", fact = "gift", value = [] },',
        "rights[0].when[1].value", "[]", "must be yes or no (true, false), a code or a date"),
    ('"inside_30_days",', '{ op = "compare", fact = "gift", value = "yes" },',
        "rights[0].when[1].fact", "'gift'", "a yes/no cannot be asked this (compare)"),
    ('"inside_30_days",',
        '{ op = "compare", fact = "claimed_on", relation = "before", value = "1451606400" },',
        "rights[0].when[1].value", "'1451606400'", "must be a date, such as 2026-01-31"),
    ('"inside_30_days",',
        '{ op = "compare", fact = "claimed_on", '
        'relation = "before", value = 2016-01-01T08:00:00 },',
        "rights[0].when[1].value", "'2016-01-01 08:00:00'", "must be a date without a time of day"),
    ('"inside_30_days",',
        '{ op = "compare", fact = "claimed_on", relation = "bifore", value = 2016-01-01 },',
        "rights[0].when[1].relation", "'bifore'",
        "must be one of equals, before; did you mean 'before'?"),
    ('"inside_30_days",', '{ op = "at_most_ago", fact = "proof_start", months = 1201 },',
        "rights[0].when[1].months", "1201", "counts at most 36500 days, or 1 to 1200 months"),
    ('"inside_30_days",', '{ op = "elapsed", fact = "proof_start", weeks = 2 },',
        "rights[0].when[1].weeks", "2", "is the wrong unit: at_most_ago counts days or months"),
    ('"inside_30_days",',
        '{ op = "period", fact = "period_start", extended_by = "deducted_days", days = 9 },',
        "rights[0].when[1].days", "9", "is the wrong unit: period counts months"),
    ('"inside_30_days",', '{ op = "under", reading = "first_dai", value = "same_day" },',
        "rights[0].when[1].reading", "'first_dai'",
        "there is no such reading; did you mean 'first_day'?"),
    ('"inside_30_days",', '{ op = "under", reading = "first_day", value = "same" },',
        "rights[0].when[1].value", "'same'",
        "must be one of next_day, same_day; did you mean 'same_day'?"),
    ('"inside_30_days",', '{ op = "owed", rules = ["art12.exchange"] },',
        "rights[0].when[1].rules[0]", "'art12.exchange'", "must be a right listed before this one"),
    ('"inside_30_days",', '{ op = "owed", rules = ["art11.exchange", "art14.refund"] },',
        "rights[0].when[1].rules[1]", "'art14.refund'", "must be a right listed before this one"),
    (', "not inside_7_days"', "", "rights[0].when", "'art12.exchange'", OVERLAP),
    ("months = 9", 'months = "1 year"', "catalogue[0].months", "'1 year'",
        "must be a whole number of months"),
    ("months = 9", "months = 0", "catalogue[0].months", "0",
        "must be a number of months from 1 to 1200"),
    ("months = 9", "month = 9", "catalogue[0].month", "9", IS_NO_KEY + "; did you mean 'months'?"),
    ("months = 9", 'faults = ["battery_falt"]', "catalogue[0].faults[0]", "'battery_falt'",
        f"there is no such fault{choices('battery_falt', FACTS['symptom'].codes)}"),
    ("months = 9", "faults = 5", "catalogue[0].faults", "5", "must be a list"),
    ("months = 9", 'role = "unit"', "catalogue[0].role", "'unit'",
        "must be one of main_unit, accessory; did you mean 'main_unit'?"),
    ("daily_rate = 0.0025", 'daily_rate = "0.5%"', "catalogue[0].daily_rate", "'0.5%'",
        "must be a fraction of the price a day, such as 0.005 for 0.5 %"),
    ("daily_rate = 0.0025", "daily_rate = inf", "catalogue[0].daily_rate", "inf",
        "must be a fraction of the price a day, such as 0.005 for 0.5 %"),
    ("daily_rate = 0.0025", "daily_rate = 1e-999999", "catalogue[0].daily_rate", "1e-999999",
        "must be a fraction of the price a day, such as 0.005 for 0.5 %"),
    ("daily_rate = 0.0025", "daily_rate = true", "catalogue[0].daily_rate", "True",
        "must be a fraction of the price a day, such as 0.005 for 0.5 %"),
    ("daily_rate = 0.0025", "daily_rate = 1.0001", "catalogue[0].daily_rate", "1.0001",
        "is a fraction of the price a day, from 0 to 1"),
    ("daily_rate = 0.0025", "daily_rate = -0.1", "catalogue[0].daily_rate", "-0.1",
        "is a fraction of the price a day, from 0 to 1"),
    ('kind = "battery"', 'kind = "batery"', "catalogue[0].kind", "'batery'",
        "there are no such goods; did you mean 'battery'? (known: battery, other, charger, "
        "data_card, terminal_card, handset, fixed_station_phone, vehicle_phone, wired_earphone)"),
    ('kind = "battery"', "kind = 5", "catalogue[0].kind", "5", "is no kind"),
    ('kind = "battery"\n', "", "catalogue[0].kind", "None", "is missing"),
    ('same_day"', 'sameday"', "readings.first_day", "'sameday'",
        "must be one of next_day, same_day; did you mean 'same_day'?"),
    ('first_day = "same_day"', "first_day = [1]", "readings.first_day", "[1]",
        "must be one of next_day, same_day"),
    ("first_day =", "first_dai =", "readings.first_dai", "'same_day'",
        "there is no such reading; did you mean 'first_day'?"),
    ('id = "art12.exchange"', 'id = "art12.exchnge"', "rights[0].id", "'art12.exchnge'",
        "is not among the rights it changes; did you mean 'art12.exchange'? (a new one needs "
        "remedy, owed_by, needs_papers)"),
    ('id = "art12.exchange"', 'id = "art12.exchange"\nremedy = "exchnge"', "rights[0].remedy",
        "'exchnge'", "must be one of refund, exchange, free_repair; did you mean 'exchange'?"),
    ('id = "art12.exchange"', 'id = "art12.exchange"\nremedy = "refund"', "rights[0].refund",
        "None", "a refund says how it is reckoned"),
    ('id = "art12.exchange"', 'id = "art12.exchange"\ndespite = ["art24.misuse", "art24.rain"]',
        "rights[0].despite[1]", "'art24.rain'", "is no exclusion and no bar"),
    ('"art12.exchange"\nwhen', '"art12.exchange"\nwen', "rights[0].wen",
        "['faulty_unit', 'inside_30_days', 'not inside_7_days']",
        IS_NO_KEY + "; did you mean 'when'?"),
    ("cites = [{ law = \"cn.mobile-2001\", article = 4 }]\ntitle", 'cites = []\ntitle',
        "rights[0].cites", "[]", "has no citation"),
    ('", article = 4 }]\ntitle', '" }]\ntitle', "rights[0].cites[0]", "'cn.mobile-2001'",
        "names one article or one appendix"),
    ('", article = 4 }]\ntitle', '", article = "4" }]\ntitle', "rights[0].cites[0].article", "'4'",
        "must be a whole number"),
    ('", article = 4 }]\ntitle', '", artikle = 4 }]\ntitle', "rights[0].cites[0].artikle", "4",
        IS_NO_KEY + "; did you mean 'article'?"),
    ('title = ["三十日内换货", ', "title = [", "rights[0].title[1]", "None", "is missing"),
    ('title = ["三十日内换货", ', 'title = ["a", "b", ', "rights[0].title",
        "['a', 'b', 'exchange within 30 days']",
        "is longer than two texts, one Chinese and one English"),
    ('rights = ["art11.refund", ', 'rights = ["art11.refnd", ', "conditions[0].rights[0]",
        "'art11.refnd'", "there is no such right; did you mean 'art11.refund'?"),
    ('rights = ["art11.refund", "art11.exchange", "art12.exchange"]', "rights = []",
        "conditions[0].rights", "[]",
        "names no right"),
    ('rights = ["art11.refund", "art11.exchange", "art12.exchange"]', 'rights = "all"',
        "conditions[0].rights",
        "'all'", "must be a list"),
    ('when = ["not housing_worn"]', "", "conditions[0].when", "None", "is missing"),
    ('when = ["not housing_worn"]', 'when = ["not housing_torn"]', "conditions[0].when[0]",
        "'housing_torn'", "there is no such term; did you mean 'housing_worn'?"),
    ('when = ["not housing_worn"]\ncites = [{ law = "cn.mobile-2001", article = 4 }]',
        'when = ["not housing_worn"]\ncites = []', "conditions[0].cites", "[]", "has no citation"),
    ('when = ["not housing_worn"]\ncites = [{ law = "cn.mobile-2001", article = 4 }]',
        'when = ["not housing_worn"]', "conditions[0].cites", "None",
        "has no citation; everything of legal effect says where it stands"),
    ('when = ["not housing_worn"]', 'when = ["not housing_worn"]\nunless = []',
        "conditions[0].unless", "[]", IS_NO_KEY),
    ('version = "2016"', 'version = 2016', "version", "2016", "must be text in quotes"),
    ('version = "2016"\n', "", "version", "None", "is missing"),
    ('source = "made up for a test"', 'sauce = "x"\nsource = "made up"', "sauce", "'x'",
        "is no key of a policy; did you mean 'source'?"),
    ('source = "made up for a test"', 'source = "a\\u202eb"', "source", "'a\\u202eb'",
        "holds a character that is not printed"),
    ('source = "made up for a test"', 'source = "a\\u0007b"', "source", "'a\\x07b'",
        "holds a character that is not printed"),
    ('version = "2016"', 'version = "2016"\nperiod_from = "recieved"', "period_from",
        "'recieved'", "must be one of received; did you mean 'received'?"),
    ('kind = "commitment"', 'kind = "comitment"', "kind", "'comitment'",
        "must be one of regulation, local, commitment; did you mean 'commitment'?"),
    ('kind = "commitment"', 'kind = "regulation"', "beside", "'cn.mobile-2001'",
        "names the regulation that a commitment or a local regulation stands beside"),
    ('beside = "cn.mobile-2001"', 'beside = "cn.mobile-2002"', "beside", "'cn.mobile-2002'",
        "there is no policy with this id"),
    ('beside = "cn.mobile-2001"', "beside = 5", "beside", "5", "must be the id of a policy"),
    ('beside = "cn.mobile-2001"', 'beside = "shop"', "beside", "'shop'",
        "a policy cannot stand beside itself"),
    ('id = "shop"', 'id = "The shop"', "id", "'The shop'",
        "must be lower case, like cn.mobile-2001"),
    ('id = "shop"', "id = 5", "id", "5", "must be text in quotes"),
    ("read_on = 2026-11-22", "read_on = 2026-11-22T08:30:00Z", "read_on",
        "'2026-11-22 08:30:00+00:00'", "must be a date without a time of day"),
    ("read_on = 2026-11-22", "read_on = 08:30:00", "read_on", "'08:30:00'",
        "must be a date without a time of day"),
    ("read_on = 2026-11-22", 'read_on = "22.11.2026"', "read_on", "'22.11.2026'",
        "must be a date, such as 2026-01-31"),
    ("read_on = 2026-11-22", 'read_on = "2026-11-31"', "read_on", "'2026-11-31'",
        "must be a date, such as 2026-01-31"),
    ("read_on = 2026-11-22", "read_on = 20261122", "read_on", "20261122",
        "must be a date, such as 2026-01-31"),
    ("in_force_from = 2016-01-01", "in_force_to = 2015-01-01\nin_force_from = 2016-01-01",
        "in_force_to", "'2015-01-01'", "is before the first day in force (2016-01-01)"),
    ("in_force_from = 2016-01-01", "factory_days = -1\nin_force_from = 2016-01-01", "factory_days",
        "-1", "must be a number of days from 0 to 36500"),
    ("in_force_from = 2016-01-01", "preference = []\nin_force_from = 2016-01-01", "preference",
        "''", "must name every right once"),
    ("unencoded = [[", "unencoded = [5, [", "unencoded[0]", "5", "must be a list"),
    ("[terms]", "[terms]\nInside = []", "terms.Inside", "'Inside'",
        "a term is named in lower case, like inside_30_days"),
    ("[terms]", '[terms]\ngift = "confirmed"', "terms.gift", "'gift'", "is the name of a fact"),
    ("[terms]", '[terms]\nnone = "confirmed"', "terms.none", "'none'", "has a meaning of its own"),
    ("[terms]", '[terms]\na = "a"', "terms.a", "'a'", "is explained by itself (a → a)"),
    ("[terms]", '[terms]\nb = ["gift",\n"not c"]\nc = "b"', "terms.c", "'b'",
        "is explained by itself (b → c → b)"),
]  # fmt: skip


LOWER_OR_HIGHER: dict[tuple[str, str], int] = {
    # what is missing is told at its table, what is added on its own line
    ("", "catalogue[0].kind"): -1,
    ("", "conditions[0].when"): -2,
    ("", "version"): -1,
    ('id = "art12.exchange"\nremedy = "exchnge"', "rights[0].remedy"): 1,
    ('id = "art12.exchange"\nremedy = "refund"', "rights[0].refund"): -1,
    (
        'id = "art12.exchange"\ndespite = ["art24.misuse", "art24.rain"]',
        "rights[0].despite[1]",
    ): 1,
    ('"art12.exchange"\nwen', "rights[0].wen"): 1,
    ('when = ["not housing_worn"]\ncites = []', "conditions[0].cites"): 1,
    ('when = ["not housing_worn"]', "conditions[0].cites"): -2,
    ('when = ["not housing_worn"]\nunless = []', "conditions[0].unless"): 1,
    ('version = "2016"\nperiod_from = "recieved"', "period_from"): 1,
    ('kind = "regulation"', "beside"): 3,
    ("[terms]\nInside = []", "terms.Inside"): 1,
    ('[terms]\ngift = "confirmed"', "terms.gift"): 1,
    ('[terms]\nnone = "confirmed"', "terms.none"): 1,
    ('[terms]\na = "a"', "terms.a"): 1,
    ('[terms]\nb = ["gift",\n"not c"]\nc = "b"', "terms.c"): 3,
}


@pytest.mark.parametrize(
    ("before", "after", "key", "value", "reason"),
    MISTAKES,
    ids=[f"{number}-{one[2]}" for number, one in enumerate(MISTAKES)],
)
def test_every_mistake_names_line_key_value_and_reason(
    before: str, after: str, key: str, value: str, reason: str
) -> None:
    """And it names nothing else: no mistake leads to another."""
    line = line_of(PROMISE, before) + LOWER_OR_HIGHER.get((after, key), 0)
    assert told(changed(before, after)) == [(line, key, value, reason)]


def test_a_mistake_as_it_is_printed() -> None:
    """It begins as compilers begin, so that an editor finds the place."""
    [problem] = mistakes_of(changed("days = 30", "days = 30.5"))
    assert str(problem) == (
        "shop.toml:16: terms.inside_30_days.days = 30.5: must be a whole number of days"
    )
    assert str(Problem("a", "1", reread("is wrong"), file="x.toml")) == "x.toml: a = 1: is wrong"
    assert str(Problem("a", "1", reread("is wrong"))) == "a = 1: is wrong"


def test_all_mistakes_at_once_in_the_order_of_the_file() -> None:
    """Of the words, the terms, the keys, the numbers and the citations."""
    text = changed("days = 30 }", "month = 1 }").replace("months = 9", "months = 1.5")
    text = text.replace("same_day", "sameday").replace('"faulty_unit"', '"faulty_uni"')
    text = text.replace('version = "2016"', "version = 2016").replace("article = 4", "articel = 4")
    assert [found[:2] for found in told(text)] == [
        (2, "version"),
        (13, "readings.first_day"),
        (16, "terms.inside_30_days.month"),
        (16, "terms.inside_30_days.days"),
        (20, "catalogue[0].months"),
        (25, "rights[0].when[0]"),
        (26, "rights[0].cites[0].articel"),
        (32, "conditions[0].cites[0].articel"),
    ]


def test_only_the_first_hundred_mistakes_are_told() -> None:
    """Nobody reads a thousand."""
    problems = told(PROMISE + '[[rights]]\nid = "a.b"\n' * 300)
    assert len(problems) == 101
    assert problems[-1] == (None, "file", "304", "only the first 100 mistakes are told")


def test_thousands_of_mistakes_are_found_in_good_time() -> None:
    """The nearest name is looked for while somebody would read it."""
    unknown = "".join(f"titel_{number} = 1\n" for number in range(20_000))
    problems = told(unknown + PROMISE)
    assert len(problems) == 101
    assert problems[0][3] == "is no key of a policy; did you mean 'title_zh'?"


def test_contradictions_of_several_parts() -> None:
    """What only shows when the parts are put together is told with the part that is in the file."""
    twice = '[[bars]]\nid = "art12.exchange"\nwhen = "gift"\n'
    cited = 'cites = [{ law = "cn.mobile-2001", article = 4 }]\n'
    text = f"{PROMISE}{twice}{cited}"
    assert told(text) == [
        (24, "rights[0].id", "'art12.exchange'", "is used twice"),
    ]
    clash = f'[[bars]]\nid = "art14.refund"\nwhen = "gift"\n{cited}'
    line = PROMISE.count("\n") + 2
    assert told(PROMISE + clash) == [(line, "bars[0].id", "'art14.refund'", "is used twice")]


@pytest.mark.parametrize(
    ("table", "key", "value", "reason"),
    [
        ('[[bars]]\nid = "fraud"', "bars[0].id", "'fraud'", "an id is written like art11.refund"),
        ('[[obligations]]\nid = "art20.new_goods"\ndays = 40000', "obligations[0].days", "40000",
            "must be a number of days from 0 to 36500"),
        ('[[obligations]]\nid = "art20.new_goods"\nafter = "gift"', "obligations[0].after",
            "'gift'", "is no fact that is a date"),
        ('[[obligations]]\nid = "art20.new_goods"\nwhen = { op = "owed", rules = ["art1.x"] }',
            "obligations[0].when.rules[0]", "'art1.x'", "must be a right listed before this one"),
        ('[[grades]]\nid = "art9.proven"\n'
            'carries_under = [["art11.money", { reading = "refund_papers", value = "refund" }]]',
            "grades[0].carries_under[0][0]", "'art11.money'", "is no right"),
        ('[[grades]]\nid = "art9.proven"\n'
            'carries_under = [["art11.refund", { reading = "refund_papers", value = "cash" }]]',
            "grades[0].carries_under[0][1].value", "'cash'",
            "is no value of a reading refund_papers"),
        ('[[grades]]\nid = "art9.proven"\n'
            'carries_under = [["art11.refund", { reading = "refund_papers", valu = "cash" }]]',
            "grades[0].carries_under[0][1].value", "None", "is missing"),
        ('[[articles]]\nnumber = 4\ncertainty = "confirmed"', "articles[0].number", "4",
            "either has rules or says why it has no effect"),
        ('[[articles]]\nnumber = 4\ncertainty = "confirmed"\nrules = ["art4.x"]',
            "articles[0].rules[0]", "'art4.x'", "is no rule"),
        ('[[articles]]\nnumber = "4"', "articles[0].number", "'4'", "is no number"),
        ('[[articles]]\nnumber = true', "articles[0].number", "True", "is no number"),
        ('[[exclusions]]\nid = "art2.place"\nwhen = []\n[[exclusions]]\nid = "art2.place"',
            "exclusions[1].id", "'art2.place'", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table(table: str, key: str, value: str, reason: str) -> None:
    """In every list of a policy."""
    cites = 'cites = [{ law = "x", article = 1 }]\n'
    text = f"{PROMISE}{table}\n" + ("" if "articles" in table else cites)
    if table.startswith("[[bars]]"):
        text += 'when = "gift"\n'
    first = next(one for one in told(text) if one[1] == key)
    last = key.rpartition(".")[2].partition("[")[0]
    line = text[: text.rindex(f"{last} = ") if f"{last} = " in table else text.rindex("carries")]
    assert first == (
        line.count("\n") + 1,
        key,
        value,
        reason or f"stands twice in this file, first on line {PROMISE.count(chr(10)) + 2}",
    )


def test_lists_that_are_none() -> None:
    """A list of tables, and not too many of them."""
    text = PROMISE[: PROMISE.index("[[rights]]")]
    for wrong in ("5", '"x"', "{ a = 1 }", json.dumps([{}] * 1001).replace("{}", "{ }")):
        problems = told(f"rights = {wrong}\n{text}")
        assert [(line, key, reason) for line, key, _, reason in problems] == [
            (1, "rights", "must be a list of tables, at most 1000")
        ]
    assert told(f"rights = [5]\n{text}") == [(1, "rights[0]", "5", "must be a table")]
    assert told(f"conditions = [5]\n{text}")[0][1:] == ("conditions[0]", "5", "must be a table")


def test_settings_that_are_no_table() -> None:
    """Terms and readings are tables; readings may be a list as in the JSON of a policy."""
    wrong = told(changed("[terms]", "[[terms]]"))
    assert wrong[0][:2] == (15, "terms")
    assert wrong[0][3] == "must be a table of conditions"
    text = changed('[readings]\nfirst_day = "same_day"\n', "")
    listed = 'readings = [{ reading = "first_day", value = "same_day" }]\n'
    assert policy_of(listed + text) == policy_of(PROMISE)
    assert told(listed.replace("same_day", "sameday") + text) == [
        (1, "readings[0].value", "'sameday'", "is no value of a reading first_day")
    ]
    assert told(listed.replace("value", "valu") + text)[0][:2] == (1, "readings[0].value")
    both = listed.replace("}]", '}, { reading = "first_day", value = "next_day" }]')
    assert told(both + text) == [(1, "readings[1].reading", "'first_day'", "is settled twice")]
    assert told(f"readings = 5\n{text}") == [(1, "readings", "5", "must be a list")]


def test_a_whole_policy_lacks_what_it_does_not_say() -> None:
    """Nothing is inherited where there is nothing to inherit from."""
    text = "\n".join(
        line for line in to_toml(MOBILE_2001).splitlines() if not line.startswith("factory_days")
    )
    assert told(text[: text.index("[[articles]]")]) == [
        (1, "factory_days", "None", "is missing"),
        (1, "articles", "None", "is missing"),
    ]


def test_conditions_added_to_a_right_that_is_not_in_order() -> None:
    """The right is what is told."""
    bare = RIGHT[: RIGHT.index("when = ")]
    added = """[[conditions]]
rights = ["shop.refund"]
when = "gift"
cites = [{ law = "cn.mobile-2001", article = 4 }]
"""
    line = line_of(PROMISE + bare, 'id = "shop.refund"') - 1
    assert told(f"{PROMISE}{bare}{added}") == [
        (line, "rights[1].when", "None", "is missing"),
        (
            line,
            "rights[1].cites",
            "None",
            "has no citation; everything of legal effect says where it stands",
        ),
    ]
    assert told(f"{PROMISE}{bare}when = 'gift'\ncites = 5\n{added}") == [
        (line + 7, "rights[1].cites", "5", "must be a list")
    ]
    assert told(f"{PROMISE}{bare}when = 'gift'\ncites = [5]\n{added}") == [
        (line + 7, "rights[1].cites[0]", "5", "must be a table")
    ]


def test_overlapping_windows() -> None:
    """Rights to the same remedy whose days overlap, unless something else tells them apart."""
    long = RIGHT.replace('"refund_asked"', '"inside_30_days", "something_to_refund"')
    bare = PROMISE[: PROMISE.index("[[conditions]]")]
    assert told(bare + long) == [
        (
            line_of(bare + long, '"inside_30_days", "something'),
            "rights[1].when",
            "'shop.refund'",
            "the windows of shop.refund (30 days) and art11.refund (7 days) overlap; "
            "the longer must say 'not' the shorter",
        )
    ]
    for told_apart in ('"not inside_7_days"', '"not inside_15_days"', '"confirmed"'):
        policy_of(bare + long.replace('"something_to', f'{told_apart}, "something_to'))
    policy_of(bare + long.replace('refund = "in_full"\n', 'refund = "less_depreciation"\n'))
    other = "{ op = 'window', fact = 'proof_start', days = 30 }"
    policy_of(bare + long.replace('"inside_30_days"', other))
    policy_of(bare + long.replace('"inside_30_days"', f'"inside_30_days", {other}'))


def test_the_shorter_window_may_be_the_one_in_the_file() -> None:
    """It is told where it can be mended."""
    short = RIGHT.replace("shop.refund", "shop.exchange").replace(
        '"refund"\nrefund = "in_full"', '"exchange"'
    )
    short = short.replace('needs_papers = "refund"', 'needs_papers = "exchange"')
    day = "{ op = 'window', fact = 'windows_start', days = 3 }"
    short = short.replace('"refund_asked"', day)
    bare = PROMISE[: PROMISE.index("[[conditions]]")]
    [(line, key, value, reason)] = told(bare + short)
    assert (line, key) == (line_of(bare + short, day), "rights[1].when")
    assert value == "'shop.exchange'"
    assert reason.startswith("the windows of art11.exchange (7 days) and shop.exchange (3 days)")


def test_windows_that_overlap_in_the_base_alone() -> None:
    """It is nobody's line; the key is the list."""
    late = MOBILE_2001.right("art12.exchange")
    wide = replace(late, when=TERMS["faulty_unit"] & fact("windows_start").within_window(days=15))
    rights = tuple(wide if right.id == late.id else right for right in MOBILE_2001.rights)
    base = PolicyFile(replace(MOBILE_2001, rights=rights), TERMS)
    text = PROMISE[: PROMISE.index("[[rights]]")]
    with pytest.raises(ValidationError) as raised:
        parse(text, "shop.toml", lambda _: base)
    [problem] = raised.value.problems
    assert (problem.field, problem.line) == ("rights", 1)


def test_contradictions_that_no_table_makes() -> None:
    """What is missing, and what is said of the whole, is told with its key."""
    text = changed('source = "made up for a test"\n', "")
    reason = "what stands beside a regulation says where it was found and when"
    assert told(text) == [(1, "source", "None", reason)]
    order = [name for name in MOBILE_2001.preference if name != "art19.refund"]
    [found] = told(f"\npreference = {json.dumps(order)}\n{PROMISE}")
    assert (found[:2], found[3]) == ((2, "preference"), "must name every right once")


# --- circles ---------------------------------------------------------------------------------


def test_files_that_stand_beside_one_another() -> None:
    """The circle is told, and no stack overflows."""
    texts = {
        "shop": PROMISE.replace("cn.mobile-2001", "maker", 1),
        "maker": PROMISE.replace('"shop"', '"maker"').replace("cn.mobile-2001", "chain", 1),
        "chain": PROMISE.replace('"shop"', '"chain"').replace("cn.mobile-2001", "shop", 1),
    }

    def circle(name: str) -> PolicyFile | None:
        return parse(texts[name], f"{name}.toml", circle)

    with pytest.raises(ValidationError) as raised:
        parse(texts["shop"], "shop.toml", circle)
    assert [str(one) for one in raised.value.problems] == [
        "chain.toml:6: beside = 'shop': stands beside what stands beside it "
        "(shop → maker → chain → shop)"
    ]
    assert policy_of(PROMISE).id == "shop"


def test_a_commitment_stands_beside_a_regulation() -> None:
    """Not beside another promise, which is no floor."""
    promise = parse(PROMISE, "shop.toml", bases)
    text = PROMISE.replace('"shop"', '"other"').replace("cn.mobile-2001", "shop", 1)
    with pytest.raises(ValidationError) as raised:
        parse(text, "other.toml", lambda _: promise)
    assert [str(one) for one in raised.value.problems] == [
        "other.toml:6: beside = 'shop': stands beside a regulation itself; only a regulation can "
        "stand there"
    ]


def test_a_policy_without_an_id_stands_beside_nothing_of_its_own() -> None:
    """The id is what is missing, nothing else."""
    assert told(changed('id = "shop"\n', "")) == [(1, "id", "None", "is missing")]


def terms_of(lines: list[str]) -> str:
    return changed("[terms]", "[terms]\n" + "\n".join(lines))


@pytest.mark.parametrize("backwards", [False, True])
def test_terms_may_build_on_one_another_so_far(backwards: bool) -> None:
    """In whichever order they stand."""

    def chain(length: int) -> str:
        lines = ['t0 = "gift"', *(f't{n} = "t{n - 1}"' for n in range(1, length))]
        return terms_of(lines[::-1] if backwards else lines)

    assert parse(chain(50), "shop.toml", bases).terms["t49"] == Compare("gift", True)
    for length in (51, 52, 5000):
        reasons = {reason for *_, reason in told(chain(length))}
        assert reasons == {"more than 50 terms build on one another"}


@pytest.mark.parametrize(
    ("more", "field", "value", "reason"),
    [
        ("without = [[1]]", "without[0]", "[1]", "there is no such rule"),
        ("without = [{ a = 1 }]", "without[0]", "{'a': 1}", "there is no such rule"),
        (f"{RIGHT}despite = 7", "rights[1].despite", "7", "must be a list"),
        (
            '[[grades]]\nid = "art9.full"\ncarries_under = [""]',
            "grades[0].carries_under[0]",
            "''",
            "must be a list",
        ),
    ],
)
def test_what_leaves_rules_out_may_be_anything(
    more: str, field: str, value: str, reason: str
) -> None:
    """What is no rule, or no list of them, is named like any other mistake."""
    text = f"{more}\n{PROMISE}" if more.startswith("without") else f"{PROMISE}{more}\n"
    assert told(text) == [(line_of(text, more.rpartition("\n")[2]), field, value, reason)]


def test_terms_that_grow_without_end() -> None:
    """A few short lines could stand for more parts than there are atoms."""
    lines = ['t0 = ["gift", "confirmed"]']
    lines += [f't{n} = {{ op = "any", of = ["t{n - 1}", "t{n - 1}"] }}' for n in range(1, 40)]
    [(line, key, _, reason)] = told(terms_of(lines))
    assert key == "terms.t7"
    assert line == 15 + 8
    assert reason == "has more than 500 parts when its terms are written out"


def test_conditions_inside_one_another() -> None:
    """So deep and no deeper, in terms as in nodes."""

    def nested(depth: int) -> str:
        return "{ op = 'any', of = [" * depth + '"gift"' + "] }" * depth

    policy_of(terms_of([f"deep = {nested(49)}"]))
    assert told(terms_of([f"deep = {nested(50)}"])) == [
        (16, "terms.deep", "51", "is nested more than 50 deep")
    ]
    policy_of(terms_of([f"deep = {nested(48)}", 'more = "not deep"']))
    assert told(terms_of([f"deep = {nested(49)}", 'more = "not deep"'])) == [
        (17, "terms.more", "51", "is nested more than 50 deep")
    ]
    lists = "[" * 99 + '"gift"' + "]" * 99
    policy_of(terms_of([f"deep = {lists}"]))
    [(line, key, _, reason)] = told(terms_of([f"deep = [{lists}]"]))
    assert (line, reason) == (16, "is nested more than 50 deep")
    assert key == "terms.deep" + "[0]" * 100


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\na = " + "[" * 5000 + "]" * 5000, "x.toml"),
        ("\n" + "a." * 5000 + "a = 1", "x.toml"),
        ('\n{"a":' + "[" * 5000 + "]" * 5000 + "}", "x.json"),
        ("\n" + "[" * 900_000, "x.json"),
    ],
)
def test_texts_nested_too_deeply(text: str, name: str) -> None:
    """Told with the line, whatever the stack could bear."""
    assert told(text, name) == [(2, "file", f"'{name}'", "is nested too deeply")]


def test_numbers_with_too_many_digits() -> None:
    """Python would not read them, or not in time."""
    for text, name in (
        ("\nid = " + "9" * 5000, "x.toml"),
        ('{"id":\n' + "9" * 5000 + "}", "x.json"),
    ):
        assert told(text, name) == [(2, "file", f"'{name}'", "holds a number with too many digits")]


def test_a_policy_as_large_as_it_may_be_is_refused_in_good_time() -> None:
    """Many rights, each of many parts."""
    many = ", ".join(['"gift"'] * 400)
    rights = "".join(
        RIGHT.replace("shop.refund", f"shop.r{n}").replace('"refund_asked"', many)
        for n in range(60)
    )
    assert told(PROMISE + rights)[-1] == (
        1,
        "file",
        told(PROMISE + rights)[-1][2],
        "the conditions of a policy have at most 20000 parts together",
    )
    long = ", ".join(['"gift"'] * 498)
    added = changed('when = ["not housing_worn"]', f"when = [{long}]")
    assert told(added)[0][1:] == (
        "rights[0].when",
        "505",
        "has more than 500 parts with what is added to it",
    )


# --- texts and files -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "line", "key", "value", "reason"),
    [
        ("", "x.toml", None, "file", "'x.toml'", "is empty; a policy is expected"),
        ("\ufeff \n", "x.json", None, "file", "'x.json'", "is empty; a policy is expected"),
        (b"a = 1\nb = '\xff'", "x.toml", 2, "file", "'x.toml'", "is not UTF-8 (byte 11)"),
        ("id = 'a'\nversion = 'b\n", "x.toml", 3, "version", "'version'",
            "is not TOML: a text has no closing quote"),
        ("id = ", "x.toml", 1, "id", "'id'", "is not TOML: a value is expected"),
        ("id = '" + "9" * 200, "x.toml", 1, "id", "'id'",
            "is not TOML: a text has no closing quote"),
        ("\n{", "x.toml", 2, "file", "'x.toml'", "is not TOML: a key is expected"),
        ("id = 'a'\n\nid = 'b'", "x.toml", 3, "id", "'id'",
            "stands twice in this file, first on line 1"),
        ("[readings]\n[readings]", "x.toml", 2, "readings", "'readings'",
            "stands twice in this file, first on line 1"),
        ("rights = [{ }]\n[[rights]]", "x.toml", 2, "rights[0]", "'rights'",
            "stands twice in this file"),
        ("in_force_from = 2026-02-30", "x.toml", 1, "in_force_from", "'in_force_from'",
            "is not TOML: there is no such date or time"),
        ('{"id": 1,\n"id": 2}', "x.json", 2, "id", "'id'",
            "stands twice in this file, first on line 1"),
        ('{"id": 1,\n}', "x.json", 2, "id", "'id'",
            "is not JSON: a key in double quotes is expected"),
        ("nope", "x.json", 1, "file", "'x.json'", "is not JSON: a value is expected"),
        ("[]", "x.json", 1, "file", "[]", "must hold an object with the keys of a policy"),
        ("id = 1", "x.yaml", None, "file", "'x.yaml'",
            "is no policy file; its name must end in .toml or .json"),
        ("id = 1", "toml", None, "file", "'toml'",
            "is no policy file; its name must end in .toml or .json"),
        ("#" * (MOST_BYTES + 1), "x.toml", None, "file", "1048577 bytes",
            "is too large for a policy; at most 1048576 bytes are read"),
        (None, "x.toml", None, "file", "None", "must be text"),
        (5, "x.toml", None, "file", "5", "must be text"),
    ],
)  # fmt: skip
def test_texts_that_are_no_policy(
    text: Any, name: str, line: int | None, key: str, value: str, reason: str
) -> None:
    """With the line where there is one."""
    [found] = told(text, name)
    assert found[:3] == (line, key, value)
    assert found[3].startswith(reason)


@pytest.mark.parametrize("name", [None, 5, b"x.toml", [], Path("x.toml")])
def test_names_that_are_none(name: Any) -> None:
    """A text has a name, which is text."""
    with pytest.raises(ValidationError, match="must be the name of a policy file"):
        parse(PROMISE, name, bases)


def test_a_json_with_what_json_does_not_have() -> None:
    """``NaN`` is told with its key, ``null`` is what is not said."""
    text = to_json_text(daily_rate="NaN")
    [(line, key, value, reason)] = told(text, "x.json")
    assert (key, value) == ("catalogue[0].daily_rate", "NaN")
    assert reason.startswith("must be a fraction of the price a day")
    assert line == line_of(text, "NaN")
    assert policy_of(to_json_text(daily_rate="null"), "x.json").catalogue[3].daily_rate is None
    assert (
        "catalogue[0].kind",
        "'\\ud800'",
        "holds a character that is not printed",
    ) in [one[1:] for one in told(to_json_text(daily_rate="0", kind='"\\ud800"'), "x.json")]


def to_json_text(daily_rate: str, kind: str = '"battery"') -> str:
    """Return the promise in JSON with this rate."""
    import tomllib

    data = tomllib.loads(PROMISE)
    data["catalogue"] = [{"kind": "KIND", "daily_rate": "RATE"}]
    text = json.dumps(data, default=str, indent=1)
    return text.replace('"RATE"', daily_rate).replace('"KIND"', kind)


def test_keys_that_are_not_printed() -> None:
    """A key could rearrange a screen as well as a value."""
    [first, *_] = told(changed("[terms]", '[terms]\n"a\\u202e" = "gift"'))
    assert first[1:] == (
        "terms.a\\u202e",
        "'a\\u202e'",
        "holds a character that is not printed",
    )


def test_texts_in_all_scripts_are_taken() -> None:
    """Emoji, wide blanks and lines are text like any other."""
    policy = policy_of(changed("made up for a test", "两\u3000行\\n\\t👩‍👧 ﷽"))
    assert policy.source == "两\u3000行\n\t👩‍👧 ﷽"


def test_reading_a_file(tmp_path: Path) -> None:
    """By its path, text or object."""
    path = tmp_path / "shop.toml"
    path.write_text(PROMISE, encoding="utf-8")
    assert read(path, bases).policy == policy_of(PROMISE)
    assert read(str(path), bases).policy == policy_of(PROMISE)
    assert read(os.fsencode(path), bases).policy == policy_of(PROMISE)  # type: ignore[arg-type]
    path.write_text(changed("days = 30", "days = 30.5"), encoding="utf-8")
    with pytest.raises(ValidationError) as raised:
        read(path, bases)
    [problem] = raised.value.problems
    assert (problem.file, problem.line) == (str(path), 16)


def error_of(path: Any) -> tuple[str | None, int | None, str]:
    """Return file, line and reason of the one mistake of a file."""
    with pytest.raises(ValidationError) as raised:
        read(path, bases)
    [problem] = raised.value.problems
    return problem.file, problem.line, problem.reason


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    """Each is named; nothing is waited for."""
    missing = tmp_path / "missing.toml"
    assert error_of(missing) == (str(missing), None, "cannot be read: there is no such file")
    assert error_of(tmp_path) == (str(tmp_path), None, "is a directory, not a file")
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert error_of(pipe) == (str(pipe), None, "is a device, not a file")
    inside = missing / "x.toml"
    missing.write_text("")
    assert error_of(inside) == (
        str(inside),
        None,
        "cannot be read: lies in something that is no directory",
    )
    assert error_of("a\0.toml") == ("a\\x00.toml", None, "cannot be the name of a file")


def test_a_large_file_is_refused_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """50 MB of it never come into memory."""
    path = tmp_path / "large.toml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr("builtins.open", None)
    reason = "is too large for a policy; at most 1048576 bytes are read"
    assert error_of(path) == (str(path), None, reason)


@pytest.mark.parametrize("path", [None, 5, 0.5, [], {}, object()])
def test_paths_that_are_none(path: Any) -> None:
    """The library's own error, which names no file."""
    assert error_of(path) == (None, None, "must be the path of a policy file")


# --- whatever comes --------------------------------------------------------------------------


def loads_or_says_why(text: str | bytes, name: str) -> Policy | None:
    """Return the policy, or ``None`` where the library's own error says what is wrong."""
    try:
        return parse(text, name, bases).policy
    except ValidationError as error:
        problems = error.problems
    assert {problem.file for problem in problems} == {name}
    assert all(str(problem).isprintable() for problem in problems)
    return None


@given(st.one_of(st.text(), st.binary()), st.sampled_from(["x.toml", "x.json"]))
def test_any_text_is_read_or_refused(text: str | bytes, name: str) -> None:
    """Nothing but the library's own error leaves the reader."""
    assert loads_or_says_why(text, name) is None


JUNK: list[Any] = [
        None, True, False, 0, -1, 10**30, 1.5, "", "💥", "\u202e", "\x00", "not",
        "not gift", "gift",
        "art11.refund", [], [[]], {}, [None], [{}], {"op": "all", "of": []}, {"op": "any"},
        {"op": "not", "of": {"op": "not", "of": "gift"}}, {"": ""}, "9" * 200, "2001-11-15", "none",
        {"op": "owed", "rules": ["art10.again"]}, ["gift", "not gift"],
]  # fmt: skip


def places(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to everything in ``data``."""
    if path:
        yield path
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield from places(data[key], (*path, key))


def with_junk(data: Any, path: tuple[Any, ...], junk: Any) -> Any:
    """Return ``data`` with junk at a place; ``...`` takes the place away."""
    key, *rest = path
    new = dict(data) if isinstance(data, dict) else list(data)
    if rest:
        new[key] = with_junk(data[key], tuple(rest), junk)
    elif junk is ...:
        del new[key]
    else:
        new[key] = junk
    return new


def promise_data() -> Any:
    import tomllib

    return json.loads(json.dumps(tomllib.loads(PROMISE + RIGHT), default=str))


@pytest.mark.untraced
@pytest.mark.parametrize("data", [promise_data(), json.loads(MOBILE_2001.to_json())])
def test_junk_at_every_place(data: Any) -> None:
    """Whatever stands wherever: the file is read, or it is said what is wrong with it."""
    rng, junk = Random(7), [..., *JUNK]
    ways = list(places(data))
    refused = 0
    for path in rng.sample(ways, min(len(ways), 150)):
        text = json.dumps(with_junk(data, path, rng.choice(junk)))
        refused += loads_or_says_why(text, "x.json") is None
    assert refused > 50


@given(st.data())
def test_several_pieces_of_junk(draw: st.DataObject) -> None:
    """Mistakes beside one another."""
    data = promise_data()
    for _ in range(3):
        path = draw.draw(st.sampled_from(list(places(data))))
        data = with_junk(data, path, draw.draw(st.sampled_from(JUNK)))
    loads_or_says_why(json.dumps(data), "x.json")


@given(st.integers(0, len(PROMISE)), st.integers(0, 12), st.text(max_size=6))
def test_any_change_of_a_file_is_read_or_refused(at: int, cut: int, put: str) -> None:
    """A slip of the keyboard anywhere."""
    policy = loads_or_says_why(PROMISE[:at] + put + PROMISE[at + cut :], "x.toml")
    assert policy is None or policy.beside in (LAW, None)


def test_nothing_of_this_is_loaded_without_a_file() -> None:
    """Deciding a claim pays nothing for it."""
    code = (
        "import sys, sanbao\n"
        "from sanbao import Claim, decide\n"
        "decide(Claim.model_validate({'claimed_on': '2025-07-01', "
        "'product': {'kind': 'handset'}}))\n"
        "print([name for name in ('tomllib', *(f'sanbao.rules.policy_file.{part}' for part in "
        "('reader', 'builder', 'condition_reader', 'source_map'))) if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
