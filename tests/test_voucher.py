"""Papers and goods as objects: what is taken, what is refused, and where they agree."""

from __future__ import annotations

import copy
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, get_args
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError as PydanticError

import sanbao
from claims import ACCESSORIES, LAW, handset
from sanbao import ValidationError
from sanbao.base.errors import Problem
from sanbao.base.records import canonical_json
from sanbao.base.reread import reread
from sanbao.explain.words.papers import VOUCHER_MESSAGES
from sanbao.model.codes import Voucher as VoucherCode
from sanbao.model.field_types import luhn_digit
from sanbao.papers.agreement import Agreement, ImeiCheck, agreement, imei_checks, voucher_state
from sanbao.papers.voucher import (
    LONGEST,
    Accessory,
    AccessoryKind,
    Missing,
    Paper,
    Party,
    RepairRecord,
    SalesInvoice,
    Unit,
    Voucher,
)
from sanbao.policies.instruments import art

Sheet = Voucher | SalesInvoice | Unit
IMEI: Final = "490154203237518"
OTHER: Final = "352099001761481"
SLIP: Final = "490154203237510"

VOUCHER: Final[dict[str, Any]] = {
    "model": "T-100",
    "imei": IMEI,
    "second_imei": OTHER,
    "accessories": [{"kind": "battery", "model": "B-1", "number": "0501", "made_on": "2024-12-03"}],
    "no_accessories": False,
    "network_mark": "02-1234-567890",
    "origin": "Tianjin",
    "seller": {
        "name": "示例商店",
        "address": "示例路1号",
        "postcode": "100000",
        "telephone": "010-5550100",
    },
    "seal": True,
    "invoice_number": "00112233",
    "sold_on": "2025-03-03",
    "consumer": {"name": "Example"},
    "repairer": {"telephone": "010-5550101"},
    "repairs": [
        {
            "handed_in_on": "2025-04-01",
            "fault": "screen stays dark",
            "cause": "display",
            "work": "display replaced",
            "ended_in": "exchange",
            "certificate": "T-1",
            "handed_back_on": "2025-04-03",
            "signature": False,
        }
    ],
}
INVOICE: Final[dict[str, Any]] = {
    "number": "00112233",
    "issued_on": "2025-03-03",
    "brand": "Example",
    "model": "T-100",
    "imei": IMEI,
    "second_imei": OTHER,
    "accessories": [],
    "no_accessories": True,
    "amount": "1599.00",
    "seal": True,
}
UNIT: Final[dict[str, Any]] = {
    "model": "T-100",
    "imei": IMEI,
    "second_imei": OTHER,
    "network_mark": "02-1234-567890",
    "accessories": [{"kind": "battery", "number": "0501"}],
    "made_on": "2024-12-03",
}
"""Each leaves nothing out of its fields."""

SHEETS: Final[list[tuple[type[Sheet], dict[str, Any]]]] = [
    (Voucher, VOUCHER),
    (SalesInvoice, INVOICE),
    (Unit, UNIT),
]
every_sheet = pytest.mark.parametrize(("model", "data"), SHEETS, ids=["voucher", "invoice", "unit"])


# --- identity and JSON ------------------------------------------------------------------

COPIES: dict[str, Callable[[Any], Any]] = {
    "JSON": lambda sheet: type(sheet).from_json(sheet.to_json()),
    "JSON bytes": lambda sheet: type(sheet).from_json(sheet.to_json().encode()),
    "dump": lambda sheet: type(sheet).model_validate(sheet.model_dump()),
    "pickle": lambda sheet: pickle.loads(pickle.dumps(sheet)),  # noqa: S301
    "deepcopy": copy.deepcopy,
}


@pytest.mark.parametrize("remake", COPIES.values(), ids=COPIES)
@every_sheet
def test_copies(model: type[Sheet], data: dict[str, Any], remake: Callable[[Any], Any]) -> None:
    """Whatever way a paper is copied, it is equal, hashes alike and lacks the same."""
    sheet = model.model_validate(data)
    same = remake(sheet)
    assert same == sheet
    assert hash(same) == hash(sheet)
    assert same.to_json() == sheet.to_json()
    assert same.missing() == sheet.missing()


