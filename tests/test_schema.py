"""The JSON Schemas: current, well formed, and of one mind with the readers and writers."""

from __future__ import annotations

import copy
import inspect
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter
from pydantic import ValidationError as PydanticError

from claims import TWO_EXCHANGES, TWO_REPAIRS, battery, handset
from random_claims import random_claim, with_unknowns
from sanbao import (
    MOBILE_2001,
    Claim,
    Decision,
    Policy,
    PolicySet,
    Readings,
    ValidationError,
    decide,
)
from sanbao.model.decision import PolicyRef
from sanbao.model.readings import reading_values
from sanbao.rules.conditions import Window
from sanbao.schema import MODES, NAMES, Mode, Name, schema, schema_text
from sanbao.statespace.comparison import Circumstance, Comparison, Divergence, Terms
from sanbao.statespace.verification import Breach, OutcomeCells, Principle, Verification

ROOT = Path(__file__).resolve().parent.parent
ALL = [(name, mode) for name in NAMES for mode in MODES]
READERS: dict[str, Callable[[str], object]] = {
    "claim": lambda text: Claim.model_validate_json(text, context=PolicySet.shipped().codes),
    "decision": Decision.from_json,
    "policy": Policy.from_json,
}
STRICT: dict[str, TypeAdapter[Any]] = {
    "decision": TypeAdapter(Decision),
    "policy": TypeAdapter(Policy),
}
TAKEN, WRITTEN = (
    {
        name: Draft202012Validator(
            schema(name, mode), format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        for name in NAMES
    }
    for mode in MODES
)
Path_: TypeAlias = tuple[str | int, ...]
GONE = object()
NOTES = {"$schema", "$id", "$defs", "title", "description", "default"}
KEYWORDS = NOTES | {"then"} | Draft202012Validator.VALIDATORS.keys()
"""The keywords of JSON Schema: those that only note something, and those that decide."""

claims = st.builds(random_claim, st.randoms(use_true_random=False))
partial_claims = st.builds(with_unknowns, st.randoms(use_true_random=False), claims)
readings = st.builds(
    Readings, **{name: st.sampled_from(values) for name, values in reading_values().items()}
)

CLAIM: dict[str, Any] = {
    "claimed_on": "2025-03-20",
    "product": {
        "kind": "battery",
        "sold_in_mainland": True,
        "bought_with_phone": True,
        "imei": "490154203237518",
        "used": False,
    },
    "purchase": {
        "sold_on": "2025-03-03",
        "invoiced_on": "2025-03-04",
        "received_on": "2025-03-05",
        "price": "1599.00",
        "standalone_price": "99",
        "gift": False,
        "plan_bundled": True,
    },
    "evidence": {
        "invoice": "copy",
        "voucher": "intact",
        "manufactured_on": "2025-01-01",
        "activated_on": "2025-03-05",
    },
    "fault": {
        "symptom": "battery_fault",
        "cause": "defect",
        "cause_basis": "report",
        "battery_capacity": 75.5,
    },
    "repairs": [
        {"handed_in_on": "2025-03-06"},
        {
            "handed_in_on": "2025-03-06",
            "ready_on": "2025-03-07",
            "notified_on": "2025-03-08",
            "handed_back_on": "2025-03-09",
            "symptom": "charger_fault",
            "recorded": True,
            "under_guarantee": False,
            "delay": "parts",
        },
    ],
    "exchanges": [{"exchanged_on": "2025-03-12"}],
    "same_model_in_stock": True,
    "request": "refund",
}
"""A claim with every field."""

LEAST = {"claimed_on": "2025-03-20", "product": {"kind": "other"}}
"""A claim with no more than it needs."""

RECORDS: list[tuple[Name, dict[str, Any]]] = [
    ("decision", decide(handset(repairs=TWO_REPAIRS, request="refund", cause="liquid")).to_dict()),
    ("decision", decide(battery(exchanges=TWO_EXCHANGES, bought_with_phone=None)).to_dict()),
    ("policy", json.loads(MOBILE_2001.to_json())),
]

REPORTS: dict[str, Comparison | Verification] = {
    "comparison": Comparison(
        a=PolicyRef("cn.mobile-2001", "2001-11-15"),
        b=PolicyRef("shop", "1"),
        readings=Readings(),
        calendar="made-up",
        cells=3,
        worse=2,
        better=0,
        divergences=(
            Divergence(
                direction="worse",
                subject="refund",
                policy="cn.mobile-2001",
                rule="art11.refund",
                citations=MOBILE_2001.right("art11.refund").cites,
                given=Terms("in_full"),
                instead=Terms("less_depreciation", Decimal("0.005")),
                where=((Circumstance("shop", Window("windows_start", 7), False),),),
                cells=2,
                kinds=("handset",),
                claims=(Claim.model_validate(CLAIM),),
                odd=False,
            ),
        ),
    ),
    "verification": Verification(
        policy=PolicyRef("shop", "1"),
        readings=Readings(),
        calendar="made-up",
        cells=3,
        outcomes=(OutcomeCells("refund", 3),),
        principles=(
            Principle(
                "better_papers",
                False,
                3,
                (Breach(("art11.refund",), "refund", Claim.model_validate(LEAST), None),),
            ),
        ),
    ),
}

SAMPLES: dict[Name, dict[str, Any]] = {"claim": CLAIM, **dict(reversed(RECORDS))}


def refused(name: Name, data: Any) -> bool:
    """Tell whether the reader refuses ``data``."""
    try:
        READERS[name](json.dumps(data))
    except ValidationError:
        return True
    return False


def refused_for_its_shape(name: Name, data: Any) -> bool:
    """Tell whether the reader refuses a record whatever its values mean to each other."""
    try:
        STRICT[name].validate_json(json.dumps(data), strict=True)
    except PydanticError as error:
        return any(detail["type"] != "value_error" for detail in error.errors())
    return False


def places(data: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Yield the path of every value in ``data``, its own first."""
    yield path
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(value, (*path, key))


def changed(data: Any, path: Path_, value: object) -> Any:
    """Return ``data`` with ``value`` at ``path``, or with nothing there for ``GONE``."""
    data = inner = copy.deepcopy(data)
    for key in path[:-1]:
        inner = inner[key]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return data


def pieces(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a record for every entry of its lists, with that entry alone in them."""
    bare = {key: [] if isinstance(value, list) else value for key, value in data.items()}
    for key, value in data.items():
        for entry in value if isinstance(value, list) else ():
            yield {**bare, key: [entry]}


# --- the files -------------------------------------------------------------------------


@pytest.mark.untraced
@pytest.mark.parametrize(("name", "mode"), ALL)
def test_the_files_are_current(name: Name, mode: Mode) -> None:
    """The committed files are what the models say; scripts/write_schemas.py writes them."""
    file = ROOT / "schemas" / f"{name}.{mode}.json"
    assert file.read_bytes().decode() == schema_text(name, mode)
    assert json.loads(schema_text(name, mode)) == schema(name, mode)
    assert schema_text(name, mode).startswith(
        '{\n  "$schema": "https://json-schema.org/draft/2020-12/schema",\n'
        f'  "$id": "urn:sanbao:schema:{name}:{mode}",\n  "title": "{name.title()}",\n'
    )


def test_there_are_no_other_files() -> None:
    """Two files for each name stand in the folder."""
    found = {file.name for file in (ROOT / "schemas").iterdir()}
    assert found == {f"{name}.{mode}.json" for name, mode in ALL}


@pytest.mark.untraced
def test_writing_them(tmp_path: Path) -> None:
    """The script names what is not current, writes it, and is then content."""
    script = tmp_path / "scripts" / "write_schemas.py"
    script.parent.mkdir()
    shutil.copy(ROOT / "scripts" / script.name, script)

    def run(*arguments: str) -> tuple[int, list[str]]:
        command = [sys.executable, str(script), *arguments]
        done = subprocess.run(command, capture_output=True, check=False, text=True)
        return done.returncode, done.stdout.splitlines()

    assert run("--check") == (1, [f"schemas/{n}.{m}.json is not current" for n, m in ALL])
    assert run() == (0, [f"schemas/{name}.{mode}.json written" for name, mode in ALL])
    assert run("--check") == (0, [])
    for name, mode in ALL:
        file = Path("schemas") / f"{name}.{mode}.json"
        assert (tmp_path / file).read_bytes() == (ROOT / file).read_bytes()


# --- the schemas -----------------------------------------------------------------------


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every schema in a schema."""
    yield node
    for keyword, value in node.items():
        if keyword in ("$defs", "properties"):
            inner = list(value.values())
        elif keyword in ("allOf", "anyOf", "prefixItems"):
            inner = value
        else:
            inner = [value] if keyword in ("items", "if", "then") else []
        for part in inner:
            yield from nodes(part)


@pytest.mark.parametrize(("name", "mode"), ALL)
def test_they_are_well_formed(name: Name, mode: Mode) -> None:
    """Valid by the meta-schema, without unknown keywords; every object is closed and told of."""
    made = schema(name, mode)
    Draft202012Validator.check_schema(made)
    for node in nodes(made):
        assert node.keys() <= KEYWORDS
        assert set(node.get("required", ())) <= node.get("properties", {}).keys()
        if "title" in node:
            assert node["additionalProperties"] is False
            assert node["description"]
        if mode == "serialization":
            assert "default" not in node


def test_every_call_makes_a_new_one() -> None:
    """Who changes a schema changes no other."""
    schema("claim")["properties"].clear()
    assert schema("claim") == schema("claim", "validation") != schema("claim", "serialization")


@pytest.mark.parametrize(
    ("name", "mode", "problem"),
    [
        (
            "clam",
            "validation",
            "schema = 'clam': must be one of claim, decision, summary, policy, comparison, "
            "verification; did you mean 'claim'?",
        ),
        (
            "claim",
            "input",
            "mode = 'input': must be one of validation, serialization",
        ),
    ],
)
def test_names_there_are_none_of(name: Any, mode: Any, problem: str) -> None:
    """An unknown name or mode is refused with those that exist."""
    for make in (schema, schema_text):
        with pytest.raises(ValidationError) as caught:
            make(name, mode)
        assert caught.value.explain("en") == problem


def test_descriptions() -> None:
    """What the docstrings say of classes and fields, without Python's mark-up."""
    made = schema("claim")
    assert made["description"] == "A claim under the three guarantees: 三包申请."
    price = made["$defs"]["Purchase"]["properties"]["price"]
    assert price["description"] == "发票价格, yuan."
    said = [
        node["description"] for name in NAMES for node in nodes(schema(name)) if "title" in node
    ]
    for text in said:
        assert not {"``", ">>>", ":class:", "Raises", "`None`"} & {*text.split()}
        assert "``" not in text


def test_where_the_source_is_not_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without source the fields have no description, and all else is the same."""
    whole = schema("claim")

    def gone(_: object) -> str:
        raise OSError("could not get source code")

    monkeypatch.setattr(inspect, "getsource", gone)
    bare = schema("claim")
    assert "description" not in bare["properties"]["claimed_on"]
    for node in nodes(whole):
        for field in node.get("properties", {}).values():
            field.pop("description", None)
    assert bare == whole


def test_deciding_makes_no_schema() -> None:
    """A program that decides never loads this."""
    statement = (
        "import sanbao, sys;"
        "sanbao.decide({'claimed_on': '2025-01-02', 'product': {'kind': 'handset'}}).to_json();"
        "print('sanbao.schema' in sys.modules, 'pydantic.json_schema' in sys.modules)"
    )
    command = [sys.executable, "-c", statement]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stdout.split()[0] == "False"


# --- what is taken and what is written -------------------------------------------------


@given(st.one_of(claims, partial_claims))
def test_claims(claim: dict[str, Any]) -> None:
    """Every claim is one by the schema; what is written is one by both."""
    TAKEN["claim"].validate(claim)
    written = json.loads(Claim.model_validate(claim).to_json())
    TAKEN["claim"].validate(written)
    WRITTEN["claim"].validate(written)


@pytest.mark.parametrize("name", ["comparison", "verification"])
def test_reports(name: Name) -> None:
    """A report with claims in it is one by both schemas; without a key of its own it is none."""
    written = json.loads(REPORTS[name].to_json())
    TAKEN[name].validate(written)
    WRITTEN[name].validate(written)
    for path in places(written):
        if path and isinstance(path[-1], str) and not {"claim", "claims"} & {*path[:-1]}:
            assert not WRITTEN[name].is_valid(changed(written, path, GONE))
            assert not TAKEN[name].is_valid(changed(written, (*path[:-1], "strange"), 1))


@pytest.mark.untraced
@settings(max_examples=40)
@given(st.one_of(claims, partial_claims), readings)
def test_decisions(claim: dict[str, Any], read: Readings) -> None:
    """Every decision is one by both schemas."""
    written = json.loads(decide(claim, readings=read).to_json())
    TAKEN["decision"].validate(written)
    WRITTEN["decision"].validate(written)


def test_the_policy() -> None:
    """The regulation is a policy by both schemas."""
    written = json.loads(MOBILE_2001.to_json())
    TAKEN["policy"].validate(written)
    WRITTEN["policy"].validate(written)


def test_null_for_absent() -> None:
    """Coming in, what may be absent may be null; going out, it is absent."""
    for path in list(places(CLAIM))[1:]:
        data = changed(CLAIM, path, None)
        assert TAKEN["claim"].is_valid(data) is not refused("claim", data)
    written = json.loads(Claim.model_validate(CLAIM).to_json())
    assert WRITTEN["claim"].is_valid(written)
    for path in list(places(written))[1:]:
        assert not WRITTEN["claim"].is_valid(changed(written, path, None))


def test_days_where_formats_are_not_checked() -> None:
    """A pattern says how a day is written, as most validators only note the format."""
    for mode in MODES:
        validator = Draft202012Validator(schema("claim", mode))
        written = json.loads(Claim.model_validate(CLAIM).to_json())
        assert validator.is_valid(written)
        for day in ("2025-03-20T00:00:00", "20250320", "20.3.2025"):
            assert not validator.is_valid({**written, "claimed_on": day})


def test_what_is_always_written() -> None:
    """Of a claim, what is known or has a default; of a record, every key."""
    least = json.loads(Claim.model_validate(LEAST).to_json())
    for path in list(places(least))[1:]:
        assert not WRITTEN["claim"].is_valid(changed(least, path, GONE))
    for name, whole in RECORDS:
        for data in pieces(whole):
            assert WRITTEN[name].is_valid(data)
            keys = [path for path in places(data) if path and isinstance(path[-1], str)]
            for path in Random(1).sample(keys, 3):
                assert not WRITTEN[name].is_valid(changed(data, path, GONE))


# --- of one mind with the readers ------------------------------------------------------


CHANGES: tuple[Any, ...] = (GONE, None, True, 7, -1, 0.5, "", "x", "2025-02-30", [], {}, [None])
"""What is put in place of a value, one after another."""


def changes(data: Any) -> list[tuple[Path_, object]]:
    """Return every single change of ``data`` that is tried: other values, and keys too many."""
    paths = list(places(data))
    found = [(path, value) for path in paths[1:] for value in CHANGES]
    objects = [path for path in paths if isinstance(at(data, path), dict)]
    return [*found, *(((*path, "xyzzy"), 1) for path in objects)]


def at(data: Any, path: Path_) -> Any:
    """Return what stands at ``path``."""
    for key in path:
        data = data[key]
    return data


def test_claims_with_one_thing_changed() -> None:
    """Reader and schema take and refuse the same; but the schema takes no number for money."""
    assert TAKEN["claim"].is_valid(CLAIM)
    for path, value in changes(CLAIM):
        data = changed(CLAIM, path, value)
        money = value == 7 and "price" in str(path[-1])
        assert TAKEN["claim"].is_valid(data) is not (money or refused("claim", data)), (path, value)


@pytest.mark.untraced
@pytest.mark.parametrize(("name", "data"), RECORDS, ids=["decision", "open decision", "policy"])
def test_records_with_one_thing_changed(name: Name, data: dict[str, Any]) -> None:
    """The schema refuses what the reader refuses for its shape, and nothing but numbers more."""
    rng = Random(20011115)
    for piece in pieces(data):
        for path, value in rng.sample(changes(piece), 10):
            other = changed(piece, path, value)
            valid, bad = TAKEN[name].is_valid(other), refused_for_its_shape(name, other)
            if type(value) in (int, float) and not bad:
                assert valid or isinstance(at(piece, path), str | None), (path, value)
            else:
                assert valid is not bad, (path, value)


REFUSED: list[tuple[str, Name, Path_, object]] = [
    ("no day of the claim", "claim", ("claimed_on",), GONE),
    ("no goods", "claim", ("product",), GONE),
    ("no kind", "claim", ("product", "kind"), GONE),
    ("null for a required field", "claim", ("product", "kind"), None),
    ("no day of a repair", "claim", ("repairs", 0, "handed_in_on"), GONE),
    ("unknown key", "claim", ("product", "colour"), "red"),
    ("unknown key above", "claim", ("repair",), []),
    ("unknown kind", "claim", ("product", "kind"), "handet"),
    ("unknown request", "claim", ("request",), "refnd"),
    ("yes as text", "claim", ("same_model_in_stock",), "yes"),
    ("1 for yes", "claim", ("same_model_in_stock",), 1),
    ("number for a day", "claim", ("claimed_on",), 20250320),
    ("date with a time", "claim", ("claimed_on",), "2025-03-20T00:00:00"),
    ("30 February", "claim", ("purchase", "sold_on"), "2025-02-30"),
    ("day without zeros", "claim", ("purchase", "sold_on"), "2025-3-3"),
    ("floating-point money", "claim", ("purchase", "price"), 1599.0),
    ("a tenth of a fen", "claim", ("purchase", "price"), "1.005"),
    ("negative money", "claim", ("purchase", "price"), "-1"),
    ("full-width digits", "claim", ("purchase", "price"), "１２"),
    ("13 digits of yuan", "claim", ("purchase", "price"), "1" * 13),
    ("short IMEI", "claim", ("product", "imei"), "4901542032"),
    ("IMEI as a number", "claim", ("product", "imei"), 490154203237518),
    ("capacity of 101 %", "claim", ("fault", "battery_capacity"), 101),
    ("capacity as text", "claim", ("fault", "battery_capacity"), "80"),
    ("capacity of yes", "claim", ("fault", "battery_capacity"), True),
    ("list for an object", "claim", ("purchase",), []),
    ("object for a list", "claim", ("repairs",), {}),
    ("null for a repair", "claim", ("repairs", 0), None),
    ("1,001 exchanges", "claim", ("exchanges",), [{"exchanged_on": "2025-03-12"}] * 1001),
    ("no outcome", "decision", ("outcome",), GONE),
    ("unknown outcome", "decision", ("outcome",), "repair"),
    ("unknown key", "decision", ("verdict",), "holds"),
    ("unknown reading", "decision", ("receipt", "readings", "last_day"), "roll"),
    ("unknown value of a reading", "decision", ("receipt", "readings", "rounding"), "up"),
    ("date with a time", "decision", ("dates", "claimed_on"), "2025-03-20T00:00:00"),
    ("money in words", "decision", ("remedies", 0, "price"), "a lot"),
    ("money that is no number", "decision", ("remedies", 0, "price"), "NaN"),
    ("yes for money", "decision", ("remedies", 0, "price"), True),
    ("findings by name", "decision", ("findings",), {}),
    ("null for findings", "decision", ("findings",), None),
    ("finding without a verdict", "decision", ("findings", 0, "verdict"), GONE),
    ("null for a default", "decision", ("remedies", 0, "needs"), None),
    ("no catalogue", "policy", ("catalogue",), GONE),
    ("unknown key", "policy", ("name",), "三包"),
    ("months as text", "policy", ("catalogue", 0, "months"), "12"),
    ("half a month", "policy", ("catalogue", 0, "months"), 0.5),
    ("rate in words", "policy", ("catalogue", 0, "daily_rate"), "half"),
    ("no condition", "policy", ("rights", 0, "when"), None),
    ("condition without op", "policy", ("exclusions", 0, "when"), {"fact": "gift", "value": True}),
    ("unknown op", "policy", ("exclusions", 0, "when"), {"op": "xor", "of": []}),
    (
        "condition with a key of another",
        "policy",
        ("exclusions", 0, "when"),
        {"op": "compare", "fact": "gift", "value": True, "days": 7},
    ),
    (
        "condition inside that lacks its op",
        "policy",
        ("exclusions", 0, "when"),
        {"op": "not", "of": {"fact": "gift", "value": True}},
    ),
]


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [case[1:] for case in REFUSED],
    ids=[f"{case[1]}: {case[0]}" for case in REFUSED],
)
def test_refused_by_both(name: Name, path: Path_, value: object) -> None:
    """What cannot be read for its type, key, code or pattern is not valid by the schema."""
    data = changed(SAMPLES[name], path, value)
    assert refused(name, data)
    assert not TAKEN[name].is_valid(data)
    assert not WRITTEN[name].is_valid(data)


LEFT: list[tuple[str, Name, Path_, object]] = [
    ("a sale after the claim", "claim", ("purchase", "sold_on"), "2025-03-21"),
    ("a wrong check digit", "claim", ("product", "imei"), "490154203237517"),
    ("the year 9001", "claim", ("claimed_on",), "9001-01-01"),
    ("a citation of nothing", "decision", ("lead", "citations", 0, "article"), None),
    ("rules without citations", "policy", ("rights", 0, "cites"), []),
    ("a preference for nothing", "policy", ("preference",), []),
]


@pytest.mark.parametrize(
    ("name", "path", "value"), [case[1:] for case in LEFT], ids=[case[0] for case in LEFT]
)
def test_left_to_the_reader(name: Name, path: Path_, value: object) -> None:
    """A schema cannot say what values must be to each other."""
    data = changed(SAMPLES[name], path, value)
    assert refused(name, data)
    assert TAKEN[name].is_valid(data)


NARROWER: list[tuple[str, Name, Path_, object]] = [
    ("yuan as a number", "claim", ("purchase", "price"), 1599),
    ("money as a number", "decision", ("remedies", 0, "price"), 1599),
    ("money with an exponent", "decision", ("remedies", 0, "price"), "1.599e3"),
    ("a rate as a number", "policy", ("catalogue", 0, "daily_rate"), 0.005),
    ("a day as seconds", "decision", ("dates", "claimed_on"), "1742428800"),
]


@pytest.mark.parametrize(
    ("name", "path", "value"), [case[1:] for case in NARROWER], ids=[case[0] for case in NARROWER]
)
def test_narrower_than_the_reader(name: Name, path: Path_, value: object) -> None:
    """The schemas keep to the contract where a reader is lenient."""
    data = changed(SAMPLES[name], path, value)
    assert not refused(name, data)
    assert not TAKEN[name].is_valid(data)
