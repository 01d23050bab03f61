"""What cannot be is refused with field, value and reason; what is odd is decided with a warning."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from claims import charger, handset
from sanbao import Claim, ValidationError, decide
from sanbao.cli import main

DAY = "2025-03-05"


def claim(**parts: Any) -> dict[str, Any]:
    """Return a small valid claim with the given parts of it replaced."""
    return {"claimed_on": DAY, "product": {"kind": "handset"}, **parts}


def repairs(**repair: Any) -> dict[str, Any]:
    """Return a claim with one repair."""
    return claim(repairs=[{"handed_in_on": "2025-02-10", **repair}])


REFUSED: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("date-time", claim(claimed_on="2025-03-05T00:00:00"), "claimed_on", "T00", "with a time"),
    ("date-time with a blank", claim(claimed_on="2025-03-05 12:00"), "claimed_on", "12", "a time"),
    ("30 February", claim(claimed_on="2025-02-30"), "claimed_on", "02-30", "not a day"),
    ("no ISO date", claim(claimed_on="5.3.2025"), "claimed_on", "5.3", "YYYY-MM-DD"),
    ("a number for a date", claim(claimed_on=20250305), "claimed_on", "20250305", "YYYY-MM-DD"),
    ("no date", claim(claimed_on=None), "claimed_on", "", "required"),
    ("year 9001", claim(claimed_on="9001-01-01"), "claimed_on", "9001", "beyond the year 9000"),
    (
        "handed back before handed in",
        repairs(handed_back_on="2025-02-09"),
        "repairs[0].handed_back_on",
        "2025-02-09",
        "before the day it was handed in (2025-02-10)",
    ),
    (
        "ready before handed in",
        repairs(ready_on="2025-02-09"),
        "repairs[0].ready_on",
        "2025-02-09",
        "before the day it was handed in",
    ),
    (
        "notified before handed in",
        repairs(notified_on="2025-02-09"),
        "repairs[0].notified_on",
        "2025-02-09",
        "before the day it was handed in",
    ),
    (
        "claimed before sold",
        claim(purchase={"sold_on": "2025-03-06"}),
        "purchase.sold_on",
        "2025-03-06",
        "after the claim (2025-03-05)",
    ),
    (
        "invoice after the claim",
        claim(purchase={"invoiced_on": "2025-03-06"}),
        "purchase.invoiced_on",
        "2025-03-06",
        "after the claim",
    ),
    (
        "exchange after the claim",
        claim(exchanges=[{"exchanged_on": "2025-03-06"}]),
        "exchanges[0].exchanged_on",
        "2025-03-06",
        "after the claim",
    ),
    (
        "asked after the claim",
        claim(asked_on="2025-03-06"),
        "asked_on",
        "2025-03-06",
        "is after the claim (2025-03-05)",
    ),
    (
        "asked before the sale",
        claim(asked_on="2025-01-31", purchase={"sold_on": "2025-02-01"}),
        "asked_on",
        "2025-01-31",
        "is before the sale (2025-02-01)",
    ),
    (
        "appeared before the sale",
        claim(fault={"appeared_on": "2025-01-31"}, purchase={"sold_on": "2025-02-01"}),
        "fault.appeared_on",
        "2025-01-31",
        "is before the sale (2025-02-01)",
    ),
    (
        "appeared after the claim",
        claim(fault={"appeared_on": "2025-03-06"}),
        "fault.appeared_on",
        "2025-03-06",
        "is after the day somebody was asked (2025-03-05)",
    ),
    (
        "appeared after the day asked",
        claim(asked_on="2025-03-01", fault={"appeared_on": "2025-03-02"}),
        "fault.appeared_on",
        "2025-03-02",
        "is after the day somebody was asked (2025-03-01)",
    ),
    (
        "a province that is none",
        claim(purchase={"province": "CN-XX"}),
        "purchase.province",
        "CN-XX",
        "must be a province of China by ISO 3166-2, like CN-ZJ",
    ),
    (
        "a province in small letters",
        claim(purchase={"trader_province": "cn-zj"}),
        "purchase.trader_province",
        "cn-zj",
        "did you mean 'CN-ZJ'?",
    ),
    (
        "a province without its country",
        claim(purchase={"province": "ZJ"}),
        "purchase.province",
        "ZJ",
        "did you mean 'CN-ZJ'?",
    ),
    (
        "a number for a province",
        claim(purchase={"province": 33}),
        "purchase.province",
        "33",
        "like CN-ZJ",
    ),
    (
        "a detail that is no code",
        claim(fault={"detail": "Green line"}),
        "fault.detail",
        "Green line",
        "must be a code in lower case, like green_line",
    ),
    (
        "a detail of 51 characters",
        claim(fault={"detail": "a" * 51}),
        "fault.detail",
        "a" * 51,
        "lower case",
    ),
    ("a number for a detail", claim(fault={"detail": 1}), "fault.detail", "1", "lower case"),
    (
        "a condition that is none",
        claim(product={"kind": "handset", "condition": "secondhand"}),
        "product.condition",
        "secondhand",
        "did you mean 'second_hand'?",
    ),
    (
        "a paid price below nothing",
        claim(purchase={"paid_price": "-1"}),
        "purchase.paid_price",
        "-1",
        "negative",
    ),
    ("contested as text", claim(fault={"contested": "yes"}), "fault.contested", "yes", "true or"),
    (
        "software only as text",
        repairs(software_only="no"),
        "repairs[0].software_only",
        "no",
        "true or false",
    ),
    ("negative price", claim(purchase={"price": "-1"}), "purchase.price", "-1", "negative"),
    ("NaN as text", claim(purchase={"price": "NaN"}), "purchase.price", "NaN", "an amount"),
    ("infinite price", claim(purchase={"price": "Infinity"}), "purchase.price", "Inf", "an amount"),
    (
        "price of 400 digits",
        claim(purchase={"price": "9" * 400}),
        "purchase.price",
        "(400 characters)",
        "at most 12 digits",
    ),
    (
        "a tenth of a fen and zeros",
        claim(purchase={"price": "1.00500"}),
        "purchase.price",
        "1.0",
        "2",
    ),
    ("19 places", claim(purchase={"price": "1." + "0" * 19}), "purchase.price", "1.0", "2 after"),
    ("a tenth of a fen", claim(purchase={"price": "1.005"}), "purchase.price", "1.005", "2 after"),
    ("float", claim(purchase={"price": 1599.0}), "purchase.price", "1599.0", "floating-point"),
    ("yes for a price", claim(purchase={"price": True}), "purchase.price", "True", "an amount"),
    ("a list for a price", claim(purchase={"price": [1]}), "purchase.price", "[1]", "an amount"),
    ("full-width digits", claim(purchase={"price": "１２"}), "purchase.price", "１２", "an amount"),
    ("unknown key", claim(purchase={"prise": "1"}), "purchase.prise", "1", "did you mean 'price'?"),
    ("unknown key above", claim(repair=[]), "repair", "[]", "did you mean 'repairs'?"),
    ("key like nothing", claim(xyzzy=1), "xyzzy", "1", "is not a known key"),
    (
        "unknown kind",
        claim(product={"kind": "handet"}),
        "product.kind",
        "handet",
        "did you mean 'handset'?",
    ),
    ("unknown request", claim(request="refnd"), "request", "refnd", "did you mean 'refund'?"),
    (
        "unknown symptom of a repair",
        repairs(symptom="no_rings"),
        "repairs[0].symptom",
        "no_rings",
        "did you mean 'no_ring'?",
    ),
    (
        "IMEI with a wrong check digit",
        claim(product={"kind": "handset", "imei": "490154203237517"}),
        "product.imei",
        "490154203237517",
        "ask for 8",
    ),
    (
        "short IMEI",
        claim(product={"kind": "handset", "imei": "4901542032"}),
        "product.imei",
        "4901542032",
        "15 digits",
    ),
    (
        "IMEI as a number",
        claim(product={"kind": "handset", "imei": 490154203237518}),
        "product.imei",
        "490154203237518",
        "15 digits",
    ),
    (
        "1,001 repairs",
        claim(repairs=[{"handed_in_on": "2025-02-10"}] * 1001),
        "repairs",
        "",
        "at most 1000 entries",
    ),
    (
        "10,000 exchanges",
        claim(exchanges=[{"exchanged_on": "2025-02-10"}] * 10_000),
        "exchanges",
        "",
        "at most 1000 entries",
    ),
    (
        "yes as text",
        claim(same_model_in_stock="yes"),
        "same_model_in_stock",
        "yes",
        "true or false",
    ),
    ("1 for yes", claim(same_model_in_stock=1), "same_model_in_stock", "1", "true or false"),
    (
        "capacity of 101 %",
        claim(fault={"battery_capacity": 101}),
        "fault.battery_capacity",
        "101",
        "0 to 100",
    ),
    (
        "capacity below nothing",
        claim(fault={"battery_capacity": -0.5}),
        "fault.battery_capacity",
        "-0.5",
        "0 to 100",
    ),
    (
        "capacity as text",
        claim(fault={"battery_capacity": "80"}),
        "fault.battery_capacity",
        "80",
        "0 to 100",
    ),
    ("a text for an object", claim(purchase="yesterday"), "purchase", "yesterday", "JSON object"),
    ("an object for a list", claim(repairs={}), "repairs", "{}", "must be a list"),
    ("a number for a code", claim(request=7), "request", "7", "must be one of"),
    ("no product", {"claimed_on": DAY}, "product", "", "required"),
    ("no kind", claim(product={}), "product.kind", "", "required"),
]


@pytest.mark.parametrize(
    ("data", "field", "value", "reason"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_refused(
    data: dict[str, Any],
    field: str,
    value: str,
    reason: str,
    tmp_path: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Mapping, keywords, JSON and command line refuse it and name field, value and reason."""
    text = json.dumps(data, ensure_ascii=False)
    builds: tuple[Callable[[], object], ...] = (
        lambda: decide(Claim.model_validate(data)),  # what laws bring is refused by their set
        lambda: decide(Claim(**data)),
        lambda: decide(Claim.from_json(text)),
        lambda: decide(Claim.model_validate_json(text.encode())),
        lambda: decide(data),
    )
    for build in builds:
        with pytest.raises(ValidationError) as caught:
            build()
        [problem] = caught.value.problems
        assert problem.field == field
        assert value in problem.value
        assert reason in problem.reason
    file = tmp_path / "claim.json"
    file.write_text(text, "utf-8")
    assert main(["decide", str(file), "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert field in captured.err
    assert reason in captured.err


NOT_JSON: list[tuple[str, bytes, str]] = [
    ("empty", b"", "is empty"),
    ("blank", b" \n\t", "is empty"),
    ("a byte-order mark and nothing", b"\xef\xbb\xbf", "is empty"),
    ("not JSON", b"{claimed_on}", "is not JSON"),
    ("half of it", b'{"claimed_on": "2025-03-05",', "is not JSON"),
    ("not UTF-8", '{"claimed_on": "三包"}'.encode("gb18030"), "is not UTF-8"),
    ("a strange key twice", b'{"\\ud800": 1, "\\ud800": 2}', r"'\ud800' twice"),
    ("a thousand deep", b"[" * 1000 + b"]" * 1000, ""),
    ("100,000 deep", b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    ("objects 100,000 deep", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "nested too deeply"),
    ("5,000 digits", b'{"claimed_on": ' + b"1" * 5000 + b"}", "too many digits"),
    (
        "a key twice",
        b'{"claimed_on": "2025-03-05", "claimed_on": "2025-03-06"}',
        "'claimed_on' twice",
    ),
    ("a list", b"[]", "must be a JSON object"),
    ("null", b"null", "must be a JSON object"),
    ("a number", b"5", "must be a JSON object"),
    ("a text", b'"claim"', "must be a JSON object"),
]


@pytest.mark.parametrize(
    ("text", "reason"), [case[1:] for case in NOT_JSON], ids=[case[0] for case in NOT_JSON]
)
def test_no_claim_in_the_text(text: bytes, reason: str) -> None:
    """A text that holds no claim is refused by library and command line, without a traceback."""
    with pytest.raises(ValidationError) as caught:
        Claim.from_json(text)
    assert caught.value.problems[0].field == "claim"
    assert reason in caught.value.problems[0].reason
    done = subprocess.run(
        [sys.executable, "-m", "sanbao", "decide", "-"],
        input=text,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"sanbao: claim = ")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_json_has_not(number: str) -> None:
    """NaN and the like are refused by the field they stand in."""
    text = (
        f'{{"claimed_on": {number}, "product": {{"kind": "handset"}},'
        f' "purchase": {{"price": {number}}}, "fault": {{"battery_capacity": {number}}}}}'
    )
    with pytest.raises(ValidationError) as caught:
        Claim.from_json(text)
    fields = [problem.field for problem in caught.value.problems]
    assert fields == ["claimed_on", "purchase.price", "fault.battery_capacity"]


def test_very_many_problems_are_counted() -> None:
    """The first hundred problems are named, and how many there are is said."""
    with pytest.raises(ValidationError) as caught:
        Claim.model_validate(claim(**{f"key{number}": 1 for number in range(20_000)}))
    assert len(caught.value.problems) == 101
    assert caught.value.problems[-1].value == "20000 problems"


def test_keys_named_like_types() -> None:
    """A key that happens to be called int is named like any other."""
    with pytest.raises(ValidationError) as caught:
        Claim.model_validate(claim(product={"kind": "handset", "float": 1}, int=2))
    assert [problem.field for problem in caught.value.problems] == ["product.float", "int"]


def test_python_values_that_json_has_not() -> None:
    """Date-times, floats that are no numbers and decimals out of bounds are refused as well."""
    for bad in (Decimal("NaN"), Decimal("Infinity"), Decimal("1E+400"), Decimal("-0.01"), 10**30):
        with pytest.raises(ValidationError) as caught:
            Claim.model_validate(claim(purchase={"price": bad}))
        assert caught.value.problems[0].field == "purchase.price"
    with pytest.raises(ValidationError, match="with a time"):
        Claim.model_validate(claim(claimed_on=datetime(2025, 3, 5)))
    with pytest.raises(ValidationError, match="0 to 100"):
        Claim.model_validate(claim(fault={"battery_capacity": float("nan")}))
    with pytest.raises(ValidationError, match="must be JSON text"):
        Claim.from_json(7)  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Claim.model_validate({1: 2})


def test_all_problems_are_said_at_once() -> None:
    """Every wrong field is named, in the order of the input; impossible pairs come after."""
    with pytest.raises(ValidationError) as caught:
        decide(
            {
                "claimed_on": "2025-02-30",
                "product": {"kind": "handet"},
                "purchase": {"price": 1.5},
                "x": 1,
            }
        )
    fields = [problem.field for problem in caught.value.problems]
    assert fields == ["claimed_on", "product.kind", "purchase.price", "x"]
    for lang in ("zh", "en"):
        assert caught.value.explain(lang).count("\n") == 3
    assert str(caught.value) == "\n".join(map(caught.value.explain, ("zh", "en")))


@pytest.mark.parametrize("path", ["xyzzy", "gift", "purchase.standalone"])
def test_an_unknown_key_is_refused_even_if_it_is_null(path: str) -> None:
    """Null means not known, of a field there is; it does not make a field."""
    claim: dict[str, Any] = {"claimed_on": "2025-01-01", "product": {"kind": "handset"}}
    part, _, name = path.rpartition(".")
    (claim.setdefault(part, {}) if part else claim)[name] = None
    with pytest.raises(ValidationError) as caught:
        Claim.model_validate(claim)
    [problem] = caught.value.problems
    assert problem.field == path
    assert problem.reason.startswith("is not a known key")


def test_at_the_edge_of_what_is_taken() -> None:
    """A thousand repairs, the year 9000, a byte-order mark and null for absent are fine."""
    many = claim(repairs=[{"handed_in_on": "2025-02-10", "handed_back_on": "2025-02-11"}] * 1000)
    assert decide(many).possible
    days = {"asked_on": DAY, "fault": {"appeared_on": DAY}, "purchase": {"sold_on": DAY}}
    assert decide(claim(**days)).possible
    assert decide(claim(fault={"detail": "a" * 50})).possible
    assert decide(claim(claimed_on="9000-12-31", purchase={"sold_on": "8999-12-31"})).possible
    text = json.dumps(claim(purchase=None, request=None, repairs=None))
    assert Claim.from_json(b"\xef\xbb\xbf" + text.encode()) == Claim.model_validate(claim())
    assert (
        Claim.model_validate(claim(fault={"battery_capacity": 79.5})).fault.battery_capacity == 79.5
    )


SWAPPED = [{"exchanged_on": "2025-04-07"}]


def back_on(day: str, handed_in: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a repair handed back on a day, and handed in on 2025-04-01 if nothing else is said."""
    return {"handed_in_on": handed_in or "2025-04-01", "handed_back_on": day, **more}


ODD: list[tuple[str, dict[str, Any], list[tuple[str, str, str]]]] = [
    (
        "activated before sale",
        {"activated_on": "2025-03-02"},
        [("activated_before_sale", "evidence.activated_on", "2025-03-02")],
    ),
    (
        "activated after the claim",
        {"activated_on": "2025-05-13"},
        [("activated_after_claim", "evidence.activated_on", "2025-05-13")],
    ),
    (
        "repair handed in after the claim",
        {"repairs": [{"handed_in_on": "2025-05-13"}]},
        [("repair_after_claim", "repairs[0].handed_in_on", "2025-05-13")],
    ),
    (
        "repair handed back after the claim",
        {"repairs": [{"handed_in_on": "2025-05-01", "handed_back_on": "2025-05-13"}]},
        [("hand_back_after_claim", "repairs[0].handed_back_on", "2025-05-13")],
    ),
    (
        "two open repairs",
        {"repairs": [{"handed_in_on": "2025-05-01"}, {"handed_in_on": "2025-05-02"}]},
        [("two_open_repairs", "repairs[1].handed_in_on", "2025-05-02")],
    ),
    (
        "exchange before the sale",
        {"exchanges": [{"exchanged_on": "2025-03-02"}]},
        [("exchange_before_sale", "exchanges[0].exchanged_on", "2025-03-02")],
    ),
    (
        "invoice before the sale",
        {"invoiced_on": "2025-03-02"},
        [("invoice_before_sale", "purchase.invoiced_on", "2025-03-02")],
    ),
    (
        "received before the sale",
        {"received_on": "2025-03-02"},
        [("received_before_sale", "purchase.received_on", "2025-03-02")],
    ),
    (
        "received after the claim",
        {"received_on": "2025-05-13"},
        [("received_after_claim", "purchase.received_on", "2025-05-13")],
    ),
    (
        "made after the sale",
        {"manufactured_on": "2025-03-04"},
        [("made_after_sale", "evidence.manufactured_on", "2025-03-04")],
    ),
    ("nothing odd", {"activated_on": "2025-03-03", "invoiced_on": "2025-03-03"}, []),
    (
        "asked before the exchange",
        {"asked_on": "2025-04-06", "exchanges": SWAPPED},
        [("asked_before_exchange", "asked_on", "2025-04-06")],
    ),
    ("asked on the day of the exchange", {"asked_on": "2025-04-07", "exchanges": SWAPPED}, []),
    (
        "asked before the exchange, of two the last",
        {"asked_on": "2025-04-06", "exchanges": [*SWAPPED, {"exchanged_on": "2025-03-20"}]},
        [("asked_before_exchange", "asked_on", "2025-04-06")],
    ),
    (
        "asked after an exchange that does not count",
        {"asked_on": "2025-03-03", "exchanges": [{"exchanged_on": "2025-03-02"}]},
        [("exchange_before_sale", "exchanges[0].exchanged_on", "2025-03-02")],
    ),
    (
        "appeared before the exchange",
        {"appeared_on": "2025-04-06", "exchanges": SWAPPED},
        [("appeared_before_exchange", "fault.appeared_on", "2025-04-06")],
    ),
    (
        "appeared on the day of the exchange",
        {"appeared_on": "2025-04-07", "exchanges": SWAPPED},
        [],
    ),
    (
        "appeared after a day asked that was before the exchange",
        {"asked_on": "2025-04-01", "appeared_on": "2025-04-20", "exchanges": SWAPPED},
        [("asked_before_exchange", "asked_on", "2025-04-01")],
    ),
    (
        "a repair that has held for 31 days",
        {"asked_on": "2025-04-01", "repairs": [back_on("2025-04-11")]},
        [("asked_before_lasting_repair", "asked_on", "2025-04-01")],
    ),
    (
        "a repair that has held for 30 days",
        {"asked_on": "2025-04-01", "repairs": [back_on("2025-04-12")]},
        [],
    ),
    ("a repair that has held, and no day asked", {"repairs": [back_on("2025-04-11")]}, []),
    (
        "a repair that has held, of the same fault by its code",
        {"asked_on": "2025-04-01", "repairs": [back_on("2025-04-11", symptom="screen_fault")]},
        [("asked_before_lasting_repair", "asked_on", "2025-04-01")],
    ),
    (
        "a repair that has held, of another fault",
        {"asked_on": "2025-04-01", "repairs": [back_on("2025-04-11", symptom="no_ring")]},
        [],
    ),
    (
        "a repair that has held, handed in before the day asked",
        {"asked_on": "2025-04-02", "repairs": [back_on("2025-04-11")]},
        [],
    ),
    (
        "a repair that has held, and a later one that has not",
        {"asked_on": "2025-04-01", "repairs": [back_on("2025-04-12"), back_on("2025-04-11")]},
        [],
    ),
    (
        "a repair that has held, and one that is open still",
        {
            "asked_on": "2025-04-01",
            "repairs": [back_on("2025-04-11"), {"handed_in_on": "2025-05-11"}],
        },
        [("asked_before_lasting_repair", "asked_on", "2025-04-01")],
    ),
    (
        "a repair that is handed back after the claim",
        {"asked_on": "2025-04-01", "repairs": [back_on("2025-05-13")]},
        [("hand_back_after_claim", "repairs[0].handed_back_on", "2025-05-13")],
    ),
    (
        "admitted and contested",
        {"cause": "liquid", "cause_basis": "consumer", "contested": True},
        [("admitted_and_contested", "fault.contested", "true")],
    ),
    ("admitted", {"cause": "liquid", "cause_basis": "consumer"}, []),
    ("contested", {"cause": "liquid", "cause_basis": "report", "contested": True}, []),
    ("a defect contested", {"cause_basis": "consumer", "contested": True}, []),
    ("nothing to contest", {"cause": None, "cause_basis": "consumer", "contested": True}, []),
    (
        "a paid price alone",
        {"paid_price": "2800.00", "price": None},
        [("paid_price_without_price", "purchase.paid_price", "2800.00")],
    ),
    ("a paid price beside that of the invoice", {"paid_price": "2800.00"}, []),
    (
        "a paid price and delivery before the Decree",
        {"paid_price": "2800.00", "sold_on": "2024-06-30"},
        [("paid_price_not_used", "purchase.paid_price", "2800.00")],
    ),
    ("a paid price and the Decree", {"paid_price": "2800.00", "sold_on": "2024-07-01"}, []),
    (
        "a paid price and delivery under the Decree",
        {"paid_price": "2800.00", "sold_on": "2024-06-30", "received_on": "2024-07-01"},
        [],
    ),
    (
        "a paid price and a claim before the Decree",
        {"paid_price": "2800.00", "sold_on": None, "claimed_on": "2024-06-30", "price": None},
        [("paid_price_not_used", "purchase.paid_price", "2800.00")],
    ),
    (
        "a paid price and no delivery known",
        {"paid_price": "2800.00", "sold_on": None, "price": None},
        [],
    ),
    (
        "second-hand",
        {"condition": "second_hand"},
        [("second_hand_unsettled", "product.condition", "second_hand")],
    ),
    ("new", {"condition": "new"}, []),
    (
        "repairs before the exchange",
        {
            "exchanges": SWAPPED,
            "repairs": [back_on("2025-04-07", "2025-04-06"), back_on("2025-04-08", "2025-04-07")],
        },
        [("repairs_before_exchange", "repairs[0].handed_in_on", "2025-04-06")],
    ),
    (
        "repairs before the exchange, perhaps without papers",
        {
            "exchanges": SWAPPED,
            "repairs": [back_on("2025-04-07", "2025-04-06")],
            "manufactured_on": "2025-01-01",
            "invoice": "none",
            "voucher": None,
        },
        [],
    ),
    (
        "repairs before the exchange, with an intact voucher",
        {
            "exchanges": SWAPPED,
            "repairs": [back_on("2025-04-07", "2025-04-06")],
            "manufactured_on": "2025-01-01",
            "invoice": "none",
        },
        [("repairs_before_exchange", "repairs[0].handed_in_on", "2025-04-06")],
    ),
    (
        "repairs before an exchange that does not count",
        {
            "exchanges": [{"exchanged_on": "2025-03-02"}],
            "repairs": [back_on("2025-03-05", "2025-03-01")],
        },
        [("exchange_before_sale", "exchanges[0].exchanged_on", "2025-03-02")],
    ),
]


@pytest.mark.parametrize(
    ("changes", "warnings"), [case[1:] for case in ODD], ids=[case[0] for case in ODD]
)
def test_odd_but_possible(changes: dict[str, Any], warnings: list[tuple[str, str, str]]) -> None:
    """Sold 2025-03-03, claimed 2025-05-12: what is odd is decided, with a warning that names it."""
    decision = decide(handset(**changes))
    assert decision.outcome is not None or decision.needs
    assert [(odd.id, odd.field, odd.value) for odd in decision.warnings] == warnings


@pytest.mark.parametrize(
    ("bought_with_phone", "warned"), [(True, False), (False, True), (None, False)]
)
def test_an_accessory_paid_for(bought_with_phone: bool | None, warned: bool) -> None:
    """What was paid has no part in the price of an accessory that came with a phone."""
    sold = {"bought_with_phone": bought_with_phone, "price": None, "paid_price": "99.00"}
    decision = decide(charger(**sold))
    odd = [("paid_price_without_price", "purchase.paid_price", "99.00")] if warned else []
    assert [(one.id, one.field, one.value) for one in decision.warnings] == odd