@every_sheet
def test_the_json_is_canonical(model: type[Sheet], data: dict[str, Any]) -> None:
    """What leaves nothing out comes out as it went in: keys sorted, no spaces."""
    assert set(data) == set(model.model_fields)
    text = model.model_validate(data).to_json()
    assert json.loads(text) == data
    assert text == json.dumps(data, sort_keys=True, separators=(",", ":"))


def test_the_json_of_nothing() -> None:
    """Nothing that is not known is written."""
    assert Voucher().to_json() == (
        '{"accessories":[],"consumer":{},"no_accessories":false,"repairer":{},"repairs":[],'
        '"seller":{}}'
    )
    assert SalesInvoice().to_json() == '{"accessories":[],"no_accessories":false}'
    assert Unit().to_json() == '{"accessories":[]}'


@every_sheet
def test_nothing_can_be_set(model: type[Sheet], data: dict[str, Any]) -> None:
    """Papers are frozen."""
    sheet = model.model_validate(data)
    with pytest.raises(PydanticError, match="frozen"):
        setattr(sheet, "imei", None)  # noqa: B010
    assert sheet == model.model_validate(data)


@every_sheet
def test_the_schema_names_every_field(model: type[Sheet], data: dict[str, Any]) -> None:
    """The JSON schema has every field and no others; none is required."""
    schema = model.model_json_schema()
    assert set(schema["properties"]) == set(data)
    assert schema["additionalProperties"] is False
    assert "required" not in schema
    assert schema["properties"]["imei"]["anyOf"][0] == {
        "type": "string",
        "pattern": "^[0-9]{1,20}$",
    }


@given(text=st.text(max_size=20))
def test_any_text_is_taken_or_refused(text: str) -> None:
    """Any text is kept, but for blanks at its ends, and comes back; or it is refused."""
    data = {"origin": text, "seller": {"name": text}}
    kept = text.strip()
    unseen, refused = {"Cf", "Zs"}, {"Cc", "Cs", "Zl", "Zp"}
    categories = {category(character) for character in kept}
    if categories <= unseen or categories & refused:
        with pytest.raises(ValidationError) as caught:
            Voucher.model_validate(data)
        assert [problem.field for problem in caught.value.problems] == ["origin", "seller.name"]
        return
    voucher = Voucher.model_validate(data)
    assert voucher.origin == voucher.seller.name == kept
    assert Voucher.from_json(voucher.to_json()) == voucher
    assert voucher.to_json().isprintable()


# --- what is taken ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "\"quotes\" and 'others' & {braces} %s \\",
        "示例商店",
        "\u202eabc\u202c",
        "abc\u200f",
        "a\u200bb",
        "🙂",
        "x" * LONGEST,
        "0",
    ],
)
def test_odd_text_is_text(text: str) -> None:
    """Markup, quotes and marks of direction are kept as they are, and cannot break the JSON."""
    voucher = Voucher.model_validate({"origin": text, "repairs": [{"fault": text}]})
    assert (voucher.origin, voucher.repairs[0].fault) == (text, text)
    assert Voucher.from_json(voucher.to_json()) == voucher
    assert voucher.to_json().isascii()


def test_blanks_at_the_ends_are_dropped() -> None:
    """Blanks and a line break at the end of a text, as a scanner leaves them, are dropped."""
    assert Voucher.model_validate({"origin": " \tTianjin\u3000\n"}).origin == "Tianjin"


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        (IMEI, IMEI),
        ("49-015420-323751-8", IMEI),
        (" 49 015420 323751 8\n", IMEI),
        ("\u200e490154203237518\u202c", IMEI),
        ("49–015420–323751–8", IMEI),
        (SLIP, SLIP),
        ("49015420323751", "49015420323751"),
        ("7", "7"),
        ("0" * 20, "0" * 20),
    ],
)
def test_an_imei_is_taken_as_it_is_written(written: str, digits: str) -> None:
    """Digits are kept, right or wrong and however many; what stands between them is not."""
    for sheet in (Voucher, SalesInvoice, Unit):
        assert sheet.model_validate({"imei": written}).imei == digits


