"""An audit of files of any size, a chunk at a time, that can be killed and taken up: 分段审核.

Of every chunk three files are kept in a work directory: its rows as decided, the hashes of its
claim ids, and last a note with its tally. Each appears whole or not at all, and with its note a
chunk is done; so an audit that is killed at any moment goes on where it was, decides no chunk
twice and loses none. The result is added up from the notes, never from memory, and is therefore
the same whether or not an audit was interrupted.

Memory holds one chunk and a sum of tallies, whatever the size of the files. Claim ids are
compared at the end, by 128-bit hashes on disk and some two million at a time: two different
ids among 100 million are taken for one with a chance of less than 1 in 10^22.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Protocol

import polars as pl

from sanbao.audit.columns import read_claims
from sanbao.audit.fields import ID, RESULTS
from sanbao.audit.files import ERROR, ROW, ROWS, Chunk, Mark, TableFile, open_tables
from sanbao.audit.mapping import mapped
from sanbao.audit.report import AuditReport
from sanbao.audit.scalar import SCHEMA
from sanbao.audit.table import Tables
from sanbao.audit.tally import Tally, check_company_columns, company_column
from sanbao.errors import Problem, ValidationError, shown
from sanbao.plain import digest
from sanbao.policies import library
from sanbao.versions import Versions

if TYPE_CHECKING:
    from sanbao.calendar import Calendar
    from sanbao.engine import AnyPolicy
    from sanbao.readings import Readings

__all__ = ["FILE", "PLACE", "Audited", "AuditedFile", "Decide", "Watch", "audit_files"]

FILE: Final = "_file"
"""The column with the file a decided row comes from."""

PLACE: Final = "_place"
"""The column with the number of a row among the rows of all files, from 0."""

_EARLIER: Final = "_earlier"

_OURS: Final = frozenset({ROW, ERROR, FILE, PLACE, *RESULTS})
_FORMAT: Final = 1
_MANIFEST: Final = "audit.json"
_MOST_SHOWN: Final = 60
_ENDS: Final = 1 << 20
_IDS_AT_ONCE: Final = 2_000_000
_IDS_IN_A_GROUP: Final = 8_192

Decide = Callable[[pl.DataFrame], pl.DataFrame]
"""Returns the columns that deciding adds (:data:`~sanbao.audit.fields.RESULTS`), row by row."""


class Watch(Protocol):
    """What is told how far an audit has come: 进度."""

    def __call__(self, file: int, share: float, rows: int) -> None:
        """Take note that this share of a file is done, and so many rows of all files."""


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
    rows, in order.
    """

    report: AuditReport
    files: tuple[AuditedFile, ...]
    problems: tuple[Problem, ...]
    parts: tuple[str, ...]
    work: str

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
        parts = [pl.scan_parquet(part, glob=False) for part in self.parts]
        schemas = [part.collect_schema() for part in parts]
        types: dict[str, set[pl.DataType]] = {}
        for schema in schemas:
            for name, dtype in schema.items():
                types.setdefault(name, set()).add(dtype)
        mixed = [name for name, found in types.items() if len(found) > 1]
        frames = [
            part.with_columns(pl.col(name).cast(pl.String) for name in mixed if name in schema)
            for part, schema in zip(parts, schemas, strict=True)
        ]
        rows = pl.concat(frames, how="diagonal") if frames else pl.LazyFrame()
        _whole(target, rows.sink_parquet)

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
    policy: AnyPolicy | None = None,
    readings: Readings | None = None,
    calendar: Calendar | None = None,
    columns: Mapping[str, Any] | None = None,
    lang: str = "zh",
    rows: int = ROWS,
    restart: bool = False,
    watch: Watch | None = None,
    decide: Decide | None = None,
) -> Audited:
    """Audit the claims in these files, ``rows`` rows at a time: 审核文件.

    ``work`` is the directory in which the audit keeps what is done: if it holds this audit,
    interrupted, that goes on, and ``restart`` throws it away instead. ``watch`` is told how far
    it is. ``decide`` decides the rows instead of :class:`~sanbao.audit.Tables`; everything else
    is as for :func:`sanbao.audit.audit`.

    Raises :class:`~sanbao.ValidationError` for a file that holds no table, columns that are
    missing or cannot be used, and files, policies, readings or columns that have changed since
    the audit began; :class:`OSError`.
    """
    if rows < 1:
        raise ValidationError.of("rows", rows, "must be at least 1")
    if not paths:
        raise ValidationError.of("files", "none", "there must be at least one")
    report = AuditReport.of(Tally(), policy=policy, readings=readings, calendar=calendar, lang=lang)
    names = [os.fspath(path) for path in paths]
    folder = _Work(os.fspath(work))
    if restart and os.path.exists(folder.path):
        folder.check_ours()
        shutil.rmtree(folder.path)
    company = {
        **(columns or {}),
        "company_outcome": decided,
        "company_refund": refunded,
        **({} if shop == "shop" else {"shop": shop}),
    }
    identities = [_identity(name) for name in names]
    tables = open_tables(names)
    problems: list[Problem] = []
    for table in tables:
        try:
            _check(table, columns, company)
        except ValidationError as error:
            problems += (replace(problem, file=table.path) for problem in error.problems)
    if problems:
        raise ValidationError(problems)
    folder.take_up(
        {
            "format": _FORMAT,
            "rows": rows,
            "settings": _settings(report, policy, company),
            "files": identities,
        }
    )
    if decide is None:
        decide = Tables(policy, readings, calendar, columns=columns).decide
    return _Audit(tables, identities, folder, decide, columns, company, rows, report, watch).run()


