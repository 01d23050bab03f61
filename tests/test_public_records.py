"""Everything the library hands out: short in a list, whole in a copy, at home in pydantic.

One decision, comparison, verification, checklist and paper of every sort stands for all; the
records are found by walking through them, so that a new kind of record is looked at as well.
"""

from __future__ import annotations

import copy
import dataclasses
import inspect
import json
import pickle
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter

import sanbao
from claims import handset
from sanbao import Claim, Decision, Readings, ValidationError, policies
from sanbao.base.records import Record, record
from sanbao.evaluation.parts import forming
from sanbao.policies.library import law
from sanbao.rules.conditions import Expression, fact
from small_policies import INSIDE, WITHIN_7, WITHIN_15, exchange, repair, small

LONGEST = 180
"""Of a ``repr``: one line in a log."""

HANDSET = handset(
    claimed_on="2025-05-12",
    request="refund",
    repairs=[{"handed_in_on": "2025-04-01", "handed_back_on": "2025-04-03"}] * 2,
    same_model_in_stock=True,
    price="1599.00",
)
PROMISED = {**HANDSET, "commitments": ["vivo-2016", "gree-phone"]}
OPEN = {"claimed_on": "2025-07-04", "product": {"kind": "handset"}}


def things() -> Iterator[Any]:
    """Yield what a user is handed: one of every sort."""
    for data in (HANDSET, PROMISED, OPEN):
        decision = sanbao.decide(data)
        yield decision
        yield decision.case.claim
        yield decision.summary()
        for remedy in ("refund", "exchange", "free_repair", "paid_repair"):
            if all(one.remedy != remedy for one in decision.remedies):
                yield decision.why_not(remedy)
        yield decision.what_if({"request": "exchange"})
        yield decision.timeline
        yield from decision.nearest_changes()
    yield sanbao.decide(HANDSET).why("exchange", rather_than="free_repair")
    shop = small("shop", exchange(WITHIN_7), repair(INSIDE & fact("invoice").is_("copy")))
    yield sanbao.compare(small("shop", exchange(WITHIN_15), repair(INSIDE)), shop)
    yield sanbao.verify(shop)
    yield from (policies.get("gree-phone"), policies.combined("cn.mobile-2001", "vivo-2016"), law())
    checklist = sanbao.checklists.get(sanbao.checklists.ids()[0])
    yield from (checklist, sanbao.checklists.check(checklist, OPEN, {}))
    yield from (sanbao.Voucher(), sanbao.SalesInvoice(), sanbao.Unit(imei="490154203237518"))
    yield from sanbao.Voucher().missing()
    yield sanbao.agreement(sanbao.Voucher(), None, sanbao.Unit(imei="490154203237518"))
    yield from sanbao.imei_checks(sanbao.Voucher(), None, sanbao.Unit(imei="490154203237518"))
    yield from (Readings(), Readings(rounding="down"), sanbao.chinese_calendar())


def parts_of(thing: object) -> Iterator[Any]:
    """Yield a thing and every record and model in it."""
    if isinstance(thing, tuple):
        for part in thing:
            yield from parts_of(part)
    elif isinstance(thing, Record | BaseModel | Readings | sanbao.ChineseCalendar):
        yield thing
        cls: Any = type(thing)
        names = getattr(cls, "__dataclass_fields__", None) or cls.model_fields
        for name in names:
            if not name.startswith("_"):
                yield from parts_of(getattr(thing, name))


@cache
def every() -> tuple[Any, ...]:
    """Return all of them."""
    return tuple(part for thing in things() for part in parts_of(thing))


@cache
def kinds() -> dict[type, list[Any]]:
    """Return some of every kind."""
    found: dict[type, list[Any]] = {}
    for part in every():
        some = found.setdefault(type(part), [])
        if len(some) < 20 and part not in some:
            some.append(part)
    return found


def names_of(cls: type) -> set[str]:
    return {kind.__name__ for kind in kinds() if issubclass(kind, cls)}


@pytest.mark.untraced
def test_the_public_records_are_all_here() -> None:
    """What is looked at are more than the records that the front door names."""
    public = {
        name
        for name in sanbao.__all__
        if isinstance(kind := getattr(sanbao, name), type)
        and issubclass(kind, Record | BaseModel | Readings | sanbao.ChineseCalendar)
    }
    seen = {base.__name__ for kind in kinds() for base in kind.__mro__}
    assert public - seen == {"Accessory", "RepairRecord"}  # parts of papers


