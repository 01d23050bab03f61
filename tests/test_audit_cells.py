"""What the text of a cell means: tables read it as the claim does, or as docs/en/audit.md says.

By default some thousand texts a column; 200,000 a column, which takes some minutes, with
``pytest tests/test_audit_cells.py --cells 200000 -s``. The texts are made near valid ones, so that
many are accepted. The meaning of the loose texts (``LOOSE``) is stated here once more, by other
means than in the library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Annotated, Any, Final

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from pydantic import TypeAdapter, ValidationError

import sanbao
from sanbao.audit import Tables, UnusedColumns, decide_table
from sanbao.audit.tables import table as tables_module
from sanbao.audit.tables.input import cells as values_module
from sanbao.audit.tables.input.cells import CODES
from sanbao.audit.tables.input.claims_frame import Claims, read_claims
from sanbao.audit.tables.input.mapping import mapped, unused_in
from sanbao.audit.tables.input.schema import CLAIM, EXCHANGE, ID, REPAIR, Field
from sanbao.audit.tables.kernel.fallback import row_of
from sanbao.explain.words.catalogue import has, say
from sanbao.model.claim import Claim, Exchange, Repair
from sanbao.model.field_types import luhn_digit

DOCS: Final = Path(__file__).parents[1] / "docs" / "en" / "audit.md"
LEAST_ACCEPTED: Final = 0.3
REFUSED: Final = object()

# --- what a text means ---------------------------------------------------------------------------

BLANKS: Final = "".join(
    chr(code) for code in range(0x110000) if chr(code).isspace() and not 0x1C <= code <= 0x1F
)
YES: Final = {"true", "t", "yes", "y", "1", "是", "有"}
NO: Final = {"false", "f", "no", "n", "0", "否", "无", "没有"}
DIGITS: Final = frozenset("0123456789")


def of_digits(text: str, least: int, most: int) -> bool:
    return least <= len(text) <= most and DIGITS.issuperset(text)


def day(text: str) -> Any:
    """Three numbers with a mark after the year and the month, in any mixture."""
    parts = re.split("[-/.年月]", text.removesuffix("日"))
    if len(parts) != 3 or not of_digits(parts[0], 4, 4):
        return text
    if not all(of_digits(part, 1, 2) for part in parts[1:]):
        return text
    if text[4] == "月" or text[5 + len(parts[1])] == "年":
        return text
    return f"{parts[0]}-{int(parts[1]):02}-{int(parts[2]):02}"


def yuan(text: str) -> Any:
    """An amount with a sign of the yuan, and with commas between its thousands."""
    amount = text.removesuffix("元").rstrip(BLANKS)
    if amount[:1] in {"¥", "￥"}:
        amount = amount[1:].lstrip(BLANKS)
    whole, point, rest = amount.partition(".")
    first, *groups = re.split("[,，]", whole)
    if groups and not (of_digits(first, 1, 3) and all(of_digits(one, 3, 3) for one in groups)):
        return text
    return f"{first}{''.join(groups)}{point}{rest}"


def yes_or_no(text: str) -> Any:
    lower = text.lower()
    return True if lower in YES else False if lower in NO else text


def share(text: str) -> Any:
    """A number as JSON has it; zeros may lead it, a per cent sign may follow it."""
    number = text.removesuffix("%").rstrip(BLANKS)
    sign, bare = ("-", number[1:]) if number.startswith("-") else ("", number)
    mantissa = re.split("[eE.]", bare)[0]
    if not of_digits(mantissa, 1, 99):
        return text
    try:
        return float(json.loads(sign + (mantissa.lstrip("0") or "0") + bare[len(mantissa) :]))
    except (ValueError, OverflowError):
        return text


def imei(text: str) -> Any:
    """Fifteen digits, behind which a floating-point number may have left its point."""
    digits, point, zeros = text.partition(".")
    return digits if point and zeros and not zeros.strip("0") else text


MORE_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "condition": {"全新": "new", "二手机": "second_hand", "否": "new", "是": "second_hand"},
    "invoice": {"订单记录": "other", "付款记录": "other"},
    "voucher": dict.fromkeys(("未出具", "未开具", "未发放"), "not_issued"),
    "symptom": dict.fromkeys(("磨损", "外观", "外观问题"), "wear"),
    "cause_basis": dict.fromkeys(("质检鉴定", "法定检验"), "inspection"),
}
KIND_OF_PLACE: Final = re.compile("(省|市|特别行政区|(壮族|回族|维吾尔)?自治区)$")


def code(field: Field) -> Callable[[str], Any]:
    """A code, its Chinese word in the catalogue of messages, or another one."""
    words = {say("zh", f"code.{one}"): one for one in field.codes if has(f"code.{one}")}
    own = {one: f"code.{field.name}.{one}" for one in field.codes}
    words |= {say("zh", message): one for one, message in own.items() if has(message)}
    if field.name == "invoice":
        del words[say("zh", "code.other")]  # other goods are no paper
    if field.name in ("province", "trader_province"):
        words |= {KIND_OF_PLACE.sub("", word): one for word, one in words.items()}
    words |= MORE_WORDS.get(field.name, {})
    return lambda text: words.get(text, text)


def promises(text: str) -> Any:
    """Ids between separators, or a list as JSON or Python writes it."""
    if text.startswith("[") and text.endswith("]"):
        try:
            return json.loads(text)
        except ValueError:
            text = text[1:-1]
    ids = []
    for part in re.split("[,;，；、]", text):
        one = part.strip(BLANKS)
        quoted = len(one) > 1 and one[0] == one[-1] and one[0] in "'\"" and "\n" not in one
        if one:
            ids.append(one[1:-1] if quoted else one)
    return ids


LOOSE: Final[Mapping[str, Callable[[str], Any]]] = {
    "date": day,
    "yes/no": yes_or_no,
    "yuan": yuan,
    "percent": share,
    "text": imei,
    "list": promises,
}


@dataclass(frozen=True)
class Column:
    """A column of a table, and the scalar engine's own type of it."""

    table: str
    field: Field
    adapter: TypeAdapter[Any]

    def __str__(self) -> str:
        return self.field.path if self.table == "claims" else f"{self.table}.{self.field.name}"

    def loosely(self, text: str) -> Any:
        """Return a text as the contract has it, if it is one of the loose texts."""
        bare = text.strip(BLANKS)
        if not bare:
            return None
        kind = self.field.type
        if self.field.name == "detail":  # a promise defines its codes
            return bare
        return (code(self.field) if kind == "code" else LOOSE[kind])(bare)

    def accepted(self, value: Any) -> Any:
        """Return what the scalar engine makes of a value, or ``REFUSED``."""
        if value is None:  # what is left out is not known
            return REFUSED if self.field.required else None
        try:
            found = self.adapter.validate_python(value)
        except ValidationError:
            return REFUSED
        codes = self.field.codes  # a claim takes any, whoever decides those of a law
        return REFUSED if codes and isinstance(found, str) and found not in codes else found