def _check(table: TableFile, columns: Mapping[str, Any] | None, company: Mapping[str, Any]) -> None:
    """Refuse a table with a column that is missing, cannot be used or has a name of ours."""
    problems = [
        Problem("header", shown(name), "is a name the audit needs for itself")
        for name in table.schema
        if name in _OURS
    ]
    if problems:
        raise ValidationError(problems)
    if table.loose:  # a JSON object without a refund has no such key
        refunded, _ = company_column(company, "company_refund")
        table.schema.setdefault(refunded, pl.String())
    empty = pl.DataFrame(schema=table.schema)
    read_claims(*mapped(empty, columns=columns))
    check_company_columns(empty, company)


def _settings(
    report: AuditReport, policy: AnyPolicy | None, company: Mapping[str, Any]
) -> dict[str, str]:
    """Return what the result depends on beside the files; an audit goes on under equal ones."""
    shipped = [library.get(name) for name in library.ids()]
    given = policy.versions if isinstance(policy, Versions) else (policy,) if policy else ()
    return {
        "library": report.library,
        "polars": pl.__version__,
        "policies": digest("\n".join(one.to_json() for one in (*given, *shipped))),
        "readings": json.dumps(report.readings.to_dict(), sort_keys=True),
        "calendar": report.calendar,
        "columns": json.dumps(company, sort_keys=True, ensure_ascii=False, default=str),
    }


def _identity(path: str) -> dict[str, Any]:
    """Return by what a file is known again: its size, its date, its first and last bytes."""
    status = os.stat(path)
    ends = hashlib.sha256()
    with open(path, "rb") as stream:
        ends.update(stream.read(_ENDS))
        stream.seek(max(status.st_size - _ENDS, 0))
        ends.update(stream.read(_ENDS))
    return {
        "path": path,
        "size": status.st_size,
        "mtime_ns": status.st_mtime_ns,
        "ends_sha256": ends.hexdigest(),
    }


# --- the work directory ------------------------------------------------------------------------


def _whole(path: str, write: Callable[[str], object]) -> None:
    """Write a file that appears whole or not at all, and stays."""
    unfinished = f"{path}.tmp"
    write(unfinished)
    descriptor = os.open(unfinished, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(unfinished, path)


def _write_text(text: str) -> Callable[[str], object]:
    def write(path: str) -> None:
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)

    return write


