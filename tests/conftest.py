"""Options and profiles of the test run."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext

import pytest
from hypothesis import settings

# the same examples on every machine, and no time limit: a slow machine is no failure
settings.register_profile("sanbao", deadline=None, derandomize=True, max_examples=150)
settings.load_profile("sanbao")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let comparisons run longer than they do by default."""
    parser.addoption(
        "--claims", type=int, default=3000, help="claims to compare with the oracle (3000)"
    )
    parser.addoption(
        "--cells", type=int, default=2000, help="texts to be read in each column of a table (2000)"
    )
    parser.addoption(
        "--all-pairs", action="store_true", help="compare each policy that ships with every other"
    )


@contextmanager
def _untraced() -> Iterator[None]:
    """Do without the tracer that measures coverage.

    A search through many claims runs the same lines again and again, several times as slowly
    under the tracer; what covers them are the tests that state something about each. The marker
    ``no_cover`` of pytest-cov does nothing in a worker of pytest-xdist.
    """
    here, in_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(None)
    threading.settrace(None)
    try:
        yield
    finally:
        sys.settrace(here)
        threading.settrace(in_threads)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Run a test marked ``untraced`` without the tracer."""
    with _untraced() if item.get_closest_marker("untraced") else nullcontext():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
    """Make what several tests share without the tracer: it is shared for what it costs."""
    with nullcontext() if fixturedef.scope == "function" else _untraced():
        return (yield)
