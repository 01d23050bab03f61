"""Sets of policies: what ships, and files beside it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from sanbao import MOBILE_2001, PolicySet, ValidationError, compare, decide, policies
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.policy_file.reader import to_toml

FILE: Final = Path(__file__).parent / "policies" / "fixed-2001.toml"
LAW: Final = "cn.fixed-2001"

PROMISE: Final = """
id = "shop-phones"
version = "1"
kind = "commitment"
title_zh = "本店承诺"
title_en = "Our promise"
beside = "cn.fixed-2001"
source = "本店"
read_on = 2026-01-01
in_force_from = 2020-01-01

[terms]
inside_30_days = { op = "window", fact = "windows_start", days = 30 }

[[rights]]
id = "art12.exchange"
when = ["faulty_unit", "inside_30_days", "not inside_7_days"]
cites = [{ law = "cn.fixed-2001", article = 12 }]
title = ["三十日内换电话机", "exchange of a telephone inside thirty days"]
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return what writes a file."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_what_ships() -> None:
    shipped = PolicySet.shipped()
    assert PolicySet.load() == shipped
    assert PolicySet.load() is shipped
    assert shipped.ids() == policies.ids()
    assert shipped.versions("cn.mobile-2001") == (MOBILE_2001, MOBILE_2024)
    assert repr(shipped) == "PolicySet(cn.mobile-2001, …)"
    assert shipped != "cn.mobile-2001"
    assert not shipped.other_goods
    assert pickle.loads(pickle.dumps(shipped)) == shipped  # noqa: S301


def test_a_set_with_a_law(written: Callable[[str, str], Path]) -> None:
    """It is a value: equal files make equal sets, and what ships stays as it was."""
    both = PolicySet.load(FILE)
    assert both == PolicySet.load(FILE)
    assert hash(both) == hash(PolicySet.load(FILE))
    assert both != PolicySet.shipped()
    assert repr(both) == "PolicySet(cn.mobile-2001, …, cn.fixed-2001)"
    assert both.ids()[:2] == ("cn.mobile-2001", LAW)
    assert LAW not in policies.ids()
    assert pickle.loads(pickle.dumps(both)) == both  # noqa: S301
    old, new = both.versions(LAW)
    assert (old.in_force_to, new.in_force_from) == (date(2024, 6, 30), date(2024, 7, 1))
    assert both.in_force(date(2024, 6, 30), LAW) == old
    assert both.get(LAW) == new
    assert "unit_with_problem" in both.terms(LAW)
    assert both.local(LAW) == ()
    assert both.local() == PolicySet.shipped().local()
    with pytest.raises(ValidationError, match=r"did you mean 'cn.fixed-2001'"):
        both.get("cn.fixed-2002")


def test_a_promise_beside_a_law_of_a_file(written: Callable[[str, str], Path]) -> None:
    """It comes after the law, speaks its codes, and stands beside the version of its day."""
    path = written("shop.toml", PROMISE)
    with pytest.raises(ValidationError, match="there is no policy with this id"):
        PolicySet.load(path)
    found = PolicySet.load(FILE, path)
    promise = found.get("shop-phones")
    assert promise.facts["kind"] == found.get(LAW).facts["kind"]
    claim = {
        "claimed_on": "2025-07-25",
        "product": {"kind": "corded_phone"},
        "purchase": {"sold_on": "2025-07-01", "price": "300.00"},
        "evidence": {"invoice": "original", "voucher": "intact"},
        "fault": {"symptom": "no_dial_tone", "cause": "defect"},
        "commitments": ["shop-phones"],
    }
    decision = decide(claim, policies=found)
    assert decision.policy.id == f"{LAW}+shop-phones"
    assert decision.lead is not None
    assert (decision.lead.policy, decision.lead.rule) == ("shop-phones", "art12.exchange")
    assert "三十日内换电话机" in decision.explain("zh")
    assert decide(claim, f"{LAW}+shop-phones", policies=found).outcome == "exchange"
    assert found.combined(LAW, "shop-phones").id == f"{LAW}+shop-phones"
    comparison = compare(LAW, "shop-phones", policies=found)
    assert (comparison.worse, comparison.better > 0) == (0, True)
    assert {kind for one in comparison.divergences for kind in one.kinds} == {
        "corded_phone",
        "cordless_phone",
        "isdn_phone",
    }
    assert "按键电话机" in comparison.explain("zh")
    assert "corded_phone" not in comparison.explain("en").replace('"corded_phone"', "")
    before = {**claim, "claimed_on": "2019-07-25", "purchase": {"sold_on": "2019-07-01"}}
    assert [one.id for one in decide(before, policies=found).warnings] == [
        "commitment_not_in_force"
    ]
    with pytest.raises(ValidationError, match=r"commitments\[0\]"):
        decide({**claim, "product": {"kind": "handset"}, "fault": {}}, policies=found)
    with pytest.raises(ValidationError, match="is the id of another policy"):
        PolicySet.load(FILE, path, path)
    with pytest.raises(ValidationError, match="is the id of another policy"):
        PolicySet.load(FILE, written("vivo.toml", PROMISE.replace("shop-phones", "vivo-2016")))