@dataclass(frozen=True, slots=True)
class _Note:
    """What is kept of a chunk that is done.

    ``base`` is the place of the first row of its file, ``before`` the row before its own.
    """

    file: int
    base: int
    before: int
    after: Mark
    share: float
    problems: tuple[Problem, ...]
    tally: Tally

    def to_json(self) -> str:
        return json.dumps(
            {
                "file": self.file,
                "base": self.base,
                "before": self.before,
                "after": asdict(self.after),
                "share": self.share,
                "problems": [asdict(problem) for problem in self.problems],
                "tally": json.loads(self.tally.to_json()),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> _Note:
        data = json.loads(text)
        return cls(
            data["file"],
            data["base"],
            data["before"],
            Mark(**data["after"]),
            data["share"],
            tuple(Problem(**problem) for problem in data["problems"]),
            Tally.from_json(json.dumps(data["tally"])),
        )


class _Work:
    """The directory in which an audit keeps what is done."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.manifest = os.path.join(path, _MANIFEST)

    def check_ours(self) -> None:
        """Refuse a directory that holds something else than an audit."""
        there = set(os.listdir(self.path)) if os.path.isdir(self.path) else {""}
        if _MANIFEST not in there and there - {f"{_MANIFEST}.tmp"}:
            raise ValidationError.of("work", self.path, "is not the work directory of an audit")

    def take_up(self, known: Mapping[str, Any]) -> None:
        """Begin an audit, or go on with it if it is the same."""
        os.makedirs(self.path, exist_ok=True)
        self.check_ours()
        if not os.path.exists(self.manifest):
            _whole(self.manifest, _write_text(json.dumps(known, ensure_ascii=False, indent=1)))
            self.settle()
            return
        with open(self.manifest, encoding="utf-8") as stream:
            before = json.load(stream)
        changed = [key for key in known if before.get(key) != known[key]]
        if changed:
            raise ValidationError(list(self._changes(before, known, changed)))

    def _changes(
        self, before: Mapping[str, Any], now: Mapping[str, Any], changed: Sequence[str]
    ) -> Iterator[Problem]:
        reason = (
            f"is not as it was when the audit in {self.path} began; go on as it was, or begin "
            "anew with --restart"
        )
        for key in changed:
            if key == "settings":
                names = sorted({*before[key], *now[key]})
                for name in names:
                    if before[key].get(name) != now[key].get(name):
                        yield Problem(name, shown(now[key].get(name)), reason)
            elif key == "files":
                known = {one["path"]: one for one in before[key]}
                different = [one["path"] for one in now[key] if known.get(one["path"]) != one]
                for path in different or ["the order or number of the files"]:
                    yield Problem("file", shown(path), reason)
            else:
                yield Problem(key, shown(now[key]), reason)

    def settle(self) -> None:
        """Make sure that the directory itself is on disk."""
        descriptor = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def of(self, chunk: int, suffix: str) -> str:
        """Return the path of a file of a chunk."""
        return os.path.join(self.path, f"{chunk:06d}{suffix}")

    def note(self, chunk: int) -> _Note | None:
        """Return what is kept of a chunk, or nothing if it is not done."""
        try:
            with open(self.of(chunk, ".json"), encoding="utf-8") as stream:
                return _Note.from_json(stream.read())
        except FileNotFoundError:
            return None

    def keep(self, chunk: int, note: _Note, rows: pl.DataFrame, ids: pl.DataFrame | None) -> None:
        """Keep a chunk that is done; its note last."""
        if ids is not None:
            # sorted, in small groups: a range of hashes is read without the others
            _whole(
                self.of(chunk, ".ids"),
                lambda path: ids.write_parquet(
                    path, compression="lz4", row_group_size=_IDS_IN_A_GROUP
                ),
            )
        self.keep_part(chunk, rows)
        self.keep_note(chunk, note)

    def keep_note(self, chunk: int, note: _Note) -> None:
        """Keep the note of a chunk, whose other files are kept."""
        _whole(self.of(chunk, ".json"), _write_text(note.to_json()))
        self.settle()

    def keep_part(self, chunk: int, rows: pl.DataFrame) -> None:
        """Keep the decided rows of a chunk."""
        part = self.of(chunk, ".parquet")
        _whole(part, lambda path: rows.write_parquet(path, compression="zstd"))


# --- the audit ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Audit:
    """An audit under way."""

    tables: Sequence[TableFile]
    identities: Sequence[Mapping[str, Any]]
    work: _Work
    decide: Decide
    columns: Mapping[str, Any] | None
    company: Mapping[str, Any]
    rows: int
    report: AuditReport
    watch: Watch | None

    def run(self) -> Audited:
        """Decide what is not decided yet, and add everything up."""
        done = self._decided()
        self._mark_duplicates(done)
        return self._added_up(done)

    def _decided(self) -> int:
        """Decide what is not decided yet; return how many chunks there are."""
        chunk = file = base = rows = 0
        share = 0.0
        mark = Mark()
        while note := self.work.note(chunk + 1):
            chunk += 1
            file, base, mark, share = note.file, note.base, note.after, note.share
            rows += note.tally.rows
        self._tell(file, share, rows)
        for number in range(file, len(self.tables)):
            while found := self.tables[number].chunk(mark, self.rows):
                chunk += 1
                self._keep(chunk, number, base, found)
                mark = found.after
                rows += len(found.frame)
                self._tell(number, found.share, rows)
            self._check_unchanged(number)
            base += mark.row
            mark = Mark()
        return chunk

    def _check_unchanged(self, file: int) -> None:
        if _identity(self.tables[file].path) != self.identities[file]:
            path = self.tables[file].path
            raise ValidationError(
                [Problem("file", shown(path), "changed while it was read; begin anew", path)]
            )

    def _tell(self, file: int, share: float, rows: int) -> None:
        if self.watch is not None:
            self.watch(file, share, rows)

    def _keep(self, chunk: int, file: int, base: int, found: Chunk) -> None:
        rows = self._results(found.frame).with_columns(
            pl.lit(found.file).alias(FILE), (pl.col(ROW) + (base - 1)).alias(PLACE)
        )
        before = found.first_row - 1
        note = _Note(
            file, base, before, found.after, found.share, found.problems, self._tally(rows)
        )
        self.work.keep(chunk, note, rows, _hashes(self._ids(rows), rows[PLACE]))

    def _results(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the rows with what deciding adds; those that could not be read are in error."""
        bad = frame[ERROR].is_not_null()
        good = frame.filter(~bad).drop(ERROR) if bad.any() else frame.drop(ERROR)
        results = self.decide(good.drop(ROW)) if len(good) else pl.DataFrame(schema=dict(SCHEMA))
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
        paths = [self.work.of(chunk, ".ids") for chunk in range(1, chunks + 1)]
        files = [path for path in paths if os.path.exists(path)]
        if not files:
            return
        found = _duplicates(files)
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

    def _done(self, chunk: int) -> _Note:
        note = self.work.note(chunk)
        if note is None:
            raise AssertionError(f"chunk {chunk} is not there any more")
        return note

    def _amend(
        self, chunk: int, note: _Note, found: pl.DataFrame, bases: Mapping[int, int]
    ) -> None:
        """Put rows of a chunk in error. Doing it again changes nothing."""
        rows = pl.read_parquet(self.work.of(chunk, ".parquet"), glob=False)
        paths = pl.Series([self.tables[file].path for file in bases])
        firsts = pl.Series(bases.values())
        file = firsts.search_sorted(found[_EARLIER], "right") - 1
        found = found.select(
            PLACE,
            earlier_file=paths.gather(file),
            earlier_row=pl.col(_EARLIER) - firsts.gather(file) + 1,
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
        self.work.keep_note(chunk, replace(note, tally=self._tally(amended)))

    # --- the result ------------------------------------------------------------------------------

    def _added_up(self, chunks: int) -> Audited:
        tally = Tally()
        problems: list[Problem] = []
        ends = [0] * (len(self.tables) + 1)
        counted = [0] * len(self.tables)
        for chunk in range(1, chunks + 1):
            note = self._done(chunk)
            tally += note.tally
            problems += note.problems
            counted[note.file] += note.tally.rows
            ends[note.file + 1] = note.base + note.after.row
        firsts = itertools.accumulate(ends, max)
        files = tuple(
            AuditedFile(table.path, first, rows)
            for table, first, rows in zip(self.tables, firsts, counted, strict=False)
        )
        parts = tuple(self.work.of(chunk, ".parquet") for chunk in range(1, chunks + 1))
        report = replace(self.report, tally=tally, read=sum(counted))
        return Audited(report, files, tuple(problems), parts, self.work.path)


def _hashes(ids: pl.Series | None, places: pl.Series) -> pl.DataFrame | None:
    """Return the hashes of claim ids, with the place of each, in their order."""
    if ids is None:
        return None
    name = pl.col("id")
    return (
        pl.DataFrame([ids.alias("id"), places])
        .drop_nulls()
        .select(name.hash(1).alias("one"), name.hash(2).alias("other"), PLACE)
        .sort("one")
    )


def _duplicates(files: Sequence[str]) -> pl.DataFrame:
    """Return the place of every row whose id an earlier row has, and of the first such row."""
    ids = pl.scan_parquet(list(files), glob=False)
    total: int = ids.select(pl.len()).collect().item()
    parts = max(math.ceil(total / _IDS_AT_ONCE), 1)
    bounds = [*(part * 2**64 // parts for part in range(parts)), 2**64 - 1]
    found = []
    for low, high in itertools.pairwise(bounds):
        last = high == bounds[-1]
        within = pl.col("one").is_between(
            pl.lit(low, dtype=pl.UInt64),
            pl.lit(high, dtype=pl.UInt64),
            closed="both" if last else "left",
        )
        one = ids.filter(within).collect()
        again = (pl.col("one") == pl.col("one").shift()) & (
            pl.col("other") == pl.col("other").shift()
        )
        found.append(
            one.sort("one", "other", PLACE)
            .with_columns(pl.when(~again.fill_null(False)).then(PLACE).alias(_EARLIER))
            .with_columns(pl.col(_EARLIER).forward_fill())
            .filter(pl.col(PLACE) != pl.col(_EARLIER))
            .select(PLACE, _EARLIER)
        )
    return pl.concat(found).sort(PLACE)
