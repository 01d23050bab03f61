"""Article 24: what takes goods out of the guarantees, and who has to prove it."""

from __future__ import annotations

from typing import Any

import pytest

import sanbao
from claims import (
    FACTORY,
    LAW,
    MISUSED,
    NOTHING,
    PROVEN,
    battery,
    cited,
    days_after,
    exchange,
    handset,
)

BARS = (
    "art24.expired",
    "art24.no_evidence",
    "art24.voucher",
    "art24.misuse",
    "art24.opened",
    "art24.force_majeure",
)
GROUNDS = [
    ("misuse", "art24.misuse"),
    ("liquid", "art24.misuse"),
    ("impact", "art24.misuse"),
    ("unauthorised_opening", "art24.opened"),
    ("force_majeure", "art24.force_majeure"),
]


def bars(claim: dict[str, Any]) -> list[str]:
    """Return the bars that hold for ``claim``, in the order of the article."""
    verdicts = sanbao.decide(claim).verdicts
    return [rule for rule in BARS if verdicts[rule] == "holds"]


def assert_paid(claim: dict[str, Any], rule: str) -> None:
    """Assert that repair is paid for because of ``rule``, and that nothing else is open."""
    decision = sanbao.decide(claim)
    assert decision.outcome == "paid_repair"
    assert decision.lead is not None
    assert decision.lead.rule == rule
    assert [(remedy.remedy, remedy.rule) for remedy in decision.remedies] == [("paid_repair", rule)]


def test_nothing_bars_an_ordinary_claim() -> None:
    """Inside the period, with papers and a defect, no ground applies."""
    assert bars(handset()) == []


# --- item 1 ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "last"),
    [
        pytest.param(handset(sold_on="2024-03-04"), "2025-03-04", id="a Tuesday"),
        pytest.param(handset(sold_on="2024-03-08"), "2025-03-10", id="rolled over a weekend"),
        pytest.param(handset(sold_on="2023-10-01"), "2024-10-08", id="rolled over a holiday"),
        pytest.param(battery(sold_on="2025-08-31"), "2026-02-28", id="a make-up Saturday"),
        pytest.param(battery(), "2025-09-03", id="six months"),
        pytest.param(handset(**PROVEN), "2026-03-03", id="proved by a copy"),
        pytest.param(handset(**FACTORY), "2026-03-03", id="from the factory date"),
    ],
)
def test_1_expired(claim: dict[str, Any], last: str) -> None:
    """The guarantees last through the last day of the period and no longer."""
    assert "art24.expired" not in bars({**claim, "claimed_on": last})
    assert_paid({**claim, "claimed_on": days_after(last, 1)}, "art24.expired")


def test_1_says_by_how_much() -> None:
    """The finding names the last day and how many days too late the claim is."""
    finding = sanbao.decide(handset(claimed_on="2026-03-06")).finding("art24.expired")
    [check] = [check for check in finding.checks if check.months == 12]
    assert (check.relation, check.threshold, check.actual) == ("after", "2026-03-03", "2026-03-06")
    assert check.holds is True


# --- item 2 ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "barred"),
    [
        pytest.param(handset(**NOTHING), True, id="nothing"),
        pytest.param(handset(invoice="none", voucher="altered"), True, id="altered voucher"),
        pytest.param(battery(**FACTORY), True, id="factory date of an accessory"),
        pytest.param(handset(**FACTORY), False, id="factory date"),
        pytest.param(handset(**PROVEN), False, id="copy"),
        pytest.param(handset(invoice="original", voucher="lost"), False, id="invoice alone"),
        pytest.param(handset(invoice="none", voucher="intact"), False, id="voucher alone"),
    ],
)
def test_2_no_evidence(claim: dict[str, Any], barred: bool) -> None:
    """Without invoice, voucher or other proof of the date, repair is paid for."""
    assert ("art24.no_evidence" in bars(claim)) == barred
    if barred:
        assert_paid(claim, "art24.no_evidence")


