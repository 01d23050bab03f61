"""The drawing of a claim along time: what is on it, and that nothing on it overlaps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from random import Random
from typing import Any
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanbao
from claims import FACTORY, TWO_REPAIRS, battery, day, days_after, exchange, handset, repair
from random_claims import random_claim, with_unknowns
from sanbao.decision import Decision
from sanbao.explain.blocks.model import Figure
from sanbao.explain.pages.timeline_figure import draw_claim, draw_decision, draw_timeline
from sanbao.explain.pages.timeline_svg import NARROWEST, Scale
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.reasons.timeline import Step, Timeline

ORDINARY = handset(claimed_on="2025-03-05")


def drawing(claim: dict[str, Any], lang: Language = "en") -> Figure:
    """Return the drawing of a claim and the decision on it; there has to be one."""
    decision = sanbao.decide(claim)
    figure = draw_decision(decision, decision.case.claim, decision.timeline, lang)
    assert figure is not None
    return figure


def parsed(figure: Figure) -> ET.Element:
    """Return the drawing taken apart; it has to be well-formed XML."""
    return ET.fromstring(figure.svg)  # noqa: S314 - our own text


def marks(figure: Figure, kind: str) -> list[ET.Element]:
    """Return what is drawn of one class."""
    return [one for one in parsed(figure).iter() if kind in (one.get("class") or "").split()]


def percent(element: ET.Element, name: str) -> float:
    """Return a place that is given in per cent."""
    text = element.get(name) or ""
    assert text.endswith("%")
    return float(text.removesuffix("%"))


def reach(text: ET.Element, width: float) -> tuple[float, float]:
    """Return from where to where a caption goes in a drawing of ``width`` pixels."""
    place = percent(text, "x") * width / 100 + float(text.get("dx") or 0)
    narrow = {"Na", "H", "N", "A"}
    length = sum(6.9 if east_asian_width(letter) in narrow else 12.2 for letter in text.text or "")
    start = {"start": 0.0, "middle": length / 2, "end": length}[text.get("text-anchor", "start")]
    return place - start, place - start + length


def overlaps(figure: Figure, width: float) -> Iterator[tuple[str | None, str | None]]:
    """Yield the captions that overlap, and those that leave the drawing."""
    texts = list(parsed(figure).iter("text"))
    for text in texts:
        left, right = reach(text, width)
        if left < -0.1 or right > width + 0.1:
            yield text.text, None
    for one, other in combinations(texts, 2):
        (left, right), (start, end) = reach(one, width), reach(other, width)
        near = abs(int(one.get("y") or 0) - int(other.get("y") or 0)) < 12
        if near and left < end and start < right:
            yield one.text, other.text


# --- nothing overlaps --------------------------------------------------------------------

claims = st.builds(random_claim, st.randoms(use_true_random=False))
partial_claims = st.builds(with_unknowns, st.randoms(use_true_random=False), claims)


@pytest.mark.untraced
@given(claims | partial_claims, st.sampled_from(LANGUAGES))
def test_no_caption_overlaps_another(claim: dict[str, Any], lang: Language) -> None:
    """In a drawing as narrow as a telephone, and in a wide one, captions keep apart."""
    for repaired in claim["repairs"]:  # the search of an open repair takes long
        repaired.setdefault("handed_back_on", repaired["handed_in_on"])
        repaired.pop("ready_on", None)
        repaired.pop("notified_on", None)
    decision = sanbao.decide(claim)
    told = decision.case.claim
    for figure in (draw_decision(decision, told, decision.timeline, lang), draw_claim(told, lang)):
        if figure is not None:
            for width in (NARROWEST, 420, 960):
                assert list(overlaps(figure, width)) == []


CROWDED = {
    "everything on one day": handset(
        claimed_on="2025-03-05",
        received_on="2025-03-03",
        invoiced_on="2025-03-03",
        activated_on="2025-03-03",
        manufactured_on="2025-03-03",
        exchanges=[exchange("2025-03-03")],
    ),
    "long names on one day": handset(
        claimed_on="2025-03-05",
        asked_on="2025-03-04",
        received_on="2025-03-04",
        sold_on="2025-03-04",
        appeared_on="2025-03-04",
    ),
    "a day each": handset(
        claimed_on="2025-03-09",
        received_on="2025-03-05",
        invoiced_on="2025-03-04",
        activated_on="2025-03-06",
        manufactured_on="2025-03-02",
        exchanges=[exchange(f"2025-03-0{n}") for n in range(3, 10)],
    ),
    "many repairs": handset(
        repairs=[
            repair(days_after("2025-03-04", 2 * n), days_after("2025-03-05", 2 * n))
            for n in range(30)
        ]
    ),
    "decades": handset(sold_on="2002-03-03", repairs=TWO_REPAIRS),
    "provisional": handset(sold_on="2026-12-28", claimed_on="2026-12-30"),
    "centuries": handset(sold_on="1066-10-14", claimed_on="8999-12-31"),
    "open": handset(repairs=[repair("2025-05-12")]),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("claim", CROWDED.values(), ids=list(CROWDED))
def test_crowded_days(claim: dict[str, Any], lang: Language) -> None:
    """However much happens on a day or in a life, no caption overlaps another."""
    figure = drawing(claim, lang)
    for width in (NARROWEST, 420, 960):
        assert list(overlaps(figure, width)) == []


def test_stems_do_not_go_through_captions() -> None:
    """The sale, three days before the claim, hangs above it and not through its caption."""
    figure = drawing(ORDINARY)
    rows = {text.text: int(text.get("y") or 0) for text in parsed(figure).iter("text")}
    assert rows["sold 2025-03-03"] < rows["claim 2025-03-05"]


# --- what is drawn -----------------------------------------------------------------------


def test_the_svg_is_well_formed_and_harmless() -> None:
    """One picture with title and description, that loads nothing, runs nothing, has no id."""
    figure = drawing(
        handset(repairs=[*TWO_REPAIRS, repair("2025-05-10")], received_on="2025-03-04")
    )
    tree = parsed(figure)
    assert tree.tag == "svg"
    assert tree.get("role") == "img"
    assert tree.get("width") == "100%"
    assert tree[0].tag == "title"
    assert tree[0].text == "Timeline"
    assert tree[1].tag == "desc"
    assert tree[1].text == "; ".join(figure.captions)
    tags = {one.tag for one in tree.iter()}
    assert tags <= {"svg", "title", "desc", "line", "rect", "text", "path", "circle"}
    names = {name for one in tree.iter() for name in one.attrib}
    assert not any(name.startswith("on") for name in names)
    assert not names & {"id", "href", "src", "style"}
    assert "http" not in figure.svg
    assert "url(" not in figure.svg


def test_windows_and_period() -> None:
    """The windows and the period are bars from the day they run from to their last day."""
    figure = drawing(ORDINARY)
    (refund, _), exchange_bars = marks(figure, "refund"), marks(figure, "exchange")
    (period,) = marks(figure, "period")
    assert percent(refund, "x") == percent(exchange_bars[0], "x") == percent(period, "x") == 0
    assert percent(refund, "width") < percent(exchange_bars[0], "width") < percent(period, "width")
    assert figure.captions[2:5] == (
        "refund window 2025-03-03 to 2025-03-10",
        "exchange window 2025-03-03 to 2025-03-18",
        "guarantees 2025-03-03 to 2026-03-03",
    )


def test_days_of_the_claim_in_chinese() -> None:
    """The same in Chinese, and what happened on one day in one caption."""
    figure = drawing(handset(claimed_on="2025-03-05", received_on="2025-03-03"), "zh")
    assert figure.captions[:4] == (
        "售出、收货2025-03-03",
        "申请2025-03-05",
        "退货期2025-03-03至2025-03-10",
        "换货期2025-03-03至2025-03-18",
    )
    assert figure.note == "长度不成比例：短的时间画得宽些。"


def test_more_than_three_things_on_a_day() -> None:
    """A caption names three things at most, the sale first."""
    first, *_ = drawing(CROWDED["everything on one day"]).captions
    assert first == "sold, delivered, invoiced etc. 2025-03-03"


def test_repairs_and_exchanges() -> None:
    """Repairs are bars with the day they were ready; exchanges are marks of their own."""
    days = {"ready_on": "2025-03-21", "notified_on": "2025-03-22"}
    repairs = [repair("2025-03-20", "2025-03-25", **days)]
    figure = drawing(handset(repairs=repairs, exchanges=[exchange("2025-03-28")]))
    assert len(marks(figure, "swap")) == 1
    assert "exchanged 2025-03-28" in figure.captions
    told = "repair 1: 2025-03-20 to 2025-03-25, ready 2025-03-21, called 2025-03-22"
    assert told in figure.captions
    (bar,) = (one for one in marks(figure, "repair") if one[0].text == told)
    notches = [percent(one, "x1") for one in marks(figure, "notch")]
    start = percent(bar, "x")
    assert all(start < notch < start + percent(bar, "width") for notch in notches[:2])


def test_an_open_repair_goes_to_the_claim() -> None:
    """A repair without an end is drawn to the day of the claim, its end open."""
    figure = drawing(handset(repairs=[repair("2025-04-20")]))
    assert "repair 1: from 2025-04-20" in figure.captions
    (bar,) = marks(figure, "repair")
    line, *_ = (one for one in marks(figure, "now") if one.tag == "line")
    assert percent(bar, "x") + percent(bar, "width") > percent(line, "x1")
    assert len([one for one in marks(figure, "notch") if one.tag == "path"]) == 3


def test_a_right_that_begins() -> None:
    """The day on which a right begins has a mark, unless the guarantees do not reach it."""
    late = handset(repairs=[repair("2025-04-20", delay="repairer")])
    assert "a right begins 2025-05-21" in drawing(late).captions
    late["fault"] |= {"cause": "liquid", "cause_basis": "report"}
    assert not any("begins" in caption for caption in drawing(late).captions)


def test_many_repairs() -> None:
    """Of many repairs the last six are drawn, and how many there are is told."""
    figure = drawing(CROWDED["many repairs"])
    assert len(marks(figure, "repair")) >= 6
    assert sum(caption.startswith("repair ") for caption in figure.captions) == 6
    assert "repair 30: 2025-05-01 to 2025-05-02" in figure.captions
    assert figure.note.endswith("Of 30 repairs and exchanges the last 6 of each are drawn.")


def test_what_a_later_claim_gives() -> None:
    """Below, one bar for every outcome that follows; days between have a notch."""
    figure = drawing(ORDINARY | {"same_model_in_stock": False, "request": "refund"})
    assert figure.captions[-3:] == (
        "from 2025-03-05: Refund",
        "from 2025-03-19: Free repair",
        "from 2026-03-04: Repair at a charge",
    )
    assert [one[0].text for one in marks(figure, "refund")][-1] == "Refund, 2025-03-11"
    refund, repaired = marks(figure, "refund")[-1], marks(figure, "free_repair")[0]
    end = percent(refund, "x") + percent(refund, "width")
    assert end == pytest.approx(percent(repaired, "x"), abs=0.02)


def test_the_claim_on_the_last_day_lies_inside() -> None:
    """On the seventh day the line of the claim goes through the window, a day later not."""
    for claimed, inside in (("2025-03-10", True), ("2025-03-11", False)):
        figure = drawing(handset(claimed_on=claimed))
        window = marks(figure, "refund")[0]
        line, *_ = (one for one in marks(figure, "now") if one.tag == "line")
        end = percent(window, "x") + percent(window, "width")
        assert (percent(line, "x1") < end) == inside


def test_provisional_ends_say_so() -> None:
    """An end that rests on a year not yet published is marked."""
    figure = drawing(CROWDED["provisional"])
    assert "guarantees to 2027-12-28 (provisional)" in figure.captions


def test_an_excluded_claim_has_no_windows() -> None:
    """Where the regulation does not reach, no window and no period is drawn."""
    figure = drawing(handset(kind="other"))
    assert figure.captions == ("sold 2025-03-03", "claim 2025-05-12")
    assert figure.note == ""


def test_factory_date_only() -> None:
    """Without papers the period runs from its own day; there are no windows."""
    figure = drawing(handset(sold_on=None, claimed_on="2025-03-20", **FACTORY))
    assert "made 2024-12-03" in figure.captions
    assert "guarantees 2025-03-03 to 2026-03-03" in figure.captions
    assert not any("window" in caption for caption in figure.captions)


def test_an_accessory() -> None:
    """An accessory has a period and no windows."""
    figure = drawing(battery())
    assert marks(figure, "period")
    assert not any("window" in caption for caption in figure.captions)


def test_one_day_is_no_drawing() -> None:
    """Where all is one day there is nothing to draw."""
    bare = {"claimed_on": "2025-05-12", "product": {"kind": "other"}}
    decision = sanbao.decide(bare)
    assert draw_claim(decision.case.claim, "zh") is None
    assert draw_decision(decision, decision.case.claim, None, "zh") is None
    assert draw_timeline(decision.timeline, "zh") is None
    sold_today = sanbao.decide(handset(kind="other", claimed_on="2025-03-03")).case.claim
    assert draw_claim(sold_today, "zh") is None


def test_a_claim_alone() -> None:
    """Without a decision the drawing shows what happened and nothing of the law."""
    claim = sanbao.decide(handset(repairs=TWO_REPAIRS)).case.claim
    figure = draw_claim(claim, "en")
    assert figure is not None
    assert figure.captions == (
        "sold 2025-03-03",
        "claim 2025-05-12",
        "repair 1: 2025-03-20 to 2025-03-21",
        "repair 2: 2025-04-07 to 2025-04-09",
    )


def test_a_timeline_alone() -> None:
    """A timeline is drawn from the day of the claim on; what is open is not coloured."""
    law = sanbao.decide(ORDINARY).timeline
    figure = draw_timeline(law, "en")
    assert figure is not None
    assert figure.captions[0] == "claim 2025-03-05"
    assert len(figure.captions) == 5
    step = law.steps[0]
    later = Step(date(2025, 4, 1), None, ("refund", "exchange"), (), None, (), ())
    unsettled = draw_timeline(Timeline((step, later), None, ()), "en")
    assert unsettled is not None
    assert unsettled.captions[-1] == "from 2025-04-01: Not settled yet"
    assert marks(unsettled, "open")


def test_a_decision_that_was_read() -> None:
    """A decision read from JSON is drawn with what it has: windows, period, the claim."""
    read = Decision.from_json(sanbao.decide(ORDINARY).to_json())
    figure = draw_decision(read, None, None, "en")
    assert figure is not None
    assert figure.captions == (
        "claim 2025-03-05",
        "refund window 2025-03-03 to 2025-03-10",
        "exchange window 2025-03-03 to 2025-03-18",
        "guarantees 2025-03-03 to 2026-03-03",
    )


def test_a_decision_that_was_read_and_makes_no_sense() -> None:
    """Days that a stranger made up are left out where they cannot be drawn."""
    data = sanbao.decide(ORDINARY).to_dict()
    for finding in data["findings"]:
        for check in finding["checks"]:
            if check["counted_from_on"] is not None:
                check["counted_from_on"] = "<soon>"
    data["dates"] |= {"period_starts_on": "2027-01-01"}
    figure = draw_decision(Decision.from_json(json.dumps(data)), None, None, "en")
    assert figure is None
    data["dates"] |= {"period_starts_on": "0001-01-01", "period_ends_on": "9999-12-31"}
    figure = draw_decision(Decision.from_json(json.dumps(data)), None, None, "en")
    assert figure is not None
    assert figure.captions[-1] == "guarantees 0001-01-01 to 9999-12-31"


def test_a_time_that_ends_on_the_same_day() -> None:
    """Where another time ends with the window, the window keeps its own beginning."""
    data = sanbao.decide(ORDINARY).to_dict()
    finding = data["findings"][0]
    times = [one for one in data["findings"] for one in one["checks"] if one["counted_from"]]
    window = next(one for one in times if one["threshold"] == "2025-03-10")
    other = {"counted_from": "repaired_on", "counted_from_on": "2025-02-08"}
    finding["checks"].append(window | other)
    figure = draw_decision(Decision.from_json(json.dumps(data)), None, None, "en")
    assert figure is not None
    assert "refund window 2025-03-03 to 2025-03-10" in figure.captions


# --- the scale ---------------------------------------------------------------------------


@given(st.lists(st.integers(1, 3_000_000), min_size=2, max_size=12, unique=True))
def test_the_scale_keeps_the_order(days: list[int]) -> None:
    """Later days stand further right, from edge to edge."""
    scale = Scale(days)
    places = [scale.at(one) for one in sorted(days)]
    assert places[0] == 0
    assert places[-1] == pytest.approx(100)
    assert all(one < other for one, other in pairwise(places))


def test_short_times_are_drawn_wider() -> None:
    """A week has more room beside a year than its length would give it."""
    scale = Scale([0, 7, 372])
    assert scale.at(7) > 3 * 100 * 7 / 372
    assert scale.at(3.5) == pytest.approx(scale.at(7) / 2)


@pytest.mark.parametrize(
    ("sold", "claimed", "named"),
    [
        ("2025-01-20", "2025-02-20", {"2025-02"}),
        ("2025-01-20", "2026-06-20", {"2025-07", "2026-01"}),
        ("2015-01-20", "2025-02-20", {"2016", "2024"}),
    ],
)
def test_months_and_years_on_the_axis(sold: str, claimed: str, named: set[str]) -> None:
    """The axis names months, or years where it is long: first of all Januaries."""
    claim = sanbao.Claim.model_validate(
        {"claimed_on": claimed, "product": {"kind": "other"}, "purchase": {"sold_on": sold}}
    )
    figure = draw_claim(claim, "en")
    assert figure is not None
    assert named <= {one.text for one in marks(figure, "quiet")}


def test_the_same_every_time() -> None:
    """The drawing of a claim is the same each time, to the letter."""
    rng = Random(5)
    claim = random_claim(rng)
    claim["claimed_on"] = str(day(claim["claimed_on"]) + timedelta(days=1))
    claim["repairs"] = []
    assert drawing(claim).svg == drawing(claim).svg
