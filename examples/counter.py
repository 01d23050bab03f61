"""A program for the counter, to be frozen: what a buyer has by law and by promise.

    python examples/counter.py
    python examples/counter.py policy list

Without arguments it decides one claim and asks all else there is to ask of it; with arguments it is
the command line. ``scripts/freeze.py`` freezes it and holds its answers against these.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, Final

import sanbao
from sanbao import checklists, policies
from sanbao.cli import main

PROMISE: Final = "vivo-2016"
DATA: Final[dict[str, Any]] = {
    "claimed_on": "2025-07-04",
    "product": {"kind": "handset"},
    "purchase": {"sold_on": "2025-06-18", "price": "1599.00"},
    "evidence": {"invoice": "original", "voucher": "intact"},
    "fault": {"symptom": "screen_fault", "cause": "defect"},
    "commitments": [PROMISE],
}


def answers() -> Iterator[str]:
    """Yield what each part of the library answers, a text each."""
    claim = sanbao.Claim.model_validate(DATA)
    decision = sanbao.decide(claim)
    yield decision.to_json()
    for lang in ("zh", "en"):
        for audience in ("consumer", "clerk", "auditor"):
            yield decision.explain(lang, audience)
    yield decision.card("zh").html
    yield decision.to_html("zh")
    yield str(decision.timeline)
    yield str(decision.why_not("refund"))
    yield str(decision.nearest_changes())
    yield decision.receipt.reproduce(claim).to_json()
    yield " ".join(policies.ids())
    promise = policies.get(PROMISE)
    yield sanbao.compare(sanbao.MOBILE_2001, promise).to_json()
    yield sanbao.verify(promise).to_json()
    for name in checklists.ids():
        yield checklists.check(checklists.get(name), claim, {}).explain("zh")
    yield "\n".join(missing.message for missing in sanbao.Voucher().missing())


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(main())
    getattr(sys.stdout, "reconfigure", str)(encoding="utf-8")
    sys.stdout.writelines(f"{answer}\n" for answer in answers())
