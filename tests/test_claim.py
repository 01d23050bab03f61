"""The claim as an object: identity, JSON, copies, money, IMEI and codes."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from datetime import date
from decimal import ROUND_UP, Decimal, Inexact, localcontext
from functools import partial
from random import Random
from typing import Any, TypeVar, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic import ValidationError as PydanticError

import sanbao
from claims import TWO_EXCHANGES, TWO_REPAIRS, battery, charger, exchange, handset, repair
from random_claims import random_claim, with_unknowns
from sanbao import Claim, Evidence, Exchange, Fault, Product, Purchase, Repair, ValidationError
from sanbao.base.errors import Problem, Reason, shown, suggestion
from sanbao.base.json_text import parse
from sanbao.base.reread import reread
from sanbao.explain.words.codes import PROVINCE_MESSAGES
from sanbao.model import claim as module
from sanbao.model import codes
from sanbao.model.field_types import luhn_digit

IMEI = "490154203237518"
Model = TypeVar("Model")
EVERYTHING: dict[str, Any] = {
    "claimed_on": "2025-05-12",
    "asked_on": "2025-05-10",
    "product": {
        "kind": "battery",
        "sold_in_mainland": False,
        "bought_with_phone": True,
        "imei": IMEI,
        "complete": False,
        "housing_worn": True,
        "used": False,
        "condition": "second_hand",
    },
    "purchase": {
        "sold_on": "2025-03-03",
        "invoiced_on": "2025-03-04",
        "received_on": "2025-03-05",
        "price": "3000.00",
        "standalone_price": "120.50",
        "paid_price": "2888.80",
        "province": "CN-ZJ",
        "trader_province": "CN-JS",
        "gift": True,
        "plan_bundled": True,
    },
    "evidence": {
        "invoice": "copy",
        "voucher": "lost",
        "manufactured_on": "2024-12-03",
        "activated_on": "2025-03-06",
    },
    "fault": {
        "symptom": "battery_fault",
        "cause": "liquid",
        "cause_basis": "report",
        "contested": True,
        "appeared_on": "2025-05-09",
        "found_unqualified": True,
        "detail": "green_line",
        "battery_capacity": 75.5,
        "confirmed": False,
    },
    "repairs": [
        {
            "handed_in_on": "2025-03-20",
            "ready_on": "2025-03-21",
            "notified_on": "2025-03-22",
            "handed_back_on": "2025-03-23",
            "symptom": "none",
            "recorded": False,
            "under_guarantee": False,
            "software_only": True,
            "delay": "parts",
        }
    ],
    "exchanges": [{"exchanged_on": "2025-04-07"}],
    "same_model_in_stock": False,
    "request": "exchange",
    "commitments": ["vivo-2016"],
}
"""A claim that leaves nothing out and nothing at its default."""

LEAST: dict[str, Any] = {"claimed_on": "2025-05-12", "product": {"kind": "other"}}

CLAIMS = [
    LEAST,
    EVERYTHING,
    handset(repairs=TWO_REPAIRS, request="refund", same_model_in_stock=True),
    battery(exchanges=TWO_EXCHANGES, battery_capacity=75),
    charger(price=None, standalone_price="9.9"),
    *(random_claim(Random(seed)) for seed in range(20)),
    *(with_unknowns(Random(seed), random_claim(Random(seed))) for seed in range(20)),
]
every_claim = pytest.mark.parametrize("data", CLAIMS, ids=range(len(CLAIMS)))


def fields_of(claim: Claim) -> dict[str, Any]:
    """Return the fields of a claim by name."""
    return {name: getattr(claim, name) for name in Claim.model_fields}


COPIES: dict[str, Callable[[Claim], Claim]] = {
    "JSON": lambda claim: Claim.from_json(claim.to_json()),
    "JSON bytes": lambda claim: Claim.from_json(claim.to_json().encode()),
    "JSON bytearray": lambda claim: Claim.model_validate_json(bytearray(claim.to_json().encode())),
    "dump": lambda claim: Claim.model_validate(claim.model_dump()),
    "JSON of pydantic": lambda claim: Claim.from_json(claim.model_dump_json()),
    "validated": Claim.model_validate,
    "keywords": lambda claim: Claim(**fields_of(claim)),
    "unchecked": lambda claim: Claim.model_construct(**fields_of(claim)),
    "pickle": lambda claim: pickle.loads(pickle.dumps(claim)),  # noqa: S301
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "model_copy": lambda claim: claim.model_copy(),
    "deep model_copy": lambda claim: claim.model_copy(deep=True),
}


def made(model: Callable[..., Model], **data: Any) -> Model:
    """Return the model of these keywords, of whatever type they are."""
    return model(**data)


def parts_of(claim: Claim) -> list[BaseModel]:
    """Return the claim and all its parts."""
    single = [claim, claim.product, claim.purchase, claim.evidence, claim.fault]
    return [*single, *claim.repairs, *claim.exchanges]


# --- identity ---------------------------------------------------------------------------


@pytest.mark.parametrize("remake", COPIES.values(), ids=COPIES)
@every_claim
def test_copies(data: dict[str, Any], remake: Callable[[Claim], Claim]) -> None:
    """Whatever way a claim is copied, it is equal, hashes alike, and states the same."""
    claim = Claim(**data)
    same = remake(claim)
    assert same == claim
    assert hash(same) == hash(claim)
    assert same.row == claim.row
    assert same.to_json() == claim.to_json()
    assert sanbao.decide(same) == sanbao.decide(data)


def test_copies_of_errors() -> None:
    """An error crosses a process border with its problems."""
    with pytest.raises(ValidationError) as caught:
        Claim(**LEAST | {"request": "?"})
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert again.problems == caught.value.problems
    assert str(again) == str(caught.value)


def test_different_claims_differ() -> None:
    """Claims with different facts are different, whatever the fact."""
    claims = {Claim(**data) for data in (LEAST, EVERYTHING, handset(), battery(), charger())}
    claims |= {Claim(**LEAST | {"request": request}) for request in get_args(codes.Request)}
    assert len(claims) == 8
    assert len({claim.to_json() for claim in claims}) == 8


def test_nothing_can_be_set() -> None:
    """No field of a claim or of its parts can be set, added or deleted."""
    claim = Claim(**EVERYTHING)
    for part in parts_of(claim):
        for name in (*type(part).model_fields, "unknown"):
            with pytest.raises(PydanticError, match=r"frozen|no field"):
                setattr(part, name, None)
            with pytest.raises(PydanticError, match=r"frozen|no field"):
                delattr(part, name)
    assert claim == Claim(**EVERYTHING)


def test_every_part_hashes() -> None:
    """Parts can be keys; equal parts are one key."""
    first, second = parts_of(Claim(**EVERYTHING)), parts_of(Claim(**EVERYTHING))
    assert len({*first, *second}) == len(first) == 7


# --- JSON -------------------------------------------------------------------------------


@every_claim
def test_the_json_is_canonical(data: dict[str, Any]) -> None:
    """Keys are sorted, nothing is spaced, nothing not known is there, money has two decimals."""
    text = Claim(**data).to_json()
    plain = json.loads(text)
    assert text == json.dumps(plain, sort_keys=True, separators=(",", ":"))
    assert "null" not in text
    for name in ("price", "standalone_price", "paid_price"):
        amount = plain["purchase"].get(name, "0.00")
        assert amount == f"{Decimal(amount):.2f}"


def test_the_json_of_everything() -> None:
    """A claim that says everything comes out as it went in."""
    assert json.loads(Claim(**EVERYTHING).to_json()) == EVERYTHING


def test_the_json_of_the_least() -> None:
    """A claim that says little comes out with the defaults that have a meaning."""
    assert Claim(**LEAST).to_json() == (
        '{"claimed_on":"2025-05-12","commitments":[],"evidence":{},"exchanges":[],'
        '"fault":{"contested":false,"found_unqualified":false},'
        '"product":{"condition":"new","kind":"other","sold_in_mainland":true,"used":true},'
        '"purchase":{"gift":false,"plan_bundled":false},"repairs":[]}'
    )


def test_the_order_of_keys_does_not_matter() -> None:
    """The same facts in another order are the same claim and the same text."""
    turned: dict[str, Any] = {
        name: dict(reversed(part.items())) if isinstance(part, dict) else part
        for name, part in reversed(EVERYTHING.items())
    }
    assert list(turned) != list(EVERYTHING)
    assert Claim(**turned) == Claim(**EVERYTHING)
    assert Claim(**turned).to_json() == Claim(**EVERYTHING).to_json()


def test_the_schema_names_every_field() -> None:
    """The JSON schema has every field, no others, and money and IMEI as patterns of text."""
    schema = Claim.model_json_schema()
    assert list(schema["properties"]) == list(Claim.model_fields)
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["claimed_on", "product"]
    price = schema["$defs"]["Purchase"]["properties"]["price"]["anyOf"][0]
    imei = schema["$defs"]["Product"]["properties"]["imei"]["anyOf"][0]
    assert price == {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,2}0{0,16})?$"}
    assert imei == {"type": "string", "pattern": "^[0-9]{15}$"}


def test_dates_and_parts_as_objects() -> None:
    """Dates and parts may be given as Python objects, in lists or tuples."""
    day = date(2025, 4, 1)
    claim = made(
        Claim,
        claimed_on=date(2025, 5, 12),
        product=Product(kind="handset"),
        purchase=Purchase(sold_on=date(2025, 3, 3)),
        repairs=(Repair(handed_in_on=day),),
        exchanges=[Exchange(exchanged_on=day)],
    )
    assert claim == made(
        Claim,
        claimed_on="2025-05-12",
        product={"kind": "handset"},
        purchase={"sold_on": "2025-03-03"},
        repairs=[{"handed_in_on": "2025-04-01"}],
        exchanges=[exchange("2025-04-01")],
    )
    assert isinstance(claim.repairs, tuple)
    assert isinstance(claim.exchanges, tuple)


# --- copies that are changed ------------------------------------------------------------


@pytest.mark.parametrize(
    ("update", "name", "before", "after"),
    [
        ({"request": "refund"}, "request", "exchange", "refund"),
        ({"request": None}, "request", "exchange", "nothing"),
        ({"claimed_on": date(2025, 6, 1)}, "claimed", 739383, 739403),
        ({"product": Product(kind="charger")}, "kind", "battery", "charger"),
        ({"fault": Fault()}, "cause", "liquid", "not_stated"),
        ({"fault": Fault()}, "cause_basis", "report", "trader"),
        ({"exchanges": ()}, "exchanges", (739348,), ()),
    ],
)
def test_a_changed_copy(update: dict[str, Any], name: str, before: Any, after: Any) -> None:
    """A copy with an update states what it says now, and the original what it said."""
    claim = Claim(**EVERYTHING)
    changed = claim.model_copy(update=update)
    assert getattr(claim.row, name) == before
    assert getattr(changed.row, name) == after
    assert changed != claim
    assert changed == Claim(**fields_of(claim) | update)
    assert sanbao.decide(changed) == sanbao.decide(changed.model_dump())


# --- money ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "price"),
    [
        ("1599", "1599.00"),
        (1599, "1599.00"),
        (Decimal("1599.0"), "1599.00"),
        (Decimal("1599.00"), "1599.00"),
        (Decimal("1.599E+3"), "1599.00"),
        ("1599.9", "1599.90"),
        ("1599.99", "1599.99"),
        ("01599.00", "1599.00"),
        ("0", "0.00"),
        (0, "0.00"),
        (Decimal("0E-2"), "0.00"),
        (Decimal("1599.0000"), "1599.00"),  # what money columns of databases hold
        (Decimal("1599.500000000000000000"), "1599.50"),
        (Decimal("0E-18"), "0.00"),
        (Decimal("0E+400"), "0.00"),
        (Decimal("-0.0000"), "0.00"),
        ("1599.0000", "1599.00"),
        ("0.01", "0.01"),
        ("999999999999.99", "999999999999.99"),
        (999999999999, "999999999999.00"),
    ],
)
def test_money(given: Any, price: str) -> None:
    """Money is yuan with two decimals, however it is written, and equal if it is equal."""
    purchase = made(Purchase, price=given, standalone_price=given)
    assert str(purchase.price) == str(purchase.standalone_price) == price
    assert purchase == made(Purchase, price=price, standalone_price=price)
    assert hash(purchase) == hash(made(Purchase, price=price, standalone_price=price))


@given(cents=st.integers(0, 10**14 - 1))
def test_every_amount(cents: int) -> None:
    """Every amount of up to twelve digits and two decimals is taken and kept exactly."""
    text = f"{cents // 100}.{cents % 100:02}"
    claim = made(Claim, **LEAST, purchase={"price": text})
    assert str(claim.purchase.price) == text
    assert Claim.from_json(claim.to_json()) == claim


def test_the_callers_decimal_settings_do_not_matter() -> None:
    """Whatever precision, rounding and traps the caller has set, money is read the same."""
    with localcontext(prec=2, rounding=ROUND_UP) as settings:
        settings.traps[Inexact] = True
        assert made(Purchase, price="123456.78") == made(Purchase, price=Decimal("123456.78"))
        assert str(made(Purchase, price="1599").price) == "1599.00"


# --- the check digit of an IMEI ---------------------------------------------------------


@pytest.mark.parametrize(
    ("digits", "check"),
    [
        ("49015420323751", "8"),
        ("35209900176148", "1"),
        ("7992739871", "3"),
        ("00000000000000", "0"),
        ("99999999999999", "4"),
        ("", "0"),
        ("1", "8"),
        ("5", "9"),
    ],
)
def test_check_digits(digits: str, check: str) -> None:
    """The check digit goes by Luhn: every second digit from the right doubled."""
    assert luhn_digit(digits) == check


@given(digits=st.text("0123456789", min_size=14, max_size=14), place=st.integers(0, 14))
def test_one_digit_wrong(digits: str, place: int) -> None:
    """The right check digit is taken; with any single digit changed the IMEI is refused."""
    imei = digits + luhn_digit(digits)
    assert Product(kind="handset", imei=imei).imei == imei
    other = str((int(imei[place]) + 1) % 10)
    with pytest.raises(ValidationError, match="check digit"):
        Product(kind="handset", imei=imei[:place] + other + imei[place + 1 :])


def test_the_digit_that_is_asked_for() -> None:
    """A wrong check digit is refused with the right one."""
    with pytest.raises(ValidationError, match=r"(?m)^imei = '490154203237510': .* ask for 8$"):
        Product(kind="handset", imei="490154203237510")


# --- codes ------------------------------------------------------------------------------

CODES = [
    (part, field, code)
    for part, field, listed in (
        ("product", "kind", codes.Kind),
        ("evidence", "invoice", codes.Invoice),
        ("evidence", "voucher", codes.Voucher),
        ("fault", "symptom", codes.Symptom),
        ("fault", "cause", codes.Cause),
        ("fault", "cause_basis", codes.CauseBasis),
        ("", "request", codes.Request),
        ("repairs", "symptom", codes.Symptom),
        ("repairs", "delay", codes.Delay),
    )
    for code in get_args(listed)
]


@pytest.mark.parametrize(("part", "field", "code"), CODES)
def test_every_code(part: str, field: str, code: str) -> None:
    """Every code of the contract is taken, stated, decided and read again."""
    if part == "repairs":
        data = handset(repairs=[repair("2025-04-10", **{field: code})])
    else:
        data = handset(**{f"{part}.{field}" if part else field: code})
    claim = Claim(**data)
    holder: Any = claim.repairs[0] if part == "repairs" else getattr(claim, part, claim)
    assert getattr(holder, field) == code
    row = claim.row.repairs[0] if part == "repairs" else claim.row
    assert getattr(row, field) == code
    assert Claim.from_json(claim.to_json()) == claim
    assert sanbao.decide(claim).possible


def test_the_codes_are_those_of_the_contract() -> None:
    """No code is there twice, and every one is lower case and printable."""
    assert len(set(CODES)) == len(CODES) == 9 + 4 + 5 + 18 + 8 + 4 + 3 + 18 + 2
    assert all(code.replace("_", "").isalpha() and code.islower() for *_, code in CODES)


@pytest.mark.parametrize("name", ["province", "trader_province"])
@pytest.mark.parametrize("code", sorted(codes.PROVINCES))
def test_every_province(name: str, code: str) -> None:
    """Every province of the mainland, Hong Kong, Macao and Taiwan is taken and stated."""
    assert getattr(Claim(**handset(**{name: code})).row, name) == code


def test_there_are_34_provinces() -> None:
    """22 provinces and Taiwan, 4 cities, 5 regions, 2 special regions, each with its names."""
    assert len(codes.PROVINCES) == 22 + 1 + 4 + 5 + 2
    assert {f"code.{code}" for code in codes.PROVINCES} == {*PROVINCE_MESSAGES}
    assert len({name for names in PROVINCE_MESSAGES.values() for name in names}) == 2 * 34


def test_what_is_stated_of_the_new_fields() -> None:
    """Days as numbers, the condition as a truth; what is left out means what it says."""
    full, least = Claim(**EVERYTHING).row, Claim(**LEAST).row
    days = {"asked": date(2025, 5, 10).toordinal(), "appeared": date(2025, 5, 9).toordinal()}
    assert {name: getattr(full, name) for name in days} == days
    assert (full.paid_price, full.province, full.trader_province) == (
        Decimal("2888.80"),
        "CN-ZJ",
        "CN-JS",
    )
    assert (full.used, full.second_hand, full.contested) == (False, True, True)
    assert (full.found_unqualified, full.detail) == (True, "green_line")
    assert full.repairs[0].software_only
    assert (least.asked, least.appeared, least.paid_price, least.detail) == (None,) * 4
    assert (least.province, least.trader_province) == (None, None)
    assert (least.used, least.second_hand, least.contested) == (True, False, False)
    assert not least.found_unqualified
    assert not Claim(**handset(repairs=[repair("2025-04-10")])).row.repairs[0].software_only


# --- the day first asked -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "exchanged", "asked"),
    [
        ({}, None, "2025-05-12"),
        ({"asked_on": "2025-04-01"}, None, "2025-04-01"),
        (
            {"asked_on": "2025-04-06", "exchanges": TWO_EXCHANGES},
            "2025-04-07",
            "2025-05-12",
        ),
        (
            {"asked_on": "2025-04-07", "exchanges": TWO_EXCHANGES},
            "2025-04-07",
            "2025-04-07",
        ),
        ({"asked_on": "2025-03-03", "exchanges": [exchange("2025-03-02")]}, None, "2025-03-03"),
        (
            {"asked_on": "2025-03-01", "exchanges": [exchange("2025-03-02")], "sold_on": None},
            "2025-03-02",
            "2025-05-12",
        ),
    ],
)
def test_the_day_first_asked(changes: dict[str, Any], exchanged: str | None, asked: str) -> None:
    """A day before the last exchange since the sale concerned the unit given back."""
    claim = Claim(**handset(**changes))
    found = module.last_exchange(claim)
    assert (None if found is None else str(found)) == exchanged
    assert str(module.asked_as_settled(claim)) == asked


# --- parts by themselves ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (
            partial(made, Product, kind="Hand"),
            Problem(
                "kind",
                "'Hand'",
                reread(
                    f"must be one of {', '.join(get_args(codes.Kind))}; did you mean 'handset'?"
                ),
            ),
        ),
        (Product, Problem("kind", "nothing", reread("is required"))),
        (
            partial(made, Product, kind="other", sold_in_mainland=1),
            Problem("sold_in_mainland", "1", reread("must be true or false")),
        ),
        (
            partial(made, Purchase, prise="1"),
            Problem("prise", "'1'", reread("is not a known key; did you mean 'price'?")),
        ),
        (
            partial(made, Evidence, voucher="torn"),
            Problem(
                "voucher",
                "'torn'",
                Reason("input.one_of", known=get_args(codes.Voucher)),
            ),
        ),
        (
            partial(made, Fault, battery_capacity="80"),
            Problem("battery_capacity", "'80'", reread("must be a number from 0 to 100")),
        ),
        (
            partial(made, Repair, handed_in_on="2025-02-30"),
            Problem("handed_in_on", "'2025-02-30'", reread("is not a day of the calendar")),
        ),
        (Exchange, Problem("exchanged_on", "nothing", reread("is required"))),
        (
            partial(Product.model_validate, []),
            Problem("product", "[]", reread("must be a JSON object")),
        ),
        (
            partial(Exchange.model_validate_json, "[]"),
            Problem("exchange", "[]", reread("must be a JSON object")),
        ),
        (
            partial(Repair.model_validate_json, b""),
            Problem("repair", "''", reread("is empty; a JSON object is expected")),
        ),
        (
            partial(made, Claim, **LEAST, repairs=[repair("2025-04-01"), 7]),
            Problem("repairs[1]", "7", reread("must be a JSON object")),
        ),
        (
            partial(made, Claim, **LEAST, commitments=["vivo-2016", "Vivo 2016"]),
            Problem(
                "commitments[1]",
                "'Vivo 2016'",
                Reason("claim.policy_id"),
            ),
        ),
        (
            partial(made, Claim, **LEAST, commitments=[2016]),
            Problem("commitments[0]", "2016", Reason("claim.policy_id")),
        ),
    ],
)
def test_a_part_that_cannot_be(make: Callable[[], Any], problem: Problem) -> None:
    """A part made by itself is refused by the name of its own field."""
    with pytest.raises(ValidationError) as caught:
        make()
    assert caught.value.problems == (problem,)


def test_it_is_a_value_error_without_a_trail() -> None:
    """The error is a ``ValueError`` and does not drag pydantic's own along."""
    with pytest.raises(ValueError, match="did you mean 'handset'") as caught:
        Product(kind="Hand")
    assert type(caught.value) is ValidationError
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