def columns() -> Iterable[Column]:
    for table, model, fields in (
        ("claims", Claim, CLAIM),
        ("repairs", Repair, REPAIR),
        ("exchanges", Exchange, EXCHANGE),
    ):
        for field in fields.values():
            if field.name in (ID, "repairs", "exchanges"):
                continue
            of: Any = model
            *parts, last = field.path.split(".")
            for part in parts:
                of = of.model_fields[part].annotation
            info = of.model_fields[last]
            kind: Any = (
                Annotated[(info.annotation, *info.metadata)] if info.metadata else (info.annotation)
            )
            yield Column(table, field, TypeAdapter(kind))


COLUMNS: Final = {str(column): column for column in columns()}

# --- texts near valid ones -----------------------------------------------------------------------

NASTY: Final = (
    *"0123456789" * 2,
    *"-+./,_eE%:' \t\n\0[];\"T",
    *"¥￥元，年月日、；",
    *"０５٣²Ⅷ\xa0\u3000\u200b\ufeff\x1c\x85\u2028\u0301\u202e",
    *"是否有无tfynTFYNaxK\u212a\u0130",
)


def near(rng: Random, text: str) -> str:
    """Return a text, in half of all cases with something in it changed, or more than that."""
    while rng.random() < 0.5:
        place = rng.randrange(len(text) + 1)
        cut = rng.choice((0, 1, 1))
        put = rng.choice(("", *[rng.choice(NASTY)] * 3))
        text = text[:place] + put + text[place + cut :]
    return text


