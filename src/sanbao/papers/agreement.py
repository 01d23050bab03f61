"""Whether voucher, invoice and goods agree, as facts: 核对一致 (arts. 5 and 23, Appendix 2).

A difference is a fact about the papers, never an error. :func:`voucher_state` gives the
code that a claim takes for its voucher.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any, Final, Literal, TypeAlias, get_args
from unicodedata import normalize

from sanbao.base.input_model import InputModel
from sanbao.base.records import Record, record
from sanbao.model.citation import Citation
from sanbao.model.codes import Kind
from sanbao.model.field_types import Day, luhn_digit
from sanbao.papers.voucher import (
    AT_SALE,
    SELLER,
    UNCOMPARED,
    AccessoryKind,
    Marked,
    Paper,
    SalesInvoice,
    Unit,
    Voucher,
    item_message,
    role_of,
    without,
)
from sanbao.policies.instruments import appendix, art

__all__ = ["Agreement", "ImeiCheck", "agreement", "imei_checks", "voucher_state"]


@record
class Agreement(Record):
    """Whether papers and goods say the same of one thing: 一致性.

    ``voucher``, ``invoice`` and ``unit`` are what each shows and ``stated`` what was said
    beside them, empty where nothing is known. ``agrees`` is ``None`` where fewer than two
    are known.
    """

    item: str
    voucher: tuple[str, ...]
    invoice: tuple[str, ...]
    unit: tuple[str, ...]
    stated: tuple[str, ...]
    agrees: bool | None
    citations: tuple[Citation, ...]

    @property
    def message(self) -> str:
        """The id of the item's words in the catalogue."""
        return item_message(self.item)


@record
class ImeiCheck(Record):
    """Whether an IMEI can be one at all: IMEI 校验位.

    ``right`` is true where its last digit is the check digit of the first 14, false where
    it is another (``expected`` is then the right one) or where no IMEI has so many digits,
    ``None`` where it shows no check digit: 14 digits, or 16 with a software version.
    """

    paper: Paper
    imei: str
    right: bool | None
    expected: str | None
    citations: tuple[Citation, ...]


_MARKINGS: Final = (appendix(2), art(5), art(24, 3))
_NUMBER: Final = (appendix(2), art(5))
_DATE: Final = (appendix(2), art(5), art(8))

Values: TypeAlias = tuple[str, ...]
"""What a paper shows of an item: none, one or several values."""

Same: TypeAlias = Callable[[str, str], bool]


def agreement(
    voucher: Voucher | Mapping[str, Any] | None = None,
    invoice: SalesInvoice | Mapping[str, Any] | None = None,
    unit: Unit | Mapping[str, Any] | None = None,
    sold_on: date | str | None = None,
) -> tuple[Agreement, ...]:
    """Return where voucher, invoice and unit say the same, as facts: 三包凭证、发票与商品核对.

    Items are ``imei``, ``model``, ``accessories.KIND`` (their numbers, for every kind that
    is named), ``network_mark``, ``invoice_number`` and ``sold_on`` (the invoice's own day
    is its counterpart). A difference is a fact and never raises. Case, blanks, hyphens,
    full-width forms and marks of direction make no difference. An IMEI of 14 digits or of
    16 agrees with one of 15 by its first 14. Of several values, those of one side may be a
    part of the other's: a battery at hand agrees with a voucher that names two.

    Args:
        voucher: The voucher, or a mapping in its shape; ``None``: not at hand.
        invoice: The invoice, likewise.
        unit: What the goods show, likewise.
        sold_on: A date of sale known from elsewhere, such as a claim's.

    Raises:
        ValidationError: A mapping is not a paper, or ``sold_on`` is not a date.

    Source: Appendix 2 and art. 5 (what the papers name), art. 24(3) (the unit's own
    markings), art. 8 (the period runs from the invoice date).

    >>> facts = agreement({"imei": "49-015420-323751-8"}, unit={"imei": "490154203237518"})
    >>> facts[0].item, facts[0].agrees
    ('imei', True)
    """
    sheets = _sheets(voucher, invoice, unit)
    return tuple(_facts(*sheets, _Stated.model_validate({"sold_on": sold_on})))


def imei_checks(
    voucher: Voucher | Mapping[str, Any] | None = None,
    invoice: SalesInvoice | Mapping[str, Any] | None = None,
    unit: Unit | Mapping[str, Any] | None = None,
) -> tuple[ImeiCheck, ...]:
    """Return for every IMEI that is shown whether it can be one: IMEI 校验.

    An IMEI that differs from the unit's and fails its own check digit is more likely a slip
    of the pen than another phone's; nobody's phone has that number.

    Raises:
        ValidationError: A mapping is not a paper.

    Source: art. 5 (the seller checks the IMEI), Appendix 2; Luhn's check digit is part of
    the IMEI itself.

    >>> [check] = imei_checks(voucher={"imei": "490154203237510"})
    >>> check.right, check.expected
    (False, '8')
    """
    sheets = _sheets(voucher, invoice, unit)
    places: tuple[tuple[Paper, tuple[Citation, ...]], ...] = (
        ("voucher", AT_SALE),
        ("invoice", SELLER),
        ("unit", SELLER),
    )
    return tuple(
        _imei_check(paper, imei, citations)
        for (paper, citations), sheet in zip(places, sheets, strict=True)
        for imei in _imeis(sheet)
    )