# --- what an error shows ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("", "''"),
        ("x", "'x'"),
        ("x" * 60, f"'{'x' * 60}'"),
        ("x" * 61, f"'{'x' * 60}… (61 characters)'"),
        ("手机🙂", "'手机🙂'"),
        ("\ud800", "'\\ud800'"),
        ("a\n\t\0\x1b[31m", "'a\\n\\t\\x00\\x1b[31m'"),
        ("\u202eabc\u200b", "'\\u202eabc\\u200b'"),
        (7, "7"),
        (True, "True"),
        (None, "None"),
        (2**256 - 1, f"{str(2**256 - 1)[:60]}… (78 characters)"),
        (2**256, "an integer of 257 bits"),
        (-(10**5000), "an integer of 16610 bits"),
        ([10**5000], "a value of type list"),
        (["\u202e"], "['\\u202e']"),
        (Decimal("NaN"), "Decimal('NaN')"),
    ],
    ids=range(17),
)
def test_values_are_shown_in_one_printable_line(value: object, text: str) -> None:
    """A value is shown short and printable; nothing in it can rearrange the screen."""
    assert shown(value) == text
    assert text.isprintable()


def test_a_value_nested_deeply_is_shown() -> None:
    """A value too deep to be written out is shown by its type."""
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    assert shown(nested) == "a value of type list"


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("handset", "; did you mean 'handset'?"),
        ("handest", "; did you mean 'handset'?"),
        ("BATERY", "; did you mean 'battery'?"),
        ("zzz", ""),
        ("", ""),
        ("handset" * 9, ""),
        (7, ""),
        (None, ""),
        (["handset"], ""),
    ],
)
def test_suggestions(value: object, hint: str) -> None:
    """The nearest known code is suggested, if one is near and the value is a short text."""
    assert suggestion(value, ["handset", "battery"]) == hint
    assert suggestion(value, []) == ""