def some_day(rng: Random) -> str:
    if rng.random() < 0.5:
        one = date(1990, 1, 1) + timedelta(rng.randrange(27_000))
    else:
        one = date.fromordinal(rng.randrange(1, date(9000, 12, 31).toordinal()))
    if rng.random() < 0.6:
        return one.isoformat()
    first, then, end = rng.choice(
        (("/", "/", ""), (".", ".", ""), ("年", "月", "日"), ("-", "-", ""))
    )
    year, month, number = one.timetuple()[:3]
    width = rng.choice((1, 2))
    return f"{year:04}{first}{month:0{width}}{then}{number:0{width}}{end}".rstrip()


def some_yuan(rng: Random) -> str:
    whole = rng.randrange(10 ** rng.randrange(1, 13))
    text = f"{whole:,}" if rng.random() < 0.3 else str(whole)
    if rng.random() < 0.7:
        text += "." + "".join(rng.choices("0123456789", k=rng.choice((1, 2, 2))))
    if rng.random() < 0.2 and "." in text:
        text += "0" * rng.randrange(18)
    return rng.choice(("", "", "", "¥", "￥ ")) + text + rng.choice(("", "", "", "元", " 元"))


def some_share(rng: Random) -> str:
    number = rng.choice((rng.randrange(101), rng.random() * 100, round(rng.random() * 105, 1)))
    text = rng.choice((repr, repr, "{:e}".format, "{:.20f}".format))(number)
    return text + rng.choice(("", "", "%", " %"))


def some_imei(rng: Random) -> str:
    digits = f"{rng.randrange(10 ** rng.choice((14, 14, 12))):014}"
    return digits + luhn_digit(digits) + rng.choice(("", "", ".0", ".00"))


def some_promises(rng: Random) -> str:
    ids = rng.choices(("vivo-2016", "gree-phone", "x", "cn.mobile-2001"), k=rng.randrange(1, 4))
    return rng.choice(
        (", ".join(ids), ";".join(ids), "、".join(ids), json.dumps(ids), str(ids), ids[0])
    )


def some_code(field: Field) -> Callable[[Random], str]:
    texts = [*field.codes, *filter(None, field.words), *dict(field.synonyms)]
    return lambda rng: rng.choice(texts)


def some_detail(rng: Random) -> str:
    return rng.choice(("green_line", "dead_pixel", "x1", "a" * rng.randrange(1, 55)))


def some_yes(rng: Random) -> str:
    text = rng.choice([*YES, *NO])
    return rng.choice((text, text.upper(), text.title()))


SOME: Final[Mapping[str, Callable[[Random], str]]] = {
    "date": some_day,
    "yes/no": some_yes,
    "yuan": some_yuan,
    "percent": some_share,
    "text": some_imei,
    "list": some_promises,
}


def texts_of(field: Field, rng: Random, number: int) -> list[str]:
    some = some_code(field) if field.type == "code" else SOME[field.type]
    some = some_detail if field.name == "detail" else some
    texts = [near(rng, some(rng)) for _ in range(number)]
    return [f" {text}\u3000" if rng.random() < 0.1 else text for text in texts]