def test_what_stands_beside_a_promise(written: Callable[[str, str], Path]) -> None:
    shop = written("shop.toml", PROMISE)
    other = PROMISE.replace("shop-phones", "branch").replace("cn.fixed-2001", "shop-phones", 1)
    with pytest.raises(ValidationError, match="only a regulation can stand there"):
        PolicySet.load(FILE, shop, written("branch.toml", other))


def test_a_version_more_of_the_mobile_law(written: Callable[[str, str], Path]) -> None:
    """It governs its own days, and promises stand beside the version of theirs."""
    first = replace(
        MOBILE_2001,
        version="1999-01-01",
        in_force_from=date(1999, 1, 1),
        in_force_to=date(2001, 11, 14),
    )
    found = PolicySet.load(written("first.toml", to_toml(first)))
    assert found.versions("cn.mobile-2001") == (first, MOBILE_2001, MOBILE_2024)
    claim = {
        "claimed_on": "2000-05-02",
        "product": {"kind": "handset"},
        "purchase": {"sold_on": "2000-05-01"},
    }
    assert decide(claim, policies=found).policy.version == "1999-01-01"
    assert found.terms("cn.mobile-2001") == policies.terms("cn.mobile-2001")
    assert found.get("vivo-2016") == policies.get("vivo-2016")


def test_a_cause_that_another_law_knows(written: Callable[[str, str], Path]) -> None:
    """To this law it is none of those that it names, also where it names every one it knows."""
    defect = '    { code = "defect", zh = "产品质量问题", en = "a defect of the goods" },\n'
    text = FILE.read_text("utf-8")
    assert defect in text
    found = PolicySet.load(written("law.toml", text.replace(defect, "")))
    for cause, outcome in (("defect", "refund"), ("network", "refund"), ("liquid", "paid_repair")):
        claim = {
            "claimed_on": "2025-07-05",
            "product": {"kind": "corded_phone"},
            "purchase": {"sold_on": "2025-07-01", "price": "300.00"},
            "evidence": {"invoice": "original", "voucher": "intact"},
            "fault": {"symptom": "no_ring", "cause": cause, "cause_basis": "inspection"},
        }
        assert decide(claim, policies=found).outcome == outcome


def test_two_laws_that_list_the_same_goods(written: Callable[[str, str], Path]) -> None:
    """They are refused where they are in force on the same day, both of them named."""
    text = FILE.read_text("utf-8")
    other = text.replace("cn.fixed-2001", "cn.fixed-2020")
    with pytest.raises(ValidationError) as error:
        PolicySet.load(FILE, written("other.toml", other))
    first = error.value.problems[0]
    assert (first.field, first.value) == ("catalogue", "'corded_phone'")
    for name in ("cn.fixed-2001 of 2001-11-15", "cn.fixed-2020 of 2001-11-15", "2001-11-15"):
        assert name in first.reason
    with pytest.raises(ValidationError, match="are both in force"):
        PolicySet.load(FILE, FILE)


def test_laws_that_follow_one_another(written: Callable[[str, str], Path]) -> None:
    """The law of the day decides; where the day is not known it has to be stated."""
    text = FILE.read_text("utf-8")
    whole, _, _ = text.partition("[[amendments]]")
    first = whole.replace("in_force_from = 2001-11-15", "in_force_from = 1995-01-01").replace(
        "cn.fixed-2001", "cn.fixed-1995"
    )
    first = first.replace("factory_days", "in_force_to = 2001-11-14\nfactory_days", 1)
    found = PolicySet.load(FILE, written("first.toml", first))
    claim = {
        "claimed_on": "2001-12-01",
        "product": {"kind": "corded_phone"},
        "purchase": {"sold_on": "2001-11-20"},
    }
    assert decide(claim, policies=found).policy.id == LAW
    assert decide({**claim, "purchase": {"sold_on": "1999-01-01"}}, policies=found).policy.id == (
        "cn.fixed-1995"
    )
    earlier = {**claim, "claimed_on": "1990-01-01", "purchase": {"sold_on": "1990-01-01"}}
    assert decide(earlier, policies=found).policy.id == "cn.fixed-1995"
    with pytest.raises(ValidationError, match=r"purchase.sold_on = .*: must be stated"):
        decide({**claim, "purchase": {}}, policies=found)