def test_days_and_money_as_objects() -> None:
    """Dates and amounts may be given as Python objects."""
    invoice = SalesInvoice.model_validate(
        {"issued_on": date(2025, 3, 3), "amount": Decimal("1599")}
    )
    assert invoice == SalesInvoice.model_validate({"issued_on": "2025-03-03", "amount": "1599.00"})


def test_days_out_of_order_are_what_the_paper_says() -> None:
    """A paper may show a repair before the sale, handed back before it was handed in."""
    record = {"handed_in_on": "2025-02-01", "handed_back_on": "2025-01-01"}
    assert Voucher.model_validate({"sold_on": "2025-03-03", "repairs": [record]}).repairs


# --- what is refused --------------------------------------------------------------------

REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"origin": ""}, "origin", "is blank; leave it out where the paper shows nothing"),
    ({"origin": " \n\t"}, "origin", "is blank"),
    ({"origin": "\u200b\u202e \u3000"}, "origin", "is blank"),
    ({"origin": "x" * (LONGEST + 1)}, "origin", "must be at most 200 characters long"),
    ({"origin": "x" * 10_000}, "origin", "must be at most 200 characters long"),
    ({"origin": "a\nb"}, "origin", "must be one line of text without control characters"),
    ({"origin": "a\0b"}, "origin", "must be one line of text"),
    ({"origin": "a\x1b[31mb"}, "origin", "must be one line of text"),
    ({"origin": "a\u2028b"}, "origin", "must be one line of text"),
    ({"origin": "a\ud800b"}, "origin", "must be one line of text"),
    ({"origin": 7}, "origin", "must be text, in quotes"),
    ({"origin": True}, "origin", "must be text"),
    ({"origin": b"Tianjin"}, "origin", "must be text"),
    ({"origin": ["Tianjin"]}, "origin", "must be text"),
    ({"invoice_number": 112233}, "invoice_number", "must be text"),
    ({"seller": {"postcode": 100000}}, "seller.postcode", "must be text, in quotes"),
    ({"seller": "Example Shop"}, "seller", "must be a JSON object"),
    ({"seller": {"phone": "1"}}, "seller.phone", "is not a known key"),
    ({"seller": {"telefone": "1"}}, "seller.telefone", "did you mean 'telephone'?"),
    ({"sealed": True}, "sealed", "is not a known key; did you mean 'seal'?"),
    ({"seal": "yes"}, "seal", "must be true or false"),
    ({"sold_on": "2025-02-30"}, "sold_on", "is not a day of the calendar"),
    ({"sold_on": "2025-03-03T10:00"}, "sold_on", "not a date with a time"),
    ({"imei": 490154203237518}, "imei", "must be text, in quotes"),
    ({"imei": "unreadable"}, "imei", "must be the digits as the paper shows them, 20 at most"),
    ({"imei": "-"}, "imei", "must be the digits"),
    ({"imei": "1" * 21}, "imei", "20 at most"),
    ({"imei": "４９０"}, "imei", "must be the digits"),
    ({"imei": "1" * 10_000}, "imei", "must be at most 200 characters long"),
    ({"accessories": [{}]}, "accessories[0].kind", "is required"),
    (
        {"accessories": [{"kind": "batery"}]},
        "accessories[0].kind",
        f"must be one of {', '.join(ACCESSORIES)}; did you mean 'battery'?",
    ),
    ({"accessories": [{"kind": "handset"}]}, "accessories[0].kind", "must be one of battery"),
    (
        {"accessories": [{"kind": "battery", "numbr": "1"}]},
        "accessories[0].numbr",
        "did you mean 'number'?",
    ),
    ({"accessories": [7]}, "accessories[0]", "must be a JSON object"),
    ({"accessories": {"kind": "battery"}}, "accessories", "must be a list"),
    (
        {"accessories": [{"kind": "battery"}] * 101},
        "accessories",
        "must hold at most 100 entries",
    ),
    (
        {"accessories": [{"kind": "battery"}], "no_accessories": True},
        "no_accessories",
        "says there are none, but accessories are listed",
    ),
    ({"repairs": [{}] * 1001}, "repairs", "must hold at most 1000 entries"),
    (
        {"repairs": [{}, {"ended_in": "exchang"}]},
        "repairs[1].ended_in",
        "must be one of refund, exchange, repair; did you mean 'exchange'?",
    ),
    ({"repairs": [{"signature": 1}]}, "repairs[0].signature", "must be true or false"),
    ({"repairs": [{"signed": True}]}, "repairs[0].signed", "is not a known key"),
]


