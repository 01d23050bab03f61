"""A question that a law leaves open, declared beside the law: 争议解释.

The engine knows a reading by its name and the name of its value. What it is about, what each value
means and where that comes from, a law says in one declaration; the words, the articles cited where
a decision hangs on it, and the tables of ``docs/en/readings.md`` follow from that.
"""

from __future__ import annotations

from collections.abc import Iterator

from sanbao.model.citation import Citation
from sanbao.rules.provisions import Contested, Touched, Words

__all__ = ["ContestedReading"]


class ContestedReading:
    """A reading: its question, the articles it is about, the law's own first, and its values.

    ``touches`` is what it changes. Of every value of ``values``, the default first, it is said in
    Chinese and English what it means, and who reads the law so or why nobody was found.
    """

    def __init__(
        self,
        name: str,
        question: Words,
        cites: tuple[Citation, ...],
        touches: tuple[Touched, ...],
        **values: tuple[str, str, str, str],
    ) -> None:
        self.name, self.question, self.cites = name, question, cites
        self.touches, self.values = touches, values

    @classmethod
    def of(cls, declared: Contested) -> ContestedReading:
        """Return the declaration of a law's file."""
        values = {one.value: (*one.means, *one.source) for one in declared.answers}
        return cls(declared.id, declared.question, declared.cites, declared.touches, **values)

    def messages(self) -> Iterator[tuple[str, Words]]:
        """Yield the words with the ids they have in the catalogue."""
        yield f"reading.{self.name}", self.question
        for value, (means_zh, means_en, source_zh, source_en) in self.values.items():
            yield f"reading.{self.name}.{value}", (means_zh, means_en)
            yield f"source.{self.name}.{value}", (source_zh, source_en)
