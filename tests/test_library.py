"""Policies are found by their id; a promise more is a file more."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import polars as pl
import pytest

import sanbao
from promises import LONGER, STRICTER
from sanbao import MOBILE_2001, Engine, Policy, ValidationError, policies
from sanbao.audit import decide_table
from sanbao.base.reread import reread
from sanbao.policies import library, policy_set
from sanbao.policies.mobile_2001 import TERMS
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.conditions import Condition, fact
from sanbao.statespace import comparing


class File(NamedTuple):
    """What the reader of policy files gives."""

    policy: Policy
    terms: Mapping[str, Condition]


WORDS = {"worn": fact("housing_worn").is_(True)}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder of policy files, each of which holds the id of a made-up policy."""
    made = {policy.id: policy for policy in (LONGER, STRICTER)}

    def parse(text: bytes, name: str, bases: Any) -> File:
        name, _, beside = text.decode().partition(" ")
        if beside and bases(beside) is None:
            raise ValidationError.of("beside", beside, reread("there is no such policy"))
        return File(made[name], WORDS)

    def read(path: Path, bases: Any) -> File:
        return parse(path.read_bytes(), path.name, bases)

    reader = ModuleType("sanbao.rules.policy_file.reader")
    reader.__dict__.update(parse=parse, read=read, PolicyFile=File)
    monkeypatch.setitem(sys.modules, "sanbao.rules.policy_file.reader", reader)
    monkeypatch.setattr(policy_set, "files", lambda _: tmp_path)
    (tmp_path / "local").mkdir()
    cached = (policy_set._files, policy_set._local_files, policy_set._read)
    for found in cached:
        found.cache_clear()
    yield tmp_path
    for found in cached:
        found.cache_clear()


def test_the_regulation_ships() -> None:
    assert policies.ids()[0] == "cn.mobile-2001"
    assert len(set(policies.ids())) == len(policies.ids())
    assert policies.get("cn.mobile-2001") is MOBILE_2024
    assert policies.versions("cn.mobile-2001") == (MOBILE_2001, MOBILE_2024)
    assert policies.terms("cn.mobile-2001") is TERMS
    assert policies.in_force(date(2024, 6, 30)) is MOBILE_2001
    assert policies.in_force(date(2024, 7, 1)) is MOBILE_2024
    assert policies.__dir__() == policies.__all__
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = policies.nothing


@pytest.mark.parametrize("name", ["cn.mobile-2002", "", None, 7, [], {}, "💥", "x" * 500])
def test_an_id_nobody_knows(name: Any) -> None:
    for ask in (policies.get, policies.terms, policies.versions):
        with pytest.raises(ValidationError) as error:
            ask(name)
        [problem] = error.value.problems
        assert problem.field == "policy"
        assert problem.reason.startswith("there is no policy with this id")
    with pytest.raises(ValidationError, match="there is no law with this id"):
        policies.in_force(date(2025, 7, 1), name)
    if name == "cn.mobile-2002":
        assert "did you mean 'cn.mobile-2001'" in problem.reason


def test_what_is_no_day() -> None:
    for day in (None, "2025-07-01", 7):
        with pytest.raises(ValidationError, match="must be a date"):
            policies.in_force(day)  # type: ignore[arg-type]


