"""Rules are named by policy and id: two policies may each have a rule of the same id."""

from __future__ import annotations

import json
import pickle
from contextlib import suppress
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

import sanbao
from claims import handset
from promises import CHEAPER, LONGER, promise
from sanbao import MOBILE_2001, Decision, policies
from sanbao.audit import decide_table
from sanbao.decision import Remedy, RuleRef
from sanbao.model.decision import StoredDecision
from sanbao.policies import library
from sanbao.policies.mobile_2001 import art
from sanbao.rules.policy import Obligation

LAW = MOBILE_2001.id
PROMISED = {**handset(claimed_on="2025-03-25"), "commitments": ["vivo-2016"]}


# --- equal ids -----------------------------------------------------------------------------------


def own(name: str, days: int, **more: Any) -> Any:
    """Return a promise with a duty of its own, which another one may call alike."""
    duty = Obligation(
        "shop.calls", (art(4),), days=days, title=(f"{name}之事", f"what {name} does")
    )
    return promise(name, obligations=(*MOBILE_2001.obligations, duty), **more)


def test_two_promises_that_repeat_one_rule() -> None:
    """Each has its own finding on it, its own day in the timeline and its own place in words."""
    other = replace(LONGER, id="twin", title_en="Twin", title_zh="孪生承诺")
    together = policies.combined(MOBILE_2001, LONGER, other)
    decision = sanbao.decide(handset(claimed_on="2025-03-25"), policy=together)
    found = [one.policy for one in decision.findings if one.rule == "art12.exchange"]
    assert found == [LAW, "longer", "twin"]
    verdicts = {policy: decision.verdicts[RuleRef(policy, "art12.exchange")] for policy in found}
    assert verdicts == {LAW: "fails", "longer": "holds", "twin": "holds"}
    assert decision.lead is not None
    assert decision.lead.ref == RuleRef("longer", "art12.exchange")
    assert len(decision.verdicts) == len(decision.findings) == 3 * len(MOBILE_2001.rules)
    turned = [
        turn.policy
        for step in decision.timeline.steps
        for turn in step.turns
        if turn.what == "right" and turn.rule == "art12.exchange"
    ]
    assert sorted(turned) == ["longer", "twin"]
    differing = decision.what_if(claimed_on="2025-04-20").differences
    lost = {one.policy for one in differing if one.what == "verdicts.art12.exchange"}
    assert lost == {"longer", "twin"}
    lead = next(one for one in differing if one.what == "lead")
    assert (lead.before, lead.after) == (decision.lead.ref, RuleRef(LAW, "art10.repair"))
    auditor = decision.explain("en", "auditor")
    assert "longer:art12.exchange, " in auditor
    assert "twin:art12.exchange, " in auditor


def test_two_promises_with_a_duty_of_the_same_id() -> None:
    """What is called otherwise is another one; what is called alike is told once, the earliest."""
    claim = handset(claimed_on="2025-03-05")
    one, other = own("one", 3), own("other", 5)
    decision = sanbao.decide(claim, policy=policies.combined(MOBILE_2001, one, other))
    calls = [duty for duty in decision.obligations if duty.id == "shop.calls"]
    assert [(duty.policy, str(duty.on)) for duty in calls] == [
        ("one", "2025-03-08"),
        ("other", "2025-03-10"),
    ]
    told = decision.explain("en")
    assert "what one does" in told
    assert "what other does" in told
    later = decision.what_if(claimed_on="2025-03-06").differences
    moved = [each for each in later if each.what == "obligations.shop.calls"]
    assert [each.policy for each in moved] == ["one", "other"]
    same = replace(other, id="third", obligations=own("one", 1).obligations)
    decision = sanbao.decide(claim, policy=policies.combined(MOBILE_2001, one, same))
    [call] = [duty for duty in decision.obligations if duty.id == "shop.calls"]
    assert (call.policy, str(call.on)) == ("third", "2025-03-06")


