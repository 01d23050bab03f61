"""The papers at the counter: 三包凭证, 发票 (Appendix 2, arts. 5 and 6).

A :class:`Voucher` and a :class:`SalesInvoice` hold what stands on the two papers, a
:class:`Unit` what the goods themselves show. Each says what it lacks; where they agree is
the matter of :mod:`sanbao.papers.agreement`. Nothing here decides a claim.

The papers are taken as they are. A wrong check digit, a day out of order or a seal that is
not there is a fact about a paper, not an error; only what cannot stand on paper at all (a
date that is in no calendar, a telephone number of 10,000 characters) raises
:class:`sanbao.ValidationError`. A thing left out is a thing the paper does not show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Final, Literal, Self, TypeAlias, get_args
from unicodedata import category

from pydantic import BeforeValidator, Field, StrictBool, WithJsonSchema, model_validator

from sanbao.base.errors import Reason, ValidationError, suggestion
from sanbao.base.input_model import InputModel
from sanbao.base.records import Record, record
from sanbao.model.citation import Citation
from sanbao.model.claim import MOST_REPAIRS
from sanbao.model.codes import Kind, Request
from sanbao.model.field_types import Day, Yuan
from sanbao.policies.instruments import appendix, art
from sanbao.policies.mobile_2001 import MOBILE_2001

__all__ = [
    "Accessory",
    "Missing",
    "Party",
    "RepairRecord",
    "SalesInvoice",
    "Unit",
    "Voucher",
]

AccessoryKind: TypeAlias = Literal[
    "battery", "charger", "wired_earphone", "terminal_card", "data_card"
]
Paper: TypeAlias = Literal["voucher", "invoice", "unit"]
Role: TypeAlias = Literal["main_unit", "accessory"] | None
GoodsWith: TypeAlias = Literal["consumer", "repairer"]

LONGEST: Final = 200
"""Longer texts are refused; no line of a voucher is that long."""

MOST_ACCESSORIES: Final = 100
"""More accessories than this on one paper are refused."""

_DIGITS: Final = re.compile(r"[0-9]{1,20}")
_INDEX: Final = re.compile(r"\[[0-9]+\]")

_REFUSED: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories that no text may hold: controls, half characters, line breaks."""

_UNSEEN: Final = frozenset({"Cf", "Zs"})
"""Unicode categories that leave nothing on the paper: marks of direction and blanks."""

UNCOMPARED: Final = _UNSEEN | {"Pd"}
"""What makes no other number or model of one that is otherwise the same: also hyphens."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(Reason("paper.text"))
    text = value.strip()
    if all(category(character) in _UNSEEN for character in text):
        raise ValueError(Reason("paper.blank"))
    if len(text) > LONGEST:
        raise ValueError(Reason("input.too_long", most=LONGEST))
    if any(category(character) in _REFUSED for character in text):
        raise ValueError(Reason("paper.one_line"))
    return text


def without(categories: frozenset[str], text: str) -> str:
    """Return ``text`` without the characters of these Unicode categories."""
    return "".join(character for character in text if category(character) not in categories)


def _digits(value: object) -> str:
    text = without(UNCOMPARED, _text(value))
    if not _DIGITS.fullmatch(text):
        raise ValueError(Reason("paper.digits"))
    return text


Text = Annotated[
    str,
    BeforeValidator(_text),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST}),
]
ImeiAsWritten = Annotated[
    str,
    BeforeValidator(_digits),
    WithJsonSchema({"type": "string", "pattern": f"^{_DIGITS.pattern}$"}),
]


@record
class Missing(Record):
    """One thing that a paper or the goods should show and do not: 缺项.

    ``item`` is a stable path (``seller.telephone``, ``repairs[0].signature``) in what
    ``paper`` names; ``citations`` say where the law asks for it.
    """

    paper: Paper
    item: str
    citations: tuple[Citation, ...]

    @property
    def message(self) -> str:
        """The id of the item's words in the catalogue; without numbers of lines."""
        return item_message(self.item)


def item_message(item: str) -> str:
    """Return the id of an item's words in the catalogue, without numbers of lines."""
    return f"voucher.{_INDEX.sub('', item)}"


class Party(InputModel):
    """Seller, consumer or repairer on a voucher: 销售者, 消费者, 修理者 (Appendix 2)."""

    name: Text | None = None
    """名称或姓名."""
    address: Text | None = None
    """地址."""
    postcode: Text | None = None
    """邮政编码."""
    telephone: Text | None = None
    """联系电话."""


class Accessory(InputModel):
    """One accessory on a paper or at hand: 附件 (Appendices 1 and 2)."""

    kind: AccessoryKind
    """品类: one of the accessories of the catalogue; others carry no guarantees."""
    model: Text | None = None
    """附件型号."""
    number: Text | None = None
    """附件序列号或批号."""
    made_on: Day | None = None
    """生产日期; a battery must bear one to be sold (art. 5)."""