# --- tables --------------------------------------------------------------------------------------

EARLY, LATE = "1990-01-01", "2060-12-31"


def claims_with(column: Column, texts: list[str]) -> Claims:
    """Return a table of claims that holds these texts in a column, as tables are read."""
    ids = pl.Series(ID, [str(row) for row in range(len(texts))])
    claims = pl.DataFrame([ids]).with_columns(claimed_on=pl.lit(LATE), kind=pl.lit("handset"))
    cells = pl.Series(column.field.name, texts, dtype=pl.String)
    if column.table == "claims":
        return read_claims(claims.with_columns(cells))
    second = pl.DataFrame([ids]).with_columns(
        pl.lit(EARLY).alias(next(iter(REPAIR if column.table == "repairs" else EXCHANGE)))
    )
    cells_of = second.with_columns(cells)
    if column.table == "repairs":
        return read_claims(claims, cells_of)
    return read_claims(claims, exchanges=cells_of)


def found_in(column: Column, claims: Claims) -> list[Any]:
    """Return what the texts of a column mean to those who decide the table.

    To the columns it is the number they reckon with; of the rows that these leave alone it is what
    the scalar engine makes of what it is given.
    """
    name, field = column.field.name, column.field
    rows = pl.Series(range(len(claims.frame)), dtype=pl.UInt32)
    if name == "commitments":
        given = (one.get(name, ()) for one in claims.claims(rows))
        return [column.accepted(one) for one in given]
    place = ("claims", "repairs", "exchanges").index(column.table)
    found = [of_number(field, one) for one in claims.cells[place].read[name]]
    odd = rows.filter(claims.odd)
    for row, claim in zip(odd, claims.claims(odd), strict=True):
        of: Any = claim if place == 0 else claim.get(column.table, [{}])[0]
        for part in field.path.split("."):
            of = (of or {}).get(part)
        found[row] = column.accepted(of)
    return found


def of_number(field: Field, number: Any) -> Any:
    if number is None:
        return None
    match field.type:
        case "date":
            return date(1970, 1, 1) + timedelta(number)
        case "code":
            return CODES[field.name][number]
        case "yuan":
            return Decimal(number) / 100
        case _:
            return number


def assert_agree(column: Column, texts: list[str]) -> float:
    """Check what a table makes of texts; return which share of them states something."""
    found = found_in(column, claims_with(column, texts))
    stated = 0
    for text, one in zip(texts, found, strict=True):
        loose = column.loosely(text)
        expected = column.accepted(() if loose is None and column.field.type == "list" else loose)
        assert one is expected or one == expected, (str(column), text, one, expected)
        stated += expected is not REFUSED and expected not in (None, ())
    return stated / len(texts)


@pytest.mark.untraced
@pytest.mark.parametrize("name", COLUMNS)
def test_texts_near_valid_ones(name: str, pytestconfig: pytest.Config) -> None:
    """Table and scalar engine agree on every text, or it is one of the loose texts."""
    column, number = COLUMNS[name], int(pytestconfig.getoption("--cells"))
    texts = texts_of(column.field, Random(name), number)
    share_accepted = assert_agree(column, texts)
    print(f"{name}: {number:,} texts, {share_accepted:.1%} accepted")  # noqa: T201 - with -s
    assert share_accepted >= LEAST_ACCEPTED


@pytest.mark.untraced
@given(
    st.sampled_from([*COLUMNS.values()]),
    st.lists(st.text(max_size=30) | st.text("0123456789-/. 年月日¥,%e+"), min_size=1),
)
def test_any_text(column: Column, texts: list[str]) -> None:
    """Likewise, of texts that hypothesis thinks of."""
    assert_agree(column, texts)


ROW: Final[dict[str, Any]] = {
    "claimed_on": "2025-07-04",
    "kind": "handset",
    "sold_on": "2025-07-01",
    "price": "1599.00",
    "invoice": "original",
    "voucher": "intact",
    "symptom": "screen_fault",
}


