"""An audit of files of any size, a chunk at a time, that can be killed and taken up: 分段审核.

Of every chunk three files are kept in a work directory: its rows as decided, the hashes of its
claim ids, and last a checkpoint with its tally. Each appears whole or not at all, and with its
checkpoint a chunk is done; so an audit that is killed at any moment goes on where it was, decides
no chunk twice and loses none. The result is added up from the checkpoints, never from memory, and
is therefore the same whether or not an audit was interrupted.

Memory holds one chunk and a sum of tallies, whatever the size of the files. Claim ids are
compared at the end, by their hashes (:mod:`sanbao.audit.files.claim_ids`).
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol, Self

import polars as pl

from sanbao.audit.files.checkpoint import (
    Checkpoint,
    WorkDirectory,
    check_unchanged,
    identity,
    scan_parts,
    whole,
)
from sanbao.audit.files.chunks import ERROR, FILE, ROW, Chunk, Position, TableFile
from sanbao.audit.files.claim_ids import EARLIER, PLACE, duplicates, hashes
from sanbao.audit.files.reader import ROWS, open_tables
from sanbao.audit.files.side_tables import Orphans, SideTable
from sanbao.audit.report.company import (
    check_company_columns,
    company_column,
    company_columns,
    with_company,
)
from sanbao.audit.report.report import AuditReport
from sanbao.audit.report.tally import Tally
from sanbao.audit.tables.input.claims_frame import read_claims, unjoinable
from sanbao.audit.tables.input.mapping import mapped, side_table_columns, unused
from sanbao.audit.tables.input.schema import ID, RESULTS
from sanbao.audit.tables.table import Tables
from sanbao.base.errors import Problem, Reason, ValidationError, shown
from sanbao.base.records import digest
from sanbao.policies.policy_set import PolicySet
from sanbao.rules.versions import Versions

if TYPE_CHECKING:
    from sanbao.dates.calendar import Calendar
    from sanbao.engine import Named
    from sanbao.model.readings import Readings

__all__ = ["FILE", "PLACE", "Audited", "AuditedFile", "Decide", "Watch", "audit_files"]

_OURS: Final = frozenset({ROW, ERROR, FILE, PLACE, *RESULTS})
_FORMAT: Final = 2
_MOST_SHOWN: Final = 60

Decide = Callable[[pl.DataFrame], pl.DataFrame]
"""Returns the columns that deciding adds, row by row.