def test_a_law_of_phones_before_the_mobile_one(written: Callable[[str, str], Path]) -> None:
    whole, _, _ = FILE.read_text("utf-8").partition("[[amendments]]")
    first = whole.replace("cn.fixed-2001", "cn.phones-1995").replace("corded_phone", "handset")
    first = first.replace("in_force_from = 2001-11-15", "in_force_from = 1995-01-01")
    first = first.replace("factory_days", "in_force_to = 2001-11-14\nfactory_days", 1)
    found = PolicySet.load(written("first.toml", first))
    for sold, law in (("1999-01-01", "cn.phones-1995"), ("2003-01-01", "cn.mobile-2001")):
        claim = {
            "claimed_on": sold,
            "product": {"kind": "handset"},
            "purchase": {"sold_on": sold},
        }
        assert decide(claim, policies=found).policy.id == law


# --- a law of one file -------------------------------------------------------------------------

_AMENDED: Final = """
[[amendments]]
version = "2024-07-01"
"""


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        (
            "in_force_from = 2024-07-01",
            "in_force_from = 2001-11-15",
            "amendments[0].in_force_from",
            "is not after the version before it (2001-11-15)",
        ),
        (
            "in_force_from = 2024-07-01",
            'id = "cn.other"\nin_force_from = 2024-07-01',
            "amendments[0].id",
            "is no key of a policy",
        ),
        (
            "in_force_from = 2024-07-01",
            "in_force_fro = 2024-07-01",
            "amendments[0].in_force_fro",
            "is no key of a policy; did you mean 'in_force_from'?",
        ),
        (
            '[[amendments.rights]]\nid = "art11.refund"',
            '[[amendments.rights]]\nid = "art11.refnd"',
            "amendments[0].rights[0].id",
            "is not among the rights it changes; did you mean 'art11.refund'?",
        ),
        (
            'code = "defect"',
            'code = "A defect"',
            "causes[0].code",
            "must be a code in lower case",
        ),
        (
            'code = "no_ring"',
            'code = "no_dial_tone"',
            "symptoms[1].code",
            "stands twice in this file",
        ),
        ('code = "defect"', 'code = "not_stated"', "causes[0].code", "is listed twice"),
        (
            'kind = "isdn_phone"',
            'kind = "other"',
            "catalogue[2].kind",
            "stands for what no catalogue lists",
        ),
        (
            'kind = "isdn_phone"',
            'kind = "ISDN"',
            "catalogue[2].kind",
            "must be a code in lower case",
        ),
        (
            'faults = ["does_not_work"]',
            'faults = ["does_not_wrk"]',
            "catalogue[3].faults[0]",
            "there is no such fault; did you mean 'does_not_work'?",
        ),
        (
            'value = "force_majeure"',
            'value = "network"',
            "terms.higher_power.value",
            "is no value of 'cause'",
        ),
        ('title = ["ISDN数字电话机", "ISDN telephone"]', "", "catalogue[2].kind", "no such goods"),
        ('kind = "isdn_phone"', 'kind = ["isdn_phone"]', "catalogue[2].kind", "is no kind"),
        ('kind = "isdn_phone"', "", "catalogue[2].kind", "is missing"),
        ("causes = [", "causes = 7\ncause = [", "causes", "must be a list of tables"),
        ('{ code = "defect", ', "{ ", "causes[0].code", "is missing"),
        ("causes = [", "causes = [\n    7,", "causes[0]", "must be a table"),
        ("[[amendments]]", "[amendments]", "amendments", "must be a list of tables"),
    ],
)
def test_what_a_law_cannot_say(
    written: Callable[[str, str], Path], old: str, new: str, where: str, reason: str
) -> None:
    """Every mistake is told with file, line and key, of an amendment as well."""
    text = FILE.read_text("utf-8")
    assert old in text
    path = written("law.toml", text.replace(old, new, 1))
    with pytest.raises(ValidationError) as error:
        PolicySet.load(path)
    found = {problem.field: problem for problem in error.value.problems}
    assert where in found, error.value
    assert reason in found[where].reason
    assert found[where].file == str(path)
    assert found[where].line is not None


def test_a_promise_has_no_amendments(written: Callable[[str, str], Path]) -> None:
    path = written("shop.toml", PROMISE + _AMENDED)
    with pytest.raises(ValidationError, match=r"amendments = .*: is no key of a policy"):
        PolicySet.load(FILE, path)


def test_a_law_that_ends_before_it_is_amended(written: Callable[[str, str], Path]) -> None:
    """The gap is told."""
    text = FILE.read_text("utf-8").replace(
        "factory_days", "in_force_to = 2020-01-01\nfactory_days", 1
    )
    with pytest.raises(ValidationError, match="leave a gap from 2020-01-02 to 2024-06-30"):
        PolicySet.load(written("law.toml", text))
