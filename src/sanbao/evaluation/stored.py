"""Decisions that were stored before rules had a policy beside them: 旧存决定.

There a rule of a promise was called ``vivo-2016:art12.exchange``, and one of the law by its id
alone. Where nothing is known of the policies that decided, such a rule is the law's.
"""

from __future__ import annotations

from functools import cached_property
from itertools import zip_longest
from typing import Any

from sanbao.base.records import to_plain
from sanbao.model.decision import PolicyRef
from sanbao.model.rule_ref import RuleRef
from sanbao.policies import library
from sanbao.rules.policy import Policy

__all__ = ["shipped_policies", "with_policies"]


def shipped_policies(ref: PolicyRef) -> tuple[Policy, ...]:
    """Return the policies that ship under this id; of a law that version, else the newest."""
    versions = ref.version.rpartition("/")[2].split("+")
    return tuple(
        one
        for name, version in zip_longest(ref.ids, versions[: len(ref.ids)])
        if name in library.ids()
        for one in library.versions(name)
        if one.version == version
    )


def with_policies(data: Any) -> Any:
    """Return the JSON data of a decision with the policy beside every rule.

    Data that are of no decision are returned as they are, for the reader to refuse.
    """
    match data:
        case {"policy": {"id": str() as name, "version": str() as version}, "findings": list()}:
            return _Naming(PolicyRef(name, version)).decision(data)
    return data


class _Naming:
    def __init__(self, policy: PolicyRef) -> None:
        self._policy = policy
        self._law = policy.ids[0]

    @cached_property
    def _policies(self) -> tuple[Policy, ...]:
        return shipped_policies(self._policy)

    def decision(self, data: dict[str, Any]) -> dict[str, Any]:
        found = dict(data)
        for name in {"lead", "findings", "remedies", "obligations"} & data.keys():
            found[name] = self._beside(data[name])
        match data:
            case {"dates": {"begins": begins, **others}}:
                found["dates"] = {**others, "begins": self._beside(begins)}
        match data:
            case {"requested": {"because": list() as rules, **others}}:
                refs = [to_plain(self._ref(one)) if isinstance(one, str) else one for one in rules]
                found["requested"] = {**others, "because": refs}
        return found

    def _beside(self, thing: Any) -> Any:
        """Return what is said of a rule, or of several, with the policy that each is of."""
        match thing:
            case list():
                return [one if isinstance(one, list) else self._beside(one) for one in thing]
            case {"id": str() as duty} if not thing.get("policy"):
                return {**thing, "policy": self._of_duty(duty, thing.get("citations"))}
            case {"rule": str() as rule} if not thing.get("policy") or RuleRef.typed(rule).policy:
                ref = self._ref(rule)
                found = {**thing, "rule": ref.rule, "policy": ref.policy}
                for name in ("barred_by", "checks"):
                    if isinstance(thing.get(name), list):
                        found[name] = list(map(_alone, thing[name]))
                return found
        return thing

    def _ref(self, rule: str) -> RuleRef:
        ref = RuleRef.typed(rule)
        having = (one.id for one in self._policies if any(r.id == rule for r in one.rules))
        return ref if ref.policy else RuleRef(next(having, self._law), rule)

    def _of_duty(self, duty: str, citations: Any) -> str:
        having = (
            policy.id
            for policy in self._policies
            for one in policy.obligations
            if one.id == duty and to_plain(one.cites) == citations
        )
        return next(having, self._law)


def _alone(part: Any) -> Any:
    """Return the id of a rule without its policy; in a check of rights those that it names."""
    match part:
        case str():
            return RuleRef.typed(part).rule
        case {"fact": "rights"}:
            return {
                name: list(map(_alone, value)) if isinstance(value, list) else value
                for name, value in part.items()
            }
    return part
