"""The hand-written peers of ``benchmarks/audit.py`` say what the scalar engine says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from itertools import count, islice
from pathlib import Path
from random import Random

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from flat import frame_of, scalar_columns
from random_claims import random_claim
from sanbao import Claim

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
COLUMNS = ["outcome", "rule", "payable", "fee", "period_ends_on"]
CHUNK = 1000


@cache
def by_hand(name: str) -> Callable[[pl.DataFrame], pl.DataFrame]:
    spec = spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    decide: Callable[[pl.DataFrame], pl.DataFrame] = module.decide
    return decide


def known_claims() -> Iterator[Claim]:
    return (Claim.model_validate(random_claim(Random(seed))) for seed in count())


def gift(price: str) -> Claim:
    return Claim.model_validate(
        {
            "claimed_on": "2024-07-04",
            "product": {"kind": "handset"},
            "purchase": {"sold_on": "2024-07-01", "price": price, "gift": True},
            "evidence": {"invoice": "original", "voucher": "intact"},
            "fault": {"symptom": "no_ring"},
            "same_model_in_stock": True,
        }
    )


def assert_both_agree(claims: list[Claim]) -> None:
    table = frame_of(claims)
    expected = scalar_columns(claims, depends=False).select(COLUMNS)
    for name in ("by_hand_polars", "by_hand_numpy"):
        assert_frame_equal(by_hand(name)(table), expected)


@pytest.mark.untraced
def test_both_decide_as_the_scalar_engine_does(pytestconfig: pytest.Config) -> None:
    claims = islice(known_claims(), int(pytestconfig.getoption("--claims")))
    while chunk := list(islice(claims, CHUNK)):
        assert_both_agree(chunk)


def test_a_gift_priced_at_nothing_is_not_refunded() -> None:
    """No random claim has the price 0.00; docs/law.md says what follows from it."""
    assert_both_agree([gift("0.00"), gift("0.01")])