@pytest.mark.parametrize("claimed", ["2025-03-05", "2025-05-12", "2027-05-12"])
def test_2_then_the_period_is_not_examined(claimed: str) -> None:
    """Where nothing is proved, nobody asks whether the period is over."""
    claim = handset(**NOTHING, claimed_on=claimed)
    assert bars(claim) == ["art24.no_evidence"]
    assert sanbao.decide(claim).verdicts["art24.expired"] == "fails"


# --- item 3 ---------------------------------------------------------------------------


@pytest.mark.parametrize("invoice", ["original", "copy"])
@pytest.mark.parametrize("voucher", ["altered", "mismatched"])
def test_3_voucher(invoice: str, voucher: str) -> None:
    """A voucher that was altered or belongs to another unit bars even beside an invoice."""
    claim = handset(claimed_on="2025-03-05", invoice=invoice, voucher=voucher)
    assert bars(claim) == ["art24.voucher"]
    assert_paid(claim, "art24.voucher")


@pytest.mark.parametrize("voucher", ["intact", "lost", "not_issued", None])
def test_3_an_honest_voucher(voucher: str | None) -> None:
    """A voucher that is intact, lost, never issued, or of which nothing is said bars nothing."""
    assert bars(handset(voucher=voucher)) == []


# --- items 4 to 6 and the burden of proof ---------------------------------------------


@pytest.mark.parametrize(("cause", "rule"), GROUNDS)
@pytest.mark.parametrize("basis", ["inspection", "report", "consumer"])
@pytest.mark.parametrize("claimed", ["2025-03-05", "2025-09-03", "2025-09-04"])
def test_established_or_admitted(cause: str, rule: str, basis: str, claimed: str) -> None:
    """Damage that a report establishes or the consumer admits bars on any day."""
    claim = handset(cause=cause, cause_basis=basis, claimed_on=claimed)
    assert bars(claim) == [rule]
    assert_paid(claim, rule)


@pytest.mark.parametrize("basis", ["trader", None])
@pytest.mark.parametrize(("cause", "rule"), GROUNDS)
def test_asserted_within_six_months(cause: str, rule: str, basis: str | None) -> None:
    """For six months a trader's mere word bars nothing, and the finding says who must prove."""
    decision = sanbao.decide(handset(cause=cause, cause_basis=basis, claimed_on="2025-09-03"))
    assert decision.verdicts[rule] == "fails"
    assert decision.finding(rule).notes == ("trader_must_prove",)
    assert decision.outcome == "free_repair"


@pytest.mark.parametrize("basis", ["trader", None])
@pytest.mark.parametrize(("cause", "rule"), GROUNDS)
def test_asserted_after_six_months(cause: str, rule: str, basis: str | None) -> None:
    """Nor does what a trader merely asserts bar anything later: nothing is shown."""
    decision = sanbao.decide(handset(cause=cause, cause_basis=basis, claimed_on="2025-09-04"))
    assert decision.verdicts[rule] == "fails"
    assert decision.finding(rule).notes == ("inspection_decides",)
    assert decision.outcome == "free_repair"


@pytest.mark.parametrize(
    ("changes", "last"),
    [
        pytest.param({}, "2025-09-03", id="from the sale"),
        pytest.param({"received_on": "2025-03-10"}, "2025-09-10", id="from receipt"),
        pytest.param({"invoiced_on": "2025-03-10"}, "2025-09-03", id="not from the invoice"),
        pytest.param(
            {"sold_on": None, "invoiced_on": "2023-10-10"}, "2024-04-10", id="else from the start"
        ),
        pytest.param({"sold_on": None, **FACTORY}, "2025-09-03", id="factory date"),
        pytest.param(
            {"exchanges": [exchange("2025-03-10"), exchange("2025-04-01")]},
            "2025-10-01",
            id="from the last exchange",
        ),
        pytest.param({"sold_on": "2025-03-06"}, "2025-09-06", id="a Saturday, not rolled"),
        pytest.param({"sold_on": "2025-04-06"}, "2025-10-06", id="a holiday, not rolled"),
        pytest.param({"sold_on": "2025-03-31"}, "2025-09-30", id="no 31st"),
        pytest.param({"sold_on": "2025-08-31"}, "2026-02-28", id="no 31st in February"),
    ],
)
def test_six_months_from_receipt(changes: dict[str, Any], last: str) -> None:
    """The six months run from receipt to the matching day, which still protects; no rolling."""
    damage = {"cause": "impact", "cause_basis": "report", "contested": True}
    assert bars(handset(**damage, **changes, claimed_on=last)) == []
    after = handset(**damage, **changes, claimed_on=days_after(last, 1))
    assert bars(after) == ["art24.misuse"]