class RepairRecord(InputModel):
    """What the repairer writes on the voucher: 维修记录 (Appendix 2, arts. 6 and 13)."""

    handed_in_on: Day | None = None
    """送修日期."""
    fault: Text | None = None
    """送修故障: the fault that was reported."""
    cause: Text | None = None
    """故障原因: the cause that was found."""
    work: Text | None = None
    """故障处理情况: what was done."""
    ended_in: Request | None = None
    """处理结果: repair, exchange or refund; absent: not known."""
    certificate: Text | None = None
    """退换货证明: number of the certificate; due where it ended in exchange or refund."""
    handed_back_on: Day | None = None
    """交验日期: the day on which the goods were handed back."""
    signature: StrictBool | None = None
    """维修人员签名: whether the repairer signed."""


class Marked(InputModel):
    """The markings that papers and goods have in common: 标识 (art. 24(3))."""

    model: Text | None = None
    """主机型号; that of an accessory stands with the accessory."""
    imei: ImeiAsWritten | None = None
    """国际移动设备识别码 as written; digits only, blanks and hyphens are dropped."""
    second_imei: ImeiAsWritten | None = None
    """第二个 IMEI of a phone for two cards; nobody asks for it."""
    accessories: Annotated[tuple[Accessory, ...], Field(max_length=MOST_ACCESSORIES)] = ()
    """附件, in the order of the paper, or those at hand."""


class _SalesPaper(Marked):
    """What voucher and invoice have in common."""

    no_accessories: StrictBool = False
    """主机单独销售: the main unit was sold without any, so none are missing."""
    seal: StrictBool | None = None
    """销售者印章: whether it is there."""

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if self.no_accessories and self.accessories:
            reason = Reason("paper.no_accessories")
            raise ValidationError.of("no_accessories", True, reason)
        return self


class Voucher(_SalesPaper):
    """A three-guarantees voucher as it was filled in: 三包凭证 (Appendix 2).

    >>> voucher = Voucher.model_validate({"model": "T-100", "seller": {"name": "Example Shop"}})
    >>> [missing.item for missing in voucher.missing()][:3]
    ['accessories.model', 'imei', 'accessories.number']
    """

    network_mark: Text | None = None
    """进网许可标志编码."""
    origin: Text | None = None
    """产地."""
    seller: Party = Field(default_factory=Party)
    """销售者."""
    invoice_number: Text | None = None
    """发票号码."""
    sold_on: Day | None = None
    """销售日期."""
    consumer: Party = Field(default_factory=Party)
    """消费者."""
    repairer: Party = Field(default_factory=Party)
    """修理者."""
    repairs: Annotated[tuple[RepairRecord, ...], Field(max_length=MOST_REPAIRS)] = ()
    """维修记录, in the order of the paper."""

    def missing(
        self, kind: Kind = "handset", goods_with: GoodsWith = "consumer"
    ) -> tuple[Missing, ...]:
        """Return what Appendix 2 asks for and the voucher lacks, in its order: 凭证缺项.

        A seal or signature of which nothing is known counts as lacking. Repairs are looked
        at where there are records; a phone that was never repaired lacks none. The paper
        cannot tell a hand-back that was forgotten from one that has not come yet, so the
        caller says where the goods are: with the ``repairer``, the last record without a
        hand-back needs no more than its day and its fault. The certificate is due where a
        record says that it ended in exchange or refund, and the hand-back is not.

        Args:
            kind: What was sold, a code of the claim's ``product.kind``. An accessory
                has no IMEI and no mark; for goods outside the catalogue nothing is asked.
            goods_with: Where the goods were when the voucher was looked at.

        Raises:
            ValidationError: ``kind`` or ``goods_with`` is not such a code.

        Source: Appendix 2; art. 5 (filled in at the sale), arts. 6 and 13 (repairs).
        """
        role = role_of(kind)
        _among("goods_with", goods_with, GoodsWith)
        at_sale = (
            "model",
            *_accessories_lacking(self, "model", kind),
            "imei",
            *_accessories_lacking(self, "number", kind),
            *("network_mark", "origin"),
            *_party("seller"),
            *("seal", "invoice_number", "sold_on"),
            *_party("consumer"),
            *_party("repairer"),
        )
        later = _repair_items(self.repairs, goods_with)
        return (
            *_missing("voucher", self, role, at_sale, AT_SALE),
            *_missing("voucher", self, role, later, _AT_REPAIR),
        )


