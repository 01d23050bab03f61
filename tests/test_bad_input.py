"""Claims that cannot be: every mistake is refused with its field, its value and the reason."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

import sanbao
from claims import day, exchange, handset, repair
from sanbao import Claim, ValidationError, cli
from sanbao import claim as module

IMEI = "490154203237518"

A_DATE = "must be a date written YYYY-MM-DD"
NO_TIME = "a date is expected here, not a date with a time; days are dates in China"
NO_SUCH_DAY = "is not a day of the calendar"
TOO_LATE = "is beyond the year 9000"
AFTER_CLAIM = "is after the claim (2025-05-12)"
BEFORE_REPAIR = "is before the day it was handed in (2025-04-10)"
NEGATIVE = "must not be negative"
NO_FLOAT = 'must not be a floating-point number; write money as a string, "1599.00"'
AN_AMOUNT = 'must be an amount in yuan as a string, "1599.00"'
DIGITS = "must be an amount in yuan with at most 12 digits before the point and 2 after it"
FIFTEEN = "must be a string of 15 digits"
YES_OR_NO = "must be true or false"
PERCENT = "must be a number from 0 to 100"
AN_OBJECT = "must be a JSON object"
A_LIST = "must be a list"
REQUIRED = "is required"


class Case(NamedTuple):
    """A claim with one mistake, and what is said about it."""

    claim: Any
    field: str
    value: str
    reason: str

    def problems(self) -> list[tuple[str, str, str]]:
        """Return the one problem as a tuple."""
        return [(self.field, self.value, self.reason)]


def case(path: str, value: Any, reason: str) -> Case:
    """Return the ordinary claim with ``value`` at ``path``, which is refused as it stands."""
    known = handset(repairs=[repair("2025-04-10")], exchanges=[exchange("2025-04-01")])
    *parents, last = path.replace("[0]", ".0").split(".")
    at: Any = known
    for part in parents:
        at = at[int(part) if part.isdigit() else part]
    at[int(last) if last.isdigit() else last] = value
    return Case(known, path, shown(value), reason)


def shown(value: Any) -> str:
    """Return how an error shows a value: strings quoted, cut after 60 characters."""
    if isinstance(value, int) and value.bit_length() > 256:
        return f"an integer of {value.bit_length()} bits"
    text = value if isinstance(value, str) else repr(value)
    cut = text if len(text) <= 60 else f"{text[:60]}… ({len(text)} characters)"
    return f"'{cut}'" if isinstance(value, str) else cut


def problems_of(make: Callable[..., Any], *given: Any, **named: Any) -> list[tuple[str, str, str]]:
    """Return field, value and reason of every problem that ``make`` finds."""
    with pytest.raises(ValidationError) as caught:
        make(*given, **named)
    found = caught.value.problems
    assert str(caught.value) == "\n".join(f"{p.field} = {p.value}: {p.reason}" for p in found)
    return [(problem.field, problem.value, problem.reason) for problem in found]


def refusal(problems: list[tuple[str, str, str]]) -> str:
    """Return what the command line prints on standard error about these problems."""
    return "".join(f"sanbao: {field} = {value}: {reason}\n" for field, value, reason in problems)


def ask(text: bytes) -> tuple[int, str, str]:
    """Return status, output and errors of ``python -m sanbao decide -`` for this input."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "sanbao", "decide", "-"],
        input=text,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


DAYS = [
    "claimed_on",
    "purchase.sold_on",
    "purchase.invoiced_on",
    "purchase.received_on",
    "evidence.manufactured_on",
    "evidence.activated_on",
    "repairs[0].handed_in_on",
    "repairs[0].ready_on",
    "repairs[0].notified_on",
    "repairs[0].handed_back_on",
    "exchanges[0].exchanged_on",
]
MONEY = ["purchase.price", "purchase.standalone_price"]
YES_NO = [
    "product.sold_in_mainland",
    "product.bought_with_phone",
    "purchase.gift",
    "purchase.plan_bundled",
    "repairs[0].recorded",
    "repairs[0].under_guarantee",
    "same_model_in_stock",
]

# --- one mistake in a claim that JSON can hold ------------------------------------------

