"""What if: changed facts are validated like any claim, and what differs is what is said."""

from __future__ import annotations

import copy
import json
import re
from collections import UserDict
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from claims import TWO_EXCHANGES, TWO_REPAIRS, exchange, handset, repair
from random_claims import random_claim, with_unknowns
from sanbao import Claim, Decision, Product, Readings, ValidationError, decide
from sanbao.base.records import to_plain
from sanbao.reasons.answers import WhatIf
from sanbao.reasons.differences import differences

REPAIRED = handset(repairs=list(TWO_REPAIRS))
"""The ordinary phone with two finished repairs."""


def what_if(claim: dict[str, Any], changes: Any = None, **fields: Any) -> WhatIf[Any]:
    """Return what the decision on a claim would be with changed facts."""
    return decide(claim).what_if(changes, **fields)


def changed(said: WhatIf[Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields that were changed, with the values before and after."""
    return {one.field: (one.before, one.after) for one in said.changed}


def flat(value: Any, path: str = "") -> dict[str, Any]:
    """Return the leaves of plain data by their path."""
    if isinstance(value, dict):
        parts = [flat(inner, f"{path}.{name}".removeprefix(".")) for name, inner in value.items()]
    elif isinstance(value, list):
        parts = [flat(inner, f"{path}[{place}]") for place, inner in enumerate(value)]
    else:
        return {} if value is None else {path: value}
    return {name: inner for part in parts for name, inner in part.items()}


# --- paths and parts -------------------------------------------------------------------------


def test_a_path_names_a_field() -> None:
    """Only the field that is named changes, and what that does is said."""
    said = what_if(handset(claimed_on="2025-03-05"), {"evidence.voucher": "lost"})
    assert changed(said) == {"evidence.voucher": ("intact", "lost")}
    assert (said.before.outcome, said.after.outcome) == ("refund", "exchange")
    assert {one.what: (one.before, one.after) for one in said.differences}["outcome"] == (
        "refund",
        "exchange",
    )
    assert said.before == decide(handset(claimed_on="2025-03-05"))
    assert said.after == decide(handset(claimed_on="2025-03-05", voucher="lost"))


def test_parts_by_name() -> None:
    """An object changes what it names and leaves the rest; both ways of asking are the same."""
    by_name = what_if(handset(), claimed_on="2025-03-05", evidence={"invoice": "copy"})
    by_path = what_if(handset(), {"claimed_on": "2025-03-05", "evidence.invoice": "copy"})
    nested = what_if(handset(), {"evidence": {"invoice": "copy"}}, claimed_on="2025-03-05")
    assert by_name == by_path == nested
    assert by_name.after.case.claim.evidence.voucher == "intact"


def test_nothing_is_changed() -> None:
    """No change, or a change to what is there already, makes no difference."""
    for said in (
        decide(handset()).what_if(),
        what_if(handset(), {}),
        what_if(handset(), {"evidence.invoice": "original", "purchase": {"price": "3000"}}),
        what_if(handset(), purchase={}),
    ):
        assert said.changed == said.differences == ()
        assert said.before == said.after


def test_none_makes_a_fact_unknown() -> None:
    """A field, a part and a list can be left out; a later date wins back a right."""
    assert changed(what_if(handset(), {"evidence.invoice": None})) == {
        "evidence.invoice": ("original", None)
    }
    unknown = what_if(handset(), evidence=None, same_model_in_stock=None)
    assert unknown.after.case.claim.evidence.invoice is None
    assert unknown.after.outcome is None
    assert what_if(REPAIRED, repairs=None).after.case.claim.repairs == ()
    assert changed(what_if(handset(), {"purchase": {"price": None}})) == {
        "purchase.price": ("3000.00", None)
    }


def test_an_entry_of_a_list() -> None:
    """Entries are changed, added after the last one, and taken out."""
    one = what_if(REPAIRED, {"repairs[1].handed_back_on": None})
    assert changed(one) == {"repairs[1].handed_back_on": ("2025-04-09", None)}
    merged = what_if(REPAIRED, {"repairs[0]": {"symptom": "keys_fail"}})
    assert changed(merged) == {"repairs[0].symptom": (None, "keys_fail")}
    added = what_if(REPAIRED, {"repairs[2]": repair("2025-05-01", "2025-05-02")})
    assert len(added.after.case.claim.repairs) == 3
    assert changed(added)["repairs[2].handed_back_on"] == (None, "2025-05-02")
    by_field = what_if(REPAIRED, {"repairs[2].handed_in_on": "2025-05-01"})
    assert by_field.after.case.claim.repairs[2].handed_back_on is None
    removed = what_if(REPAIRED, {"repairs[0]": None})
    assert [str(one.handed_in_on) for one in removed.after.case.claim.repairs] == ["2025-04-07"]
    assert removed.after.outcome == "free_repair"
    first = what_if(handset(), {"exchanges[0].exchanged_on": "2025-05-01"})
    assert changed(first) == {"exchanges[0].exchanged_on": (None, "2025-05-01")}
    several = what_if(
        handset(), {"exchanges[0]": exchange("2025-04-01"), "exchanges[1]": TWO_EXCHANGES[0]}
    )
    assert len(several.after.case.claim.exchanges) == 2


def test_entries_keep_their_numbers_while_others_are_taken_out() -> None:
    """A number means the place in the claim as it was, in whatever order it is written."""
    changes = {"repairs[0]": None, "repairs[1].symptom": "keys_fail", "repairs[2]": None}
    three = handset(repairs=[*TWO_REPAIRS, repair("2025-05-01", "2025-05-02")])
    for order in (changes, dict(reversed(changes.items()))):
        (left,) = what_if(three, order).after.case.claim.repairs
        assert str(left.handed_in_on) == "2025-04-07"
        assert left.symptom == "keys_fail"
    assert (
        what_if(REPAIRED, {"repairs[1]": None, "repairs[0]": None}).after.case.claim.repairs == ()
    )


def test_a_whole_list() -> None:
    """A list in the place of a list: what was there is gone."""
    said = what_if(REPAIRED, repairs=[repair("2025-05-01", "2025-05-02")])
    assert [str(one.handed_in_on) for one in said.after.case.claim.repairs] == ["2025-05-01"]
    assert what_if(REPAIRED, repairs=()).after.case.claim.repairs == ()


def test_values_of_every_shape() -> None:
    """Dates, decimals and models are taken as the claim takes them."""
    said = what_if(
        handset(),
        claimed_on=date(2025, 3, 5),
        purchase=UserDict({"price": Decimal("2999.90")}),
        product=Product(kind="charger"),
    )
    assert said.after.case.claim.product.kind == "charger"
    assert changed(said)["purchase.price"] == ("3000.00", "2999.90")


def test_what_is_given_is_left_alone() -> None:
    """The objects in a question are not written to."""
    mine: dict[str, Any] = {
        "repairs": [repair("2025-05-01", "2025-05-02"), repair("2025-05-05", "2025-05-06")],
        "repairs[0].symptom": "keys_fail",
        "repairs[1]": None,
        "evidence": {"invoice": "copy"},
        "evidence.voucher": "lost",
    }
    before = copy.deepcopy(mine)
    said = what_if(handset(), mine)
    assert mine == before
    (left,) = said.after.case.claim.repairs
    assert left.symptom == "keys_fail"
    assert said.after.case.claim.evidence.voucher == "lost"


# --- what cannot be ------------------------------------------------------------------------------


def check_refused(claim: dict[str, Any], changes: Any) -> ValidationError:
    """Assert that a question is refused with a field and a reason, printable on one line."""
    with pytest.raises(ValidationError) as caught:
        what_if(claim, changes)
    assert caught.value.problems
    for problem in caught.value.problems:
        assert problem.field or problem.field == ""
        assert problem.reason
        assert str(problem).isprintable()
        assert len(str(problem)) < 400
    return caught.value


def top(path: str) -> str:
    """Return the part of the claim that a path begins with."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


NO_PATHS: tuple[Any, ...] = (
    *("", " ", "😀", "repairs[0", "repairs]0[", "repairs[]", "repairs[-1]", "repairs[0][1]"),
    *("repairs[99999]", "repairs.0", ".claimed_on", "claimed_on.", "a..b", "claimed_on\n"),
    *(
        "Claimed_on",
        "evidence/invoice",
        "repairs[１]",
        "purchase price",
        "\ud800",
        "\u202e",
        "a" * 9 + "!",
    ),
    *(None, 0, 1.5, True, b"claimed_on", ("evidence", "invoice"), frozenset(), object()),
)
"""What is no path at all."""


@pytest.mark.parametrize("path", NO_PATHS, ids=range(len(NO_PATHS)))
def test_what_is_no_path(path: Any) -> None:
    """Anything but a path is refused, and the error says how one is written."""
    error = check_refused(REPAIRED, {path: "2025-05-01"})
    (problem,) = error.problems
    assert problem.reason.startswith("is no path of a claim")
    assert problem.field.isprintable()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("colour", "is not a known key"),
        ("a.b.c", "is not a known key"),
        ("a.b.c.d.e.f.g", "is not a known key"),
        ("a[0]", "is not a known key"),
        ("a[3]", "there are 0 in the list"),
        ("evidence.colour", "is not a known key"),
        ("purchase.sold", "is not a known key; did you mean 'sold_on'?"),
        ("repairs[0].colour", "is not a known key"),
        ("repairs[99]", "there are 2 in the list"),
        ("repairs[99].symptom", "there are 2 in the list"),
        ("repairs[3].handed_in_on", "there are 2 in the list"),
        ("repairs.symptom", "leads into a field that has no parts"),
        ("claimed_on.year", "leads into a field that has no parts"),
        ("claimed_on[0]", "leads into a field that has no parts"),
        ("evidence[0]", "leads into a field that has no parts"),
        ("evidence[0].invoice", "leads into a field that has no parts"),
        ("product.kind.name", "leads into a field that has no parts"),
    ],
)
def test_a_path_that_leads_nowhere(path: str, reason: str) -> None:
    """A path to a field there is not is refused by name."""
    (problem,) = check_refused(REPAIRED, {path: "x"}).problems
    assert problem.reason == reason
    assert top(problem.field) == top(path)


