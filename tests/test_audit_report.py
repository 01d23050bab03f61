"""The report on an audit: one page, a workbook, a Parquet file; nothing in them runs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import polars as pl
import pytest
from IPython.lib import pretty

import sanbao
from markup import Markup
from sanbao.audit.report.charts import TOP
from sanbao.audit.report.names import article_name, reading_name, rule_name, short_number
from sanbao.audit.report.report import AuditReport, audit
from sanbao.audit.report.sums import Flow
from sanbao.audit.report.tally import Tally
from sanbao.audit.report.words import AUDIT_MESSAGES
from sanbao.audit.report.workbook import harmless
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.model.rule_ref import RuleRef
from test_audit_tally import SCHEMA, decided, law, some_rows

EVIL = "=HYPERLINK(\"http://x\")<script>alert('1')</script>\u202e&"

FLAT: dict[str, Any] = {
    "claimed_on": date(2025, 7, 4),
    "kind": "handset",
    "sold_on": date(2025, 7, 1),
    "price": "1599.00",
    "invoice": "original",
    "voucher": "intact",
    "symptom": "screen_fault",
    "cause": "defect",
}


def flat(*rows: Mapping[str, Any]) -> pl.DataFrame:
    """Return a table of claims that has not been decided."""
    return pl.DataFrame(
        [
            {
                "claim_id": f"C{place}",
                "company_outcome": "refund",
                "company_refund": "1599.00",
                "shop": "甲",
                **FLAT,
                **row,
            }
            for place, row in enumerate(rows)
        ]
    )


def report(*rows: Mapping[str, Any], **settings: Any) -> AuditReport:
    """Return the report on decided rows; what their claims state is as in :data:`FLAT`."""
    facts = {name: pl.lit(value) for name, value in FLAT.items() if name not in SCHEMA}
    frame = decided(*rows).with_columns(**facts)
    return AuditReport.of(Tally.of(frame), read=len(frame), decided=frame, **settings)


MIXED = report(*some_rows(150, seed=3), law("refund", "refund", "-1"))


# --- the page ----------------------------------------------------------------------------------


def checked(page: str) -> Markup:
    """Take a page apart; it must be whole, and fetch and run nothing."""
    markup = Markup(page)
    names = {name for name, _ in markup.attributes}
    assert not any(name.startswith("on") for name in names)
    assert not names & {"src", "href", "srcset", "action", "xlink:href"}
    assert not {*markup.tags} & {"script", "link", "iframe", "img", "object", "image", "use"}
    assert not re.search(r"https?:|url\(|@import|javascript:", page)
    return markup


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page(lang: Language) -> None:
    """It says what it comes to, draws it, explains samples, and shows that rows add up."""
    page = MIXED.to_html(lang=lang)
    markup = checked(page)
    total = MIXED.tally.total
    assert markup.tags.count("h1") == 1
    assert markup.tags.count("svg") == 4
    assert page.count("<desc>") == 4
    assert ("lang", "zh-CN" if lang == "zh" else "en") in markup.attributes
    assert f"{total.firm.gap // 100:,}." in markup.text
    assert MIXED.calendar in markup.text
    assert f"{MIXED.tally.rows:,} = " in markup.text
    assert ("相符" if lang == "zh" else "correct") in markup.text
    shown = [one for one in MIXED.tally.largest["art11.refund"] if "claimed_on" in one.claim]
    told = sanbao.decide(shown[0].claim).explain(lang, audience="auditor")
    assert next(line for line in told.splitlines() if line.startswith("- "))[2:] in markup.text


def test_the_page_is_written_where_asked(tmp_path: Path) -> None:
    """The file holds what is returned; the language is the report's unless another is asked."""
    english = report(law("refund", "refund", "1"), lang="en")
    page = english.to_html(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text("utf-8") == page
    short = '<span class="measured">1,598.00 yuan</span> short'
    assert f"Less than the law in 1 of 1 rows, {short}" in page
    assert "低于法定" in english.to_html(lang="zh")
    with pytest.raises(sanbao.ValidationError):
        english.to_html(lang="fr")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_stranger_wrote_stays_text(lang: Language, tmp_path: Path) -> None:
    """Tags, formulas and marks that turn the writing are shown, and do nothing."""
    rows = [
        law("refund", "refund", "1") | {"shop": EVIL, "claim_id": EVIL, "rule": f"x.{EVIL}"},
        law("refund", EVIL) | {"articles": EVIL, "depends_on_reading": EVIL},
        law("refund", "refund", "2") | {"depends_on_reading": EVIL, "articles": EVIL},
        law(None, None) | {"error": f"{EVIL}: is wrong", "kind": EVIL},
    ]
    made = report(*rows)
    page = made.to_html(lang=lang)
    assert "<script" not in page
    assert "\u202e" not in page
    assert "&lt;script&gt;" in page
    Markup(page)
    made.to_excel(tmp_path / "x.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text in texts)
    assert any(text.startswith("'=HYPERLINK") for text in texts)


def test_few_rows() -> None:
    """Nothing less, nothing to compare, no rows at all: each is said, with no empty chart."""
    fine = checked(report(law("exchange", "exchange")).to_html(lang="en"))
    assert "Nothing less than the law in the 1 rows" in fine.text
    assert fine.tags.count("svg") == 1
    nothing = report(law("exchange", None), law(None, "refund"))
    assert "No row could be compared" in checked(nothing.to_html(lang="en")).text
    empty = checked(AuditReport.of(Tally(), lang="en").to_html())
    assert "The table has no rows" in empty.text
    assert empty.tags.count("svg") == 0
    errors = report(law(None, None) | {"error": "kind = 'x': is wrong"})
    page = checked(errors.to_html(lang="en"))
    assert "kind: is wrong" in page.text
    assert page.tags.count("svg") == 0


def test_rows_are_charted_where_no_money_is_short() -> None:
    """Weaker remedies without a refund are counted in rows."""
    less = law("exchange", "free_repair")
    undated = report(less | {"claimed_on": None})
    assert checked(undated.to_html(lang="en")).tags.count("svg") == 2
    page = checked(report(less, less | {"shop": "甲"}, less | {"shop": "乙"}).to_html(lang="en"))
    assert "Rows with less, by shop" in page.text
    assert "Shortfall by" not in page.text


def test_many_shops_and_months() -> None:
    """The chart shows the first shops and the rest as one, the table a part of them."""
    rows = [
        law("refund", "refund", f"{1500 - place % 40}.00")
        | {"shop": f"店{place}", "claimed_on": date(2005 + place % 20, 1 + place % 12, 1)}
        for place in range(200)
    ]
    page = checked(report(*rows).to_html(lang="zh"))
    assert f"其他{200 - TOP}家门店" in page.text
    assert "少退最多的50家（共200家）" in page.text
    rest = [law("refund", "refund", "0") | {"shop": f"大{place}"} for place in range(TOP)]
    one_more = report(*rest, law("refund", "refund", "1598") | {"shop": "小"})
    assert "其他1家门店" in checked(one_more.to_html()).text


def test_large_sums() -> None:
    """Sums that no chart has room for are shortened there, and exact in the tables."""
    most = {"payable": Decimal("999999999999.99"), "shop": "很长的门店名称" * 9}
    page = checked(report(*[law("refund", "refund", "0.00") | most] * 3).to_html(lang="zh"))
    assert "2,999,999,999,999.97" in page.text
    assert "2.99万" not in page.text
    assert "29,999亿" in page.text
    assert "…" in page.text


def test_rows_that_do_not_add_up() -> None:
    """A report that lost rows says so first."""
    frame = decided(law("exchange", "exchange"))
    lost = AuditReport.of(Tally.of(frame), read=2, lang="en")
    assert not lost.balanced
    text = checked(lost.to_html()).text
    assert "The rows do not add up" in text
    assert "Rows read 2, rows tallied 1: WRONG." in text
    tally = replace(MIXED.tally, flows={"as_law|firm|refund|refund": Flow(1)})
    assert not AuditReport.of(tally).balanced


def test_a_sample_that_is_decided_otherwise_is_told() -> None:
    """Where the engine for single claims comes to another outcome, or none, the page says so."""
    late = law("refund", "refund", "1") | {"claimed_on": date(2026, 8, 4)}
    page = checked(report(late).to_html(lang="en"))
    assert "decided again on its own, this claim comes to: Repair at a charge" in page.text
    wrong = report(law("refund", "refund", "1") | {"kind": "handet"})
    page = checked(wrong.to_html(lang="en"))
    assert "It cannot be decided again as the report says: product.kind" in page.text


def test_unsure_rows_are_explained_apart() -> None:
    """Rows on a reading and provisional rows have sections of their own."""
    rows = [
        law("refund", "refund", "1") | {"depends_on_reading": "first_day+window_end"},
        law("refund", "exchange") | {"depends_on_reading": "rounding"},
        law("exchange", "exchange") | {"provisional": True},
        law("refund", "free_repair") | {"payable": None},
    ]
    text = checked(report(*rows).to_html(lang="en")).text
    assert "Rows that hang on a contested reading" in text
    assert reading_name("first_day+window_end", "en") in text
    assert "Provisional rows" in text
    assert "exchanged instead of 1,599.00 yuan" in text
    assert "Without a known price" in text


def test_a_sample_that_hangs_on_much() -> None:
    """Three readings are named, whole; that there are more is shown."""
    names = ["first_day", "rest_days", "rounding", "window_end"]
    for number, more in ((3, ""), (4, " …")):
        row = law("refund", "refund", "1") | {"depends_on_reading": ", ".join(names[:number])}
        text = checked(report(row).to_html(lang="en")).text
        assert f"depends on: first_day, rest_days, rounding{more}\n" in text


def test_many_errors_and_texts() -> None:
    """The commonest errors are told, the rest counted; so are words nobody knows."""
    names = [f"{chr(97 + place // 26)}{chr(97 + place % 26)}" for place in range(60)]
    errors = [law(None, None) | {"error": f"x.{name} = 1: no"} for name in names]
    unread = [law("exchange", f"text {place}") for place in range(510)]
    made = report(*errors, *unread, lang="en")
    text = checked(made.to_html()).text
    assert "Other reasons10" in text
    assert "text 100" in text


def test_a_small_share_is_not_nothing() -> None:
    """One row in many is told as less than a hundredth of a percent."""
    many = decided(*[law("exchange", "exchange")] * 200)
    frame = pl.concat([many] * 60 + [decided(law("exchange", "free_repair"))])
    tally = Tally.of(frame.with_columns(row=pl.int_range(pl.len())))
    text = checked(AuditReport.of(tally, lang="en").to_html()).text
    assert "< 0.01%" in text
    assert "99.99%" in text


def test_the_notebook_card() -> None:
    """A notebook shows head, charts and sums; samples are for the page."""
    card = MIXED._repr_html_()
    markup = checked(card)
    assert markup.tags.count("svg") == 4
    assert markup.tags[0] == "div"
    assert len(card) < 100_000


def test_it_is_short_in_a_list_and_in_words_alone() -> None:
    """Neither report nor figures fill a screen; ``str`` and a terminal give the sums in words."""
    assert repr(MIXED) == (
        f"AuditReport(rows={MIXED.tally.rows}, decided={MIXED.tally.decided}, "
        f"in_error={MIXED.tally.in_error}, policy='cn.mobile-2001@2024-07-01')"
    )
    samples = [one for some in MIXED.tally.largest.values() for one in some]
    figures = [*MIXED.tally.flows.values(), *MIXED.tally.rules.values(), MIXED.tally.errors]
    assert samples
    for figure in (MIXED.tally, *samples, *figures):
        assert len(repr(figure)) <= 180
        assert repr(figure).startswith(f"{type(figure).__name__}(")
    assert str(MIXED) == MIXED.explain() == MIXED.explain("zh")
    assert f"Rows: {MIXED.tally.rows:,}" in MIXED.explain("en").splitlines()
    printed: Any = pretty.pretty
    assert printed(MIXED) == str(MIXED)
    assert printed([MIXED]) == f"[{MIXED!r}]"
    with pytest.raises(sanbao.ValidationError, match="fr"):
        MIXED.explain("fr")


def test_other_readings_are_named() -> None:
    """What the audit rests on is told: policy, readings, calendar, version."""
    strict = sanbao.Readings(first_day="same_day")
    made = report(law("exchange", "exchange"), readings=strict, policy=sanbao.MOBILE_2001)
    text = checked(made.to_html(lang="en")).text
    assert "first_day = same_day" in text
    assert f"sanbao, version {sanbao.__version__}" in text
    assert made.policy == "cn.mobile-2001"


def test_names() -> None:
    """Articles, rules and readings are told in words, and as they stand where there are none."""
    assert article_name("cn.mobile-2001:24(4)", "zh") == "《手机三包规定》第24条第4项"
    assert article_name("cn.mobile-2001:11", "en") == "Regulation art. 11"
    assert article_name("cn.mobile-2001:app3", "en") == "Regulation app. 3"
    assert article_name("cn.mobile-2001:app3(2)", "zh").startswith("《手机三包规定》")
    assert article_name("a promise", "en") == "a promise"
    assert article_name("", "en") == "None"
    assert rule_name(RuleRef("", ""), "en") == "None (in error or open)"
    assert reading_name("nothing", "en") == "nothing"


def test_short_numbers() -> None:
    """Numbers are shortened downwards, to three digits."""
    assert [short_number(number, "en") for number in (0, 999, 1000, 999_999, 1_500_000_000)] == [
        "0",
        "999",
        "1k",
        "999k",
        "1.5bn",
    ]
    assert [short_number(number, "zh") for number in (9999, 10_000, 123_456_789)] == [
        "9999",
        "1万",
        "1.23亿",
    ]


def test_messages_are_in_both_languages() -> None:
    """Both have the same placeholders, and the Chinese has Chinese."""
    for name, (zh, en) in AUDIT_MESSAGES.items():
        assert {*re.findall(r"{(\w+)}", zh)} == {*re.findall(r"{(\w+)}", en)}, name
        assert en.isascii() or "·" in en, name


# --- workbook and Parquet -------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook(lang: Language, tmp_path: Path) -> None:
    """It has every article, shop and month, the samples and the errors; sums are numbers."""
    MIXED.to_excel(tmp_path / "a.xlsx", lang)
    MIXED.to_excel(tmp_path / "b.xlsx", lang)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert len(book.sheetnames) == 9
    tally = MIXED.tally
    heads = [cell.value for cell in book.worksheets[3][1]]
    assert len(heads) == 11
    assert book.worksheets[3].max_row == len(tally.shops) + 1
    assert book.worksheets[4].max_row == len(tally.months) + 1
    total = sum(row[6].value for row in book.worksheets[3].iter_rows(min_row=2))
    assert round(total * 100) == tally.total.firm.gap
    samples = book.worksheets[6]
    kept = {one.row for some in tally.largest.values() for one in some}
    assert samples.max_row == len(kept) + 1
    assert {row[0].value - 1 for row in samples.iter_rows(min_row=2)} == kept
    errors = [row[0].value for row in book.worksheets[8].iter_rows(min_row=2)]
    assert "purchase.f1: is wrong" in errors
    assert "?" in errors


def test_a_workbook_holds_large_numbers_as_digits(tmp_path: Path) -> None:
    """What a spreadsheet could not hold exactly is written out; too many groups are summed."""
    most = {"payable": Decimal("999999999999.99")}
    rows = [law("refund", "refund", "0.00") | most] * 100
    many = [law("exchange", f"t{place}") for place in range(501)]
    report(*rows, *many).to_excel(tmp_path / "a.xlsx", "en")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    texts = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "99,999,999,999,999.00" in texts
    assert "Other texts" in texts
    empty = tmp_path / "b.xlsx"
    AuditReport.of(Tally()).to_excel(empty)
    assert zipfile.is_zipfile(empty)


def test_texts_that_a_spreadsheet_would_run() -> None:
    """An apostrophe comes before what begins like a formula; very long texts are cut."""
    for text in ("=1", "+1", "-1", "@x", "\tx", "\rx"):
        assert harmless(text) == f"'{text}"
    assert harmless("1=1") == "1=1"
    assert len(harmless("x" * 40_000)) == 32_001


def test_a_workbook_that_cannot_be_written(tmp_path: Path) -> None:
    """A directory that is not there is an error of the system."""
    with pytest.raises(OSError, match="nowhere"):
        MIXED.to_excel(tmp_path / "nowhere" / "a.xlsx")


def test_parquet(tmp_path: Path) -> None:
    """The decided rows are written where the report has them, and refused where not."""
    made = report(*some_rows(20))
    made.to_parquet(tmp_path / "a.parquet")
    assert made.decided is not None
    assert pl.read_parquet(tmp_path / "a.parquet").equals(made.decided)
    with pytest.raises(sanbao.ValidationError, match="holds no rows"):
        AuditReport.of(made.tally).to_parquet(tmp_path / "b.parquet")


# --- audit() -------------------------------------------------------------------------------------


def test_audit() -> None:
    """A table is decided and held against what the company did."""
    table = flat(
        {},
        {"company_refund": "1500.00"},
        {"company_outcome": "换货"},
        {"kind": "handet"},
        {"symptom": "none", "company_outcome": "拒绝"},
    )
    found = audit(table)
    assert found.balanced
    assert found.tally.in_error == 1
    assert found.tally.total.all.rows == 2
    assert found.tally.total.all.short == 99_00
    assert found.decided is not None
    assert found.decided.columns[: len(table.columns)] == table.columns
    [less] = found.tally.first["less_money"]
    assert less.row == 1
    assert sanbao.decide(less.claim).outcome == "refund"
    assert "99.00" in checked(found.to_html()).text


def test_audit_of_other_names_and_tables() -> None:
    """Columns are named by the caller; repairs come from a table; a column row is no trouble."""
    table = flat({"claim_id": "A"}, {"claim_id": "B"}).rename(
        {"company_outcome": "did", "company_refund": "fen", "shop": "store", "claimed_on": "day"}
    )
    table = table.with_columns(fen=pl.lit(100_000), row=pl.lit("x"))
    repairs = pd.DataFrame({"claim_id": ["B"], "handed_in_on": ["2025-07-02"]})
    found = audit(
        table,
        decided="did",
        refunded={"column": "fen", "unit": "fen"},
        shop="store",
        columns={"claimed_on": "day"},
        repairs=repairs,
        lang="en",
    )
    assert found.lang == "en"
    assert [*found.tally.shops] == ["甲"]
    claims = [one.claim for one in found.tally.first["less_money"]]
    assert ["repairs" in claim for claim in claims] == [False, True]
    assert found.tally.total.all.short == 2 * 599_00


def test_audit_of_pandas() -> None:
    """Whatever speaks Arrow can be audited."""
    found = audit(flat({}, {"company_refund": "1.00"}).to_pandas())
    assert found.tally.total.all.short == 1598_00


@pytest.mark.parametrize(
    ("table", "settings", "said"),
    [
        (flat({}).drop("company_outcome"), {}, "company_outcome = 'company_outcome': is not a col"),
        (flat({}).rename({"company_refund": "company_refnd"}), {}, "did you mean 'company_refnd'?"),
        (flat({}), {"shop": "stor"}, "shop = 'stor'"),
        (flat({"company_refund": 1.5}), {}, "must not be floating-point numbers"),
        (flat({}), {"lang": "fr"}, "lang = 'fr'"),
        (3, {}, "table = 3"),
        (flat({}), {"repairs": 3}, "repairs = 3"),
        (flat({}), {"refunded": 3}, "company_refund = 3"),
    ],
)
def test_what_cannot_be_audited(table: Any, settings: dict[str, Any], said: str) -> None:
    """Mistakes are named before anything is decided."""
    with pytest.raises(sanbao.ValidationError, match=re.escape(said)):
        audit(table, **settings)
