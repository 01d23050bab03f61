"""JSON in which all is in order is read by pydantic itself: the same claim, and nothing more taken.

What is not read so is left to the reader that says what is wrong; both are compared here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import handset
from random_claims import random_claim, with_unknowns
from sanbao import Claim, ValidationError, Voucher
from sanbao.base import input_model
from sanbao.base.json_text import parse

claims = st.builds(random_claim, st.randoms(use_true_random=False))
partial_claims = st.builds(with_unknowns, st.randoms(use_true_random=False), claims)

LEAST = '{"claimed_on":"2025-07-04","product":{"kind":"handset"}%s}'
"""A claim with no more than it needs, and room for more."""


def slowly(text: str | bytes) -> Claim:
    """Read a claim without pydantic's own reader of JSON."""
    return Claim.model_validate(parse(text, "claim", float))


def natively(text: str | bytes, model: type[Any] = Claim) -> Any:
    """Read a model by pydantic's own reader, or not at all."""
    return input_model._read_natively(model, text, {})


def read(reader: Callable[[str | bytes], Claim], text: str | bytes) -> object:
    """Return the claim that a reader makes of a text, with all it was made of, or the problems."""
    try:
        claim = reader(text)
    except ValidationError as error:
        return error.problems
    parts = (claim.product, claim.purchase, claim.evidence, claim.fault)
    stated = [part.model_fields_set for part in (claim, *parts, *claim.repairs, *claim.exchanges)]
    return claim, claim.row, claim.governed_on, claim.to_json(), stated, hash(claim), repr(claim)


@given(claims | partial_claims, st.sampled_from((None, 2)), st.booleans())
def test_the_same_claim(claim: dict[str, Any], indent: int | None, in_bytes: bool) -> None:
    """A claim in order is read natively, and is the one that the other reader makes of it."""
    written = json.dumps(claim, indent=indent)
    text = written.encode() if in_bytes else written
    assert natively(text) is not None
    assert read(natively, text) == read(slowly, text) == read(Claim.from_json, text)


@pytest.mark.parametrize(
    "more",
    [
        ',"purchase":{"sold_on":"0"}',
        ',"purchase":{"sold_on":"86400"}',
        ',"purchase":{"sold_on":"1735689600"}',
        ',"purchase":{"sold_on":86400}',
        ',"purchase":{"sold_on":"2025-07-01T00:00:00"}',
        ',"purchase":{"sold_on":"2025-7-1"}',
        ',"purchase":{"sold_on":"2025-02-30"}',
        ',"purchase":{"sold_on":"9001-01-01"}',
        ',"purchase":{"sold_on":"2025-07-05"}',
        ',"purchase":{"price":1599.0}',
        ',"purchase":{"price":"1e3"}',
        ',"purchase":{"price":"-1"}',
        ',"purchase":{"price":true}',
        ',"purchase":{"gift":1}',
        ',"purchase":{"gift":"true"}',
        ',"purchase":{"province":"ZJ"}',
        ',"purchase":{"colour":"red"}',
        ',"purchase":{"sold_on":"2025-07-01","sold_on":"2025-07-02"}',
        ',"product":{"kind":"handset"}',
        ',"purchase":[]',
        ',"fault":{"battery_capacity":NaN}',
        ',"fault":{"battery_capacity":101}',
        ',"fault":{"battery_capacity":"80"}',
        ',"fault":{"symptom":"Screen"}',
        ',"fault":{"detail":"\\ud800"}',
        ',"repairs":[{}]',
        ',"repairs":{}',
        ',"repairs":[{"handed_in_on":"2025-07-02","handed_back_on":"2025-07-01"}]',
        ',"exchanges":[{"exchanged_on":"2026-01-01"}]',
        "}",
        ",",
    ],
)
def test_what_is_wrong_is_said_by_the_other_reader(more: str) -> None:
    """It takes nothing that the other refuses, and the error is the other's."""
    text = LEAST % more
    assert natively(text) is None
    assert read(Claim.from_json, text) == read(slowly, text)
    with pytest.raises(ValidationError):
        Claim.from_json(text)


@pytest.mark.parametrize(
    "text",
    [
        LEAST % ',"request":null',
        LEAST % ',"purchase":{"gift":null,"price":"10"}',
        "\ufeff" + LEAST % "",
        (LEAST % "").encode("utf-8-sig"),
        LEAST % ',"fault":{"detail":"green_line","battery_capacity":80.0}',
        LEAST % ',"purchase":{"price":1599}',
        LEAST % ',"purchase":{"price":"1599.000"}',
        LEAST % ',"commitments":["vivo-2016"]',
        (LEAST % "").replace(":", " : "),
    ],
)
def test_what_either_reader_takes(text: str | bytes) -> None:
    """Left to the other or not, the claim is the same."""
    assert read(Claim.from_json, text) == read(slowly, text)
    assert Claim.from_json(text).claimed_on.year == 2025


def test_half_of_a_text_is_never_a_claim() -> None:
    """A text that is cut anywhere, or loses a character, is read alike by both."""
    text = json.dumps(handset(), indent=1)
    for place in range(len(text)):
        for changed in (text[:place], text[:place] + text[place + 1 :]):
            assert read(Claim.from_json, changed) == read(slowly, changed)


def test_known_codes_are_looked_at_here_too() -> None:
    """A code that no policy at hand knows is none, whoever reads."""
    text = LEAST % ',"fault":{"symptom":"tuned_out"}'
    assert natively(text) is not None
    known = {"kind": ("handset",), "symptom": ("screen_fault",), "cause": ()}
    with pytest.raises(ValidationError, match=r"fault\.symptom"):
        Claim.model_validate_json(text, context=known)


def test_other_options_are_left_to_pydantic() -> None:
    """What else pydantic can be told is not for this reader."""
    assert input_model._read_natively(Claim, LEAST % "", {"strict": False}) is None
    assert input_model._read_natively(Claim, 7, {}) is None
    assert input_model._read_natively(Claim, "{}", {}) is None


def test_every_model_is_read_so() -> None:
    """Not claims alone: papers too."""
    voucher = Voucher.from_json("{}")
    text = Voucher.model_validate({"seller": {"name": "三包手机店"}}).to_json()
    assert natively(text, Voucher) == Voucher.from_json(text) != voucher


def test_random_texts() -> None:
    """Claims of which one character was put in place of another are read alike by both."""
    rng = Random(3)
    for _ in range(400):
        text = json.dumps(random_claim(rng))
        place = rng.randrange(len(text))
        text = text[:place] + rng.choice('"{}[]:,.0123456789abtn_- ') + text[place + 1 :]
        assert read(Claim.from_json, text) == read(slowly, text)
