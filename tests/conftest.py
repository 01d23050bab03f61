"""Options and profiles of the test run."""

from __future__ import annotations

import pytest
from hypothesis import settings

# the same examples on every machine, and no time limit: a slow machine is no failure
settings.register_profile("sanbao", deadline=None, derandomize=True, max_examples=150)
settings.load_profile("sanbao")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the comparison with the oracle run longer than it does by default."""
    parser.addoption(
        "--claims", type=int, default=3000, help="claims to compare with the oracle (3000)"
    )