They are :data:`~sanbao.audit.tables.input.schema.RESULTS`.
"""


class Watch(Protocol):
    """What is told how far an audit has come: 进度."""

    def __call__(self, file: int, share: float, rows: int) -> None:
        """Take note that this share of a file is done, and so many claims of all files.

        Files are counted as they are read: repairs, exchanges, claims.
        """


@dataclass(frozen=True, slots=True)
class AuditedFile:
    """A file that was audited: 已审核文件.

    ``first`` is the number of its first row among the rows of all files, from 0 and with blank
    lines counted; ``rows`` how many rows it has.
    """

    path: str
    first: int
    rows: int


@dataclass(frozen=True)
class Audited:
    """What an audit of files found: 审核结果.

    ``report`` is what is told of it. ``problems`` are those of whole files; what is wrong with
    a row stands in the report and in its part. ``parts`` are the Parquet files with the decided
    rows, in order. ``nobodys`` is how many rows of repairs and exchanges belong to no claim.
    """

    report: AuditReport
    files: tuple[AuditedFile, ...]
    problems: tuple[Problem, ...]
    parts: tuple[str, ...]
    work: str
    nobodys: int = 0

    @property
    def tally(self) -> Tally:
        """The figures of the report."""
        return self.report.tally

    def keep_rows(self, target: str) -> None:
        """Keep the decided rows as one Parquet file, or as parts in a directory.

        It is a file if ``target`` ends in ``.parquet``. Columns that have different types in
        different files become texts. Raises :class:`OSError`.
        """
        if not target.endswith(".parquet"):
            os.makedirs(target, exist_ok=True)
            for part in self.parts:
                shutil.copyfile(part, os.path.join(target, os.path.basename(part)))
            return
        whole(target, scan_parts(self.parts).sink_parquet)

    def forget(self) -> None:
        """Remove the work directory; the audit cannot be taken up after that."""
        shutil.rmtree(self.work)


def audit_files(
    paths: Sequence[str | os.PathLike[str]],
    *,
    work: str | os.PathLike[str],
    decided: str = "company_outcome",
    refunded: str | Mapping[str, str] = "company_refund",
    shop: str = "shop",
    policy: Named | None = None,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
    policies: PolicySet | None = None,
    columns: Mapping[str, Any] | None = None,
    lang: str = "zh",
    rows: int = ROWS,
    restart: bool = False,
    watch: Watch | None = None,
    decide: Decide | None = None,
    repairs: Sequence[str | os.PathLike[str]] = (),
    exchanges: Sequence[str | os.PathLike[str]] = (),
) -> Audited:
    """Audit the claims in these files, ``rows`` rows at a time: 审核文件.

    ``work`` is the directory that keeps what is done: an audit interrupted there goes on, unless
    ``restart`` throws it away. ``watch`` is told how far it is; ``decide`` decides the rows instead
    of :class:`~sanbao.audit.Tables`. ``repairs`` and ``exchanges`` are files with a row for each,
    which names its claim. Everything else is as for :func:`sanbao.audit.audit`.

    Raises :class:`~sanbao.ValidationError` for a file that holds no table, columns that cannot be
    used, and what has changed since the audit began; :class:`OSError`.
    """
    _check_call(paths, rows)
    settings: dict[str, Any] = {
        "policy": policy,
        "readings": readings,
        "calendar": calendar,
        "policies": policies,
    }
    report = AuditReport.of(Tally(), **settings, lang=lang)
    folder = WorkDirectory(os.fspath(work))
    if restart and os.path.exists(folder.path):
        folder.clear()
    company = with_company(columns, decided, refunded, shop)
    files = _Files.opened(paths, {"repairs": repairs, "exchanges": exchanges}, columns, folder.path)
    files.check(columns, company)
    folder.take_up(_settings(report, policy, company, rows) | files.known)
    decide = decide or Tables(**settings, columns=columns).decide
    return _Audit(files, folder, decide, columns, company, rows, report, watch).run()


def _check_call(paths: Sequence[str | os.PathLike[str]], rows: int) -> None:
    if rows < 1:
        raise ValidationError.of("rows", rows, Reason("table.at_least_one"))
    if not paths:
        raise ValidationError.of("files", Reason("table.no_file_at_all"), Reason("table.no_files"))


def _settings(
    report: AuditReport, policy: Named | None, company: Mapping[str, Any], rows: int
) -> dict[str, Any]:
    """Return what the result depends on beside the files; an audit goes on under equal ones."""
    within = report.engine.policies
    known = [one for name in within.ids() for one in within.versions(name)]
    chosen = within.resolve(policy) if isinstance(policy, str) else policy
    given = chosen.versions if isinstance(chosen, Versions) else (chosen,) if chosen else ()
    settings = {
        "library": report.library,
        "polars": pl.__version__,
        "policies": digest("\n".join(one.to_json() for one in (*given, *known))),
        "readings": json.dumps(report.readings.to_dict(), sort_keys=True),
        "calendar": report.calendar,
        "columns": json.dumps(company, sort_keys=True, ensure_ascii=False, default=str),
    }
    return {"format": _FORMAT, "rows": rows, "settings": settings}


# --- the files ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Files:
    """The files of an audit: those with claims, and those with repairs and exchanges."""

    tables: Sequence[TableFile]
    identities: Sequence[Mapping[str, Any]]
    beside: Sequence[SideTable]

    @classmethod
    def opened(
        cls,
        paths: Sequence[str | os.PathLike[str]],
        beside: Mapping[str, Sequence[str | os.PathLike[str]]],
        columns: Mapping[str, Any] | None,
        folder: str,
    ) -> Self:
        """Return the files with their headers read."""
        names = [os.fspath(path) for path in paths]
        identities = [identity(name) for name in names]
        seconds = [
            SideTable(name, open_tables(files), side_table_columns(columns, name), folder)
            for name, files in beside.items()
            if files
        ]
        return cls(open_tables(names), identities, seconds)

    @property
    def known(self) -> dict[str, Any]:
        """By what the files are known again."""
        return {"files": self.identities, **{one.name: one.identities for one in self.beside}}

    def check(self, columns: Mapping[str, Any] | None, company: Mapping[str, Any]) -> None:
        """Refuse files in which a column is missing, cannot be used or has a name of ours."""
        problems: list[Problem] = []
        for one in self.beside:
            problems += _wrong(one.check)
        for table in self.tables:
            found = _wrong(partial(_check, table, columns, company, self.beside))
            problems += (replace(problem, file=table.path) for problem in found)
        if problems:
            raise ValidationError(problems)


def _wrong(check: Callable[[], object]) -> Sequence[Problem]:
    """Return what a check finds."""
    try:
        check()
    except ValidationError as error:
        return error.problems
    return ()


def _check(
    table: TableFile,
    columns: Mapping[str, Any] | None,
    company: Mapping[str, Any],
    beside: Sequence[SideTable],
) -> None:
    """Refuse a table with a column that is missing, cannot be used or has a name of ours."""
    problems = [
        Problem("header", shown(name), Reason("table.reserved"))
        for name in table.schema
        if name in _OURS
    ]
    if problems:
        raise ValidationError(problems)
    if table.loose:  # a JSON object without a refund has no such key
        refunded, _ = company_column(company, "company_refund")
        table.schema.setdefault(refunded, pl.String())
    empty = pl.DataFrame(schema=table.schema)
    named, _, _ = mapped(empty, columns=columns)
    if problems := [wrong for one in beside for wrong in unjoinable(one.name, named)]:
        raise ValidationError(problems)
    read_claims(named)
    check_company_columns(empty, company)


# --- the audit ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Audit:
    """An audit under way."""

    files: _Files
    work: WorkDirectory
    decide: Decide
    columns: Mapping[str, Any] | None
    company: Mapping[str, Any]
    rows: int
    report: AuditReport
    watch: Watch | None

    def run(self) -> Audited:
        """Decide what is not decided yet, and add everything up."""
        try:
            self._copy()
            chunks = self._decided()
            self._mark_duplicates(chunks)
            return self._added_up(chunks)
        except BaseException:
            self.work.leave()
            raise

    def _copy(self) -> None:
        """Copy the repairs and exchanges that are in files of their own."""
        before = 0
        for one in self.files.beside:
            one.copy(self.rows, partial(self._tell, before, rows=0))
            before += len(one.tables)

    def _decided(self) -> int:
        """Decide what is not decided yet; return how many chunks there are."""
        chunk = file = base = rows = 0
        share = 0.0
        position = Position()
        while note := self.work.checkpoint(chunk + 1):
            chunk += 1
            file, base, position, share = note.file, note.base, note.after, note.share
            rows += note.tally.rows
        before = sum(len(one.tables) for one in self.files.beside)
        self._tell(before, file, share, rows)
        for number in range(file, len(self.files.tables)):
            while found := self.files.tables[number].chunk(position, self.rows):
                chunk += 1
                self._keep(chunk, number, base, found)
                position = found.after
                rows += len(found.frame)
                self._tell(before, number, found.share, rows)
            check_unchanged(self.files.tables[number].path, self.files.identities[number])
            base += position.row
            position = Position()
        return chunk

    def _tell(self, before: int, file: int, share: float, rows: int) -> None:
        """Say how far the file is that comes so many after the first ``before``."""
        if self.watch is not None:
            self.watch(before + file, share, rows)

    def _keep(self, chunk: int, file: int, base: int, found: Chunk) -> None:
        frame = found.frame
        left = unused(
            frame.columns, self.columns, kept=(ROW, ERROR, *company_columns(self.company))
        )
        for one in self.files.beside:
            claims, _, _ = mapped(frame, columns=self.columns)
            frame = one.put_into(frame, claims[ID].cast(pl.String))
        rows = self._results(frame).with_columns(
            pl.lit(found.file).alias(FILE), (pl.col(ROW) + (base - 1)).alias(PLACE)
        )
        before = found.first_row - 1
        note = Checkpoint(
            file, base, before, found.after, found.share, found.problems, self._tally(rows), left
        )
        ids = self._ids(rows)
        self.work.keep(chunk, note, rows, None if ids is None else hashes(ids, rows[PLACE]))

    def _results(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the rows with what deciding adds; those that could not be read are in error."""
        bad = frame[ERROR].is_not_null()
        good = frame.filter(~bad).drop(ERROR) if bad.any() else frame.drop(ERROR)
        results = self.decide(good.drop(ROW)) if len(good) else pl.DataFrame(schema=dict(RESULTS))
        good = good.hstack(results.select(*RESULTS))
        if len(good) == len(frame):
            return good
        wrong = frame.filter(bad).rename({ERROR: "error"})
        return pl.concat([good, wrong], how="diagonal").sort(ROW)

    def _tally(self, rows: pl.DataFrame) -> Tally:
        return Tally.of(rows, {**self.company, "row": PLACE})

    def _ids(self, rows: pl.DataFrame) -> pl.Series | None:
        claims, _, _ = mapped(rows, columns=self.columns)
        return claims[ID].cast(pl.String) if ID in claims.columns else None

    # --- claim ids that stand twice ------------------------------------------------------------

    def _mark_duplicates(self, chunks: int) -> None:
        """Put the second and later rows of a claim id in error."""
        files = self._files_of_ids(chunks)
        if not files:
            return
        found = duplicates(files)
        if not len(found):
            return
        bases: dict[int, int] = {}
        for chunk in range(1, chunks + 1):
            note = self._done(chunk)
            bases[note.file] = note.base
            ends = [note.base + note.before, note.base + note.after.row]
            first, last = found[PLACE].search_sorted(pl.Series(ends))
            if first < last:
                self._amend(chunk, note, found.slice(first, last - first), bases)

    def _files_of_ids(self, chunks: int) -> list[str]:
        """Return the files with the hashes of all claim ids."""
        paths = (self.work.of(chunk, ".ids") for chunk in range(1, chunks + 1))
        return [path for path in paths if os.path.exists(path)]

    def _done(self, chunk: int) -> Checkpoint:
        note = self.work.checkpoint(chunk)
        if note is None:
            raise AssertionError(f"chunk {chunk} is not there any more")
        return note

    def _amend(
        self, chunk: int, note: Checkpoint, found: pl.DataFrame, bases: Mapping[int, int]
    ) -> None:
        """Put rows of a chunk in error. Doing it again changes nothing."""
        rows = pl.read_parquet(self.work.of(chunk, ".parquet"), glob=False)
        paths = pl.Series([self.files.tables[file].path for file in bases])
        firsts = pl.Series(bases.values())
        file = firsts.search_sorted(found[EARLIER], "right") - 1
        found = found.select(
            PLACE,
            earlier_file=paths.gather(file),
            earlier_row=pl.col(EARLIER) - firsts.gather(file) + 1,
        )
        marked = rows.join(found, on=PLACE, how="left", maintain_order="left")
        twice = pl.col("earlier_row").is_not_null() & pl.col("error").is_null()
        reason = pl.format(
            "claim_id = '{}': is the id of an earlier row; "
            "earlier_row = '{}, row {}': is the one that counts",
            pl.lit(self._ids(rows)).str.slice(0, _MOST_SHOWN),
            "earlier_file",
            "earlier_row",
        )
        others = (name for name in RESULTS if name != "error")
        amended = marked.with_columns(
            *(pl.when(~twice).then(name).alias(name) for name in others),
            error=pl.when(twice).then(reason).otherwise("error"),
        ).select(rows.columns)
        self.work.keep_part(chunk, amended)
        self.work.keep_checkpoint(chunk, replace(note, tally=self._tally(amended)))

    # --- the result ------------------------------------------------------------------------------

    def _added_up(self, chunks: int) -> Audited:
        tally = Tally()
        problems: list[Problem] = []
        left: dict[str, None] = {}
        ends = [0] * (len(self.files.tables) + 1)
        counted = [0] * len(self.files.tables)
        for chunk in range(1, chunks + 1):
            note = self._done(chunk)
            tally += note.tally
            problems += note.problems
            left |= dict.fromkeys(note.unused)
            counted[note.file] += note.tally.rows
            ends[note.file + 1] = note.base + note.after.row
        firsts = itertools.accumulate(ends, max)
        files = tuple(
            AuditedFile(table.path, first, rows)
            for table, first, rows in zip(self.files.tables, firsts, counted, strict=False)
        )
        parts = tuple(self.work.of(chunk, ".parquet") for chunk in range(1, chunks + 1))
        for one in self.files.beside:
            left |= dict.fromkeys(one.unused())
        report = replace(self.report, tally=tally, read=sum(counted), unused=tuple(left))
        lost = self._orphans(chunks)
        problems += lost.problems
        return Audited(report, files, tuple(problems), parts, self.work.path, lost.rows)

    def _orphans(self, chunks: int) -> Orphans:
        """Return the rows of repairs and exchanges that belong to no claim."""
        files = self._files_of_ids(chunks)
        schema = {"one": pl.UInt64(), "other": pl.UInt64()}
        ids = pl.scan_parquet(files, glob=False) if files else pl.LazyFrame(schema=schema)
        return sum((one.orphans(ids.select(*schema)) for one in self.files.beside), Orphans())
