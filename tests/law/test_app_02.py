"""Appendix 2: what a voucher must hold, and what arts. 5 and 6 ask of papers and goods."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import ACCESSORIES, LAW, MAIN_UNITS
from sanbao.papers.voucher import Missing, SalesInvoice, Unit, Voucher
from sanbao.policies.instruments import appendix, art
from sanbao.policies.mobile_2001 import MOBILE_2001

IMEI: Final = "490154203237518"
PARTY: Final = {
    "name": "Example",
    "address": "1 Example Road",
    "postcode": "100000",
    "telephone": "010-5550100",
}
REPAIRED: Final = {
    "handed_in_on": "2025-04-01",
    "fault": "screen stays dark",
    "cause": "display",
    "work": "display replaced",
    "ended_in": "repair",
    "handed_back_on": "2025-04-03",
    "signature": True,
}
EXCHANGED: Final = {
    "handed_in_on": "2025-05-06",
    "fault": "screen stays dark",
    "cause": "not found",
    "work": "none",
    "ended_in": "exchange",
    "certificate": "T-1",
    "signature": True,
}
VOUCHER: Final[dict[str, Any]] = {
    "model": "T-100",
    "accessories": [{"kind": "battery", "model": "B-1", "number": "0501"}],
    "imei": IMEI,
    "network_mark": "02-1234-567890",
    "origin": "Tianjin",
    "seller": {**PARTY},
    "seal": True,
    "invoice_number": "00112233",
    "sold_on": "2025-03-03",
    "consumer": {**PARTY},
    "repairer": {**PARTY},
    "repairs": [REPAIRED, EXCHANGED],
}
"""A voucher that lacks nothing, with two repairs: one that helped and one that did not."""

INVOICE: Final[dict[str, Any]] = {
    "number": "00112233",
    "issued_on": "2025-03-03",
    "brand": "Example",
    "model": "T-100",
    "imei": IMEI,
    "accessories": [{"kind": "battery", "number": "0501"}],
    "amount": "1599.00",
    "seal": True,
}
UNIT: Final[dict[str, Any]] = {
    "model": "T-100",
    "imei": IMEI,
    "network_mark": "02-1234-567890",
    "accessories": [{"kind": "battery", "number": "0501", "made_on": "2024-12-03"}],
}

SALE: Final = (
    *("model", "accessories[0].model", "imei", "accessories[0].number", "network_mark"),
    "origin",
    *(f"seller.{part}" for part in PARTY),
    *("seal", "invoice_number", "sold_on"),
    *(f"consumer.{part}" for part in PARTY),
    *(f"repairer.{part}" for part in PARTY),
)
"""What is filled in at the sale, in the order of the appendix."""

REPAIRS: Final = (
    *(f"repairs[0].{name}" for name in ("handed_in_on", "fault", "cause", "work")),
    *("repairs[0].handed_back_on", "repairs[0].signature"),
    *(f"repairs[1].{name}" for name in ("handed_in_on", "fault", "cause", "work")),
    *("repairs[1].certificate", "repairs[1].signature"),
)
"""What the repairer writes, record by record."""

ON_INVOICE: Final = (
    *("imei", "accessories[0].number", "brand", "model", "issued_on", "seal", "amount"),
)
ON_UNIT: Final = ("imei", "network_mark", "accessories[0].number", "accessories[0].made_on")


def without(paper: dict[str, Any], item: str) -> dict[str, Any]:
    """Return a copy of ``paper`` that lacks what stands at the path ``item``."""
    copied = deepcopy(paper)
    *path, last = item.replace("[", ".").replace("]", "").split(".")
    here: Any = copied
    for part in path:
        here = here[int(part)] if part.isdecimal() else here[part]
    del here[last]
    return copied


def items(missing: tuple[Missing, ...]) -> list[str]:
    """Return the paths of what is missing."""
    return [each.item for each in missing]


# --- the voucher ------------------------------------------------------------------------


def test_a_complete_voucher_lacks_nothing() -> None:
    """A voucher with everything the appendix names lacks nothing."""
    assert Voucher.model_validate(VOUCHER).missing() == ()


@pytest.mark.parametrize("item", SALE)
def test_each_item_of_the_sale(item: str) -> None:
    """Each item that is filled in at the sale is named by Appendix 2 and art. 5."""
    [missing] = Voucher.model_validate(without(VOUCHER, item)).missing()
    assert missing == Missing("voucher", item, (appendix(2), art(5)))


@pytest.mark.parametrize("item", REPAIRS)
def test_each_item_of_a_repair(item: str) -> None:
    """Each item of a repair record is named by Appendix 2, art. 6 and art. 13."""
    [missing] = Voucher.model_validate(without(VOUCHER, item)).missing()
    assert missing == Missing("voucher", item, (appendix(2), art(6), art(13)))


def test_an_empty_voucher_lacks_everything_in_the_order_of_the_appendix() -> None:
    """An empty form lacks all of the sale, and nothing of repairs that nobody recorded."""
    bare = [item.replace("[0]", "") for item in SALE]
    assert items(Voucher().missing()) == bare


def test_two_empty_records_lack_everything() -> None:
    """Empty records lack what every record has to hold; a certificate only after exchange."""
    voucher = Voucher.model_validate({**VOUCHER, "repairs": [{}, {"ended_in": "exchange"}]})
    assert items(voucher.missing()) == list(REPAIRS)


@given(lacking=st.sets(st.sampled_from([*SALE, *REPAIRS])))
def test_whatever_lacks_is_named_once_and_in_order(lacking: set[str]) -> None:
    """Any items that lack, and no others, are named, in the order of the appendix."""
    paper = VOUCHER
    for item in lacking:
        paper = without(paper, item)
    expected = [item for item in (*SALE, *REPAIRS) if item in lacking]
    assert items(Voucher.model_validate(paper).missing()) == expected


@pytest.mark.parametrize(
    ("place", "item"), [("seal", "seal"), ("signature", "repairs[0].signature")]
)
def test_a_seal_or_signature_that_is_not_there(place: str, item: str) -> None:
    """A seal or signature that is said not to be there lacks as one left out."""
    if place == "seal":
        paper = {**VOUCHER, "seal": False}
    else:
        paper = {**VOUCHER, "repairs": [{**REPAIRED, "signature": False}]}
    assert items(Voucher.model_validate(paper).missing()) == [item]


# --- accessories ------------------------------------------------------------------------


def test_a_main_unit_sold_without_accessories() -> None:
    """Nothing of accessories lacks where the main unit was sold without any."""
    paper = {**VOUCHER, "accessories": [], "no_accessories": True}
    assert Voucher.model_validate(paper).missing() == ()
    paper = {**INVOICE, "accessories": [], "no_accessories": True}
    assert SalesInvoice.model_validate(paper).missing() == ()


def test_every_line_of_accessories_is_looked_at() -> None:
    """A second accessory needs a model and a number of its own; a date of making it does not."""
    lines = [*VOUCHER["accessories"], {"kind": "charger"}]
    voucher = Voucher.model_validate({**VOUCHER, "accessories": lines})
    assert items(voucher.missing()) == ["accessories[1].model", "accessories[1].number"]


@pytest.mark.parametrize("kind", ACCESSORIES)
def test_an_accessory_sold_by_itself(kind: str) -> None:
    """An accessory has no IMEI and no mark; its own line is what it needs."""
    paper = without(without(without(VOUCHER, "imei"), "network_mark"), "model")
    invoice = without(without(INVOICE, "imei"), "model")
    goods = {"accessories": [{"kind": kind, "number": "1", "made_on": "2024-12-03"}]}
    line = [{"kind": kind, "model": "B-1", "number": "0501"}]
    for sheet in (
        Voucher.model_validate({**paper, "accessories": line}),
        SalesInvoice.model_validate({**invoice, "accessories": line}),
        Unit.model_validate(goods),
    ):
        assert sheet.missing(kind) == ()  # type: ignore[arg-type]


def test_another_accessory_is_not_the_one_sold() -> None:
    """A voucher that names a charger only lacks the line of the battery that was sold."""
    line = [{"kind": "charger", "model": "C-1", "number": "7"}]
    voucher = Voucher.model_validate({**VOUCHER, "accessories": line})
    assert items(voucher.missing("battery")) == ["accessories.model", "accessories.number"]
    invoice = SalesInvoice.model_validate({**INVOICE, "accessories": line})
    assert items(invoice.missing("battery")) == ["accessories.number", "accessories.model"]
    assert items(Unit.model_validate({"accessories": line}).missing("battery")) == [
        "accessories.number"
    ]


@pytest.mark.parametrize("kind", MAIN_UNITS)
def test_every_main_unit_needs_the_same(kind: str) -> None:
    """Vehicle-mounted and fixed-station phones need what a hand-held one does."""
    for empty in (Voucher(), SalesInvoice(), Unit()):
        assert empty.missing(kind) == empty.missing()  # type: ignore[arg-type]


def test_other_goods_need_no_voucher() -> None:
    """Nothing is asked of goods that the catalogue does not name."""
    for empty in (Voucher(), SalesInvoice(), Unit()):
        assert empty.missing("other") == ()


# --- repair records: art. 6 ---------------------------------------------------------------

OPEN: Final = {"handed_in_on": "2025-05-06", "fault": "screen stays dark"}


def test_a_record_of_goods_that_are_still_in_repair() -> None:
    """With the goods at the repairer, the last record needs what was known on the first day."""
    voucher = Voucher.model_validate({**VOUCHER, "repairs": [REPAIRED, OPEN]})
    assert voucher.missing(goods_with="repairer") == ()
    due = ["cause", "work", "handed_back_on", "signature"]
    assert items(voucher.missing()) == [f"repairs[1].{name}" for name in due]


@pytest.mark.parametrize("lacking", OPEN)
def test_what_a_record_needs_from_its_first_day(lacking: str) -> None:
    """The day and the fault are written when the goods are handed in."""
    record = {name: value for name, value in OPEN.items() if name != lacking}
    voucher = Voucher.model_validate({**VOUCHER, "repairs": [record]})
    assert items(voucher.missing(goods_with="repairer")) == [f"repairs[0].{lacking}"]


def test_only_the_last_record_can_be_open() -> None:
    """Goods handed in again had been handed back, wherever they are now."""
    voucher = Voucher.model_validate({**VOUCHER, "repairs": [OPEN, REPAIRED]})
    due = ["cause", "work", "handed_back_on", "signature"]
    for goods_with in ("consumer", "repairer"):
        missing = voucher.missing(goods_with=goods_with)
        assert items(missing) == [f"repairs[0].{name}" for name in due]


@pytest.mark.parametrize("record", [REPAIRED, EXCHANGED])
def test_a_record_that_is_over_is_over(record: dict[str, Any]) -> None:
    """A hand-back, an exchange or a refund ends a repair, wherever the goods are now."""
    lacking = {name: value for name, value in record.items() if name != "signature"}
    voucher = Voucher.model_validate({**VOUCHER, "repairs": [lacking]})
    assert items(voucher.missing(goods_with="repairer")) == ["repairs[0].signature"]


@pytest.mark.parametrize("ended_in", ["exchange", "refund", "repair", None])
def test_the_certificate_is_due_after_exchange_and_refund_only(ended_in: str | None) -> None:
    """A unit that went back or was exchanged needs the certificate, not the hand-back."""
    record = {**REPAIRED, "ended_in": ended_in, "handed_back_on": None}
    voucher = Voucher.model_validate({**VOUCHER, "repairs": [record]})
    due = "certificate" if ended_in in ("exchange", "refund") else "handed_back_on"
    assert items(voucher.missing()) == [f"repairs[0].{due}"]


# --- the invoice and the goods: art. 5 ------------------------------------------------------


def test_a_complete_invoice_and_complete_goods_lack_nothing() -> None:
    """An invoice that names what art. 5 asks for, and goods that show it, lack nothing."""
    assert SalesInvoice.model_validate(INVOICE).missing() == ()
    assert Unit.model_validate(UNIT).missing() == ()


@pytest.mark.parametrize("item", ON_INVOICE)
def test_each_item_of_the_invoice(item: str) -> None:
    """Each item of a valid invoice is named by art. 5."""
    [missing] = SalesInvoice.model_validate(without(INVOICE, item)).missing()
    assert missing == Missing("invoice", item, (art(5),))


def test_an_empty_invoice() -> None:
    """An empty invoice lacks all that art. 5 names, and its number is not among it."""
    bare = [item.replace("[0]", "") for item in ON_INVOICE]
    assert items(SalesInvoice().missing()) == bare
    assert SalesInvoice.model_validate(without(INVOICE, "number")).missing() == ()


@pytest.mark.parametrize("item", ON_UNIT)
def test_each_item_of_the_goods(item: str) -> None:
    """What the seller has to check on the goods, and a battery's date, is named by art. 5."""
    [missing] = Unit.model_validate(without(UNIT, item)).missing()
    assert missing == Missing("unit", item, (art(5),))