class SalesInvoice(_SalesPaper):
    """The invoice as a paper: 发票 (art. 5).

    Whether a claim has the original or a copy is another matter; see
    :class:`~sanbao.Evidence`.
    """

    number: Text | None = None
    """发票号码; art. 5 does not name it, but the voucher does."""
    issued_on: Day | None = None
    """开票日期."""
    brand: Text | None = None
    """商标 (brand)."""
    amount: Yuan | None = None
    """金额, yuan."""

    def missing(self, kind: Kind = "handset") -> tuple[Missing, ...]:
        """Return what a valid invoice names by art. 5 and this one lacks: 发票缺项.

        The model asked for is the main unit's, or that of an accessory sold by itself.

        Args:
            kind: What was sold, a code of the claim's ``product.kind``. An accessory
                has no IMEI; for goods outside the catalogue nothing is asked.

        Raises:
            ValidationError: ``kind`` is not such a code.
        """
        role = role_of(kind)
        items = (
            "imei",
            *_accessories_lacking(self, "number", kind),
            "brand",
            *(_accessories_lacking(self, "model", kind) if role == "accessory" else ("model",)),
            *("issued_on", "seal", "amount"),
        )
        return tuple(_missing("invoice", self, role, items, SELLER))


class Unit(Marked):
    """What the goods at hand show: 商品自身标识 (arts. 5 and 23)."""

    network_mark: Text | None = None
    """进网许可标志编码."""
    made_on: Day | None = None
    """出厂日期 that the IMEI shows; a claim takes it as ``evidence.manufactured_on``."""

    def missing(self, kind: Kind = "handset") -> tuple[Missing, ...]:
        """Return what the seller checks on the goods by art. 5 and they do not show: 商品缺项.

        These are IMEI, network-access mark and the numbers of the accessories at hand, and
        for every battery among them the production date, without which none may be sold.

        Args:
            kind: What was sold, a code of the claim's ``product.kind``. An accessory
                has no IMEI and no mark; for goods outside the catalogue nothing is asked.

        Raises:
            ValidationError: ``kind`` is not such a code.
        """
        role = role_of(kind)
        items = ["imei", "network_mark", *_accessories_lacking(self, "number", kind)]
        for place, accessory in enumerate(self.accessories):
            if accessory.kind == "battery":
                items.append(f"accessories[{place}].made_on")
        return tuple(_missing("unit", self, role, items, SELLER))


# --- what is missing --------------------------------------------------------------------

SELLER: Final = (art(5),)
AT_SALE: Final = (appendix(2), art(5))
_AT_REPAIR: Final = (appendix(2), art(6), art(13))

_OF_A_MAIN_UNIT: Final = frozenset({"model", "imei", "network_mark"})


def role_of(kind: Kind) -> Role:
    """Return what the catalogue says of goods of this kind. Raises as :meth:`Voucher.missing`."""
    _among("kind", kind, Kind)
    coverage = MOBILE_2001.coverage(kind)
    return None if coverage is None else coverage.role


def _among(field: str, value: object, codes: Any) -> None:
    known = get_args(codes)
    if not isinstance(value, str) or value not in known:
        reason = Reason("input.one_of", known=known).then(suggestion(value, known))
        raise ValidationError.of(field, value, reason)


def _party(name: str) -> Iterator[str]:
    return (f"{name}.{part}" for part in Party.model_fields)


def _accessories_lacking(sheet: Marked, name: str, kind: Kind) -> list[str]:
    """Return the items for the lines of accessories; one without a line where all lack."""
    lines = sheet.accessories
    items = [f"accessories[{place}].{name}" for place in range(len(lines))]
    if kind in get_args(AccessoryKind):
        nothing = kind not in {line.kind for line in lines}
    else:
        nothing = not lines and isinstance(sheet, _SalesPaper) and not sheet.no_accessories
    return [*items, f"accessories.{name}"] if nothing else items


def _repair_items(repairs: tuple[RepairRecord, ...], goods_with: GoodsWith) -> Iterator[str]:
    for place, repair in enumerate(repairs):
        is_last = place == len(repairs) - 1
        names = ["handed_in_on", "fault"]
        given_up = repair.ended_in in ("exchange", "refund")
        is_over = given_up or repair.handed_back_on is not None
        if is_over or not is_last or goods_with == "consumer":
            end = "certificate" if given_up else "handed_back_on"
            names += ["cause", "work", end, "signature"]
        yield from (f"repairs[{place}].{name}" for name in names)


def _missing(
    paper: Paper, sheet: Marked, role: Role, items: Iterable[str], citations: tuple[Citation, ...]
) -> Iterator[Missing]:
    """Yield the items that are asked of such goods and that ``sheet`` does not show."""
    for item in items:
        asked = role == "main_unit" or (role == "accessory" and item not in _OF_A_MAIN_UNIT)
        if asked and not _shows(sheet, item):
            yield Missing(paper, item, citations)


def _shows(sheet: InputModel, item: str) -> bool:
    """Say whether ``sheet`` has something at the path ``item``; a seal of false is none."""
    here: Any = sheet
    for part in item.replace("[", ".").replace("]", "").split("."):
        if isinstance(here, tuple):
            if not part.isdecimal():
                return False  # the items that stand for all lines where there is none
            here = here[int(part)]
        else:
            here = getattr(here, part)
    return here is not None and here is not False