# --- short in a list, whole in words -------------------------------------------------------


def test_every_repr_is_one_short_line() -> None:
    """Conditions alone are written out: theirs is Python that makes them again."""
    for part in every():
        if not isinstance(part, Expression):
            text = repr(part)
            assert len(text) <= LONGEST, text
            assert text.isprintable()
            assert text.partition("(")[0] in {base.__name__ for base in type(part).__mro__}


@pytest.mark.parametrize("data", [HANDSET, PROMISED, OPEN], ids=["alone", "together", "open"])
def test_a_repr_forms_nothing_of_a_decision(data: dict[str, Any]) -> None:
    """It names outcome, leading rule and policy, and no finding is formed for it."""
    decision: Any = sanbao.decide(data)
    text = repr(decision)
    formed = {
        *vars(forming.parts_of(decision.case)),
        *(one.__name__ for one in decision.case.memory),
    }
    assert not formed & {"findings", "dates", "depends_on", "receipt_of"}
    assert text.startswith("Decision(")
    assert decision.policy.id in text
    if decision.outcome is None:
        assert f"possible={decision.possible!r}"[:40] in text
    else:
        assert f"outcome={decision.outcome!r}, lead={decision.lead.rule!r}" in text
    assert repr(Decision.from_json(decision.to_json())) == text


def test_a_repr_leaves_out_what_is_not_known() -> None:
    claim = Claim.model_validate(HANDSET)
    assert repr(claim.purchase) == str(claim.purchase)
    assert repr(claim).startswith("Claim(claimed_on=2025-05-12, product=Product(kind='handset')")
    assert "repairs=<2 of Repair>" in repr(Claim.model_validate({**OPEN, "repairs": claim.repairs}))
    assert repr(Readings()) == "Readings()"
    assert repr(Readings(rounding="down")) == "Readings(rounding='down')"
    many = sanbao.decide({**OPEN, "purchase": {"sold_on": "2025-01-01"}}).findings
    assert all("None" not in repr(one) for one in many)


def test_str_is_the_explanation() -> None:
    """Of what can be explained, in Chinese; of everything else the same as ``repr``."""
    explained = 0
    for part in every():
        explain = getattr(part, "explain", None)
        if explain is not None:
            explained += 1
            assert str(part) == explain()
        elif not isinstance(part, sanbao.Citation):
            assert str(part) == repr(part)
    assert explained > 10


class Printer:
    """As much of IPython's printer as is asked of it; the real one is asked below."""

    def __init__(self, depth: int) -> None:
        self.stack = list(range(depth))
        self.written = ""

    def text(self, text: str) -> None:
        """Write what fits on one line."""
        assert "\n" not in text
        self.written += text

    def break_(self) -> None:
        """Begin a line."""
        self.written += "\n"


def test_a_terminal_shows_the_words() -> None:
    """Alone it is the explanation; in a list, or in itself, the short line."""
    decision = sanbao.decide(HANDSET)
    for depth, cycle, text in (
        (1, False, decision.explain()),
        (2, False, repr(decision)),
        (1, True, repr(decision)),
    ):
        printer = Printer(depth)
        decision._repr_pretty_(printer, cycle)
        assert printer.written == text.rstrip("\n")


def test_ipython_shows_the_words() -> None:
    """The real printer does the same."""
    from IPython.lib import pretty

    decision = sanbao.decide(HANDSET)
    printed: Any = pretty.pretty
    assert printed(decision) == decision.explain().rstrip("\n")
    assert printed([decision]) == f"[{decision!r}]"


# --- copies and pickles ------------------------------------------------------------------------


def test_copies_and_pickles_are_equal() -> None:
    for kind, some in kinds().items():
        for part in some:
            for same in (
                copy.copy(part),
                copy.deepcopy(part),
                pickle.loads(pickle.dumps(part)),  # noqa: S301
            ):
                assert same == part, kind
                assert hash(same) == hash(part), kind
                assert repr(same) == repr(part), kind
                assert str(same) == str(part), kind


