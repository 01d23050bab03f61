"""Facts are declared once, with their articles; whoever reads the formulas comes to the same."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, get_args

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import sanbao
from claims import handset, repair
from flat import frame_of, scalar_columns
from policies_for_tests import random_readings
from random_claims import nowhere, random_claim, with_unknowns
from sanbao import MOBILE_2001, Claim, Engine, Readings, ValidationError, chinese_calendar
from sanbao.audit import decide_table
from sanbao.audit.tables.input.schema import RESULTS
from sanbao.evaluation.applicable import DAY_OF_LAW, day_of_law
from sanbao.evaluation.facts.dependencies import codes_named, facts_changed, gaps, rests_on
from sanbao.evaluation.facts.functions import FactCode
from sanbao.evaluation.facts.interpreter import Interpreter
from sanbao.evaluation.programs.program import Program, Programs
from sanbao.model.codes import Cause, CauseBasis, Invoice, Kind, Symptom, Voucher
from sanbao.model.facts import FACTS
from sanbao.model.fields import FIELDS
from sanbao.model.readings import DEFAULT_READINGS
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.fact_check import wrong_formulas
from sanbao.rules.formulas import Term, parse, simplified
from sanbao.rules.policy import Derived, Policy
from sanbao.rules.policy_file.reader import parse as policy_from
from sanbao.rules.policy_file.writer import to_toml

SOURCE = Path(sanbao.__file__).parent
LAWS = pytest.mark.parametrize("law", [MOBILE_2001, MOBILE_2024], ids=["2001", "2024"])


def program(law: Policy, kind: str, readings: Readings = DEFAULT_READINGS) -> Program:
    return Programs(law, chinese_calendar()).of(kind, readings)


def fact(name: str, claim: dict[str, Any], law: Policy = MOBILE_2001, **readings: str) -> Any:
    """Return what a fact of a claim is, by the formula alone."""
    row = Claim(**claim).row
    of = program(law, row.kind, Readings.from_dict(readings))
    (found,) = of.library.facts.interpreted(of.constants.value_of).func.__self__.facts((name,), row)  # type: ignore[attr-defined]
    return found


# --- one statement, three readers -----------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
@LAWS
def test_code_and_formulas_come_to_the_same(law: Policy, seed: int) -> None:
    """Of any claim under any readings, also with what is not known; money too."""
    rng = Random(seed)
    programs = Programs(law, chinese_calendar())
    for _ in range(60):
        data = random_claim(rng)
        row = Claim(**(with_unknowns(rng, data) if rng.random() < 0.5 else data)).row
        of = programs.of(row.kind, random_readings(rng))
        sale = rng.choice((None, row.claimed - rng.randrange(400)))
        for code in (programs.facts, programs.money):
            slow = code.interpreted(of.constants.value_of)(row, sale)
            assert code.bound(of.constants.value_of)(row, sale) == slow


def test_the_first_claims_are_decided_without_code() -> None:
    """Code is written when enough claims come; nothing changes with it."""
    engine = Engine()
    claim = Claim(**handset(repairs=[repair("2025-03-02", "2025-03-04")] * 2))
    first = engine.decide(claim)
    assert all(engine.decide(claim) == first for _ in range(30))


# --- declared with articles, from what there is ---------------------------------------------


@LAWS
def test_every_fact_has_a_citation_and_a_label(law: Policy) -> None:
    assert len({one.name for one in law.derived}) == len(law.derived)
    for one in law.derived:
        assert one.cites, one.name
        assert (one.title is None) == (one.name in FACTS), one.name
        if one.name in FACTS:
            assert one.type == FACTS[one.name].type
    assert not list(wrong_formulas(law.derived))


def test_the_days_a_repair_must_last() -> None:
    """They stand in the rule of art. 10 and in the chain of one fault; they are the same."""
    (days,) = gaps(MOBILE_2001.derived)
    assert f"days={days}" in repr(MOBILE_2001.right("art10.again").when)


def test_what_a_fact_rests_on() -> None:
    """Read off the formulas, those of other facts too."""
    readings = rests_on(MOBILE_2001.derived, "reading")
    assert readings["windows_start"] == {"window_start", "windows_after_exchange"}
    assert not readings["exchanges_counted"]
    fields = rests_on(MOBILE_2001.derived, "field")
    assert fields["days_in_repair"] >= {"purchase.sold_on", "repairs.handed_in_on"}
    assert "repairs_counted" in facts_changed(MOBILE_2001.derived)["repair_proof"]
    assert codes_named(MOBILE_2001.derived, "is_problem") == {"none", "wear"}


@pytest.mark.parametrize(
    ("by", "part", "reason"),
    [
        ("first(sold_on", "first(sold_on", "is no formula"),
        ("purchase.sold_on + days(90)", "days(90)", "is no part of a formula"),
        ("frist(a, b)", "frist(a, b)", "did you mean 'first'"),
        ("lambda: 1", "lambda: 1", "is no part of a formula"),
        ("known(a, b)", "known", "takes 1 arguments, not 2"),
        ("first(delivered)", "first", "takes two or more arguments, not 1"),
        ("count(promises, True)", "count", "runs over one of repairs, exchanges"),
        ("goods.colour", "goods.colour", "is nothing that a formula may ask"),
        ("law.factory_day", "law.factory_day", "did you mean 'factory_days'"),
        ("purchase.sold", "purchase.sold", "did you mean 'purchase.sold_on'"),
        ("product.imei", "product.imei", "is no field that a fact can come from"),
        ("any(repairs, repair.record)", "repair.record", "did you mean 'recorded'"),
        ("delivred", "delivred", "did you mean 'delivered'"),
        ("itself", "itself", "is no fact, or none that stands before this one"),
        ("reading.rouding == 'down'", "reading.rouding", "did you mean 'rounding'"),
        ("reading.rounding == 'up'", "up", "must be one of half_up, down, half_even"),
        ("1 " + "+ 1 " * 2000, "1 + 1 + 1", "is no formula"),
        ("-" * 3000 + "1", "---", "is no formula"),
    ],
)
def test_what_a_formula_cannot_say(by: str, part: str, reason: str) -> None:
    own = Derived("itself", "date", by, MOBILE_2001.derived[0].cites)
    (wrong,) = wrong_formulas([*MOBILE_2001.derived, own])
    assert wrong.fact == "itself"
    assert part in wrong.part
    assert reason in wrong.reason


# --- the language -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "left"),
    [
        ("known(delivered)", "True"),
        ("not known(missing)", "True"),
        ("not missing", "None"),
        ("first(missing, gone)", "None"),
        ("first(missing, delivered, gone, 3)", "first(delivered, 3)"),
        ("first(7, delivered)", "7"),
        ("delivered if True else 3", "delivered"),
        ("3 if yes else delivered", "3"),
        ("3 if no else delivered", "delivered"),
        ("other if delivered else other", "other"),
        ("other if missing else 3", "other if None else 3"),
        ("yes and other", "other"),
        ("yes and yes", "True"),
        ("other and no and more", "False"),
        ("no or other or more", "other or more"),
        ("other or yes", "True"),
        ("missing + 7", "None"),
        ("other == missing", "None"),
        ("covered(())", "0"),
        ("spans_from((), other)", "()"),
        ("clipped((), missing)", "()"),
        ("used_up(missing, other, reading.rounding)", "used_up(None, other, reading.rounding)"),
        ("count(repairs, other == missing)", "count(repairs, None)"),
    ],
)
def test_what_is_settled_is_left_out(by: str, left: str) -> None:
    values = {"missing": None, "gone": None, "yes": True, "no": False}

    def known(term: Term) -> Term | None:
        if term == parse("known(delivered)"):
            return ("value", True)
        return ("value", values[term[1]]) if term[0] == "fact" and term[1] in values else None

    assert simplified(parse(by), known) == parse(left)


def test_not_known_spreads_no_further_than_it_must() -> None:
    """One cause of delay that is not known; a fault that is not known and a repair without one."""
    waiting = [repair("2025-03-10"), repair("2025-03-20", delay="parts")]
    since = fact("waiting_for_parts_since", handset(repairs=waiting))
    assert since is None
    assert fact("waiting_for_parts", handset(repairs=waiting)) is True
    assert fact("waiting_for_parts", handset(repairs=waiting[:1])) is None
    bare = handset(repairs=[repair("2025-03-12", "2025-03-14", recorded=False)])
    bare["fault"] = {}
    assert fact("repairs_counted", bare) == 0  # not recorded, whatever it was for
    assert fact("repairs_counted", bare, repair_proof="any_proof") is None
    assert fact("repaired_before", bare) is True


# --- a law in one file ------------------------------------------------------------------------


def law_from(text: str, name: str = "law.toml") -> Policy:
    return policy_from(text.encode(), name, lambda _: None).policy


@LAWS
def test_a_law_goes_to_toml_and_back_with_its_facts(law: Policy) -> None:
    assert law_from(to_toml(law)) == law
    again = law_from(to_toml(law))
    rng = Random(61)
    for _ in range(100):
        claim = Claim(**random_claim(rng))
        ours = sanbao.decide(claim, law)
        assert sanbao.decide(claim, again).to_json() == ours.to_json()


def test_mistakes_in_the_facts_of_a_file_are_named() -> None:
    text = to_toml(MOBILE_2001)
    wrong = text.replace("first(purchase.received_on", "first(purchase.recieved_on", 1)
    with pytest.raises(ValidationError, match=r"recieved_on.*did you mean"):
        law_from(wrong)
    without = re.sub(r"\n\[\[derived\]\].*", "\n", text, flags=re.DOTALL)
    with pytest.raises(ValidationError, match="facts_of"):
        law_from(without)
    with pytest.raises(ValidationError, match="there is no policy with this id"):
        law_from(f'facts_of = "xx.nobody"\n{without}')


def test_an_amendment_changes_one_fact() -> None:
    """A law under which windows run from the sale, whatever the reading."""
    base = next(one for one in MOBILE_2001.derived if one.name == "window_base")
    changed = tuple(
        replace(one, by="purchase.sold_on") if one is base else one for one in MOBILE_2001.derived
    )
    claim = handset(sold_on="2025-03-01", received_on="2025-03-06", claimed_on="2025-03-12")
    assert sanbao.decide(claim, MOBILE_2001).outcome == "refund"
    assert sanbao.decide(claim, replace(MOBILE_2001, derived=changed)).outcome == "exchange"


ODD = {
    "window_base": [
        "purchase.sold_on if not reading.window_start == 'received' else delivered",
        "min(delivered + 0, purchase.sold_on)",
        "purchase.sold_on if delivered != purchase.sold_on else delivered",
        "delivered if purchase.sold_on < delivered else purchase.sold_on",
        "first(None, delivered) if known(claim.claimed_on) else None",
        "delivered if product.bought_with_phone else purchase.sold_on",
        "first(purchase.sold_on + 1 if known(purchase.price) else None, delivered)",
        "max(law.commencement, delivered)",
        "first(earliest(repairs, repair.ready_on, True), purchase.sold_on)",
        "first(earliest(repairs, repair.handed_in_on, repair.symptom == fault.symptom), delivered)",
        "first(latest(repairs, repair.handed_in_on, repair.delay == 'parts'), delivered)",
        "first(latest(exchanges, exchange.exchanged_on, exchange.exchanged_on > fault.appeared_on),"
        " delivered)",
        "first(least(repairs, repair.ready_on, repair.handed_back_on - repair.handed_in_on,"
        " repair.recorded), delivered)",
        "purchase.sold_on + covered(spans(repairs, repair.handed_in_on, claim.claimed_on,"
        " repair.symptom == fault.symptom))",
        "first(reaching_back(repairs, claim.claimed_on, repair.handed_in_on, repair.ready_on, 3,"
        " repair.recorded), delivered)",
        "delivered if any(repairs, repair.software_only or repair.recorded)"
        " and not any(exchanges, exchange.exchanged_on == claim.claimed_on) else purchase.sold_on",
        "delivered if goods.role in ('accessory', 'none') else purchase.sold_on",
        "delivered if goods.role == 'main_unit' or purchase.gift else purchase.sold_on",
    ],
    "used_since": ["purchase.received_on if known(purchase.received_on) else None", "None"],
}
"""What no law says, and a law could."""


@pytest.mark.parametrize(
    ("name", "by"), [(name, by) for name, formulas in ODD.items() for by in formulas]
)
def test_whatever_a_law_says_its_readers_agree(name: str, by: str) -> None:
    """The interpreter, the code and the columns, on claims that leave much open."""
    derived = tuple(replace(one, by=by) if one.name == name else one for one in MOBILE_2001.derived)
    law = replace(MOBILE_2001, derived=derived)
    assert not list(wrong_formulas(derived))
    rng = Random(by)
    programs = Programs(law, chinese_calendar())
    claims = [random_claim(rng) for _ in range(40)]
    for data in claims:
        row = Claim(**with_unknowns(rng, data)).row
        of = programs.of(row.kind, random_readings(rng))
        sale = rng.choice((None, row.claimed - 50))
        code = programs.facts.bound(of.constants.value_of)
        assert code(row, sale) == programs.facts.interpreted(of.constants.value_of)(row, sale)
    table = frame_of(Claim(**nowhere(data)) for data in claims)
    found = decide_table(table, policy=law, depends=False)
    columns = found.select(pl.col(one).cast(dtype) for one, dtype in RESULTS.items())
    expected = scalar_columns(table.iter_rows(named=True), depends=False, policy=law)
    assert_frame_equal(columns, expected)


def test_a_list_of_which_one_day_alone_is_asked() -> None:
    """The code of a law that gathers nothing else of its repairs."""
    by = "reaching_back(repairs, claim.claimed_on, repair.handed_in_on, repair.ready_on, 3, True)"
    code = FactCode((Derived("reached", "date", by, ()),), ("reached",))
    constant = Programs(MOBILE_2001, chinese_calendar()).of("handset", Readings()).constants
    rng = Random(by)
    found = set()
    for data in (random_claim(rng) for _ in range(200)):
        row = Claim(**data).row
        reached = code.bound(constant.value_of)(row)
        assert reached == code.interpreted(constant.value_of)(row)
        found.add(reached == (row.claimed,))
    assert found == {True, False}


# --- the audit's folder holds no law ------------------------------------------------------------


ALLOWED = {"claim_id", "claimed_on", "repairs", "exchanges", "commitments"}
PLAIN_WORDS = {"other", "none", "trader", "original", "report", "consumer", "copy"}
"""Codes that are words of everyday programs too."""
NAMED = {
    "report/charts.py": {"kind"},  # the kinds of parts that a bar has
}
"""What stays by its name, and why."""
AUDIT = SOURCE / "audit"
MODULES = sorted(str(path.relative_to(AUDIT)) for path in AUDIT.rglob("*.py"))


def named_in(path: Path) -> tuple[set[str], set[str]]:
    """Return the texts that a module has beside its docstrings, and the attributes it asks."""
    tree = ast.parse(path.read_text("utf-8"))
    told = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    nodes = [node for node in ast.walk(tree) if node not in told]
    texts = {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    texts |= {node.arg for node in nodes if isinstance(node, ast.keyword) and node.arg}
    return texts, {node.attr for node in nodes if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize("name", MODULES)
def test_the_audit_names_no_rule_code_or_field(name: str) -> None:
    """What it works with comes from the formulas, the conditions and the register of fields."""
    laws = (Kind, Symptom, Cause, CauseBasis, Invoice, Voucher)
    codes = {code for kind in laws for code in get_args(kind)} - PLAIN_WORDS
    rules = {rule.id for law in (MOBILE_2001, MOBILE_2024) for rule in law.rules}
    fields = {one.name for one in FIELDS.values()} | set(FIELDS)
    texts, attributes = named_in(AUDIT / name)
    # policies are of a kind, and have contested readings of their own
    found = (texts & (codes | fields)) | (attributes & fields - {"kind", "contested"})
    assert not texts & rules
    assert found - ALLOWED == NAMED.get(name, set())


def test_the_day_of_the_law_is_one_day() -> None:
    """The formula that columns read says what the claim, and the choice of a law, go by."""
    rng = Random(41)
    day = Interpreter(
        (Derived("day", "date", DAY_OF_LAW, MOBILE_2001.derived[0].cites),), lambda _: None
    )
    for _ in range(200):
        claim = Claim(**nowhere(random_claim(rng)))
        (found,) = day.facts(("day",), claim.row)
        law = day_of_law(claim)
        assert found == (None if law is None else law.toordinal())
        if claim.governed_on is not None:
            assert claim.governed_on == found


def test_nothing_repaired_is_no_day_in_repair() -> None:
    """So it is where nobody knows since when the period runs."""
    unknown = {"claimed_on": "2025-07-17", "product": {"kind": "handset"}}
    later = {**unknown, "repairs": [{"handed_in_on": "2025-07-18"}]}
    for claim, days in ((unknown, 0), (later, 0), (with_repair(unknown), None)):
        (case, *_) = sanbao.decide(claim, MOBILE_2001).case.evaluations
        assert case.facts.days_in_repair == days


def with_repair(claim: dict[str, Any]) -> dict[str, Any]:
    return {**claim, "repairs": [{"handed_in_on": "2025-07-10", "handed_back_on": "2025-07-12"}]}


def test_a_repair_before_an_exchange_is_not_waited_for() -> None:
    """Nor where nobody knows when the period began; where it is known, the repair lies before."""
    claim = {
        "claimed_on": "2024-12-09",
        "product": {"kind": "handset"},
        "purchase": {"sold_on": "2024-08-09"},
        "evidence": {"invoice": "none", "voucher": "mismatched"},
        "fault": {"symptom": "function_fails"},
        "repairs": [{"handed_in_on": "2024-08-12", "delay": "repairer"}],
    }
    exchanged = {**claim, "exchanges": [{"exchanged_on": "2024-09-24"}]}
    for one, late in ((claim, None), (exchanged, False)):
        (case, *_) = sanbao.decide(one, MOBILE_2001).case.evaluations
        assert case.facts.delayed_by_repairer is late
