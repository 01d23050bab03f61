"""Decide again with changed facts: 假设.

A change names a field of the claim by its path. The changed claim is validated like any
other, so that nothing is decided that could not have been.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sanbao.base.errors import Reason, ValidationError
from sanbao.evaluation.applicable import known_codes
from sanbao.evaluation.parts.forming import decide_again
from sanbao.evaluation.programs.combined import AnyEvaluation
from sanbao.model.claim import Claim
from sanbao.model.claim_patch import changed_claim
from sanbao.reasons.answers import Changed, View, WhatIf
from sanbao.reasons.differences import differences

__all__ = ["what_if"]


def what_if(
    decision: View,
    changes: Mapping[str, Any] | None,
    fields: Mapping[str, Any],
    view: Callable[[AnyEvaluation], View],
) -> WhatIf[View]:
    """Return what changes in ``decision``; see ``Decision.what_if``.

    ``view`` makes of a case what ``decision`` is of its own.
    """
    case = decision.case
    if not isinstance(changes, Mapping | None):
        raise ValidationError.of("changes", changes, Reason("answer.changes"))
    claim = changed_claim(case.claim, {**(changes or {}), **fields}, known_codes(case))
    after = view(decide_again(case, claim).case)
    return WhatIf(_changed(case.claim, claim), differences(decision, after), decision, after)


def _changed(before: Claim, after: Claim) -> tuple[Changed, ...]:
    here, there = _flat(before), _flat(after)
    return tuple(
        Changed(path, here.get(path), there.get(path))
        for path in dict.fromkeys((*here, *there))
        if here.get(path) != there.get(path)
    )


def _flat(claim: Claim) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def walk(value: Any, path: str) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, f"{path}.{name}" if path else name)
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                walk(inner, f"{path}[{index}]")
        else:
            found[path] = value

    walk(claim.model_dump(mode="json", exclude_none=True), "")
    return found
