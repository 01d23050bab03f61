"""Until when, and from when: 时间线.

If nothing else happens, a claim is worth something else on another day: windows and the
period end, a right to an exchange begins on day 30 or day 60 of a repair, a loaner is due,
the burden of proof turns.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sanbao.decision import Outcome, RemedyKind
from sanbao.errors import ValidationError
from sanbao.policy import Citation
from sanbao.reasons import Reasons
from sanbao.plain import Record

__all__ = ["Step", "Timeline", "Turn"]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Turn(Record):
    """One thing that changes on a day: 变化.

    ``what`` is ``right`` (开始 or 结束 of a right's being open), ``exclusion``, ``bar``,
    ``duty`` (an obligation) or ``proof`` (a note on who has to prove what); ``rule`` is its
    id, ``begins`` whether it begins or ends, ``None`` where from then on missing facts
    decide. ``provisional``: the day rests on a calendar year that is not published.
    """

    what: Literal["right", "exclusion", "bar", "duty", "proof"]
    rule: str
    begins: bool | None
    citations: tuple[Citation, ...]
    provisional: bool


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Step(Record):
    """What a claim made from this day on is worth: 阶段.

    ``on`` is the first day on which it is so; what ended did so on the day before. ``turns``
    are what changed, empty for the first step, the day of the claim.
    """

    on: date
    outcome: Outcome | None
    possible: tuple[Outcome, ...]
    remedies: tuple[RemedyKind, ...]
    rule: str | None
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Timeline(Reasons):
    """Every day on which something changes if nothing else happens: 时间线.

    ``steps`` begin on the day of the claim; each lasts until the next, the last one to
    ``until`` and, where ``open_ended`` is false, for ever. ``needs`` names the facts
    without which no day can be told; there is then one step and it is open-ended.
    """

    steps: tuple[Step, ...]
    until: date
    open_ended: bool
    needs: tuple[str, ...]

    def on(self, day: date) -> Step:
        """Return the step a claim made on ``day`` falls in.

        Raises :class:`~sanbao.ValidationError` for a day before the claim, or after the
        last one that can be told.
        """
        if (
            isinstance(day, date)
            and self.steps[0].on <= day
            and (day <= self.until or not self.open_ended)
        ):
            return [step for step in self.steps if step.on <= day][-1]
        reason = f"must be a date from {self.steps[0].on} on"
        if self.open_ended:
            reason = f"must be a date from {self.steps[0].on} to {self.until}"
        raise ValidationError.of("day", str(day), reason)