@pytest.mark.parametrize(("data", "field", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_stand_on_a_paper(data: dict[str, Any], field: str, reason: str) -> None:
    """What no paper can show is refused with field, value and reason, in one short line."""
    with pytest.raises(ValidationError) as caught:
        Voucher.model_validate(data)
    [problem] = caught.value.problems
    assert problem.field == field
    assert reason in problem.reason
    assert str(problem).isprintable()
    assert len(str(problem)) < 300


def test_every_problem_is_named() -> None:
    """Problems in several places are told at once, in the order of the fields."""
    data = {"imei": "x", "seller": {"name": "", "address": 1}, "repairs": [{"fault": "\0"}]}
    with pytest.raises(ValidationError) as caught:
        Voucher.model_validate(data)
    fields = [problem.field for problem in caught.value.problems]
    assert fields == ["imei", "seller.name", "seller.address", "repairs[0].fault"]


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: Party(name=" "), Problem("name", "' '", reread("is blank; leave it out"))),
        (lambda: Accessory(kind="x"), Problem("kind", "'x'", reread("must be one of battery"))),  # type: ignore[arg-type]
        (
            lambda: RepairRecord(fault="a\rb"),
            Problem("fault", "'a\\rb'", reread("must be one line of text")),
        ),
        (lambda: Unit.from_json("[]"), Problem("unit", "[]", reread("must be a JSON object"))),
        (lambda: Voucher.from_json(""), Problem("voucher", "''", reread("is empty"))),
        (
            lambda: SalesInvoice.from_json('{"amount": 1599.0}'),
            Problem("amount", "1599.0", reread("must not be a floating-point number")),
        ),
    ],
)
def test_a_part_that_cannot_be(make: Callable[[], object], problem: Problem) -> None:
    """A part made by itself is refused by the name of its own field."""
    with pytest.raises(ValidationError) as caught:
        make()
    [found] = caught.value.problems
    assert (found.field, found.value) == (problem.field, problem.value)
    assert found.reason.startswith(problem.reason)


JUNK: Final[list[Any]] = [
    *("", "😀", "\ud800", "\u202e<script>", "x" * 100_000, b"", -1, 10**400, float("nan")),
    *([], [[]], {1: 2}, {"": {}}, object(), object, Decimal("NaN"), ..., lambda: None),
]
ENTRIES: dict[str, Callable[[Any], object]] = {
    "Voucher": Voucher.model_validate,
    "SalesInvoice": SalesInvoice.model_validate,
    "Unit": Unit.model_validate,
    "Voucher.from_json": Voucher.from_json,
    "Voucher(imei)": lambda junk: Voucher(imei=junk),
    "Voucher(seller)": lambda junk: Voucher(seller=junk),
    "kind": lambda junk: Voucher().missing(junk),
    "goods_with": lambda junk: Voucher().missing(goods_with=junk),
    "kind of the invoice": lambda junk: SalesInvoice().missing(junk),
    "kind of the unit": lambda junk: Unit().missing(junk),
    "agreement(voucher)": agreement,
    "agreement(invoice)": lambda junk: agreement(None, junk),
    "agreement(unit)": lambda junk: agreement(None, None, junk),
    "agreement(sold_on)": lambda junk: agreement(sold_on=junk),
    "imei_checks": imei_checks,
    "voucher_state": lambda junk: voucher_state(junk, None),
    "kind of voucher_state": lambda junk: voucher_state(None, None, junk),
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_junk(entry: Callable[[Any], object], junk: Any) -> None:
    """Every entry point answers junk with the library's own error."""
    with pytest.raises(ValidationError) as caught:
        entry(junk)
    assert caught.value.problems
    for problem in caught.value.problems:
        assert problem.field
        assert problem.reason
        assert len(str(problem)) < 1000
        str(problem).encode("utf-8")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: Voucher().missing("handet"),  # type: ignore[arg-type]
            r"^kind = 'handet': must be one of handset, .*; did you mean 'handset'\?$",
        ),
        (
            lambda: Voucher().missing(goods_with="shop"),  # type: ignore[arg-type]
            r"^goods_with = 'shop': must be one of consumer, repairer$",
        ),
        (lambda: agreement(sold_on=datetime(2025, 3, 3)), r"^sold_on = .* not a date with a time"),
        (lambda: agreement(SalesInvoice()), "must be a JSON object"),  # type: ignore[arg-type]
    ],
)
def test_an_argument_that_cannot_be(call: Callable[[], object], message: str) -> None:
    """A code that is none is refused with the nearest one."""
    with pytest.raises(ValidationError, match=f"(?m){message}"):
        call()


