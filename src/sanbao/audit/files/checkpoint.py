"""The directory in which an audit keeps what is done: 工作目录.

Every file in it appears whole or not at all, and a chunk is done once its checkpoint is there.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl
from pydantic import TypeAdapter

from sanbao.audit.files.chunks import Position
from sanbao.audit.report.tally import Tally
from sanbao.base.errors import Problem, Reason, ValidationError, shown

__all__ = [
    "Checkpoint",
    "WorkDirectory",
    "check_unchanged",
    "identity",
    "scan_parts",
    "whole",
    "whole_text",
]

_MANIFEST: Final = "audit.json"
_FILES: Final = ("files", "repairs", "exchanges")
_ENDS: Final = 1 << 20
_IDS_IN_A_GROUP: Final = 8_192


def identity(path: str) -> dict[str, Any]:
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


def check_unchanged(path: str, known: Mapping[str, Any]) -> None:
    """Raise :class:`~sanbao.ValidationError` if a file is not any more what it was."""
    if identity(path) != known:
        reason = Reason("table.changed")
        raise ValidationError([Problem("file", shown(path), reason, path)])


def whole(path: str, write: Callable[[str], object]) -> None:
    """Write a file that appears whole or not at all, and stays."""
    unfinished = f"{path}.tmp"
    write(unfinished)
    descriptor = os.open(unfinished, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    os.replace(unfinished, path)


def whole_text(path: str, text: str) -> None:
    """Write a text that appears whole or not at all, and stays."""
    whole(path, lambda unfinished: Path(unfinished).write_text(text, "utf-8"))


def scan_parts(paths: Sequence[str]) -> pl.LazyFrame:
    """Return the rows of these Parquet files, in their order.

    Columns that have different types in different files become texts.
    """
    parts = [pl.scan_parquet(path, glob=False) for path in paths]
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
    return pl.concat(frames, how="diagonal") if frames else pl.LazyFrame()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What is kept of a chunk that is done: 检查点.

    ``base`` is the place of the first row of its file, ``before`` the row before its own,
    ``unused`` are its columns that hold nothing of a claim.
    """

    file: int
    base: int
    before: int
    after: Position
    share: float
    problems: tuple[Problem, ...]
    tally: Tally
    unused: tuple[str, ...] = ()


_CHECKPOINTS: Final = TypeAdapter(Checkpoint)


class WorkDirectory:
    """The directory in which an audit keeps what is done: 工作目录."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.manifest = os.path.join(path, _MANIFEST)

    def check_ours(self) -> None:
        """Refuse a directory that holds something else than an audit."""
        there = set(os.listdir(self.path)) if os.path.isdir(self.path) else {""}
        if _MANIFEST not in there and there - {f"{_MANIFEST}.tmp"}:
            raise ValidationError.of("work", self.path, Reason("table.not_work"))

    def clear(self) -> None:
        """Throw away what an audit has left here."""
        self.check_ours()
        shutil.rmtree(self.path)

    def take_up(self, known: Mapping[str, Any]) -> None:
        """Begin an audit, or go on with it if it is the same."""
        os.makedirs(self.path, exist_ok=True)
        self.check_ours()
        if not os.path.exists(self.manifest):
            whole_text(self.manifest, json.dumps(known, ensure_ascii=False, indent=1))
            self.settle()
            return
        with open(self.manifest, encoding="utf-8") as stream:
            before = json.load(stream)
        changed = [key for key in (known | before) if before.get(key) != known.get(key)]
        if changed:
            raise ValidationError(list(self._changes(before, known, changed)))

    def leave(self) -> None:
        """Remove the directory if nothing is done in it that could be gone on with."""
        done = os.listdir(self.path)
        if not any(name.endswith((".json", ".note")) for name in done if name != _MANIFEST):
            shutil.rmtree(self.path)

    def _changes(
        self, before: Mapping[str, Any], now: Mapping[str, Any], changed: Sequence[str]
    ) -> Iterator[Problem]:
        reason = Reason("table.not_as_it_was", path=self.path)
        for key in changed:
            if key == "settings":
                names = sorted({*before[key], *now[key]})
                for name in names:
                    if before[key].get(name) != now[key].get(name):
                        yield Problem(name, shown(now[key].get(name)), reason)
            elif key in _FILES:
                known = {one["path"]: one for one in before.get(key, ())}
                files = now.get(key, ())
                different = [one["path"] for one in files if known.get(one["path"]) != one]
                for path in different or [Reason("table.order", key=key)]:
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

    def checkpoint(self, chunk: int) -> Checkpoint | None:
        """Return what is kept of a chunk, or nothing if it is not done."""
        try:
            with open(self.of(chunk, ".json"), encoding="utf-8") as stream:
                done = _CHECKPOINTS.validate_json(stream.read())
        except FileNotFoundError:
            return None
        return done

    def keep(
        self, chunk: int, done: Checkpoint, rows: pl.DataFrame, ids: pl.DataFrame | None
    ) -> None:
        """Keep a chunk that is done; its checkpoint last."""
        if ids is not None:
            # sorted, in small groups: a range of hashes is read without the others
            whole(
                self.of(chunk, ".ids"),
                lambda path: ids.write_parquet(
                    path, compression="lz4", row_group_size=_IDS_IN_A_GROUP
                ),
            )
        self.keep_part(chunk, rows)
        self.keep_checkpoint(chunk, done)

    def keep_checkpoint(self, chunk: int, done: Checkpoint) -> None:
        """Keep the checkpoint of a chunk, whose other files are kept."""
        plain = _CHECKPOINTS.dump_python(done, mode="json")
        # sorted as a tally is: a sample reads the same wherever its tally comes from
        text = json.dumps(plain, sort_keys=True, ensure_ascii=False)
        whole_text(self.of(chunk, ".json"), text)
        self.settle()

    def keep_part(self, chunk: int, rows: pl.DataFrame) -> None:
        """Keep the decided rows of a chunk."""
        part = self.of(chunk, ".parquet")
        whole(part, lambda path: rows.write_parquet(path, compression="zstd"))