def test_only_a_battery_needs_a_production_date() -> None:
    """No battery without a production date may be sold; other accessories need none."""
    lines = [{"kind": kind, "number": "1"} for kind in ACCESSORIES]
    unit = Unit.model_validate({**UNIT, "accessories": lines})
    place = list(ACCESSORIES).index("battery")
    assert items(unit.missing()) == [f"accessories[{place}].made_on"]


def test_goods_without_accessories_at_hand() -> None:
    """What is not at hand cannot be checked: a bare phone needs its own two marks."""
    assert items(Unit().missing()) == ["imei", "network_mark"]


# --- citations --------------------------------------------------------------------------


def test_citations() -> None:
    """Citations are those of the policy: appendix 2, and arts. 5, 6, 13 as it marks them."""
    paper = {**VOUCHER, "seal": None, "repairs": [{**REPAIRED, "signature": None}]}
    sale, repair = Voucher.model_validate(paper).missing()
    assert [str(cite) for cite in sale.citations] == [f"{LAW} app. 2", f"{LAW} art. 5"]
    assert [str(cite) for cite in repair.citations] == [
        f"{LAW} app. 2",
        f"{LAW} art. 6",
        f"{LAW} art. 13",
    ]
    marks = {article.number: article.certainty for article in MOBILE_2001.articles}
    for citation in (*sale.citations, *repair.citations):
        if citation.article is not None:
            assert citation.number == marks[citation.article] == "confirmed"