@pytest.mark.parametrize("index", [2, 5, 9999])
def test_what_is_not_there_cannot_be_taken_out(index: int) -> None:
    """Only an entry of the list can be taken out of it."""
    (problem,) = check_refused(REPAIRED, {f"repairs[{index}]": None}).problems
    assert (problem.field, problem.reason) == (f"repairs[{index}]", "there are 2 in the list")


def test_an_entry_is_taken_out_once() -> None:
    """However often and however it is written."""
    for changes in (
        {"repairs[0]": None, "repairs[00]": None},
        {"repairs[01]": None, "repairs[1]": None},
    ):
        assert len(what_if(REPAIRED, changes).after.case.claim.repairs) == 1


class Shy:
    """An object that cannot be shown."""

    def __repr__(self) -> str:
        """Fail."""
        raise RuntimeError("not to be shown")


def deep(depth: int) -> dict[str, Any]:
    """Return an object nested so deep."""
    nested: dict[str, Any] = {}
    for _ in range(depth):
        nested = {"x": nested}
    return nested


HOSTILE: tuple[Any, ...] = (
    *("", "😀", "\ud800", "x" * 100_000, 0, -1, 10**400, 1.5, float("nan"), float("inf"), b"x"),
    *(True, [], [[]], {"": 1}, {"a": {"b": 1}}, {1: 2}, deep(5000), [deep(3000)], Shy(), object()),
    *(Shy, len, date.max, Decimal("NaN"), iter(()), {1, 2}),
)
"""Values no field of a claim takes."""