@pytest.mark.parametrize(("cause", "rule"), GROUNDS)
@pytest.mark.parametrize(("claimed", "barred"), [("2014-03-14", True), ("2014-03-15", False)])
def test_before_the_amendment(cause: str, rule: str, claimed: str, barred: bool) -> None:
    """Until the law was amended a report barred although the consumer contested it."""
    claim = handset(
        cause=cause,
        cause_basis="report",
        contested=True,
        sold_on="2014-03-03",
        claimed_on=claimed,
    )
    assert bars(claim) == ([rule] if barred else [])
    notes = sanbao.decide(claim).finding(rule).notes
    assert notes == ("inspection_may_decide" if barred else "trader_must_prove",)
    asserted = handset(cause=cause, cause_basis="trader", sold_on="2014-03-03", claimed_on=claimed)
    assert bars(asserted) == []


@pytest.mark.parametrize("claimed", ["2025-03-05", "2025-05-12", "2025-09-04"])
@pytest.mark.parametrize("basis", ["report", "consumer", "trader", None])
def test_an_unknown_cause_bars_nothing(claimed: str, basis: str | None) -> None:
    """A cause that nobody knows bars nothing; an inspection decides."""
    decision = sanbao.decide(handset(cause=None, cause_basis=basis, claimed_on=claimed))
    for rule in ("art24.misuse", "art24.opened", "art24.force_majeure"):
        finding = decision.finding(rule)
        assert (finding.verdict, finding.notes) == ("fails", ("inspection_decides",))
    assert decision.outcome == ("refund" if claimed == "2025-03-05" else "free_repair")


def test_a_defect_needs_no_inspection() -> None:
    """Where the cause is a defect there is nothing left to inspect."""
    decision = sanbao.decide(handset())
    assert [decision.finding(rule).notes for rule in BARS] == [()] * len(BARS)


# --- all of them ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (
            handset(**MISUSED, voucher="altered", claimed_on="2026-03-04"),
            ["art24.expired", "art24.voucher", "art24.misuse"],
        ),
        (
            handset(**MISUSED, invoice="none", voucher="mismatched"),
            ["art24.no_evidence", "art24.voucher", "art24.misuse"],
        ),
        (
            handset(cause="force_majeure", cause_basis="consumer", **NOTHING),
            ["art24.no_evidence", "art24.force_majeure"],
        ),
    ],
)
def test_all_grounds_are_reported(claim: dict[str, Any], expected: list[str]) -> None:
    """Every ground that applies is reported; the first of the article leads."""
    assert bars(claim) == expected
    assert_paid(claim, expected[0])


def test_a_barred_right_names_all_that_bars_it() -> None:
    """A right that several grounds take away names each of them."""
    claim = handset(**MISUSED, voucher="altered", claimed_on="2025-03-05")
    finding = sanbao.decide(claim).finding("art11.exchange")
    assert finding.barred_by == ("art24.voucher", "art24.misuse")


@pytest.mark.parametrize(("item", "rule"), list(enumerate(BARS, start=1)))
def test_citations(item: int, rule: str) -> None:
    """Each ground cites its own item of article 24."""
    assert f"{LAW} art. 24({item})" in cited(rule)


@pytest.mark.parametrize("rule", BARS[3:])
def test_the_burden_of_proof_is_cited(rule: str) -> None:
    """The grounds that somebody has to prove cite the law that says who."""
    assert "cn.consumer-protection-2013 art. 23" in cited(rule)
