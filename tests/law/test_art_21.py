"""Article 21: after an exchange the period starts again, with new papers.

That the period does start again is tested beside its length, with article 8.
"""

from __future__ import annotations

from typing import Any

import pytest

from claims import LAW, TWO_EXCHANGES, TWO_REPAIRS, battery, duties, handset

DUTIES = ("art21.period_restarts", "art21.new_voucher")


@pytest.mark.parametrize("duty", DUTIES)
@pytest.mark.parametrize(
    ("claim", "arises"),
    [
        pytest.param(handset(claimed_on="2025-03-14"), True, id="exchange"),
        pytest.param(handset(repairs=TWO_REPAIRS), True, id="after two repairs"),
        pytest.param(battery(), True, id="accessory"),
        pytest.param(handset(claimed_on="2025-03-05"), False, id="refund"),
        pytest.param(battery(exchanges=TWO_EXCHANGES), False, id="refund of an accessory"),
        pytest.param(handset(), False, id="repair"),
        pytest.param(handset(symptom="none"), False, id="excluded"),
    ],
)
def test_what_an_exchange_brings(claim: dict[str, Any], arises: bool, duty: str) -> None:
    """An exchange starts the period anew, and the seller stamps the papers."""
    assert (duty in duties(claim)) == arises


@pytest.mark.parametrize("duty", DUTIES)
def test_citation(duty: str) -> None:
    """Both duties cite article 21 and are due on the day of the exchange."""
    found = duties(battery())[duty]
    assert found.on.isoformat() == "2025-05-12"
    assert [str(citation) for citation in found.citations] == [f"{LAW} art. 21"]
