"""Section 8: which right leads, and whether what was asked is available."""

from dataclasses import dataclass

from law_oracle.local import LOCAL_REMEDY
from law_oracle.money import Refund
from law_oracle.rights import EXCHANGE, REFUND, REMEDY, REPAIR

# Outcomes, strongest first.
OUTCOMES = (REFUND, EXCHANGE, REPAIR, "paid_repair", "excluded")
ASKED = {"refund": REFUND, "exchange": EXCHANGE, "repair": REPAIR}

# Section 8: full refund [11, 14, cpl45, cpl54] > exchange > full refund [18] > refund less
# depreciation [19] > free repair. Section 9: a local full refund ranks with [11].
_LESS = {"art18.refund": 2, "art19.refund": 3, "zj26.refund_in_stock": 3}
_BY_REMEDY = {REFUND: 0, EXCHANGE: 1, REPAIR: 4}
_ORDER = [*REMEDY, *LOCAL_REMEDY]


@dataclass(frozen=True, slots=True)
class Remedy:
    """A right that is open, with its money where it is one."""

    remedy: str
    rule: str
    policy: str
    national: bool
    money: Refund | None

    @property
    def available(self) -> bool:
        """Section 6: not where nothing is left of a refund less depreciation."""
        return self.money is None or not self.money.nothing_left


def strength(remedy: Remedy) -> tuple[int, bool, int]:
    """Sort key, strongest first; ties: national first, then the order of section 8."""
    rank = _LESS.get(remedy.rule, _BY_REMEDY[remedy.remedy])
    return rank, not remedy.national, _ORDER.index(remedy.rule)


def _cost(remedy: Remedy) -> tuple[object, ...]:
    """Of several refunds the larger: all have one price, so the smaller fee."""
    money = remedy.money
    if money is None:
        return 0, strength(remedy)
    fee = money.used_days if money.fee is None else money.fee
    return fee or 0, strength(remedy)


def lead(remedies: list[Remedy], request: str | None) -> tuple[Remedy | None, bool | None]:
    """Return the remedy that leads and whether the request is available (None: none made)."""
    able = sorted((one for one in remedies if one.available), key=strength)
    available = None
    if request is not None:
        asked = [one for one in able if one.remedy == ASKED[request]]
        if asked:
            return min(asked, key=_cost), True
        available = False
    return (able[0] if able else None), available
