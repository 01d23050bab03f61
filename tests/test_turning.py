"""Where a reading could change a fact is read off the formulas, and never too narrowly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import pytest
import write_turned

from random_claims import random_claim
from sanbao import Claim
from sanbao.dates.calendar import chinese_calendar
from sanbao.evaluation.facts import turned
from sanbao.evaluation.facts.turning import key_of, read_off, turning
from sanbao.evaluation.programs.program import Programs
from sanbao.model.facts import Facts
from sanbao.model.readings import DEFAULT_READINGS, reading_values
from sanbao.policies.mobile_2001 import MOBILE_2001
from sanbao.rules.formulas import parse, text_of
from sanbao.rules.policy import Policy

DAY: Final = "reading.window_day == 'asked'"
"""A reading on which each of the odd formulas hangs, with another or alone."""
MANY: Final = " + ".join(
    f"(1 if reading.{name} == {values[0]!r} else 0)"
    for name, values in sorted(reading_values().items())[:7]
)
DAYS: Final = (
    f"claim.claimed_on if {DAY} else claim.claimed_on",
    f"claim.claimed_on if {DAY} else claim.claimed_on + {MANY}",
    f"claim.claimed_on if {DAY} else claim.claimed_on"
    " if known(goods.daily_rate) and used_up(purchase.price, 199, reading.rounding)"
    " else purchase.sold_on",
    f"claim.asked_on if {DAY} or None else claim.claimed_on",
    f"claim.asked_on if (known(fault.appeared_on) if {DAY} else known(claim.asked_on))"
    " else claim.claimed_on",
    "claim.asked_on if any(repairs, repair.recorded and reading.repair_proof == 'recorded')"
    " else claim.claimed_on",
    "first(latest(repairs, repair.ready_on, reading.repair_proof == 'recorded'), claim.asked_on)",
    f"first(latest(repairs, repair.handed_in_on, repair.recorded), claim.asked_on if {DAY} else"
    " None)",
    f"min(claim.claimed_on, fault.appeared_on) if {DAY} else claim.claimed_on",
    f"claim.claimed_on if {DAY} else min(claim.claimed_on, purchase.sold_on)",
)
SPANS: Final = (
    f"spans(repairs, repair.handed_in_on, repair_over, is_handed_in) if {DAY} else ()",
    f"first(repair_time, ()) if {DAY} else ()",
    f"() if {DAY} else spans_from(repair_time, purchase.sold_on)",
    f"repair_time if {DAY} else ()",
)


PLAIN: Final = {"repair_time": "spans(repairs, repair.handed_in_on, repair.ready_on, True)"}
"""Days in repair that hang on no reading."""


def law(by: dict[str, str]) -> Policy:
    """Return the regulation with other formulas for some facts."""
    changed = (replace(one, by=by.get(one.name, one.by)) for one in MOBILE_2001.derived)
    return replace(MOBILE_2001, derived=tuple(changed))


@pytest.mark.parametrize(
    ("name", "by"),
    [*(("held_on", by) for by in DAYS), *(("window_repair_time", by) for by in SPANS)],
)
@pytest.mark.parametrize("beside", [{}, PLAIN])
def test_what_changes_a_fact_is_in_play(name: str, by: str, beside: dict[str, str]) -> None:
    """Whatever formula the law has: no reading that changes the fact is left out."""
    policy, rng = law({name: by, **beside}), Random(7)
    programs = Programs(policy, chinese_calendar())
    place = Facts._fields.index(name)
    readings = [one for one in reading_values() if f"reading.{one}" in by]
    changed = 0
    for _ in range(40):
        row = Claim.model_validate(random_claim(rng)).row
        in_play = programs.of(row.kind, DEFAULT_READINGS).in_play(row)
        for reading in readings:
            seen = {
                programs.of(row.kind, DEFAULT_READINGS.changed({reading: value})).derive(row)[place]
                for value in reading_values()[reading]
            }
            changed += len(seen) > 1
            assert len(seen) == 1 or reading in in_play
    assert changed or by == DAYS[0]


def test_a_law_that_says_nothing_of_money() -> None:
    """What hangs on no price is found all the same."""
    few = replace(MOBILE_2001, derived=MOBILE_2001.derived[:8])
    assert {"window_day"} <= set(turning(few)) <= set(turning(MOBILE_2001))


def test_what_is_laid_down_is_what_the_formulas_say() -> None:
    """``python3 scripts/write_turned.py`` has been run; all that ships is laid down, no more."""
    policies = [*write_turned.policies()]
    assert {key_of(one): read_off(one) for one in policies} == turned.TURNED
    assert MOBILE_2001 in policies
    assert Path(turned.__file__).read_text("utf-8") == write_turned.module()


def test_a_law_that_was_amended_takes_nothing_that_is_laid_down() -> None:
    """Another formula, another way to count or another reading: it is read off anew."""
    changed = law({"held_on": DAYS[0]})
    assert key_of(changed) not in turned.TURNED
    assert set(turning(MOBILE_2001)) - set(turning(changed)) == {"window_day"}
    others = (
        replace(MOBILE_2001, counting=replace(MOBILE_2001.counting, windows_stretch=True)),
        replace(MOBILE_2001, derived=MOBILE_2001.derived[:-1]),
    )
    assert not {key_of(one) for one in others} & {*turned.TURNED}
    for one in (changed, *others, MOBILE_2001):
        assert {name: of.by for name, of in turning(one).items()} == read_off(one)


def test_the_script_that_lays_it_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It writes what is stale, and with ``--check`` only says so."""
    module = tmp_path / "turned.py"
    module.write_text("", "utf-8")
    monkeypatch.setattr(write_turned, "ROOT", tmp_path)
    monkeypatch.setattr(write_turned, "MODULE", module)
    assert write_turned.main(["--check"]) == 1
    assert (module.read_text("utf-8"), capsys.readouterr().out) == (
        "",
        "turned.py is not current\n",
    )
    assert write_turned.main([]) == 0
    assert module.read_text("utf-8") == write_turned.module()
    assert write_turned.main(["--check"]) == 0


def test_formulas_are_written_as_they_are_read() -> None:
    """A term's text is read as the same term again."""
    odd = (*DAYS, *SPANS, "papers.start == 'papers'", "used_up(refund_price, 1, reading.rounding)")
    for by in (*(one.by for one in MOBILE_2001.derived), *odd):
        term = parse(by)
        assert parse(text_of(term)) == term
