"""What happened: 三包申请 (the claim).

A :class:`Claim` is what a clerk types or a service sends: the goods, the purchase, the
papers, the fault, earlier repairs and exchanges, and what is asked for. Everything but
the day of the claim and the kind of goods may be left out; what is left out is *not
known*, unless the field says otherwise. Names are those of the JSON contract.

All models are frozen. Building one, from keywords, from a mapping or from JSON, raises
:class:`sanbao.ValidationError` when the claim cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Final, Self, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field, StrictBool, model_validator

from sanbao.base.display import Displayed
from sanbao.base.errors import Problem, Reason, ValidationError, shown, suggestion
from sanbao.base.input_model import InputModel
from sanbao.model.claim_row import ClaimRow, RepairRow
from sanbao.model.codes import (
    CauseBasis,
    Condition,
    Delay,
    Invoice,
    Request,
    Voucher,
)
from sanbao.model.facts import FACTS
from sanbao.model.field_types import (
    CauseCode,
    Day,
    Detail,
    Imei,
    KindCode,
    Percent,
    PolicyId,
    Province,
    SymptomCode,
    Yuan,
)
from sanbao.model.fields import FIELDS, SALE, fields_in

__all__ = [
    "Claim",
    "Evidence",
    "Exchange",
    "Fault",
    "Product",
    "Purchase",
    "Repair",
]


MOST_REPAIRS: Final = 1000
"""More repairs or exchanges than this in one claim are refused."""

MOST_COMMITMENTS: Final = 20
"""More commitments than this in one claim are refused."""


class Product(InputModel):
    """The goods: 商品 (arts. 2, 5; Appendix 1)."""

    kind: KindCode
    """品类: main unit, accessory, or ``other`` for what the catalogue does not name."""
    sold_in_mainland: StrictBool = True
    """是否在中国大陆销售 (art. 2)."""
    bought_with_phone: StrictBool | None = None
    """附件是否与主机一起购买 (art. 14); accessories only."""
    imei: Imei | None = None
    """国际移动设备识别码: 15 digits, the last a Luhn check digit."""
    complete: StrictBool | None = None
    """商品、附件、包装及单据是否齐全完好; asked by some commitments, never by the regulation."""
    housing_worn: StrictBool | None = None
    """外壳是否有磨损或划痕; asked by some commitments, never by the regulation."""
    used: StrictBool = True
    """是否使用过 (art. 19): only used goods pay a depreciation fee."""
    condition: Condition = "new"
    """新品或二手 (art. 2): sold as new or second-hand; the scope of art. 2 is open."""


class Purchase(InputModel):
    """The sale: 购买 (arts. 5, 8, 11)."""

    sold_on: Day | None = None
    """销售日期."""
    invoiced_on: Day | None = None
    """发票日期; absent: the sale date."""
    received_on: Day | None = None
    """收货日期; absent: the sale date."""
    price: Yuan | None = None
    """发票价格, yuan."""
    standalone_price: Yuan | None = None
    """附件单独销售的价格 on the day of return, yuan (art. 14)."""
    paid_price: Yuan | None = None
    """实际支付价格, yuan: what the trader proves was paid (Decree 778 art. 18); absent: the
    invoice price."""
    province: Province | None = None
    """购买地 (ISO 3166-2): the province where it was bought."""
    trader_province: Province | None = None
    """经营者住所地 (ISO 3166-2): the province where the trader has its seat."""
    gift: StrictBool = False
    """促销赠品 (art. 23)."""
    plan_bundled: StrictBool = False
    """合约机: sold with a service plan; no reason to refuse (art. 4)."""


class Evidence(InputModel):
    """The papers: 凭证 (art. 9, Appendix 2)."""

    invoice: Invoice | None = None
    """发货票: the original, a copy or stub, other valid proof of the sale date, or none."""
    voucher: Voucher | None = None
    """三包凭证: intact, lost, never issued by the seller, altered, or not matching the unit;
    absent: one of the first three."""
    manufactured_on: Day | None = None
    """出厂日期 that the IMEI shows; absent: no factory date is shown."""
    activated_on: Day | None = None
    """激活日期; decides nothing, warns where it lies before the sale."""


class Fault(InputModel):
    """The fault: 故障 (Appendix 3, art. 24)."""

    symptom: SymptomCode | None = None
    """故障现象."""
    cause: CauseCode | None = None
    """原因; absent: nobody knows yet, which bars nothing."""
    cause_basis: CauseBasis | None = None
    """原因依据: an inspection body's finding (art. 29), a repairer's or the maker's written
    report, the consumer's own word, the trader's bare word; absent: the trader's."""
    contested: StrictBool = False
    """消费者是否对认定有异议: whether the consumer contests the finding."""
    appeared_on: Day | None = None
    """故障出现日期."""
    found_unqualified: StrictBool = False
    """是否经行政部门依法认定为不合格 (Consumer Protection Law art. 54)."""
    detail: Detail | None = None
    """故障细目: a code that a commitment defines, such as ``green_line``; seen by it alone."""
    battery_capacity: Percent | None = None
    """电池容量, percent of rated; 80 and more is no fault; absent: not measured."""
    confirmed: StrictBool | None = None
    """是否经授权网点检测确认; asked by some commitments, never by the regulation."""


