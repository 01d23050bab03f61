"""Penalty measures of 2015, article 8: within 15 days of the demand."""

from __future__ import annotations

from typing import Any

import pytest

from claims import MISUSED, battery, day, duties, exchange, handset

DUTY = "penalty8.within_15_days"


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        pytest.param({}, "2025-05-27", id="from the claim"),
        pytest.param({"asked_on": "2025-05-05"}, "2025-05-20", id="from the demand"),
        pytest.param({"asked_on": "2025-05-09"}, "2025-05-24", id="a Saturday, not rolled"),
        pytest.param(
            {"asked_on": "2025-04-01", "exchanges": [exchange("2025-04-07")]},
            "2025-05-27",
            id="a demand for the unit given back is over",
        ),
    ],
)
def test_when_it_is_due(changes: dict[str, Any], due: str) -> None:
    """Fifteen days after somebody asked, whatever day of the week that is."""
    assert duties(handset(**changes))[DUTY].on == day(due)


@pytest.mark.parametrize(
    ("claim", "arises"),
    [
        pytest.param(handset(claimed_on="2025-03-05"), True, id="refund"),
        pytest.param(battery(), True, id="exchange"),
        pytest.param(handset(), True, id="free repair"),
        pytest.param(handset(**MISUSED), False, id="paid repair"),
        pytest.param(handset(symptom="none"), False, id="excluded"),
        pytest.param(handset(sold_on="2014-09-01", claimed_on="2015-03-14"), False, id="before"),
        pytest.param(handset(sold_on="2014-09-01", claimed_on="2015-03-15"), True, id="in force"),
    ],
)
def test_whom_it_binds(claim: dict[str, Any], arises: bool) -> None:
    """Whatever is owed under the guarantees, claimed for from 2015-03-15 on."""
    assert (DUTY in duties(claim)) == arises


def test_citation() -> None:
    """The duty cites the measures."""
    [citation] = duties(handset())[DUTY].citations
    assert str(citation) == "cn.penalty-measures-2015 art. 8"
