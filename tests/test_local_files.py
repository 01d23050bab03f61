"""Files of local regulations: what they leave out, cite and govern, and what is wrong with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sanbao import Engine, Policy, ValidationError, decide, policies
from sanbao.policies import library

ZHEJIANG = policies.get("zhejiang-2017")

HEAD = """
id = "guangdong-2020"
version = "2020"
kind = "local"
title_zh = "广东"
title_en = "Guangdong"
beside = "cn.mobile-2001"
cited_as = "cn-gd.consumer"
provinces = ["CN-GD"]
source = "made up"
read_on = 2026-11-30
in_force_from = 2020-01-01
"""


def loaded(tmp_path: Path, text: str) -> Policy:
    """Return the policy of a file with this text."""
    path = tmp_path / "local.toml"
    path.write_text(HEAD + text, "utf-8")
    return policies.load(path)


def test_what_a_file_leaves_out_is_gone_everywhere(tmp_path: Path) -> None:
    """A rule that is left out stands in no list, and nothing lifts or carries it."""
    policy = loaded(tmp_path, 'without = ["app3.unlisted", "art14.refund"]\n')
    assert "app3.unlisted" not in [rule.id for rule in policy.rules]
    assert "app3.unlisted" not in policy.right("cpl54.refund").despite
    assert "art14.refund" not in policy.preference
    assert all(rule != "art14.refund" for one in policy.grades for rule, _ in one.carries_under)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('without = "app3.unlisted"\n', "must be a list of ids of rules"),
        ('without = ["app3.unlistd"]\n', "there is no such rule"),
    ],
)
def test_what_cannot_be_left_out(tmp_path: Path, text: str, reason: str) -> None:
    """What is no list, and what is no rule of the law, is told."""
    with pytest.raises(ValidationError, match=reason):
        loaded(tmp_path, text)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"cited_as": ""}, "says which instrument it cites"),
        ({"provinces": (), "trader_provinces": ()}, "says which instrument it cites"),
        ({"provinces": ("CN-XX",)}, "is no province"),
        ({"trader_provinces": ("ZJ",)}, "is no province"),
        ({"kind": "commitment"}, "says which instrument it cites"),
    ],
)
def test_what_a_local_regulation_has_to_say(changes: dict[str, Any], reason: str) -> None:
    """It names its instrument and places there are, and no commitment does."""
    with pytest.raises(ValidationError, match=reason):
        replace(ZHEJIANG, **changes)


def test_its_own_rules_are_those_it_cites_itself() -> None:
    """What it lays down itself keeps its id beside the law; what it takes over does not."""
    assert ZHEJIANG.is_own("zj26.refund_7")
    assert not ZHEJIANG.is_own("art11.refund")
    assert not ZHEJIANG.is_own("zj26.nothing")


def test_a_promise_alone_is_asked_of_no_place() -> None:
    """Decided by a promise alone, a place changes nothing."""
    claim = {
        "claimed_on": "2024-03-05",
        "product": {"kind": "handset"},
        "purchase": {"sold_on": "2024-03-04", "province": "CN-ZJ"},
        "evidence": {"invoice": "original", "voucher": "intact"},
        "fault": {"symptom": "unlisted"},
    }
    assert Engine("vivo-2016").decide(claim).policy.id == "vivo-2016"
    assert decide(claim).policy.id == "cn.mobile-2001+zhejiang-2017"
    alone = Engine(policies.get("cn.mobile-2001"))
    assert alone.decide(claim).policy.id == "cn.mobile-2001+zhejiang-2017"
    assert library.law().id == "cn.mobile-2001"