@pytest.mark.parametrize(
    "path",
    [
        *("claimed_on", "product.kind", "purchase.sold_on", "purchase.received_on"),
        *("evidence.invoice", "fault.cause", "repairs[0].handed_in_on", "repairs[2]", "request"),
        *("exchanges[0].exchanged_on", "colour", "evidence.colour.depth"),
    ],
)
def test_hostile_values(path: str) -> None:
    """A value that the field does not take is refused, with the field's name."""
    for value in HOSTILE:
        error = check_refused(REPAIRED, {path: value})
        assert {top(problem.field) for problem in error.problems} == {top(path)}, value


@pytest.mark.parametrize(
    "part", ["product", "purchase", "evidence", "fault", "repairs", "exchanges"]
)
def test_hostile_parts(part: str) -> None:
    """So is one in the place of a whole part; an empty part changes nothing."""
    for value in HOSTILE:
        if not (value == [] and part in ("repairs", "exchanges")) and not hasattr(
            value, "__next__"
        ):
            error = check_refused(REPAIRED, {part: value})
            assert all(problem.field.startswith(part) for problem in error.problems), value


def test_two_deep_values_in_one_place() -> None:
    """Depth is no way to another error, also where one object is laid into another."""
    check_refused(REPAIRED, {"evidence": {"x": deep(5000)}, "evidence.x": deep(5000)})