def test_an_error_of_several_problems() -> None:
    """Each problem is a line of its own."""
    required, missing = Reason("input.required"), Reason("policy.missing")
    problems = [Problem("a", "1", required), Problem("b", "2", missing)]
    error = ValidationError(iter(problems))
    assert error.problems == tuple(problems)
    assert error.explain("en") == "a = 1: is required\nb = 2: is missing"
    assert error.explain("zh") == "a = 1：必填\nb = 2：缺少"
    assert str(error) == f"{error.explain('zh')}\n{error.explain('en')}"
    assert ValidationError.of("a", "\n", required).problems == (Problem("a", "'\\n'", required),)


# --- JSON text --------------------------------------------------------------------------


@given(
    data=st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=10,
    )
)
def test_json_is_read_as_it_is(data: Any) -> None:
    """Any JSON is read as the standard reader reads it, from text and from bytes."""
    text = json.dumps(data, ensure_ascii=True)
    assert parse(text, "x") == parse(text.encode(), "x") == data
    assert parse(bytearray(text.encode()), "x") == data  # type: ignore[arg-type]
    assert parse("\ufeff" + text, "x") == data


@pytest.mark.parametrize("seed", range(200))
def test_canonical_json_is_what_pydantic_dumps(seed: int) -> None:
    """Sorted, without spaces, without what is not known; all else as pydantic writes it."""
    rng = Random(seed)
    plain = EVERYTHING if not seed else with_unknowns(rng, random_claim(rng))
    claim = Claim.model_validate(plain)
    dumped = claim.model_dump(mode="json", exclude_none=True)
    assert claim.to_json() == json.dumps(dumped, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("capacity", [0.00003, 1e-7, 0.0001, 79.5, 80])
def test_canonical_json_writes_numbers_as_json_does(capacity: float) -> None:
    claim = Claim.model_validate({**EVERYTHING, "fault": {"battery_capacity": capacity}})
    assert f'"battery_capacity":{json.dumps(capacity)},' in claim.to_json()
    assert Claim.from_json(claim.to_json()) == claim
