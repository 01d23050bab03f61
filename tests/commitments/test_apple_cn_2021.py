"""Apple (2021): a year for battery and earphone, new parts, and nothing less."""

from __future__ import annotations

import pytest

from claims import accessory, handset
from promised import beside, both, under
from sanbao import decide

ID = "apple-cn-2021"


@pytest.mark.parametrize("kind", ["battery", "wired_earphone"])
def test_a_year_for_battery_and_earphone(kind: str) -> None:
    claim = accessory(kind, claimed_on="2026-03-03")
    assert both(ID, claim) == (("paid_repair",), ("exchange",))
    assert beside(ID, claim) == (("exchange", ID),)
    assert both(ID, accessory(kind, claimed_on="2026-03-04")) == (("paid_repair",),) * 2


def test_a_repair_takes_new_parts() -> None:
    claim = handset()
    assert "apple.new_parts" in {duty.id for duty in under(ID, claim).obligations}
    together = decide({**claim, "commitments": [ID]})
    assert "apple.new_parts" in {duty.id for duty in together.obligations}
    exchanged = under(ID, handset(claimed_on="2025-03-18", request="exchange"))
    assert "apple.new_parts" not in {duty.id for duty in exchanged.obligations}


def test_all_else_is_the_regulation() -> None:
    for claimed_on in ("2025-03-10", "2025-03-18", "2025-05-12", "2026-03-03", "2026-03-04"):
        by_law, promised = both(ID, handset(claimed_on=claimed_on))
        assert by_law == promised