@pytest.mark.untraced
@pytest.mark.parametrize("data", [HANDSET, PROMISED, OPEN], ids=["alone", "together", "open"])
@pytest.mark.parametrize(
    "again",
    [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))],  # noqa: S301
    ids=["copy", "deepcopy", "pickle"],
)
def test_a_copy_answers_like_the_original(again: Any, data: dict[str, Any]) -> None:
    """Claim, reasons, timeline and words are those of the decision that was copied."""
    decision = sanbao.decide(data)
    for same in (again(decision), again(again(decision))):
        assert same.to_json() == decision.to_json()
        assert same.case.claim == decision.case.claim
        assert same.nearest_changes() == decision.nearest_changes()
        assert same.timeline == decision.timeline
        assert same.what_if({"request": None}).after == decision.what_if({"request": None}).after
        assert same.to_html() == decision.to_html()
        assert same.explain("en", "auditor") == decision.explain("en", "auditor")


def test_a_pickle_keeps_what_does_not_ship() -> None:
    """Policies and calendars of one's own come along; those that ship are only named."""
    own = dataclasses.replace(
        sanbao.MOBILE_2001, version="own", in_force_from=date(2001, 1, 1), in_force_to=None
    )
    versions = type(law())((own,))
    calendar = sanbao.chinese_calendar().with_year(2027, days_off=[date(2027, 1, 1)])
    together = policies.combined(own, "vivo-2016")
    ships = len(pickle.dumps(sanbao.decide(HANDSET)))
    for policy in (own, versions, together):
        for data in (HANDSET, PROMISED):
            decision = sanbao.decide(data, policy=policy, calendar=calendar)
            dumped = pickle.dumps(decision)
            assert len(dumped) > ships + 10_000
            same = pickle.loads(dumped)  # noqa: S301
            assert same == decision
            assert same.case.policy == decision.case.policy
            assert same.case.program.library.calendar == calendar
            assert same.what_if({"request": None}).after == (
                decision.what_if({"request": None}).after
            )
    promise = sanbao.decide(HANDSET, policy="vivo-2016")
    assert len(pickle.dumps(promise)) < ships + 10_000
    same = pickle.loads(pickle.dumps(promise))  # noqa: S301
    assert same.case.policy == policies.get("vivo-2016")