BY_COMMAND = [
    case("purchase.sold_on", "2025-03-03T10:30:00", NO_TIME),
    case("purchase.sold_on", "2025-02-30", NO_SUCH_DAY),
    case("purchase.sold_on", "2025-05-13", AFTER_CLAIM),
    case("purchase.invoiced_on", "2025-05-13", AFTER_CLAIM),
    case("exchanges[0].exchanged_on", "2025-05-13", AFTER_CLAIM),
    case("repairs[0].handed_back_on", "2025-04-09", BEFORE_REPAIR),
    case("purchase.price", "-0.01", NEGATIVE),
    case("purchase.price", 1599.0, NO_FLOAT),
    case("purchase.price", "9" * 400, DIGITS),
    case(
        "product.imei", "490154203237517", "has a wrong check digit; its first 14 digits ask for 8"
    ),
    case("repairs", [repair("2025-04-10")] * 10_000, "must hold at most 1000 entries"),
    case("evidence.activated_on", "9001-01-01", TOO_LATE),
    case("purchase.gift", "yes", YES_OR_NO),
    case("fault.battery_capacity", 100.5, PERCENT),
    case("claimed_on", "12.05.2025", A_DATE),
]
"""Those that are given to the command itself too: one of every sort."""

IN_PROCESS = [
    *(
        case(path, f"2025-04-01{rest}", NO_TIME)
        for path in DAYS
        for rest in ("T00:00:00", "T10:30:00Z", " 10:30", "t10")
    ),
    *(case(path, "2025-02-30", NO_SUCH_DAY) for path in DAYS),
    *(
        case("claimed_on", text, NO_SUCH_DAY)
        for text in ("2025-02-29", "2025-13-01", "2025-00-10", "0000-01-01", "2025-04-31")
    ),
    *(
        case("claimed_on", text, A_DATE)
        for text in (
            *("", " ", "2025", "2025-5-1", "20250512", "2025-05-12x", "10000-01-01"),
            *("2025/05/12", "２０２５-05-12", "-2025-05-1", " 2025-05-12", "today"),
        )
    ),
    *(case("claimed_on", value, A_DATE) for value in (20250512, 0.5, True, [], {}, ["2025-05-12"])),
    *(case(path, "9001-01-01", TOO_LATE) for path in DAYS),
    case("claimed_on", "9999-12-31", TOO_LATE),
    case("repairs[0].ready_on", "2025-04-09", BEFORE_REPAIR),
    case("repairs[0].notified_on", "2025-04-09", BEFORE_REPAIR),
    *(case(path, "-1599.00", NEGATIVE) for path in MONEY),
    *(case(path, -1, NEGATIVE) for path in MONEY),
    *(case(path, value, NO_FLOAT) for path in MONEY for value in (0.0, 0.1, -1.5)),
    *(case(path, value, AN_AMOUNT) for path in MONEY for value in (True, [], {}, ["1"])),
    *(
        case("purchase.price", text, DIGITS)
        for text in (
            *("NaN", "nan", "sNaN", "Infinity", "inf", "", " ", "free", "1599.001", "1599."),
            *(".5", "+1", "1,599", "1 599", "1e3", "¥1599", "１５９９", "1599 yuan", "0x10"),
            *("1000000000000", "1" * 13 + ".00"),
        )
    ),
    case("purchase.price", 10**12, DIGITS),
    case("purchase.price", 10**399, DIGITS),
    case("purchase.price", -(10**399), DIGITS),
    *(case("product.imei", IMEI[:-1] + digit, "") for digit in "012345679"),
    case("product.imei", "094154203237518", ""),
    *(
        case("product.imei", value, FIFTEEN)
        for value in (
            *("", IMEI[:-1], IMEI + "0", "49015420323751X", "49-015420-323751-8", f" {IMEI}"),
            *("４９０１５４２０３２３７５１８", int(IMEI), True, [IMEI], 0.5),
        )
    ),
    case("repairs", [repair("2025-04-10")] * 1001, "must hold at most 1000 entries"),
    case("exchanges", [exchange("2025-04-10")] * 1001, "must hold at most 1000 entries"),
    *(
        case(path, value, YES_OR_NO)
        for path in YES_NO
        for value in ("yes", "true", "", 1, 0, 1.0, [], {})
    ),
    *(
        case("fault.battery_capacity", value, PERCENT)
        for value in (-1, -0.5, 101, 100.0000001, "80", "80%", "", True, [], {}, 10**399)
    ),
    *(
        case(path, value, AN_OBJECT)
        for path in ("product", "purchase", "evidence", "fault", "repairs[0]", "exchanges[0]")
        for value in ("", "handset", 7, 0.5, True, [], [["kind", "handset"]])
    ),
    *(
        case(path, value, A_LIST)
        for path in ("repairs", "exchanges")
        for value in ("", "2025-04-10", 7, True, {}, {"handed_in_on": "2025-04-10"})
    ),
    case("repairs[0]", None, AN_OBJECT),
    case("exchanges[0]", None, AN_OBJECT),
    case("product.kind", 7, f"must be one of {', '.join(get_args(module.Kind))}"),
    case("product.kind", ["handset"], f"must be one of {', '.join(get_args(module.Kind))}"),
    case("request", "", "must be one of refund, exchange, repair"),
    case("request", True, "must be one of refund, exchange, repair"),
]


