"""Article 20: what is handed over in an exchange is new."""

from __future__ import annotations

from typing import Any

import pytest

from claims import LAW, MISUSED, TWO_EXCHANGES, TWO_REPAIRS, battery, duties, handset

NEW = "art20.new_goods"


@pytest.mark.parametrize(
    ("claim", "arises"),
    [
        pytest.param(handset(claimed_on="2025-03-14"), True, id="art. 12"),
        pytest.param(handset(repairs=TWO_REPAIRS), True, id="art. 13"),
        pytest.param(battery(), True, id="accessory"),
        pytest.param(handset(claimed_on="2025-03-05", request="exchange"), True, id="asked for"),
        pytest.param(handset(claimed_on="2025-03-05"), False, id="refund"),
        pytest.param(battery(exchanges=TWO_EXCHANGES), False, id="refund of an accessory"),
        pytest.param(handset(), False, id="repair"),
        pytest.param(handset(repairs=TWO_REPAIRS, **MISUSED), False, id="barred"),
    ],
)
def test_new_and_of_the_same_model(claim: dict[str, Any], arises: bool) -> None:
    """Where the goods are exchanged, new ones of the same model are handed over."""
    assert (NEW in duties(claim)) == arises


def test_due_on_the_day() -> None:
    """The duty is due on the day of the claim and cites article 20."""
    duty = duties(battery())[NEW]
    assert duty.on.isoformat() == "2025-05-12"
    assert [str(citation) for citation in duty.citations] == [f"{LAW} art. 20"]