class Repair(InputModel):
    """One repair: 修理 (arts. 6, 8, 10, 13, 16, 17)."""

    handed_in_on: Day
    """送修日期."""
    ready_on: Day | None = None
    """修复日期."""
    notified_on: Day | None = None
    """通知取机日期."""
    handed_back_on: Day | None = None
    """取机日期; absent: the unit is still with the repairer."""
    symptom: SymptomCode | None = None
    """故障现象; absent: the claim's."""
    recorded: StrictBool = True
    """维修记录: whether the repairer recorded it, in any form (art. 13)."""
    under_guarantee: StrictBool = True
    """是否三包内修理."""
    software_only: StrictBool = False
    """是否仅刷写软件: a repair that only loaded software counts as well (art. 13)."""
    delay: Delay | None = None
    """延误原因: waiting for parts (art. 16) or the repairer's own (art. 17)."""


class Exchange(InputModel):
    """One exchange: 换货 (arts. 14, 21)."""

    exchanged_on: Day
    """换货日期."""


class Claim(Displayed, InputModel):
    """A claim under the three guarantees: 三包申请.

    >>> claim = Claim(claimed_on="2025-07-04", product={"kind": "handset"})
    >>> claim.product.kind
    'handset'
    """

    # no part of the data: worked out where the claim enters, and anew for a copy. In slots,
    # because every decision reads them
    __slots__ = ("governed_on", "row")
    if TYPE_CHECKING:

        @property
        def row(self) -> ClaimRow:
            """The claim as plain numbers and codes, for the rules."""

        @property
        def governed_on(self) -> int | None:
            """The day (an ordinal) by which the version of the law is found.

            That of delivery, or of the claim if it is earlier. ``None`` where it takes more than
            a day: where the sale is not known, commitments add to the law, or the claim
            :attr:`is_foreign`.
            """

    claimed_on: Day
    """申请日期: the day on which the claim is decided."""
    asked_on: Day | None = None
    """首次要求日期: when a trader was first asked for a remedy for this fault; absent: the
    day of the claim."""
    product: Product
    purchase: Purchase = Field(default_factory=Purchase)
    evidence: Evidence = Field(default_factory=Evidence)
    fault: Fault = Field(default_factory=Fault)
    repairs: Annotated[tuple[Repair, ...], Field(max_length=MOST_REPAIRS)] = ()
    exchanges: Annotated[tuple[Exchange, ...], Field(max_length=MOST_REPAIRS)] = ()
    same_model_in_stock: StrictBool | None = None
    """同型号同规格是否有货 (arts. 18, 19)."""
    request: Request | None = None
    """消费者的要求; absent: nothing in particular."""
    commitments: Annotated[tuple[PolicyId, ...], Field(max_length=MOST_COMMITMENTS)] = ()
    """经营者承诺: ids of the commitments that apply to this sale (art. 4)."""

    @property
    def is_foreign(self) -> bool:
        """Whether it names a code that the mobile law does not know."""
        return _is_foreign(self.row)

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        if problems := list(_impossible(self)):
            raise ValidationError(problems)
        return _lowered(self)

    @classmethod
    def model_construct(cls, _fields_set: set[str] | None = None, **values: Any) -> Self:
        """Return a claim of values that are in order, unchecked."""
        return _lowered(super().model_construct(_fields_set, **values))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy, with other values that are in order, unchecked."""
        return _lowered(super().model_copy(update=update, deep=deep))

    def __copy__(self) -> Self:
        return _lowered(super().__copy__())

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        return _lowered(super().__deepcopy__(memo))

    def __setstate__(self, state: dict[Any, Any]) -> None:
        super().__setstate__(state)
        _lowered(self)


StoredClaim: TypeAlias = Annotated[
    Claim,
    BeforeValidator(
        lambda value: value if isinstance(value, Claim) else Claim.model_validate(value)
    ),
]
"""A claim inside another record; read as leniently as a claim of its own."""

_Claim = TypeVar("_Claim", bound=Claim)


ASKED_ON: Final = FIELDS["asked_on"]
APPEARED_ON: Final = FIELDS["fault.appeared_on"]
HANDED_IN_ON: Final = FIELDS["repairs.handed_in_on"]
EXCHANGED_ON: Final = FIELDS["exchanges.exchanged_on"]
BY_THE_CLAIM: Final = (SALE, FIELDS["purchase.invoiced_on"], ASKED_ON)
"""Days that lie on that of the claim or before it."""
SINCE_THE_SALE: Final = (ASKED_ON, APPEARED_ON)
"""Days that do not lie before the sale."""
SINCE_HANDED_IN: Final = tuple(
    FIELDS[f"repairs.{name}"] for name in ("ready_on", "notified_on", "handed_back_on")
)
"""Days of a repair that do not lie before it was handed in."""

_BY_THE_CLAIM: Final = tuple((one.path, attrgetter(one.path)) for one in BY_THE_CLAIM)
_SINCE_THE_SALE: Final = tuple((one.path, attrgetter(one.path)) for one in SINCE_THE_SALE)
_SINCE_HANDED_IN: Final = tuple(one.name for one in SINCE_HANDED_IN)


def _impossible(claim: Claim) -> Iterator[Problem]:
    """Yield what cannot be in a claim whose fields are each in order."""
    claimed, sold, appeared = claim.claimed_on, claim.purchase.sold_on, claim.fault.appeared_on
    for path, of in _BY_THE_CLAIM:
        day = of(claim)
        if day is not None and day > claimed:
            yield Problem(path, shown(str(day)), Reason("claim.after_claim", claimed=claimed))
    for path, of in _SINCE_THE_SALE if sold is not None else ():
        day = of(claim)
        if day is not None and day < sold:
            yield Problem(path, shown(str(day)), Reason("claim.before_sale", sold=sold))
    if appeared is not None and appeared > (held := asked_as_settled(claim)):
        yield Problem(
            APPEARED_ON.path, shown(str(appeared)), Reason("claim.after_asked", held=held)
        )
    for index, repair in enumerate(claim.repairs):
        for name in _SINCE_HANDED_IN:
            day = getattr(repair, name)
            if day is not None and day < repair.handed_in_on:
                reason = Reason("claim.before_handed_in", day=repair.handed_in_on)
                yield Problem(f"repairs[{index}].{name}", shown(str(day)), reason)
    for index, exchange in enumerate(claim.exchanges):
        day = exchange.exchanged_on
        if day > claimed:
            field = f"exchanges[{index}].exchanged_on"
            yield Problem(field, shown(str(day)), Reason("claim.after_claim", claimed=claimed))


def last_exchange(claim: Claim) -> date | None:
    """Return the day of the last exchange since the sale, where there is one."""
    sold = claim.purchase.sold_on
    days = [one.exchanged_on for one in claim.exchanges]
    return max((day for day in days if sold is None or day >= sold), default=None)


def asked_as_settled(claim: Claim) -> date:
    """Return the day the remedy was first asked for, as it counts.

    A day before the last exchange concerned the unit that was given back.
    """
    asked, exchanged = claim.asked_on, last_exchange(claim)
    if asked is None or (exchanged is not None and asked < exchanged):
        return claim.claimed_on
    return asked


def _lowered(claim: _Claim) -> _Claim:
    """Work out of a claim what rules see of it and by which day its law is found; return it."""
    row, day = _row(claim), None
    if row.sold is not None and not claim.commitments and not _is_foreign(row):
        day = min(row.sold if row.received is None else row.received, row.claimed)
    object.__setattr__(claim, "row", row)
    object.__setattr__(claim, "governed_on", day)
    return claim


_KINDS, _SYMPTOMS, _CAUSES = (
    frozenset((*FACTS[name].codes, None)) for name in ("kind", "symptom", "cause")
)


def _is_foreign(row: ClaimRow) -> bool:
    """Say whether a code is none that the mobile law knows."""
    if row.kind not in _KINDS or row.symptom not in _SYMPTOMS or row.cause not in _CAUSES:
        return True
    return bool(row.repairs) and any(one.symptom not in _SYMPTOMS for one in row.repairs)


def unknown_codes(claim: Claim, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Yield the codes of a claim that are not among those ``known`` by the name of the field."""
    stated = [
        ("product.kind", claim.product.kind),
        ("fault.symptom", claim.fault.symptom),
        ("fault.cause", claim.fault.cause),
        *((f"repairs[{at}].symptom", one.symptom) for at, one in enumerate(claim.repairs)),
    ]
    for path, code in stated:
        codes = known[path.rpartition(".")[2]]
        if code is not None and code not in codes:
            reason = Reason("input.one_of", known=codes).then(suggestion(code, codes))
            yield Problem(path, shown(code), reason)


