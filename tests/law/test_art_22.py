"""Article 22: the seller has recourse against whoever is at fault."""

from __future__ import annotations

from typing import Any

import pytest

from claims import LAW, MISUSED, battery, duties, handset

RECOURSE = "art22.recourse"


@pytest.mark.parametrize(
    ("claim", "arises"),
    [
        pytest.param(handset(claimed_on="2025-03-05"), True, id="refund"),
        pytest.param(handset(claimed_on="2025-03-14"), True, id="exchange"),
        pytest.param(battery(), True, id="accessory"),
        pytest.param(handset(**MISUSED), False, id="barred"),
        pytest.param(handset(symptom="none"), False, id="excluded"),
    ],
)
def test_where_the_seller_pays(claim: dict[str, Any], arises: bool) -> None:
    """A seller who refunds or exchanges may turn to who caused the fault."""
    assert (RECOURSE in duties(claim)) == arises


def test_citation() -> None:
    """The recourse cites article 22."""
    duty = duties(battery())[RECOURSE]
    assert [str(citation) for citation in duty.citations] == [f"{LAW} art. 22"]