@pytest.mark.untraced
@pytest.mark.parametrize("by_columns", [True, False])
def test_rows_are_decided_as_their_texts_mean(
    by_columns: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the text to the decision: every result, and an error where the claim has one."""
    monkeypatch.setattr(tables_module, "_FEW", 0 if by_columns else 10**6)
    rng = Random(12)
    rows: list[dict[str, str]] = []
    expected: list[tuple[Any, ...] | None] = []
    for column in COLUMNS.values():
        for text in texts_of(column.field, rng, 15):
            cell = {column.field.name: text}
            if column.table != "claims":
                cell = {column.table: json.dumps([{"handed_in_on": EARLY} | cell])}
                cell = cell if column.table == "repairs" else {"exchanges": json.dumps([text])}
            rows.append(ROW | cell)
            expected.append(decided(column, column.loosely(text)))
    table = pl.DataFrame(rows, dict.fromkeys(CLAIM, pl.String))
    found = Tables(depends=False).decide(table)
    assert [row[:-1] if row[-1] is None else None for row in found.iter_rows()] == expected
    assert 0.3 < found["error"].null_count() / len(found) < 0.9


def decided(column: Column, value: Any) -> tuple[Any, ...] | None:
    """Return what the scalar engine decides of a claim in which a field holds a value."""
    claim: dict[str, Any] = {}
    for name, one in (
        ROW | ({column.field.name: value} if column.table == "claims" else {})
    ).items():
        *parts, last = CLAIM[name].path.split(".")
        of = claim
        for part in parts:
            of = of.setdefault(part, {})
        of[last] = one
    if column.table != "claims":
        first = {"handed_in_on": EARLY} if column.table == "repairs" else {}
        claim[column.table] = [first | {column.field.name: value}]
    try:
        return row_of(sanbao.decide(claim), depends=False)[:-1]
    except sanbao.ValidationError:
        return None


@pytest.mark.untraced
@pytest.mark.parametrize("name", [name for name in COLUMNS if name.startswith("repairs.")])
def test_lists_are_read_as_tables_are(name: str) -> None:
    """Whether repairs stand in a table of their own, in the rows, or as JSON in a text."""
    column = COLUMNS[name]
    texts = texts_of(column.field, Random(name), 500)
    apart = claims_with(column, texts)
    entries = [{"handed_in_on": EARLY} | {column.field.name: text} for text in texts]
    claims = pl.DataFrame({"claimed_on": [LATE] * len(texts), "kind": ["handset"] * len(texts)})
    lists = pl.Series("repairs", [[one] for one in entries])
    written = pl.Series("repairs", [json.dumps([one]) for one in entries])
    rows = pl.Series(range(len(texts)), dtype=pl.UInt32)
    for repairs in (lists, written):
        inside = read_claims(claims.with_columns(repairs))
        assert_frame_equal(inside.repairs, apart.repairs, check_column_order=False)
        assert inside.odd.to_list() == apart.odd.to_list()
        assert list(inside.claims(rows)) == list(apart.claims(rows))


def test_the_documented_texts() -> None:
    """Every loose text that the documentation shows means what it says there."""
    values_module._quick.cache_clear()  # expressions that other tests made without the tracer
    values_module._days.cache_clear()
    section = DOCS.read_text("utf-8").partition("### Loose texts")[2].partition("\n#")[0]
    shown = re.findall(r"^\| (\S+) \|.*\|(.*)\|$", section, re.MULTILINE)
    kinds = {kind: re.findall("`([^`]+)` = `([^`]+)`", pairs) for kind, pairs in shown}
    assert [kind for kind, pairs in kinds.items() if pairs] == [
        "date", "code", "province", "condition", "yes/no", "yuan", "percent", "imei",
        "commitments",
    ]  # fmt: skip
    for kind, pairs in kinds.items():
        for column in COLUMNS.values():
            if kind not in (column.field.type, column.field.name):
                continue
            for text, meaning in pairs if kind != "code" or column.field.name == "kind" else ():
                as_json = kind in ("yes/no", "percent", "commitments")
                value = json.loads(meaning) if as_json else meaning
                [found] = found_in(column, claims_with(column, [text]))
                assert found == column.accepted(value), (str(column), text)
                assert found not in (None, REFUSED)


# --- single texts that once were read as something else ------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sold_on", "25-07-01"),  # once the year 25, and so excluded by art. 31
        ("sold_on", "5-7-1"),
        ("sold_on", "025-07-01"),
        ("sold_on", "125-07-01"),
        ("sold_on", "+2025-07-01"),
        ("sold_on", "2025- 7-01"),
        ("sold_on", "0000-07-01"),  # once an OverflowError
        ("sold_on", "-2025-07-01"),
        ("claimed_on", "0000-07-01"),
        ("price", "1599,00"),  # once 159,900 yuan
        ("price", "1,5"),
        ("price", "1599.0010"),
        ("battery_capacity", "inf"),
        ("battery_capacity", ".5"),
        ("commitments", "vi vo-2016"),
    ],
)
def test_a_text_that_is_none_is_an_error_of_its_row(name: str, text: str) -> None:
    """Field, value and reason are named, and other rows are decided."""
    found = decide_table(
        pl.DataFrame(
            [ROW | {name: "vivo-2016"} if name == "commitments" else ROW, ROW | {name: text}]
        ),
        depends=False,
    )
    assert found["error"][0] is None
    path = CLAIM[name].path.replace("commitments", "commitments[0]")
    assert found["error"][1].startswith(f"{path} = '{text}': ")
    assert found["outcome"][1] is None


# --- cells of other types ------------------------------------------------------------------------

FAR: Final = 9 * 10**18
"""More of any unit of time than lies between the first and the last day that Python has."""


@pytest.mark.parametrize(
    ("name", "cells", "sound"),
    [
        ("sold_on", pl.Series([20_270, 10**8, -(10**8), -719_346]).cast(pl.Int32).cast(pl.Date), 1),
        *(
            (
                "sold_on",
                pl.Series([20_270 * 86_400 * ticks, 5, FAR, -FAR]).cast(pl.Datetime(unit, zone)),  # type: ignore[arg-type]
                1,
            )
            for unit, ticks in (("ms", 10**3), ("us", 10**6), ("ns", 10**9))
            for zone in (None, "UTC")
        ),
        ("price", pl.Series([5, 2**64 - 1], dtype=pl.UInt64), 1),
        ("price", pl.Series([5, 2**100, -(2**100)], dtype=pl.Int128), 1),
        ("price", pl.Series([Decimal("1"), Decimal("0.9999")], dtype=pl.Decimal(5, 4)), 1),
        ("price", pl.Series([Decimal("0.5"), Decimal("0.9999")], dtype=pl.Decimal(4, 4)), 1),
        ("price", pl.Series([Decimal(1), Decimal("9" * 38)], dtype=pl.Decimal(38, 0)), 1),
        ("price", pl.Series([Decimal(1), Decimal(10) ** 12], dtype=pl.Decimal(38, 2)), 1),
        ("gift", pl.Series([0, 2**64 - 1], dtype=pl.UInt64), 1),
        ("battery_capacity", pl.Series([79.5, float("inf"), float("nan"), 1e300]), 1),
        ("imei", pl.Series([490154203237518.0, 490154203237519.0, 1.5, 1e300]), 1),
        ("imei", pl.Series([490154203237518.0, None, float("nan")]), 3),
        ("imei", pl.Series([490154203237518.0], dtype=pl.Float32), 0),
        ("imei", pl.Series([Decimal(490154203237518), Decimal("0.5")]), 1),
        ("imei", pl.Series([None, True]), 1),
        ("imei", pl.Series([None, ["490154203237518"]]), 1),
        ("imei", pl.Series([None, timedelta(1)]), 1),
        ("imei", pl.Series([None, "490154203237518", b"\xff"], dtype=pl.Object), 2),
        ("claim_id", pl.Series([1.0, 1.5, 2.0**60, None]), 4),
        ("commitments", pl.Series([["vivo-2016"], [None], ["vivo-2016;gree-phone"], [""]]), 2),
        ("commitments", pl.Series([["vivo-2016"]], dtype=pl.Array(pl.String, 1)), 1),
        ("commitments", pl.Series(["['vivo-2016']", "[1]", '["\\ud800"]', '["a;b"]']), 1),
        ("repairs", pl.Series(["[]", "[" * 100_000, '[{"\\ud800": 1}]', "[NaN]"]), 1),
        ("exchanges", pl.Series([[], ["\x1c"]], dtype=pl.List(pl.String)), 1),
    ],
)  # fmt: skip
def test_cells_of_other_types(name: str, cells: pl.Series, sound: int) -> None:
    """What such a cell cannot be is an error of its row, whatever its type; the first are sound."""
    table = pl.DataFrame([ROW | {"claimed_on": LATE}] * len(cells)).with_columns(cells.alias(name))
    errors = decide_table(table, depends=False)["error"]
    assert errors.is_null().to_list() == [place < sound for place in range(len(cells))]
    assert all(f"{CLAIM[name].path}" in error for error in errors.drop_nulls())


def test_an_imei_that_was_a_floating_point_number() -> None:
    """It is read as its digits, as is the id by which second tables name the claim."""
    table = pl.DataFrame([ROW | {"imei": 490154203237518.0, ID: 7.0}])
    repairs = pl.DataFrame({ID: [7], "handed_in_on": ["2025-07-02"]})
    claims = read_claims(*mapped(table, repairs))
    [claim] = claims.claims(pl.Series([0], dtype=pl.UInt32))
    assert claim["product"]["imei"] == "490154203237518"
    assert claim["repairs"] == [{"handed_in_on": "2025-07-02"}]


@pytest.mark.parametrize(
    ("name", "cells", "sound"),
    [
        ("sold_on", ["2025-07-01", datetime(2025, 7, 1), date(2025, 7, 1), 20250701], 3),
        ("price", ["1599.00", 1599, Decimal("1599.0000"), None, float("nan"), True], 5),
        ("gift", ["否", 0, False, "maybe", 2.5], 3),
        ("imei", ["490154203237518", 490154203237518, 490154203237518.0, "\ud800", b"x"], 3),
        ("imei", [None, "490154203237518", 2**70], 2),
        ("repairs", [[{"handed_in_on": date(2025, 7, 2)}], "[]", None, [{"handed_in_on": 5}]], 3),
        ("note", ["text", 3, 4.5, object(), [1], {"a": datetime(2025, 7, 1, 5)}], 6),
    ],
)
@pytest.mark.filterwarnings("ignore::sanbao.audit.UnusedColumns")
def test_pandas_columns_of_many_types(name: str, cells: list[Any], sound: int) -> None:
    """They are read as the texts of their cells; what these cannot be is an error of the row."""
    table = pd.DataFrame([ROW] * len(cells), index=range(5, 5 + len(cells)))
    table[name] = pd.Series(cells, dtype=object, index=table.index)
    found = decide_table(table, depends=False)
    assert list(found.index) == list(table.index)
    assert [pd.isna(one) for one in found["error"]] == [
        place < sound for place in range(len(cells))
    ]


def test_days_of_numpy_among_other_objects() -> None:
    """Arrow ends the whole process over these; here each row is read or is in error."""
    cells = [np.datetime64("2025-07-01"), 20, np.datetime64("NaT"), None]
    table = pd.DataFrame([ROW] * len(cells), index=[7, 7, 9, 1])
    table["sold_on"] = pd.Series(cells, dtype=object, index=table.index)
    found = decide_table(table, depends=False)
    assert [pd.isna(one) for one in found["error"]] == [True, False, True, True]
    assert list(found.index) == list(table.index)


def test_what_no_calendar_and_no_amount_can_hold() -> None:
    """A day beyond the calendar beside no repair at all, and fen of 128 bits, are row errors."""
    day = pl.Series([10**7], dtype=pl.Int32).cast(pl.Date)
    repair = pl.DataFrame({"handed_in_on": day}).to_struct("repairs")
    nothing = pl.Series("repairs", [None], dtype=repair.dtype)
    table = pl.DataFrame([ROW]).with_columns(repair.append(nothing).implode())
    [error] = decide_table(table, depends=False)["error"]
    assert "repairs[0].handed_in_on = '+29349-01-26': must be a date" in error
    assert "repairs[1] = None: must be a JSON object" in error
    fen = pl.Series("price", [2**126, -(2**126), 159900], dtype=pl.Int128)
    prices = pl.DataFrame([ROW] * 3).with_columns(fen)
    columns = {"price": {"column": "price", "unit": "fen"}}
    errors = decide_table(prices, columns=columns, depends=False)["error"].to_list()
    assert [error is None for error in errors] == [False, False, True]


def test_pandas_tables_that_are_refused() -> None:
    """By the name of the column, and by the value if it is one."""
    mixed = pd.DataFrame([ROW] * 2)
    mixed["price"] = pd.Series(["1599.00", 1599.5], dtype=object)
    with pytest.raises(sanbao.ValidationError, match=r"price = 1599\.5: must not be a floating"):
        decide_table(mixed)
    twice = pd.DataFrame([["2025-07-04", "handset"]], columns=["kind", "kind"])
    with pytest.raises(sanbao.ValidationError, match="'kind': is the name of 2 columns"):
        decide_table(twice)


# --- columns that are not used -------------------------------------------------------------------


def test_columns_that_are_not_used_are_named() -> None:
    """Also one whose field another column holds, and those of second tables."""
    table = pl.DataFrame([ROW | {"price_fen": 5, "note": "", "购机日期": "x", ID: "1"}])
    repairs = pl.DataFrame({ID: ["1"], "handed_in_on": ["2025-07-02"], "who": [""]})
    with pytest.warns(UnusedColumns, match="price_fen, note, 购机日期, repairs.who; ") as caught:
        decide_table(table, repairs=repairs)
    assert len(caught) == 1
    [warning] = caught
    assert isinstance(warning.message, UnusedColumns)
    assert warning.message.columns == ("price_fen", "note", "购机日期", "repairs.who")
    assert warning.filename == __file__
    zh, en = str(warning.message).splitlines()
    assert zh.startswith("这些列不属于申请，不影响判定：price_fen、note、购机日期、repairs.who；")
    assert en.startswith("these columns are no part of a claim and decide nothing: price_fen, ")
    columns = {
        "price": {"column": "price_fen", "unit": "fen"},
        "sold_on": "购机日期",
        "gift": {"value": False},
        "repairs": {"recorded": {"column": "who"}},
    }
    left = unused_in((table, repairs, None), columns)
    assert left == ("sold_on", "price", "note")


def test_the_message_on_floating_point_money_is_true() -> None:
    """What it says to do works."""
    table = pl.DataFrame([ROW | {"price": 1599.0}])
    with pytest.raises(sanbao.ValidationError, match="price = Float64: must not") as caught:
        decide_table(table)
    said = caught.value.explain("en").partition("columns=")[2].replace("…", '"price"')
    whole = table.with_columns(price=(pl.col("price") * 100).cast(pl.Int64))
    found = decide_table(whole, columns=json.loads(said))
    assert found["payable"][0] == Decimal("1599.00")
