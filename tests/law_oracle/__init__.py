"""The law stated a second time, as a plain program, to compare the engine with.

Written from the law pages alone (decision.md, second version, sections 0-10; where it is silent
or contradicts itself, mobile-2001.md and other-law.md): its author has seen no policy, no engine
and no other oracle. It shares no code with the library. Promises, and the facts only promises
ask for, are not its part; nor are dates known to the month or year.

`judge` takes a claim in the form of the JSON contract and returns what can be compared. `DOUBTS`
lists where the pages leave room and what was chosen.
"""

from typing import Any

from law_oracle.cases import cases
from law_oracle.choice import OUTCOMES
from law_oracle.doubts import DOUBTS
from law_oracle.facts import ImpossibleClaim, read
from law_oracle.judgement import judge_case
from law_oracle.merge import merged
from law_oracle.readings import READINGS, complete

__all__ = ["DOUBTS", "OUTCOMES", "READINGS", "ImpossibleClaim", "depends_on", "judge"]


def judge(claim: dict[str, Any], readings: dict[str, str] | None = None) -> dict[str, Any]:
    """Judge a claim under the readings given, defaults elsewhere.

    Dates come back as ISO strings, money as strings with two decimals. Where a claim leaves
    facts open, a value is given where it is the same in every case; money of a remedy that
    differs is a pair [least, most], and everything else that differs is None (a verdict:
    "unknown").

    Keys: `outcome`, `possible` (strongest first), `lead_rule`, `lead_policy`, `payable` (of the
    remedy that leads), `remedies` (`remedy`, `rule`, `policy`, `price`, `fee`, `payable`,
    `used_days`, `deducted_days`, `available`, and `sure`: open in every case), `verdicts`
    (rule id to holds, barred, fails or unknown; of a ground of scope or bar: holds or fails),
    `dates`, `obligations`, `warnings` (those of every case), `requested`.

    Raises:
        ImpossibleClaim: the facts contradict each other.
    """
    chosen = complete(readings)
    judgements = [judge_case(facts, chosen) for facts in cases(read(claim))]
    return merged(judgements, claim.get("request"))


def depends_on(
    claim: dict[str, Any], readings: dict[str, str] | None = None
) -> list[tuple[str, str]]:
    """Section 10: the readings, with the other value, that would change this claim."""
    chosen = complete(readings)
    as_it_is = _what_counts(judge(claim, chosen))
    return [
        (name, value)
        for name, values in READINGS.items()
        for value in values
        if value != chosen[name] and _what_counts(judge(claim, {**chosen, name: value})) != as_it_is
    ]


def _what_counts(result: dict[str, Any]) -> tuple[Any, ...]:
    """Outcome or possible, the kinds of open remedies with their policy, payable or fee."""
    remedies = {
        (one["remedy"], one["policy"], one["sure"], repr(one["payable"]), repr(one["fee"]))
        for one in result["remedies"]
    }
    return result["possible"], remedies