def test_a_local_regulation_and_a_promise_with_equal_ids() -> None:
    """The law, a local regulation and a promise all have art. 12; each is found by its policy."""
    claim = {
        **handset(claimed_on="2025-03-25", province="CN-ZJ"),
        "commitments": ["vivo-2016"],
    }
    decision = sanbao.decide(claim)
    local, promised = decision.policy.ids[1:]
    assert library.get(local).kind == "local"
    for rule in ("art12.exchange", "art24.expired"):
        found = [one.ref for one in decision.findings if one.rule == rule]
        assert found == [RuleRef(policy, rule) for policy in (LAW, local, promised)]
        for ref in found:
            assert decision.finding(ref) == decision.finding(f"{ref.policy}:{ref.rule}")
    # a rule of the local regulation's own is told without its name, and typed without it
    own_rule = decision.finding("zj26.exchange_15")
    assert own_rule.policy == local
    assert f"- {own_rule.rule}, " in decision.explain("en", "auditor")


# --- in JSON -------------------------------------------------------------------------------------

CLAIMS: dict[str, Any] = {
    "alone": (handset(claimed_on="2025-03-05", request="refund"), None),
    "promised": (PROMISED, None),
    "local": (handset(claimed_on="2025-03-25", province="CN-ZJ", request="refund"), None),
    "unshipped": (
        handset(claimed_on="2025-03-25", same_model_in_stock=False),
        policies.combined(MOBILE_2001, LONGER),
    ),
    "at a charge": (handset(claimed_on="2027-05-12"), None),
}


def decided(name: str) -> Decision:
    claim, policy = CLAIMS[name]
    return sanbao.decide(claim, policy=policy)


@pytest.mark.parametrize("name", CLAIMS)
def test_the_policy_stands_beside_every_rule(name: str) -> None:
    """In JSON always the bare id, with the id of its policy."""
    decision = decided(name)
    data = json.loads(decision.to_json())
    ids = decision.policy.ids
    named = [data["lead"], *data["findings"], *data["remedies"], *data["dates"]["begins"]]
    named += data["requested"]["because"] if data["requested"] else []
    assert all(one["policy"] in ids and ":" not in one["rule"] for one in named)
    assert all(one["policy"] in ids for one in data["obligations"])
    assert Decision.from_json(decision.to_json()) == decision


def as_it_was(decision: Decision) -> dict[str, Any]:
    """Return the JSON of a decision as it was before the policy stood beside every rule."""
    data: dict[str, Any] = json.loads(decision.to_json())
    law, *others = decision.policy.ids

    def joined(policy: str, rule: str) -> str:
        shipped = library.get(policy) if policy in library.ids() else None
        bare = not others or policy == law or not rule
        if bare or (shipped and shipped.kind == "local" and shipped.is_own(rule)):
            return rule
        return f"{policy}:{rule}"

    for one in data["findings"]:
        policy = one.pop("policy")
        one["rule"] = joined(policy, one["rule"])
        one["barred_by"] = [joined(policy, rule) for rule in one["barred_by"]]
        for check in one["checks"]:
            if check["fact"] == "rights":
                for part in ("threshold", "actual"):
                    check[part] = [joined(policy, rule) for rule in check[part]]
    for one in (*data["remedies"], *filter(None, [data["lead"]])):
        one["rule"] = joined(one["policy"], one["rule"])
        one["policy"] = one["policy"] if others and one["rule"] else None
    for one in data["dates"]["begins"]:
        one["rule"] = joined(one.pop("policy"), one["rule"])
    for one in data["obligations"]:
        del one["policy"]
    if data["requested"]:
        because = data["requested"]["because"]
        data["requested"]["because"] = [joined(one["policy"], one["rule"]) for one in because]
    for reading in data["depends_on"] or ():
        for one in reading["differences"]:
            del one["policy"]
    return data


@pytest.mark.parametrize("name", CLAIMS)
def test_a_decision_that_was_stored_before_is_read_as_it_would_be_now(name: str) -> None:
    decision = decided(name)
    old = as_it_was(decision)
    assert old != json.loads(decision.to_json())
    assert Decision.from_json(json.dumps(old)) == decision


