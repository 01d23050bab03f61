"""Repairs and exchanges in files of their own: 独立的修理表与换货表.

An audit that is given such files copies them into its work directory first, as Parquet, with a
hash of the claim id that each row names. A chunk of claims is then given the rows of its claims
as lists, so that whatever follows sees one kind of table. Memory holds what belongs to one
chunk, whatever the size of the files; where these are in the order of the claims, little more
than that is read.

A row that cannot be read, or that names no claim there is, belongs to nobody. It is told as a
problem of its file and counted; no claim is decided by halves of a row.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import polars as pl
from pydantic import TypeAdapter

from sanbao.audit.files.checkpoint import check_unchanged, identity, scan_parts, whole, whole_text
from sanbao.audit.files.chunks import ERROR, FILE, ROW, Chunk, Position, TableFile
from sanbao.audit.files.claim_ids import hashed, ranges
from sanbao.audit.tables.input.claims_frame import TWICE, unusable_side_table
from sanbao.audit.tables.input.mapping import side_table_named, unused
from sanbao.audit.tables.input.schema import CLAIM, ID
from sanbao.base.errors import Problem, Reason, ValidationError, shown
from sanbao.base.reread import reread

__all__ = ["Orphans", "SideTable"]

_MOST_TOLD: Final = 10
"""So many rows that belong to nobody are told of each file, and how many more there are."""


@dataclass(frozen=True, slots=True)
class Orphans:
    """Rows that belong to no claim: 无主记录.

    ``rows`` is how many there are, ``problems`` names some of each file.
    """

    rows: int = 0
    problems: tuple[Problem, ...] = ()

    def __add__(self, other: Orphans) -> Orphans:
        return Orphans(self.rows + other.rows, self.problems + other.problems)


@dataclass(frozen=True, slots=True)
class _Note:
    """What is kept of a copy: how many parts it has, what could not be copied, unused columns."""

    parts: int
    rows: int
    problems: tuple[Problem, ...]
    unused: tuple[str, ...]


_NOTES: Final = TypeAdapter(_Note)


@dataclass(frozen=True)
class SideTable:
    """Repairs or exchanges in files of their own: 独立成表的记录.

    ``name`` is ``repairs`` or ``exchanges``, ``columns`` maps our names to those of the files,
    ``folder`` is where the copy is kept.
    """

    name: str
    tables: Sequence[TableFile]
    columns: Mapping[str, Any]
    folder: str

    @cached_property
    def identities(self) -> list[dict[str, Any]]:
        """By what the files are known again."""
        return [identity(table.path) for table in self.tables]

    # --- before the first row ------------------------------------------------------------------

    def check(self) -> None:
        """Refuse files in which a column is missing or cannot be used."""
        problems: list[Problem] = []
        for table in self.tables:
            empty = pl.DataFrame(schema=table.schema)
            named, found = side_table_named(self.name, empty, self.columns)
            found += unusable_side_table(self.name, named)
            problems += (replace(problem, file=table.path) for problem in found)
        if problems:
            raise ValidationError(problems)

    # --- the copy ------------------------------------------------------------------------------

    def copy(self, rows: int, tell: Callable[[int, float], None]) -> None:
        """Copy the files, ``rows`` rows at a time; what is copied already is not copied again.

        ``tell`` is told which share of which file is done.
        """
        if os.path.exists(self._note):
            return
        parts, lost = 0, Orphans()
        left: dict[str, None] = {}
        for number, table in enumerate(self.tables):
            position, of_file = Position(), _OrphanCounter(self.name, table.path)
            while chunk := table.chunk(position, rows):
                parts += 1
                self._keep(parts, self._sorted_out(chunk, of_file))
                names = chunk.frame.columns
                left |= dict.fromkeys(unused(names, self.columns, self.name, kept=(ROW, ERROR)))
                position = chunk.after
                tell(number, chunk.share)
                lost += Orphans(0, chunk.problems)
            check_unchanged(table.path, self.identities[number])
            lost += of_file.told()
        note = _Note(parts, lost.rows, lost.problems, tuple(left))
        whole_text(self._note, _NOTES.dump_json(note).decode())

    def _sorted_out(self, chunk: Chunk, lost: _OrphanCounter) -> pl.DataFrame:
        """Return the rows that name a claim, under our names; of the others some are told."""
        frame = chunk.frame
        named, _ = side_table_named(self.name, frame, self.columns)
        ids = named[ID].cast(pl.String)
        found = _dated(named).with_columns(ids, frame[ROW])
        nameless = frame[ERROR].is_null() & (ids.is_null() | (ids.str.strip_chars() == ""))
        unread = frame.filter(frame[ERROR].is_not_null())
        lost.add(
            frame.filter(nameless),
            lambda _: (f".{ID}", Reason("input.nothing"), Reason("input.required")),
        )
        lost.add(
            unread,
            lambda row: (
                "",
                Reason("table.a_row"),
                Reason("table.row_unread", reason=reread(row[ERROR])),
            ),
        )
        kept = found.filter(frame[ERROR].is_null() & ~nameless)
        return kept.hstack(hashed(kept[ID])).with_columns(pl.lit(chunk.file).alias(FILE))

    def _keep(self, part: int, frame: pl.DataFrame) -> None:
        whole(
            self._part(part),
            lambda path: frame.write_parquet(path, compression="lz4", row_group_size=1 << 16),
        )

    def unused(self) -> tuple[str, ...]:
        """Return the columns of the files that hold nothing of repairs or exchanges."""
        return self._copied.unused

    @property
    def _note(self) -> str:
        return os.path.join(self.folder, f"{self.name}.note")

    def _part(self, part: int) -> str:
        return os.path.join(self.folder, f"{self.name}-{part:06d}.parquet")

    @cached_property
    def _copied(self) -> _Note:
        """What is kept of the copy, once it is made."""
        with open(self._note, encoding="utf-8") as stream:
            return _NOTES.validate_json(stream.read())

    @cached_property
    def _rows(self) -> pl.LazyFrame:
        """All rows that name a claim, in the order of the files."""
        parts = self._copied.parts
        if not parts:
            return pl.LazyFrame(schema=_NO_ROWS)
        return scan_parts([self._part(part) for part in range(1, parts + 1)])

    # --- to whom they belong -------------------------------------------------------------------

    def put_into(self, frame: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
        """Return claims with the column of lists; ``ids`` are theirs.

        A row that has such a list already is in error.
        """
        for name in {self.name, *CLAIM[self.name].names} & set(frame.columns):
            twice = pl.col(name).is_not_null() & pl.col(ERROR).is_null()
            reason = pl.lit(f"{self.name} = two tables: {TWICE}")
            frame = frame.with_columns(pl.when(twice).then(reason).otherwise(ERROR).alias(ERROR))
        return frame.with_columns(self.of(ids))

    def of(self, ids: pl.Series) -> pl.Series:
        """Return the list of each of these claims; null where it has none."""
        stated = ids.drop_nulls().unique()
        rows = self._rows
        fields = [name for name in rows.collect_schema() if name not in _NO_ROWS]
        if not fields:
            return pl.Series(self.name, [None] * len(ids), dtype=pl.Null)
        near = rows.filter(pl.col(ID).is_between(pl.lit(stated.min()), pl.lit(stated.max())))
        theirs = near.join(
            stated.to_frame(ID).lazy(), on=ID, how="semi", maintain_order="left"
        ).collect()
        lists = theirs.group_by(ID, maintain_order=True).agg(pl.struct(fields).alias(self.name))
        found = ids.to_frame(ID).join(lists, on=ID, how="left", maintain_order="left")
        return found[self.name]

    def orphans(self, claims: pl.LazyFrame) -> Orphans:
        """Return the rows that belong to no claim; ``claims`` are the hashes of all ids."""
        rows = self._rows.select("one", "other", FILE, ROW, ID)
        by_file = {table.path: _OrphanCounter(self.name, table.path) for table in self.tables}
        for within in ranges(rows.select(pl.len()).collect().item()):
            strange = (
                rows.filter(within)
                .join(claims.filter(within), on=["one", "other"], how="anti", maintain_order="left")
                .collect()
            )
            for (file,), some in strange.group_by(FILE):
                by_file[str(file)].add(
                    some, lambda row: (f".{ID}", shown(row[ID]), Reason("table.no_claim", id=ID))
                )
        lost = Orphans(self._copied.rows, self._copied.problems)
        return sum((one.told() for one in by_file.values()), lost)


_NO_ROWS: Final = {
    ID: pl.String(),
    ROW: pl.Int64(),
    "one": pl.UInt64(),
    "other": pl.UInt64(),
    FILE: pl.String(),
}


class _OrphanCounter:
    """Counts the orphan rows of a file, and keeps examples."""

    def __init__(self, name: str, path: str) -> None:
        self._name = name
        self._path = path
        self._rows = 0
        self._first: list[tuple[int, str, str, str]] = []

    def add(
        self, rows: pl.DataFrame, tell: Callable[[dict[str, Any]], tuple[str, str, str]]
    ) -> None:
        """Count rows and keep examples; ``tell(row)`` returns field, value and reason."""
        self._rows += len(rows)
        some = rows.sort(ROW).head(_MOST_TOLD).iter_rows(named=True)
        self._first = sorted([*self._first, *((row[ROW], *tell(row)) for row in some)])[:_MOST_TOLD]

    def told(self) -> Orphans:
        """Return the first of these rows, and how many more there are."""
        return Orphans(self._rows, tuple(self._problems()))

    def _problems(self) -> Iterator[Problem]:
        for row, field, value, reason in self._first:
            yield Problem(
                f"{self._name}{field}",
                value,
                Reason("table.at_row", reason=reason, row=row),
                self._path,
            )
        more = self._rows - len(self._first)
        if more > 0:
            yield Problem(
                self._name,
                Reason("table.more_rows", more=f"{more:,}"),
                Reason("table.belong_to_none"),
                self._path,
            )


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    """Return times at midnight as the days they are, which read the same in every file."""
    times = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Datetime)]
    days = [name for name in times if (frame[name].dt.date() == frame[name]).all()]
    return frame.with_columns(pl.col(name).dt.date() for name in days)
