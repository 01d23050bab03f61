"""The functions that give the facts of claims: 事实函数.

The first few claims are interpreted, formula by formula; for more of them code is written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from types import CodeType
from typing import Any, Final, TypeAlias

from sanbao.evaluation.facts import operations
from sanbao.evaluation.facts.interpreter import Interpreter
from sanbao.model.claim_row import ClaimRow
from sanbao.rules.formulas import Term
from sanbao.rules.provisions import Derived

__all__ = ["DeriveFacts", "FactCode"]

DeriveFacts: TypeAlias = Callable[..., Any]
"""Gives the facts of a claim's row, and of a sale date to go by where it states none."""


_FEW: Final = 20
"""So many claims are decided before code is written."""


class FactCode:
    """Makes functions that give the facts called ``names``, as a tuple: 事实函数.

    The first few claims are interpreted; code is written when more come. Most claims leave nothing
    open that the entries of their lists are held against: the code is written for these, and
    another one for all when a claim asks for it.
    """

    def __init__(self, derived: tuple[Derived, ...], names: tuple[str, ...]) -> None:
        self.derived = derived
        self.names = names
        self.claims = 0

    def interpreted(self, value_of: Callable[[Term], Any]) -> DeriveFacts:
        """Return a function that needs no code, for what ``value_of`` gives for each constant."""
        return partial(Interpreter(self.derived, value_of).facts, self.names)

    def is_worth_it(self) -> bool:
        """Note one more claim, and say whether there are enough to write code for."""
        self.claims += 1
        return self.claims > _FEW

    def used(self, value_of: Callable[[Term], Any]) -> DeriveFacts:
        """Return a function that is interpreted for a few claims, and is code for more."""
        interpreted = self.interpreted(value_of)
        code: DeriveFacts | None = None

        def facts(row: ClaimRow, assumed_sale: int | None = None) -> Any:
            nonlocal code
            if code is None:
                if not self.is_worth_it():
                    return interpreted(row, assumed_sale)
                code = self.bound(value_of)
            return code(row, assumed_sale)

        return facts

    def bound(self, value_of: Callable[[Term], Any]) -> DeriveFacts:
        """Return the function in code, for what ``value_of`` gives for each constant."""
        function: DeriveFacts | None = None

        def otherwise(row: ClaimRow, assumed_sale: int | None) -> Any:
            nonlocal function
            if function is None:
                function = _bound(*self._for_all, value_of)
            return function(row, assumed_sale)

        return _bound(*self._for_most, value_of, otherwise=otherwise)

    def _written(self, *, hopeful: bool) -> tuple[CodeType, dict[str, Term]]:
        from sanbao.evaluation.facts.writer import written  # by few claims it is not needed

        return written(self.derived, self.names, hopeful=hopeful)

    @cached_property
    def _for_most(self) -> tuple[CodeType, dict[str, Term]]:
        return self._written(hopeful=True)

    @cached_property
    def _for_all(self) -> tuple[CodeType, dict[str, Term]]:
        return self._written(hopeful=False)


def _bound(
    code: CodeType, constants: dict[str, Term], value_of: Callable[[Term], Any], **more: Any
) -> DeriveFacts:
    namespace = {**vars(operations), **more}
    namespace |= {name: value_of(term) for name, term in constants.items()}
    exec(code, namespace)  # noqa: S102
    generated: DeriveFacts = namespace["generated"]
    return generated