def test_a_file_more_is_a_promise_more(folder: Path) -> None:
    """Checklists and other files are no policies."""
    assert policies.ids() == ("cn.mobile-2001",)
    for name, text in (
        ("stricter.toml", "stricter cn.mobile-2001"),
        ("longer.toml", "longer"),
        ("checklist-doa.toml", "?"),
        ("notes.txt", "?"),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    policy_set._files.cache_clear()
    assert policies.ids() == ("cn.mobile-2001", "longer", "stricter")
    assert policies.get("longer") == LONGER
    assert policies.versions("stricter") == (STRICTER,)
    assert policies.terms("longer") == WORDS
    with pytest.raises(ValidationError, match="did you mean 'stricter'"):
        policies.get("strict")
    with pytest.raises(ValidationError, match="there is no law with this id"):
        policies.in_force(date(2025, 7, 1), "longer")


def test_a_file_has_the_name_of_its_policy(folder: Path) -> None:
    (folder / "long.toml").write_text("longer", encoding="utf-8")
    with pytest.raises(ValidationError) as error:
        policies.get("long")
    [problem] = error.value.problems
    assert (problem.field, problem.value) == ("id", "'longer'")
    assert "long" in problem.reason


def test_files_that_stand_beside_each_other(folder: Path) -> None:
    """A file may stand beside another that ships, but not in a circle."""
    (folder / "longer.toml").write_text("longer stricter", encoding="utf-8")
    (folder / "stricter.toml").write_text("stricter cn.mobile-2001", encoding="utf-8")
    assert policies.get("longer") == LONGER
    policy_set._read.cache_clear()
    (folder / "stricter.toml").write_text("stricter longer", encoding="utf-8")
    with pytest.raises(ValidationError, match="there is no such policy"):
        policies.get("longer")
    (folder / "stricter.toml").write_text("stricter nobody", encoding="utf-8")
    with pytest.raises(ValidationError, match="nobody"):
        policies.get("stricter")


def test_a_file_of_ones_own(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text("longer cn.mobile-2001", encoding="utf-8")
    assert policies.load(path) == LONGER


def test_deciding_reads_no_file() -> None:
    """Importing the library and deciding loads no reader of files.

    Which version of the law decides hangs on the claim: what chooses among them is loaded.
    """
    code = (
        "import sys, sanbao, sanbao.policies\n"
        "sanbao.decide({'claimed_on': '2026-03-20', 'product': {'kind': 'handset'}}).outcome\n"
        "loaded = [name for name in ('tomllib', 'sanbao.rules.policy_file.reader',"
        " 'sanbao.rules.policy_file.builder', 'sanbao.rules.unbounded_rights')"
        " if name in sys.modules]\n"
        "print(loaded)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


# --- names instead of policies ---------------------------------------------------------------


def test_what_a_name_stands_for() -> None:
    """A law stands for its versions, a promise for itself, and joined ids for them together."""
    assert policies.resolve("cn.mobile-2001") is library.law()
    assert policies.resolve("vivo-2016") is policies.get("vivo-2016")
    together = policies.resolve("cn.mobile-2001+vivo-2016+gree-phone")
    assert together == policies.combined("cn.mobile-2001", "vivo-2016", "gree-phone")
    assert together == policies.combined(
        MOBILE_2024, *map(policies.get, together.id.split("+")[1:])
    )


CLAIM = {
    "claimed_on": "2025-03-25",
    "product": {"kind": "handset"},
    "purchase": {"sold_on": "2025-03-03", "price": "1599.00"},
    "evidence": {"invoice": "original", "voucher": "intact"},
    "fault": {"symptom": "screen_fault", "cause": "defect"},
}


@pytest.mark.untraced
@pytest.mark.parametrize("name", ["cn.mobile-2001", "vivo-2016", "cn.mobile-2001+vivo-2016"])
def test_names_do_everywhere_what_policies_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deciding, comparing, verifying, reproducing and tables take the names the command takes."""
    named: Any = policies.resolve(name)
    decision = sanbao.decide(CLAIM, policy=name)
    assert decision == sanbao.decide(CLAIM, policy=named) == Engine(name).decide(CLAIM)
    assert decision.receipt.reproduce(CLAIM, name) == decision
    policy = getattr(named, "newest", named)
    with monkeypatch.context() as patched:  # what is compared, not how it differs
        patched.setattr(comparing, "compared", lambda *sides: sides)
        sides = sanbao.compare(name, "no-invoice-15-months")
        assert sides == sanbao.compare(policy, policies.get("no-invoice-15-months"))
    table = pl.DataFrame({"claimed_on": ["2025-03-25"], "kind": "handset", "sold_on": "2025-03-03"})
    found = decide_table(table, policy=name)
    assert found.equals(decide_table(table, policy=named))
    row = {
        "claimed_on": "2025-03-25",
        "product": {"kind": "handset"},
        "purchase": {"sold_on": "2025-03-03"},
    }
    assert found["outcome"].to_list() == [sanbao.decide(row, policy=name).outcome]


NOTHING = ("vivo-2017", "", "cn.mobile-2001+vivo-2017", "+", "📱", "vivo.toml")


@pytest.mark.parametrize("name", NOTHING)
def test_a_name_of_nothing(name: str) -> None:
    """It is refused with the nearest id, and no file is opened for it."""
    for refused in (
        lambda: sanbao.decide(CLAIM, policy=name),
        lambda: Engine(name),
        lambda: policies.resolve(name),
        lambda: sanbao.verify(name),
        lambda: decide_table(pl.DataFrame({"claimed_on": ["2025-03-25"]}), policy=name),
    ):
        with pytest.raises(ValidationError, match=r"(?m)^policy = .*no policy with this id"):
            refused()
    with pytest.raises(ValidationError, match=r"(?m)^a = .*there is no policy with this id"):
        sanbao.compare(name, MOBILE_2001)
    with pytest.raises(ValidationError, match=r"(?m)^b = .*there is no policy with this id"):
        sanbao.compare(MOBILE_2001, name)
    if "2017" in name:
        with pytest.raises(ValidationError, match="did you mean 'vivo-2016'"):
            policies.resolve(name)