@pytest.mark.parametrize(
    "changes", ["evidence", 5, 1.5, True, [("request", "refund")], object(), [], ""]
)
def test_a_question_that_is_no_mapping(changes: Any) -> None:
    """Changes are a mapping from paths to values."""
    check_refused(REPAIRED, changes)


def test_a_claim_that_cannot_be() -> None:
    """The changed claim is checked as a whole; every mistake is named."""
    error = check_refused(
        REPAIRED, {"claimed_on": "2025-03-01", "repairs[0].ready_on": "2025-03-01"}
    )
    assert {problem.field for problem in error.problems} == {
        "purchase.sold_on",
        "repairs[0].ready_on",
    }
    for path in ("claimed_on", "product", "product.kind"):
        (problem,) = check_refused(REPAIRED, {path: None}).problems
        assert (problem.field, problem.reason) == (path, "is required")


# --- what differs -----------------------------------------------------------------------------


def layout(decision: dict[str, Any]) -> dict[Any, Any]:
    """Return what a what-if compares of the JSON of a decision, by path, and of rules by policy.

    Warnings are compared apart: one may be given for several fields.
    """
    found: dict[Any, Any] = {
        name: decision[name] for name in ("outcome", "possible", "provisional")
    }
    found["needs"] = decision["needs"]
    lead = decision["lead"]
    found["lead"] = lead and {name: lead[name] for name in ("policy", "rule")}
    if decision["requested"]:
        found["requested.remedy"] = decision["requested"]["remedy"]
        found["requested.available"] = decision["requested"]["available"]
    for remedy in decision["remedies"]:
        found[f"remedies.{remedy['remedy']}"] = True
    refunds = [one for one in decision["remedies"] if one["remedy"] == "refund"]
    for name in ("payable", "fee", "used_days") if refunds else ():
        values = sorted({one[name] for one in refunds}, key=str)
        found[f"remedies.refund.{name}"] = values[0] if len(values) == 1 else values
    for duty in decision["obligations"]:
        found[f"obligations.{duty['id']}"] = duty["on"]
    for name, value in decision["dates"].items():
        if name != "begins":
            found[f"dates.{name}"] = value
    for begins in decision["dates"]["begins"]:
        found[f"dates.begins.{begins['rule']}", begins["policy"]] = begins["on"]
    for finding in decision["findings"]:
        found[f"verdicts.{finding['rule']}", finding["policy"]] = finding["verdict"]
    return found


def path(difference: dict[str, Any]) -> object:
    """Return the path of a difference; of a rule with its policy."""
    what = difference["what"]
    of_rule = what.startswith(("verdicts.", "dates.begins."))
    assert (difference["policy"] is None) != (of_rule or what.startswith("obligations."))
    return (what, difference["policy"]) if of_rule else what


def as_json(decision: Decision) -> dict[str, Any]:
    """Return the JSON of a decision but for what it hangs on, which is not compared."""
    names = [name for name in decision.__dataclass_fields__ if name != "depends_on"]
    data = {name: to_plain(getattr(decision, name)) for name in names}
    return json.loads(json.dumps(data))  # type: ignore[no-any-return]


def warned(decision: dict[str, Any]) -> dict[str, set[str]]:
    """Return the fields of every warning."""
    found: dict[str, set[str]] = {}
    for warning in decision["warnings"]:
        found.setdefault(f"warnings.{warning['id']}", set()).add(warning["field"])
    return found