def voucher_state(
    voucher: Voucher | Mapping[str, Any] | None,
    unit: Unit | Mapping[str, Any] | None,
    kind: Kind = "handset",
) -> Literal["intact", "mismatched"] | None:
    """Return what the content says for a claim's ``evidence.voucher``: 三包凭证状况.

    ``mismatched`` where the voucher differs from the unit's own markings: for a main unit
    its IMEI, model or network-access mark, for an accessory its number. ``intact`` where
    the IMEI, or the accessory's number, agrees and nothing differs. ``None`` where that
    number cannot be compared, or the goods are not in the catalogue.

    The invoice has no part in it: a voucher and an invoice that disagree are not that
    ground. Nor has an accessory when the main unit is claimed for; it may have been
    exchanged since (art. 14). ``lost`` and ``altered`` cannot be known from the content,
    and an ``intact`` from here says only that the voucher is this unit's: whoever holds
    the paper has to see that nothing on it was changed.

    Args:
        voucher: The voucher, or a mapping in its shape; ``None``: not at hand.
        unit: What the goods show, likewise.
        kind: The goods claimed for, a code of the claim's ``product.kind``.

    Raises:
        ValidationError: A mapping is not a paper, or ``kind`` is not such a code.

    Source: art. 24(3). Goods handed over in an exchange are compared with the new voucher
    that art. 21 asks the seller for; the old one names the goods that went back.
    """
    role = role_of(kind)
    facts = {fact.item: fact.agrees for fact in agreement(voucher, None, unit)}
    if role is None:
        return None
    own = ("imei", "model", "network_mark") if role == "main_unit" else (f"accessories.{kind}",)
    if any(facts.get(item) is False for item in own):
        return "mismatched"
    return "intact" if facts.get(own[0]) else None


class _Stated(InputModel):
    sold_on: Day | None = None


def _sheets(voucher: object, invoice: object, unit: object) -> tuple[Voucher, SalesInvoice, Unit]:
    """Parse the three papers; a missing one becomes an empty paper, which shows nothing."""
    return (
        Voucher() if voucher is None else Voucher.model_validate(voucher),
        SalesInvoice() if invoice is None else SalesInvoice.model_validate(invoice),
        Unit() if unit is None else Unit.model_validate(unit),
    )


def _values(value: object) -> Values:
    return () if value is None else (str(value),)


def _imeis(sheet: Marked) -> Values:
    return (*_values(sheet.imei), *_values(sheet.second_imei))


def _numbers(sheet: Marked, kind: AccessoryKind) -> Values:
    lines = (accessory for accessory in sheet.accessories if accessory.kind == kind)
    return tuple(line.number for line in lines if line.number is not None)


def _fit(one: Values, other: Values, same: Same) -> bool:
    """Say whether all values of one side are among the other's."""
    sides = ((one, other), (other, one))
    return any(
        all(any(same(value, known) for known in whole) for value in part) for part, whole in sides
    )


def _same_text(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    plain = normalize("NFKC", text).casefold()
    return without(UNCOMPARED, plain) or plain


def _same_imei(one: str, other: str) -> bool:
    if len(one) == len(other):
        return one == other
    return {len(one), len(other)} <= {14, 15, 16} and one[:14] == other[:14]


def _facts(
    voucher: Voucher, invoice: SalesInvoice, unit: Unit, stated: _Stated
) -> Iterator[Agreement]:
    sheets = (voucher, invoice, unit)
    yield _fact("imei", _MARKINGS, *map(_imeis, sheets), same=_same_imei)
    yield _fact("model", _MARKINGS, *(_values(sheet.model) for sheet in sheets))
    for kind in get_args(AccessoryKind):
        if any(accessory.kind == kind for sheet in sheets for accessory in sheet.accessories):
            numbers = (_numbers(sheet, kind) for sheet in sheets)
            yield _fact(f"accessories.{kind}", _MARKINGS, *numbers)
    marks = (_values(voucher.network_mark), (), _values(unit.network_mark))
    yield _fact("network_mark", _MARKINGS, *marks)
    numbered = (_values(voucher.invoice_number), _values(invoice.number))
    yield _fact("invoice_number", _NUMBER, *numbered)
    dated = (_values(voucher.sold_on), _values(invoice.issued_on))
    yield _fact("sold_on", _DATE, *dated, stated=_values(stated.sold_on))


def _fact(
    item: str,
    citations: tuple[Citation, ...],
    voucher: Values,
    invoice: Values,
    unit: Values = (),
    *,
    stated: Values = (),
    same: Same = _same_text,
) -> Agreement:
    known = [values for values in (voucher, invoice, unit, stated) if values]
    agrees = all(_fit(*pair, same) for pair in combinations(known, 2)) if len(known) > 1 else None
    return Agreement(item, voucher, invoice, unit, stated, agrees, citations)


def _imei_check(paper: Paper, imei: str, citations: tuple[Citation, ...]) -> ImeiCheck:
    expected = luhn_digit(imei[:14])
    match len(imei):
        case 15:
            return ImeiCheck(paper, imei, imei[14] == expected, expected, citations)
        case 14 | 16:
            return ImeiCheck(paper, imei, None, expected, citations)
        case _:
            return ImeiCheck(paper, imei, False, None, citations)
