"""A service in two lines: claims come in over HTTP, decisions go out."""

from __future__ import annotations

import json
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

import pytest

import sanbao
from claims import handset
from sanbao import Claim, Decision

if TYPE_CHECKING:
    import httpx

LONGEST_START = 30
"""Seconds within which a server answers."""


def service() -> Any:
    """Return the service, as a user would write it; a warning at its start is an error."""
    from fastapi import FastAPI, Request
    from fastapi.responses import JSONResponse

    app = FastAPI()

    @app.exception_handler(sanbao.ValidationError)
    def refused(_: Request, error: sanbao.ValidationError) -> JSONResponse:
        found = [
            {"loc": ["body", *one.field.split(".")], "msg": one.reason} for one in error.problems
        ]
        return JSONResponse({"detail": found}, status_code=422)

    @app.post("/decide")
    def decide(claim: Claim) -> Decision:
        return sanbao.decide(claim)

    @app.post("/read")
    def read(decision: Decision) -> Decision:
        return decision

    return app


@contextmanager
def served(app: Any) -> Iterator[httpx.Client]:
    """Serve ``app`` on a free port of this machine; yield a client of it."""
    import httpx
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        end = monotonic() + LONGEST_START
        while not server.started:
            assert thread.is_alive()
            assert monotonic() < end
        port = server.servers[0].sockets[0].getsockname()[1]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with served(service()) as made:
        yield made


CLAIMS: dict[str, dict[str, Any]] = {
    "known": handset(request="refund", claimed_on="2025-03-05", price="1599.00"),
    "open": {"claimed_on": "2025-07-04", "product": {"kind": "handset"}},
    "promised": {**handset(claimed_on="2025-03-25"), "commitments": ["vivo-2016"]},
    "excluded": {"claimed_on": "2025-07-04", "product": {"kind": "other"}},
}


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=CLAIMS)
def test_a_claim_is_answered_with_its_decision(client: httpx.Client, claim: dict[str, Any]) -> None:
    """What comes back is the decision, to the value; it can be sent back and read."""
    answer = client.post("/decide", json=claim)
    assert answer.status_code == 200
    decision = sanbao.decide(claim)
    assert answer.json() == decision.to_dict()
    assert Decision.from_json(answer.content) == decision
    again = client.post("/read", json=answer.json())
    assert again.status_code == 200
    assert again.json() == answer.json()


@pytest.mark.parametrize(
    ("claim", "place"),
    [
        ({"claimed_on": "2025-07-04", "product": {"kind": "handst"}}, ["product", "kind"]),
        ({"claimed_on": "4 July", "product": {"kind": "handset"}}, ["claimed_on"]),
        ({"claimed_on": "2025-07-04"}, ["product"]),
        ({**CLAIMS["open"], "purchase": {"sold_on": "2026-01-01"}}, []),
        ([], []),
    ],
)
def test_a_claim_that_cannot_be_is_refused(
    client: httpx.Client, claim: Any, place: list[str]
) -> None:
    """With the place of the mistake, and the library's own words where it looked."""
    answer = client.post("/decide", json=claim)
    assert answer.status_code == 422
    [detail] = answer.json()["detail"]
    assert detail["loc"] == ["body", *place]
    assert "sold_on" not in json.dumps(claim) or "is after the claim (2025-07-04)" in detail["msg"]


def test_its_openapi_is_valid(client: httpx.Client) -> None:
    """Claim and decision are described in it, with every field."""
    from openapi_spec_validator import validate

    spec = client.get("/openapi.json").json()
    with warnings.catch_warnings():  # of the validator's own, about itself
        warnings.simplefilter("ignore", DeprecationWarning)
        validate(spec)
    schemas = spec["components"]["schemas"]
    claim = next(one for name, one in schemas.items() if name.startswith("Claim"))
    decision = next(one for name, one in schemas.items() if name.startswith("Decision"))
    assert list(claim["properties"]) == list(Claim.model_fields)
    assert list(decision["properties"]) == [*Decision.__dataclass_fields__]
    assert spec["paths"]["/decide"]["post"]["responses"]["200"]["content"]["application/json"]