# --- agreement --------------------------------------------------------------------------


def fact(item: str, *papers: Any, **more: Any) -> Agreement:
    """Return the fact on ``item`` among these papers."""
    [found] = [each for each in agreement(*papers, **more) if each.item == item]
    return found


def on(item: str, *values: str | None) -> list[dict[str, Any]]:
    """Return voucher, invoice and unit that show these values for ``item``."""
    return [{} if value is None else {item: value} for value in values]


AGREES = [
    ((None, None, None), None),
    (("A", None, None), None),
    ((None, "A", None), None),
    ((None, None, "A"), None),
    (("A", "A", None), True),
    (("A", None, "A"), True),
    ((None, "A", "A"), True),
    (("A", "A", "A"), True),
    (("A", "B", None), False),
    (("A", None, "B"), False),
    ((None, "A", "B"), False),
    (("A", "A", "B"), False),
    (("A", "B", "A"), False),
    (("B", "A", "A"), False),
    (("A", "B", "C"), False),
]


@pytest.mark.parametrize(("values", "agrees"), AGREES)
def test_models(values: tuple[str | None, ...], agrees: bool | None) -> None:
    """Two of the three have to be known to compare; one that differs is enough to differ."""
    found = fact("model", *on("model", *values))
    assert found.agrees is agrees
    shown = tuple(() if value is None else (value,) for value in values)
    assert (found.voucher, found.invoice, found.unit, found.stated) == (*shown, ())


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("SGH-T108", "sgh t108", True),
        ("ＳＧＨ－Ｔ１０８", "SGH T108", True),
        ("SGH\u2011T108", "SGH–T108", True),
        ("\u202eSGH\u202c T108", "SGHT108", True),
        ("3310", "3310i", False),
        ("-", "—", False),
        ("-", "-", True),
        ("-", "A", False),
    ],
)
def test_what_makes_no_other_model(one: str, other: str, agrees: bool) -> None:
    """Case, blanks, hyphens, full-width forms and unseen marks make no other model."""
    assert fact("model", {"model": one}, None, {"model": other}).agrees is agrees
    assert fact("model", {"model": other}, {"model": one}).agrees is agrees


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        (IMEI, "49-015420-323751-8", True),
        (IMEI, SLIP, False),
        (IMEI, OTHER, False),
        (IMEI, IMEI[:14], True),
        (IMEI, IMEI[:14] + "01", True),
        (IMEI[:14], IMEI[:14] + "01", True),
        (IMEI, OTHER[:14], False),
        (IMEI, IMEI[:13], False),
        (IMEI[:13], IMEI[:13], True),
        (IMEI, IMEI + "01", False),
    ],
)
def test_imeis(one: str, other: str, agrees: bool) -> None:
    """Without its check digit, or with a software version, an IMEI is still the same."""
    assert fact("imei", {"imei": one}, None, {"imei": other}).agrees is agrees
    assert fact("imei", {"imei": other}, {"imei": one}).agrees is agrees


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ({"imei": IMEI}, {"imei": IMEI, "second_imei": OTHER}, True),
        ({"imei": OTHER}, {"imei": IMEI, "second_imei": OTHER}, True),
        ({"second_imei": OTHER}, {"imei": IMEI, "second_imei": OTHER}, True),
        ({"imei": OTHER, "second_imei": IMEI}, {"imei": IMEI, "second_imei": OTHER}, True),
        ({"imei": SLIP}, {"imei": IMEI, "second_imei": OTHER}, False),
        ({"imei": IMEI, "second_imei": SLIP}, {"imei": IMEI, "second_imei": OTHER}, False),
    ],
)
def test_phones_for_two_cards(one: dict[str, str], other: dict[str, str], agrees: bool) -> None:
    """A paper that names either IMEI of a phone, in either order, is that phone's."""
    assert fact("imei", one, None, other).agrees is agrees
    assert fact("imei", other, None, one).agrees is agrees


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        (["1"], ["1"], True),
        (["1", "2"], ["2"], True),
        (["1", "2"], ["2", "1"], True),
        (["1"], ["2"], False),
        (["1", "2"], ["2", "3"], False),
        (["1"], [], None),
        (["1"], [None], None),
    ],
)
def test_accessories(one: list[str], other: list[str | None], agrees: bool | None) -> None:
    """Batteries are compared with batteries, and one at hand may be any that is named."""
    lines = [{"kind": "battery", "number": number} for number in one]
    at_hand = [{"kind": "battery", "number": number} for number in other]
    charger = {"kind": "charger", "number": "9"}
    papers = ({"accessories": lines}, None, {"accessories": [*at_hand, charger]})
    assert fact("accessories.battery", *papers).agrees is agrees
    assert fact("accessories.charger", *papers).agrees is None