def test_a_pickle_of_another_library_says_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what was decided then; asked what would be, it says what is not as it was."""
    decision = sanbao.decide(HANDSET)
    dumped = pickle.dumps(decision)
    monkeypatch.setattr("sanbao.evaluation.reproduction.__version__", "9.9.9")
    same = pickle.loads(dumped)  # noqa: S301
    assert same == decision
    assert pickle.loads(pickle.dumps(same)) == decision  # noqa: S301
    with pytest.raises(ValidationError, match=r"receipt\.library = .*: is '9\.9\.9' here"):
        same.why_not("paid_repair")


def test_a_pickle_of_a_decision_that_was_read() -> None:
    """It holds the parts and still no claim."""
    for data in (HANDSET, OPEN):
        decision = sanbao.decide(data)
        same = pickle.loads(pickle.dumps(Decision.from_json(decision.to_json())))  # noqa: S301
        assert same == decision
        with pytest.raises(ValidationError, match="does not hold its claim"):
            same.why_not("refund")


def test_what_an_older_pickle_holds_beside_its_data_is_left() -> None:
    """Answers of 0.2.0 held the titles of their policies; these are worked out now."""
    answer = sanbao.decide(HANDSET).why_not("paid_repair")
    made_again, (cls, values, beside) = answer.__reduce__()
    assert made_again(cls, values, {**beside, "_titles": {}}) == answer


@record
class Point(Record):
    """A record with a default."""

    x: int
    y: int = 2

    def __post_init__(self) -> None:
        if self.y < 0:
            raise ValueError("below")


@record
class Place(Point):
    """One that adds a field to those of another."""

    name: str = ""


class Named(Point):
    """A subclass that is no dataclass, and has an attribute of its own."""

    label: str


def test_a_record_is_a_frozen_dataclass() -> None:
    """It is made, changed, matched and refused as one that :mod:`dataclasses` makes itself."""
    point = Point(1)
    assert (point, point.y, hash(point)) == (Point(x=1, y=2), 2, hash(Point(1, 2)))
    assert dataclasses.replace(point, y=3) == Point(1, 3)
    assert [one.name for one in dataclasses.fields(Place)] == ["x", "y", "name"]
    assert Place(1, name="here") == Place(1, 2, "here") != Place(1)
    assert Point.__match_args__ == ("x", "y")
    assert list(inspect.signature(Point).parameters) == ["x", "y"]
    assert not hasattr(point, "__dict__")
    with pytest.raises(TypeError, match=r"Point.__init__\(\) missing 1 required .* 'x'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="below"):
        Point(1, -1)


@pytest.mark.parametrize("made", [Point(1), Place(1), Named(1)])
def test_a_record_never_changes(made: Any) -> None:
    """No field is set or deleted, of whatever subclass."""
    for name in ("x", "y"):
        with pytest.raises(
            dataclasses.FrozenInstanceError, match=f"cannot assign to field '{name}'"
        ):
            setattr(made, name, 0)
        with pytest.raises(dataclasses.FrozenInstanceError, match=f"delete field '{name}'"):
            delattr(made, name)
    assert (made.x, made.y) == (1, 2)


def test_a_subclass_may_have_an_attribute_of_its_own() -> None:
    """What is no field of a record is nobody's but the subclass's; a record itself has no more."""
    named = Named(1)
    named.label = "here"
    assert named.label == "here"
    del named.label
    assert not hasattr(named, "label")
    with pytest.raises(dataclasses.FrozenInstanceError):
        Point(1).label = "here"


def test_a_changed_decision_is_no_longer_that_of_its_claim() -> None:
    """``dataclasses.replace`` gives a plain decision, which does not hold the claim."""
    for data in (HANDSET, PROMISED):
        decision = sanbao.decide(data)
        changed = dataclasses.replace(decision, needs=("request",))
        assert type(changed) is Decision
        assert changed.needs == ("request",)
        assert changed.findings == decision.findings
        with pytest.raises(ValidationError, match="does not hold its claim"):
            changed.why_not("refund")


def test_a_decision_as_a_dict() -> None:
    """``dataclasses.asdict`` gives plain dictionaries all the way down."""
    for data in (HANDSET, PROMISED, OPEN):
        decision = sanbao.decide(data)
        found = dataclasses.asdict(decision)
        assert list(found) == [field.name for field in dataclasses.fields(Decision)]
        assert [one["rule"] for one in found["findings"]] == [one.rule for one in decision.findings]
        assert found["receipt"]["readings"] == {**Readings().to_dict(), "of_laws": ()}


# --- pydantic ------------------------------------------------------------------------------------


def test_every_record_goes_through_pydantic() -> None:
    """Each has a core schema and a JSON schema; what is written is what is read."""
    tried = 0
    for kind, some in kinds().items():
        public: Any = Decision if issubclass(kind, Decision) else kind
        adapter: TypeAdapter[Any] = TypeAdapter(public)
        for mode in ("validation", "serialization"):
            assert adapter.json_schema(mode=mode)
        for part in some:
            tried += 1
            written = adapter.dump_json(part)
            assert adapter.validate_json(written) == part, kind
            assert adapter.validate_python(part) is part, kind
            if hasattr(public, "from_json"):
                assert public.from_json(written) == part, kind
    assert tried > 100


class Ticket(BaseModel):
    """A model of somebody else's that holds what this library gives."""

    number: int
    claim: Claim
    decision: Decision
    answers: tuple[sanbao.WhyNot | sanbao.Timeline, ...] = ()


@pytest.mark.parametrize("read", [False, True], ids=["made", "read"])
def test_a_decision_in_a_model(read: bool) -> None:
    """One just made and one read from JSON are held, written and read alike."""
    for data in (HANDSET, PROMISED, OPEN):
        decision = sanbao.decide(data)
        held = Decision.from_json(decision.to_json()) if read else decision
        ticket = Ticket(
            number=1,
            claim=decision.case.claim,
            decision=held,
            answers=(decision.timeline,),
        )
        assert ticket.decision is held
        text = ticket.model_dump_json()
        assert json.loads(text)["decision"] == json.loads(decision.to_json())
        assert Ticket.model_validate_json(text) == ticket
        assert ticket.model_dump()["decision"]["receipt"]["library"] == decision.receipt.library
    assert "Decision" in Ticket.model_json_schema()["$defs"]
