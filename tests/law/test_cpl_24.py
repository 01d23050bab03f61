"""Consumer Protection Law, article 24: transport is at the trader's cost."""

from __future__ import annotations

from typing import Any

import pytest

from claims import MISUSED, battery, duties, handset

TRANSPORT = "cpl24.transport"


@pytest.mark.parametrize(
    ("claim", "arises"),
    [
        pytest.param(handset(claimed_on="2025-03-05"), True, id="refund"),
        pytest.param(battery(), True, id="exchange"),
        pytest.param(handset(), True, id="repair"),
        pytest.param(handset(**MISUSED), False, id="barred"),
        pytest.param(handset(symptom="none"), False, id="excluded"),
    ],
)
def test_transport(claim: dict[str, Any], arises: bool) -> None:
    """Whatever is owed under the guarantees, the trader bears what sending it costs."""
    assert (TRANSPORT in duties(claim)) == arises


def test_citation() -> None:
    """The duty cites the Consumer Protection Law."""
    [citation] = duties(handset())[TRANSPORT].citations
    assert str(citation) == "cn.consumer-protection-2013 art. 24"