def test_dates() -> None:
    """The day of sale is held against the invoice's and against what is said elsewhere."""
    voucher, invoice = {"sold_on": "2025-03-03"}, {"issued_on": "2025-03-04"}
    found = fact("sold_on", voucher, invoice, sold_on="2025-03-03")
    assert found.agrees is False
    assert (found.voucher, found.invoice) == (("2025-03-03",), ("2025-03-04",))
    assert (found.unit, found.stated) == ((), ("2025-03-03",))
    assert fact("sold_on", voucher, sold_on=date(2025, 3, 3)).agrees is True
    assert fact("sold_on", sold_on="2025-03-03").agrees is None


def test_numbers() -> None:
    """Invoice number and network mark are held against those that also show them."""
    assert fact("invoice_number", {"invoice_number": "No 1"}, {"number": "NO1"}).agrees is True
    assert fact("invoice_number", {"invoice_number": "1"}, {"number": "2"}).agrees is False
    marks = ({"network_mark": "02-1"}, None, {"network_mark": "021"})
    assert fact("network_mark", *marks).agrees is True


def test_what_is_compared() -> None:
    """Everything that agrees is told, in this order, with its articles as the policy has them."""
    facts = agreement(VOUCHER, {**INVOICE, "no_accessories": False}, UNIT, "2025-03-03")
    assert [(each.item, each.agrees) for each in facts] == [
        ("imei", True),
        ("model", True),
        ("accessories.battery", True),
        ("network_mark", True),
        ("invoice_number", True),
        ("sold_on", True),
    ]
    own = [f"{LAW} app. 2", f"{LAW} art. 5", f"{LAW} art. 24(3)"]
    for each in facts[:4]:
        assert [str(cite) for cite in each.citations] == own
        assert each.citations[-1] == art(24, 3)
    assert [str(cite) for cite in facts[4].citations] == own[:2]
    assert [str(cite) for cite in facts[5].citations] == [*own[:2], f"{LAW} art. 8"]
    assert facts == agreement(
        Voucher.model_validate(VOUCHER),
        SalesInvoice.model_validate({**INVOICE, "no_accessories": False}),
        Unit.model_validate(UNIT),
        date(2025, 3, 3),
    )


def test_nothing_at_hand() -> None:
    """Without papers and goods nothing can be compared, and nothing is raised."""
    facts = agreement()
    assert [each.item for each in facts] == [
        "imei",
        "model",
        "network_mark",
        "invoice_number",
        "sold_on",
    ]
    assert {each.agrees for each in facts} == {None}
    assert imei_checks() == ()
    assert voucher_state(None, None) is None