def test_an_obligation_of_a_promise_that_nobody_knows() -> None:
    """Nothing stored before told whose it was: it is laid to the law."""
    claim = handset(claimed_on="2025-03-14", same_model_in_stock=True)
    decision = sanbao.decide(claim, policy=policies.combined(MOBILE_2001, CHEAPER))
    read = Decision.from_json(json.dumps(as_it_was(decision)))
    assert {duty.policy for duty in decision.obligations} == {LAW, "cheaper"}
    assert {duty.policy for duty in read.obligations} == {LAW}
    assert [duty.id for duty in read.obligations] == [duty.id for duty in decision.obligations]


def test_a_pickle_of_a_stored_decision_from_before() -> None:
    """Its records hold no policy, and rules of a promise by a joined id."""
    decision = decided("promised")
    read = Decision.from_json(decision.to_json())
    findings = tuple(
        replace(one, policy="", rule=one.rule if one.policy == LAW else f"{one.policy}:{one.rule}")
        for one in read.findings
    )
    parts = {name: getattr(read, name) for name in StoredDecision.__dataclass_fields__}
    assert Decision(**{**parts, "findings": findings}) == decision
    assert pickle.loads(pickle.dumps(read)) == decision  # noqa: S301


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("findings",), 5),
        (("findings",), [[[]]]),
        (("findings", 0), {"rule": 7, "policy": ""}),
        (("findings", 0, "barred_by"), [5]),
        (("findings", 0, "checks"), {"fact": "rights"}),
        (("lead", "rule"), 5),
        (("dates",), []),
        (("requested",), {"because": [5]}),
        (("policy",), {"id": 5}),
        (("policy",), {"id": "", "version": ""}),
    ],
)
def test_what_is_no_stored_decision(path: tuple[Any, ...], value: Any) -> None:
    """Anything else is refused or read by the reader of today, never with a traceback."""
    data = as_it_was(decided("promised"))
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    if path == ("policy",) and value == {"id": "", "version": ""}:
        data["remedies"] = []
        for one in (data["lead"], *data["findings"], *data["obligations"]):
            one["policy"] = ""
    with suppress(sanbao.ValidationError):
        assert Decision.from_json(json.dumps(data)).explain("en")


# --- in tables -----------------------------------------------------------------------------------


def test_a_column_for_the_policy() -> None:
    """It is that of the rule which decides, and empty where none does."""
    rows: list[dict[str, Any]] = [
        {"claimed_on": "2025-03-05", "commitments": None, "sold_on": "2025-03-01"},
        {"claimed_on": "2025-03-25", "commitments": ["vivo-2016"], "sold_on": "2025-03-01"},
        {"claimed_on": "2025-03-05", "commitments": None, "sold_on": None},
    ]
    same = {
        "kind": "handset",
        "symptom": "screen_fault",
        "invoice": "original",
        "voucher": "intact",
    }
    table = pl.DataFrame([{**same, **row, "price": "1599.00"} for row in rows])
    found = decide_table(table)
    for row, rule, policy in zip(rows, found["rule"], found["policy"], strict=True):
        purchase = {"sold_on": row["sold_on"], "price": "1599.00"}
        claim = {
            "claimed_on": row["claimed_on"],
            "commitments": row["commitments"] or [],
            "product": {"kind": "handset"},
            "purchase": {name: value for name, value in purchase.items() if value},
            "evidence": {"invoice": "original", "voucher": "intact"},
            "fault": {"symptom": "screen_fault"},
        }
        lead = sanbao.decide(claim).lead
        assert (policy, rule) == ((None, None) if lead is None else (lead.policy, lead.rule))
    assert found["policy"].to_list()[:1] == [LAW]
    assert None in found["policy"].to_list()


def test_a_remedy_names_its_rule() -> None:
    remedy = Remedy("refund", "art11.refund", "seller", (), policy=LAW)
    assert remedy.ref == RuleRef(LAW, "art11.refund")
    assert repr(remedy.ref) == "RuleRef(policy='cn.mobile-2001', rule='art11.refund')"
    assert pickle.loads(pickle.dumps(remedy.ref)) == remedy.ref  # noqa: S301