def check_differences(said: WhatIf[Any]) -> None:
    """Assert that the differences are exactly those of the JSON of the two decisions."""
    before, after = as_json(said.before), as_json(said.after)
    here, there = layout(before), layout(after)
    told = {path(one): (one["before"], one["after"]) for one in to_plain(said.differences)}
    assert len(told) == len(said.differences)
    warnings = {what for what in told if str(what).startswith("warnings.")}
    assert {what: both for what, both in told.items() if what not in warnings} == {
        what: (here.get(what), there.get(what))
        for what in {*here, *there}
        if here.get(what) != there.get(what)
    }
    odd, still = warned(before), warned(after)
    assert warnings == {what for what in {*odd, *still} if odd.get(what) != still.get(what)}


def random_changes(rng: Random, claim: dict[str, Any]) -> dict[str, Any]:
    """Return some changes to a claim that are likely to be possible."""
    other = flat(random_claim(rng))
    here = [path for path in flat(claim) if path not in ("claimed_on", "product.kind")]
    paths = rng.sample(sorted({*other, *here}), rng.choice((1, 1, 2, 3)))
    found = {path: rng.choice((other.get(path), flat(claim).get(path))) for path in paths}
    if rng.random() < 0.2 and claim["repairs"]:
        found[f"repairs[{rng.randrange(len(claim['repairs']))}]"] = None
    return found


def naively(claim: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Make changes to the JSON of a claim, the plainest way there is."""
    data = json.loads(json.dumps(claim))
    gone: list[Any] = []
    for path, value in changes.items():
        *parts, last = path.replace("]", "").replace("[", ".").split(".")
        place = data
        for part in parts:
            if isinstance(place, list):
                if len(place) == int(part):
                    place.append({})
                place = place[int(part)]
            else:
                place = place.setdefault(part, {})
        if isinstance(place, list):
            gone.append(place[int(last)])
        else:
            place[last] = value
    for entry in gone:
        data["repairs"] = [one for one in data["repairs"] if one is not entry]
    return data  # type: ignore[no-any-return]


@pytest.mark.untraced
def test_differences_are_what_differs() -> None:
    """Of random changes to random claims: the claim, what changed in it, and what that does."""
    rng = Random(51)
    made = different = 0
    for _ in range(500):
        claim = random_claim(rng)
        if rng.random() < 0.2:
            claim = with_unknowns(rng, claim)
        changes = random_changes(rng, claim)
        try:
            expected = Claim.model_validate(naively(claim, changes))
        except (ValidationError, IndexError, ValueError):
            with pytest.raises(ValidationError):
                what_if(claim, changes)
            continue
        said = what_if(claim, changes)
        assert said.after.case.claim == expected
        assert said.after.case.readings == Readings()
        here, there = (
            flat(one.model_dump(mode="json")) for one in (Claim.model_validate(claim), expected)
        )
        assert changed(said) == {
            path: (here.get(path), there.get(path))
            for path in {*here, *there}
            if here.get(path) != there.get(path)
        }
        check_differences(said)
        made += 1
        different += bool(said.differences)
    assert made > 250
    assert different > 100


def test_two_warnings_of_one_kind() -> None:
    """What was odd of one repair and is no longer is told, though another is odd still."""
    odd = handset(repairs=[repair("2025-05-10", "2025-05-20"), repair("2025-05-11", "2025-05-21")])
    said = what_if(odd, {"repairs[0].handed_back_on": "2025-05-11"})
    assert len(said.before.warnings) == 2
    assert len(said.after.warnings) == 1
    check_differences(said)


def test_the_same_readings_decide() -> None:
    """A what-if is decided under the readings, and by the policy, of the decision."""
    readings = Readings(refund_papers="refund")
    decision = decide(handset(), readings=readings)
    said = decision.what_if({"evidence.voucher": "lost", "claimed_on": "2025-03-05"})
    assert said.after.outcome == "refund"
    assert said.after.receipt.readings == readings
    assert differences(said.before, said.after) == said.differences
    assert differences(said.after, said.after) == ()


def test_a_what_if_is_plain_data() -> None:
    """It goes to canonical JSON with both decisions in it."""
    said = what_if(handset(), {"evidence.voucher": "lost"})
    data = json.loads(said.to_json())
    assert data == said.to_dict()
    assert data["changed"] == [{"after": "lost", "before": "intact", "field": "evidence.voucher"}]
    assert data["before"] == json.loads(said.before.to_json())
    assert data["after"] == json.loads(said.after.to_json())
    assert hash(said) == hash(what_if(handset(), {"evidence.voucher": "lost"}))