SOME: Final = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {},
        optional={
            "imei": st.sampled_from([IMEI, OTHER, SLIP, IMEI[:14], IMEI + "1", "1"]),
            "second_imei": st.sampled_from([IMEI, OTHER]),
            "model": st.sampled_from(["T-100", "t100", "T-200", "<b>"]),
            "accessories": st.lists(
                st.fixed_dictionaries(
                    {"kind": st.sampled_from(get_args(AccessoryKind))},
                    optional={"number": st.sampled_from(["1", "2"])},
                ),
                max_size=3,
            ),
        },
    ),
)


@given(voucher=SOME, invoice=SOME, unit=SOME)
def test_properties_of_agreement(
    voucher: dict[str, Any] | None, invoice: dict[str, Any] | None, unit: dict[str, Any] | None
) -> None:
    """Nothing raises; to agree takes two that are known; a third paper never mends a difference."""
    facts = {each.item: each for each in agreement(voucher, invoice, unit)}
    for each in facts.values():
        known = [shown for shown in (each.voucher, each.invoice, each.unit) if shown]
        assert (each.agrees is None) == (len(known) < 2)
        assert each.citations
        assert each.message in VOUCHER_MESSAGES
        assert canonical_json(each)
    for pair in ((voucher, invoice, None), (voucher, None, unit), (None, invoice, unit)):
        for each in agreement(*pair):
            if each.agrees is False:
                assert facts[each.item].agrees is False
    turned = {each.item: each for each in agreement(unit, invoice, voucher)}
    for item in ("imei", "model"):
        assert turned[item].agrees is facts[item].agrees


# --- check digits -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("imei", "right", "expected"),
    [
        (IMEI, True, "8"),
        (SLIP, False, "8"),
        (IMEI[:14], None, "8"),
        (IMEI[:14] + "01", None, "8"),
        (IMEI[:13], False, None),
        (IMEI + "01", False, None),
        ("1", False, None),
    ],
)
def test_check_digits(imei: str, right: bool | None, expected: str | None) -> None:
    """A wrong check digit, or a number of digits no IMEI has, is a fact about that paper."""
    checks = imei_checks({"imei": imei}, {"imei": imei}, {"second_imei": imei})
    assert [check.paper for check in checks] == list(get_args(Paper))
    for check in checks:
        assert (check.imei, check.right, check.expected) == (imei, right, expected)
        assert art(5) in check.citations
    assert isinstance(checks[0], ImeiCheck)


@given(digits=st.text("0123456789", min_size=14, max_size=14), last=st.sampled_from("0123456789"))
def test_every_check_digit(digits: str, last: str) -> None:
    """Of ten last digits just the right one is right, and the others are told which it is."""
    [check] = imei_checks(unit={"imei": digits + last})
    assert check.right == (last == luhn_digit(digits))
    assert check.expected == luhn_digit(digits)


# --- the state of the voucher: art. 24(3) --------------------------------------------------


@pytest.mark.parametrize(
    ("voucher", "unit", "state"),
    [
        (None, UNIT, None),
        (VOUCHER, None, None),
        ({}, {}, None),
        (VOUCHER, UNIT, "intact"),
        ({"imei": IMEI}, {"imei": IMEI}, "intact"),
        ({"imei": IMEI, "model": "T-100"}, {"imei": IMEI}, "intact"),
        ({"model": "T-100"}, {"model": "T-100"}, None),
        ({"imei": IMEI}, {"imei": OTHER}, "mismatched"),
        ({"imei": SLIP}, {"imei": IMEI}, "mismatched"),
        ({"imei": IMEI, "model": "T-100"}, {"imei": IMEI, "model": "T-200"}, "mismatched"),
        ({"model": "T-100"}, {"model": "T-200"}, "mismatched"),
        ({"imei": IMEI, "network_mark": "1"}, {"imei": IMEI, "network_mark": "2"}, "mismatched"),
    ],
)
def test_the_state_of_the_voucher(voucher: Any, unit: Any, state: str | None) -> None:
    """A voucher that differs from the unit's own marks is mismatched; the same IMEI, intact."""
    assert voucher_state(voucher, unit) == state
    assert state is None or state in get_args(VoucherCode)