def _lowering(row: type[ClaimRow | RepairRow], part: str = "") -> Callable[[Any], Any]:
    """Return the function that makes rows of claims, or of the entries of a ``part`` of them.

    It copies what is stated; days become ordinals, and what is left out what it means.
    """
    by_name = {field.row: field for field in fields_in(part)}
    fields = [by_name[name] for name in row._fields]
    stated = attrgetter(*(field.within for field in fields))
    numbered = [*enumerate(fields)]
    days = [place for place, field in numbered if field.type == "date"]
    chosen = [(place, field.whether) for place, field in numbered if field.whether]
    unsaid = [(place, field.default) for place, field in numbered if field.is_filled_in]
    lists = [(place, _ENTRIES[field.path]) for place, field in numbered if field.type == "list"]

    def lowered(record: InputModel) -> ClaimRow | RepairRow:
        values: list[Any] = [*stated(record)]
        for place in days:
            if (day := values[place]) is not None:
                values[place] = _number(day)
        for place, meant in unsaid:
            if values[place] is None:
                values[place] = meant
        for place, code in chosen:
            values[place] = values[place] == code
        for place, entry in lists:
            values[place] = tuple(map(entry, listed)) if (listed := values[place]) else ()
        return row._make(values)

    return lowered


@lru_cache(maxsize=50_000)
def _number(day: date) -> int:
    # remembered, so that claims share their numbers and many of them need little memory
    return day.toordinal()


_ENTRIES: Final[Mapping[str, Callable[[Any], Any]]] = {
    "repairs": _lowering(RepairRow, "repairs"),
    "exchanges": lambda exchange: _number(exchange.exchanged_on),
}
_row: Final[Callable[[Claim], ClaimRow]] = _lowering(ClaimRow)