def named(one: Case) -> str:
    """Return a short name for a case, in ASCII."""
    return ascii(f"{one.field}={one.value[:24]}")[1:-1]


@pytest.mark.parametrize("one", BY_COMMAND + IN_PROCESS, ids=named)
def test_a_mistake(one: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One mistake is one problem, the same from keywords, a mapping, JSON and a file."""
    problems = problems_of(Claim.model_validate, one.claim)
    if one.reason:
        assert problems == one.problems()
    else:  # a check digit; which one it asks for is reckoned in another test
        [(field, value, reason)] = problems
        assert (field, value) == (one.field, one.value)
        assert reason.startswith("has a wrong check digit; its first 14 digits ask for ")
    text = json.dumps(one.claim)
    assert problems_of(lambda: Claim(**one.claim)) == problems
    assert problems_of(Claim.from_json, text) == problems
    assert problems_of(Claim.from_json, text.encode()) == problems
    assert problems_of(sanbao.decide, one.claim) == problems
    file = tmp_path / "claim.json"
    file.write_text(text, "utf-8")
    assert cli.main(["decide", str(file)]) == cli.INVALID
    assert capsys.readouterr() == ("", refusal(problems))


@pytest.mark.parametrize("one", BY_COMMAND, ids=named)
def test_a_mistake_on_the_command_line(one: Case) -> None:
    """The command leaves with 2, prints nothing but the problem, and shows no traceback."""
    text = json.dumps(one.claim).encode()
    assert ask(text) == (2, "", refusal(one.problems()))


# --- values that only Python can hold ---------------------------------------------------


@pytest.mark.parametrize(
    "one",
    [
        *(case(path, datetime.combine(day("2025-04-01"), time()), NO_TIME) for path in DAYS),
        *(case(path, date(9001, 1, 1), TOO_LATE) for path in DAYS),
        *(case("claimed_on", value, A_DATE) for value in (time(10, 30), object, b"2025-05-12")),
        *(
            case("purchase.price", Decimal(text), DIGITS)
            for text in (
                *("NaN", "sNaN", "-NaN", "Infinity", "-Infinity", "1E+12", "1E+999999", "0.001"),
                *("1E-999999", "-1E+999999", "9" * 400, "1599.000"),
            )
        ),
        *(case("purchase.price", Decimal(text), NEGATIVE) for text in ("-0.01", "-1", "-0")),
        *(case("purchase.price", float(text), NO_FLOAT) for text in ("nan", "inf", "-inf")),
        *(case("purchase.price", value, AN_AMOUNT) for value in (b"1599.00", 1j, object)),
        *(case("fault.battery_capacity", float(text), PERCENT) for text in ("nan", "inf", "-inf")),
        *(case(path, 10**5000, DIGITS) for path in MONEY),
        *(case(path, 10**5000, YES_OR_NO) for path in YES_NO),
        case("fault.battery_capacity", 10**5000, PERCENT),
        case("claimed_on", 10**5000, A_DATE),
        case("product.imei", 10**5000, FIFTEEN),
        case("product", Claim, AN_OBJECT),
        case("repairs", range, A_LIST),
    ],
    ids=named,
)
def test_a_mistake_of_python(one: Case) -> None:
    """Datetimes, NaN and other values that JSON does not have are refused just the same."""
    assert problems_of(Claim.model_validate, one.claim) == one.problems()
    assert problems_of(lambda: Claim(**one.claim)) == one.problems()
    assert problems_of(sanbao.decide, one.claim) == one.problems()


@pytest.mark.parametrize("depth", [1000, 100_000])
@pytest.mark.parametrize("field", ["product", "purchase", "request"])
def test_objects_nested_deeply(field: str, depth: int) -> None:
    """A mapping nested without end is refused where it stops being a claim."""
    nested: dict[str, Any] = {}
    for _ in range(depth):
        nested = {field: nested}
    problems = problems_of(Claim.model_validate, handset() | nested)
    assert {name.partition(".")[0] for name, _, _ in problems} == {field}
    assert all(value == "a value of type dict" for _, value, _ in problems)


def test_an_object_inside_itself() -> None:
    """A mapping that holds itself is refused like any other."""
    claim = handset()
    claim["purchase"] = claim
    fields = [field for field, _, _ in problems_of(Claim.model_validate, claim)]
    assert fields == [f"purchase.{name}" for name in handset()]


# --- keys and codes ---------------------------------------------------------------------

KEYS = [
    ("clamed_on", "clamed_on", "claimed_on"),
    ("repair", "repair", "repairs"),
    ("requested", "requested", "request"),
    ("products", "products", "product"),
    ("product.imie", "product.imie", "imei"),
    ("purchase.sold", "purchase.sold", "sold_on"),
    ("purchase.Price", "purchase.Price", "price"),
    ("evidence.invoce", "evidence.invoce", "invoice"),
    ("fault.symptoms", "fault.symptoms", "symptom"),
    ("repairs[0].handed_in", "repairs[0].handed_in", "handed_in_on"),
    ("exchanges[0].exchange_on", "exchanges[0].exchange_on", "exchanged_on"),
    ("zzz", "zzz", None),
    ("product.zzz", "product.zzz", None),
    ("", "", None),
    ("x" * 61, f"{'x' * 60}… (61 characters", None),
    ("故障", "故障", None),
    ("\u202eevil", "\\u202eevil", None),
    ("a\nb", "a\\nb", None),
]


@pytest.mark.parametrize(("path", "field", "near"), KEYS, ids=[ascii(key[0]) for key in KEYS])
def test_a_key_nobody_knows(path: str, field: str, near: str | None) -> None:
    """An unknown key is refused by its path, with the nearest known one, and never printed raw."""
    one = case(path, 7, "")
    [(found, value, reason)] = problems_of(Claim.model_validate, one.claim)
    assert (found or "claim", value) == (field or "claim", "7")
    assert reason == "is not a known key" + (f"; did you mean '{near}'?" if near else "")
    assert problems_of(Claim.from_json, json.dumps(one.claim)) == [(found, value, reason)]


@pytest.mark.parametrize("key", [7, None, ("a",), b"kind"])
def test_a_key_that_is_no_text(key: Any) -> None:
    """A mapping with a key that is no string is refused and shows the key."""
    problems = problems_of(Claim.model_validate, handset() | {key: 1})
    assert repr(key) in " ".join(problems[0])


CODES = [
    ("product.kind", "handest", "handset", module.Kind),
    ("product.kind", "HANDSET", "handset", module.Kind),
    ("product.kind", "vehicle-phone", "vehicle_phone", module.Kind),
    ("product.kind", "手机", None, module.Kind),
    ("product.kind", "h" * 61, None, module.Kind),
    ("evidence.invoice", "orignal", "original", module.Invoice),
    ("evidence.invoice", "copies", "copy", module.Invoice),
    ("evidence.voucher", "intct", "intact", module.Voucher),
    ("fault.symptom", "screen_failure", "screen_fault", module.Symptom),
    ("fault.symptom", "black", None, module.Symptom),
    ("fault.cause", "liqiud", "liquid", module.Cause),
    ("fault.cause", "unauthorized_opening", "unauthorised_opening", module.Cause),
    ("fault.cause_basis", "reports", "report", module.CauseBasis),
    ("repairs[0].symptom", "no_rings", "no_ring", module.Symptom),
    ("repairs[0].delay", "part", "parts", module.Delay),
    ("request", "refnud", "refund", module.Request),
    ("request", "free_repair", "repair", module.Request),
]


@pytest.mark.parametrize(
    ("path", "value", "near", "codes"), CODES, ids=[ascii(f"{c[0]}={c[1]}") for c in CODES]
)
def test_a_code_nobody_knows(path: str, value: str, near: str | None, codes: Any) -> None:
    """An unknown code is refused with all there are, and the nearest one where one is near."""
    hint = f"; did you mean '{near}'?" if near else ""
    one = case(path, value, f"must be one of {', '.join(get_args(codes))}{hint}")
    assert problems_of(Claim.model_validate, one.claim) == one.problems()
    assert problems_of(Claim.from_json, json.dumps(one.claim)) == one.problems()


@pytest.mark.parametrize(
    ("claim", "field", "value"),
    [
        ({"product": {"kind": "other"}}, "claimed_on", "{'product': {'kind': 'other'}}"),
        ({"claimed_on": None, "product": {"kind": "other"}}, "claimed_on", None),
        ({"claimed_on": "2025-05-12"}, "product", "{'claimed_on': '2025-05-12'}"),
        ({"claimed_on": "2025-05-12", "product": {}}, "product.kind", "{}"),
        ({"claimed_on": "2025-05-12", "product": {"kind": None}}, "product.kind", None),
        (handset(repairs=[{}]), "repairs[0].handed_in_on", "{}"),
        (handset(repairs=[{"handed_in_on": None}]), "repairs[0].handed_in_on", None),
        (handset(exchanges=[exchange("2025-04-01"), {}]), "exchanges[1].exchanged_on", "{}"),
    ],
)
def test_what_is_required(claim: dict[str, Any], field: str, value: str | None) -> None:
    """The day, the kind, and a day for each repair and exchange must be there, and not null."""
    [(found, given, reason)] = problems_of(Claim.model_validate, claim)
    assert (found, reason) == (field, REQUIRED)
    assert given == value or value is None
    assert problems_of(Claim.from_json, json.dumps(claim)) == [(found, given, reason)]


@pytest.mark.parametrize("root", [None, True, 7, 0.5, "claim", [], [handset()]])
def test_what_is_no_object(root: Any) -> None:
    """Anything but an object is refused as a whole."""
    problems = [("claim", shown(root), AN_OBJECT)]
    assert problems_of(Claim.model_validate, root) == problems
    assert problems_of(Claim.from_json, json.dumps(root)) == problems
    assert problems_of(sanbao.decide, root) == problems


def test_all_mistakes_at_once() -> None:
    """Everything that is wrong with the parts is said at once, in the order of the claim."""
    claim = handset(sold_on="2025-02-30", price=1.5, symptom="?", request="?", kind="?")
    claim["purchase"]["paid"] = 1
    fields = [field for field, _, _ in problems_of(Claim.model_validate, claim)]
    assert fields == [
        *("product.kind", "purchase.sold_on", "purchase.price", "purchase.paid"),
        *("fault.symptom", "request"),
    ]


def test_all_contradictions_at_once() -> None:
    """Everything that does not fit together is said at once, too."""
    late = "2025-05-13"
    open_ = repair("2025-04-10", "2025-04-09", ready_on="2025-04-08", notified_on="2025-04-07")
    claim = handset(
        sold_on=late,
        invoiced_on=late,
        repairs=[repair("2025-04-01"), open_],
        exchanges=[exchange("2025-04-01"), exchange(late)],
    )
    assert problems_of(Claim.model_validate, claim) == [
        ("purchase.sold_on", f"'{late}'", AFTER_CLAIM),
        ("purchase.invoiced_on", f"'{late}'", AFTER_CLAIM),
        ("repairs[1].ready_on", "'2025-04-08'", BEFORE_REPAIR),
        ("repairs[1].notified_on", "'2025-04-07'", BEFORE_REPAIR),
        ("repairs[1].handed_back_on", "'2025-04-09'", BEFORE_REPAIR),
        ("exchanges[1].exchanged_on", f"'{late}'", AFTER_CLAIM),
    ]


# --- text that is no claim --------------------------------------------------------------

DEEP = ("is nested too deeply", AN_OBJECT)  # how deep is too deep, is for Python to say
EMPTY = "is empty; a JSON object is expected"
MANY_DIGITS = "holds a number with too many digits"

TEXTS: list[tuple[bytes, tuple[str, ...]]] = [
    (b"", (EMPTY,)),
    (b" \n\t ", (EMPTY,)),
    (b"\xef\xbb\xbf", (EMPTY,)),
    (b"claim", ("is not JSON: Expecting value (line 1, column 1)",)),
    (b'{"claimed_on":', ("is not JSON: Expecting value (line 1, column 15)",)),
    (b'{"a":1}\n{"a":1}', ("is not JSON: Extra data (line 2, column 1)",)),
    (b"\xff\xfe{\x00}\x00", ("is not UTF-8 (byte 0)",)),
    ('{"request": "退货"}'.encode("gbk"), ("is not UTF-8 (byte 13)",)),
    (b"[" * 1000 + b"]" * 1000, DEEP),
    (b"[" * 100_000 + b"]" * 100_000, DEEP),
    (b'{"request":' * 100_000 + b"1" + b"}" * 100_000, DEEP),
    (b'{"purchase":{"price":NaN}}', ("holds NaN, which is not a number in JSON",)),
    (b'{"purchase":{"price":Infinity}}', ("holds Infinity, which is not a number in JSON",)),
    (b'{"price":-Infinity}', ("holds -Infinity, which is not a number in JSON",)),
    (b'{"request":"refund","request":"repair"}', ("names the key 'request' twice",)),
    (b'{"product":{"kind":"other","\\u006bind":"other"}}', ("names the key 'kind' twice",)),
    (b'{"purchase":{"price":' + b"9" * 5000 + b"}}", (MANY_DIGITS,)),
    (b'{"purchase":{"price":-' + b"9" * 5000 + b"}}", (MANY_DIGITS,)),
]
TEXT_IDS = [ascii(text[:24])[2:-1] + f"*{len(text)}" for text, _ in TEXTS]


@pytest.mark.parametrize(("text", "reasons"), TEXTS, ids=TEXT_IDS)
def test_text_that_is_no_claim(
    text: bytes, reasons: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Text that is not JSON, or not only JSON, is refused as a whole."""
    [(field, value, reason)] = problems = problems_of(Claim.from_json, text)
    assert field == "claim"
    assert reason in reasons
    assert value.isprintable()
    assert len(value) < 100
    file = tmp_path / "claim.json"
    file.write_bytes(text)
    assert cli.main(["decide", str(file)]) == cli.INVALID
    assert capsys.readouterr() == ("", refusal(problems))


@pytest.mark.parametrize(
    "text", [TEXTS[0][0], TEXTS[4][0], TEXTS[7][0], TEXTS[9][0], TEXTS[11][0], TEXTS[14][0]]
)
def test_text_that_is_no_claim_on_the_command_line(text: bytes) -> None:
    """The command leaves with 2 and one line about the claim, and shows no traceback."""
    status, output, errors = ask(text)
    assert (status, output) == (2, "")
    assert errors.startswith("sanbao: claim = ")
    assert errors.count("\n") == 1


@pytest.mark.parametrize("given", [None, 7, [], {}, memoryview(b"{}"), io.StringIO("{}")])
def test_what_is_no_text(given: Any) -> None:
    """Only text and bytes can be read as JSON."""
    [(field, _, reason)] = problems_of(Claim.from_json, given)
    assert (field, reason) == ("claim", "must be JSON text")


# --- possible after all -----------------------------------------------------------------


def test_a_byte_order_mark_is_no_mistake() -> None:
    """Windows programs write one; bytes and text with it are read."""
    text = json.dumps(handset())
    claim = Claim.from_json(text)
    assert Claim.from_json(b"\xef\xbb\xbf" + text.encode()) == claim
    assert Claim.from_json("\ufeff" + text) == claim
    assert ask(b"\xef\xbb\xbf" + text.encode())[::2] == (0, "")


def test_null_is_absent() -> None:
    """A key whose value is null says as much as no key at all, in every part."""
    empty = {"sold_on", "invoiced_on", "received_on", "price", "standalone_price", "gift"}
    nulls: dict[str, Any] = {
        "claimed_on": "2025-05-12",
        "product": {"kind": "handset", "imei": None, "sold_in_mainland": None},
        "purchase": dict.fromkeys(empty),
        "evidence": None,
        "fault": {"symptom": None, "battery_capacity": None},
        "repairs": None,
        "exchanges": None,
        "same_model_in_stock": None,
        "request": None,
    }
    plain = Claim.model_validate({"claimed_on": "2025-05-12", "product": {"kind": "handset"}})
    assert Claim.from_json(json.dumps(nulls)) == Claim(**nulls) == plain
    assert plain.product.sold_in_mainland is True
    assert plain.purchase.gift is False


@pytest.mark.parametrize("part", ["repairs", "exchanges"])
def test_a_thousand_is_possible(part: str) -> None:
    """A claim with 1,000 repairs or exchanges is decided."""
    one = repair("2025-04-10", "2025-04-11") if part == "repairs" else exchange("2025-04-10")
    decision = sanbao.decide(handset(**{part: [one] * 1000}))
    assert decision.possible


@pytest.mark.parametrize("year", ["0001", "1999", "9000"])
def test_years_at_the_ends_are_possible(year: str) -> None:
    """The first year and the last possible one are decided, explained and read again."""
    last = f"{year}-12-31"
    claim = handset(
        claimed_on=last,
        sold_on=last,
        manufactured_on=last,
        repairs=[repair(last), repair(last, "9000-12-31")],
        exchanges=[exchange(last)],
    )
    for papers in ({}, {"evidence": {"invoice": "none", "manufactured_on": last}}):
        decision = sanbao.decide(claim | papers)
        assert decision.explain("zh")
        assert decision.to_html("en")
        assert sanbao.Decision.from_json(decision.to_json()) == decision


@pytest.mark.parametrize("capacity", [0, 100, 0.0, 100.0, 79.9])
def test_capacities_at_the_ends_are_possible(capacity: float) -> None:
    """0 and 100 percent are capacities."""
    assert (
        Claim.model_validate(handset(battery_capacity=capacity)).fault.battery_capacity == capacity
    )


ODD = [
    ({"activated_on": "2025-03-02"}, "activated_before_sale", "evidence.activated_on"),
    ({"activated_on": "2025-05-13"}, "activated_after_claim", "evidence.activated_on"),
    ({"invoiced_on": "2025-03-02"}, "invoice_before_sale", "purchase.invoiced_on"),
    ({"received_on": "2025-03-02"}, "received_before_sale", "purchase.received_on"),
    ({"received_on": "2025-05-13"}, "received_after_claim", "purchase.received_on"),
    ({"manufactured_on": "2025-03-04"}, "made_after_sale", "evidence.manufactured_on"),
    (
        {"exchanges": [exchange("2025-03-02")]},
        *("exchange_before_sale", "exchanges[0].exchanged_on"),
    ),
    ({"repairs": [repair("2025-05-13")]}, "repair_after_claim", "repairs[0].handed_in_on"),
    (
        {"repairs": [repair("2025-05-12", "2025-05-13")]},
        *("hand_back_after_claim", "repairs[0].handed_back_on"),
    ),
    (
        {"repairs": [repair("2025-04-10"), repair("2025-04-11")]},
        *("two_open_repairs", "repairs[1].handed_in_on"),
    ),
]


@pytest.mark.parametrize(("changes", "code", "field"), ODD, ids=[odd[1] for odd in ODD])
def test_odd_but_possible(
    changes: dict[str, Any],
    code: str,
    field: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is odd but possible is decided all the same, with a warning and status 0."""
    claim = handset(**changes)
    part, _, name = field.replace("[0]", "").replace("[1]", "").partition(".")
    holder = claim[part] if isinstance(claim[part], dict) else claim[part][-1]
    [odd] = sanbao.decide(claim).warnings
    assert (odd.id, odd.field, odd.value) == (code, field, holder[name])
    file = tmp_path / "claim.json"
    file.write_text(json.dumps(claim), "utf-8")
    assert cli.main(["decide", str(file), "--format", "json"]) == cli.OK
    output, errors = capsys.readouterr()
    assert json.loads(output)["warnings"] == [{"id": code, "field": field, "value": holder[name]}]
    assert errors == ""