def test_another_battery_is_no_other_phone() -> None:
    """The battery may have been exchanged: its number counts when it is claimed for itself."""
    voucher = {"imei": IMEI, "accessories": [{"kind": "battery", "number": "1"}]}
    unit = {"imei": IMEI, "accessories": [{"kind": "battery", "number": "2"}]}
    assert voucher_state(voucher, unit) == "intact"
    assert voucher_state(voucher, unit, "battery") == "mismatched"
    assert voucher_state(voucher, unit, "charger") is None
    assert voucher_state(voucher, {**unit, "imei": OTHER}, "battery") == "mismatched"
    assert voucher_state(voucher, voucher, "battery") == "intact"
    assert voucher_state({**voucher, "imei": OTHER}, voucher, "battery") == "intact"


def test_goods_outside_the_catalogue() -> None:
    """Of goods that the regulation does not reach nothing is said."""
    assert voucher_state({"imei": IMEI}, {"imei": OTHER}, "other") is None


@pytest.mark.parametrize(
    ("number", "lead"), [(IMEI, "art11.refund"), (OTHER, "art24.voucher"), (None, None)]
)
def test_the_state_goes_into_a_claim(number: str | None, lead: str | None) -> None:
    """What the papers say is what the claim takes; where they say nothing, it asks."""
    state = voucher_state({"imei": number}, {"imei": IMEI})
    decision = sanbao.decide(handset(claimed_on="2025-03-05", voucher=state))
    assert (decision.lead and decision.lead.rule) == lead
    assert ("evidence.voucher" in decision.needs) == (state is None)


# --- words ------------------------------------------------------------------------------


def test_every_item_has_its_words() -> None:
    """Everything that can be missing or compared has its words, and there are no others."""
    lines = [{"kind": kind} for kind in get_args(AccessoryKind)]
    listed = {"accessories": lines, "repairs": [{}, {"ended_in": "refund"}]}
    missing: list[Missing] = [*Voucher().missing(), *SalesInvoice().missing(), *Unit().missing()]
    missing += Voucher.model_validate(listed).missing()
    missing += Unit.model_validate({"accessories": lines}).missing()
    facts = agreement(listed)
    wanted = {each.message for each in missing} | {each.message for each in facts}
    wanted |= {f"voucher.paper.{paper}" for paper in (*get_args(Paper), "stated")}
    plain = {name for name in VOUCHER_MESSAGES if not re.match(r"voucher\.(line|piece)\.", name)}
    assert wanted == plain
    assert {each.paper for each in missing} == set(get_args(Paper))


@pytest.mark.parametrize("message", VOUCHER_MESSAGES)
def test_words_in_both_languages(message: str) -> None:
    """Every message is there in Chinese and English, with the same placeholders."""
    zh, en = VOUCHER_MESSAGES[message]
    assert zh.strip()
    assert en.strip()
    assert en.isascii()
    assert sorted(re.findall(r"\{[a-z]+\}", zh)) == sorted(re.findall(r"\{[a-z]+\}", en))


def test_a_sentence_on_what_is_missing() -> None:
    """The lines of the catalogue and the words of the items make sentences."""
    missing = Voucher.model_validate({**VOUCHER, "repairs": [], "seal": None}).missing()
    names = [VOUCHER_MESSAGES[each.message][1] for each in missing if "consumer" not in each.item]
    line = VOUCHER_MESSAGES["voucher.line.missing"][1]
    text = line.format(paper=VOUCHER_MESSAGES["voucher.paper.voucher"][1], items=", ".join(names))
    assert text == (
        "Missing on the voucher: seal of the seller, name of the repairer, "
        "address of the repairer, postcode of the repairer."
    )


# --- its place in the library -----------------------------------------------------------


def test_deciding_does_not_load_it() -> None:
    """A program that decides one claim does not pay for the papers."""
    program = (
        "import sys, sanbao; sanbao.decide("
        "{'claimed_on': '2025-01-02', 'product': {'kind': 'handset'}}).explain();"
        "print({'sanbao.papers.voucher', 'sanbao.papers.agreement'} & {*sys.modules} != set())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
