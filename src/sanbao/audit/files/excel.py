"""The first sheet of an Excel workbook: Excel 文件.

To those who read a sheet as a table a cell that holds an error, like #N/A, is empty; but it is
not *not stated*. So these cells are looked for in the XML itself: the library that has them reads
a sheet many times slower.
"""

from __future__ import annotations

import re
import zipfile
from typing import Final

import polars as pl

from sanbao.audit.files.chunks import (
    ERROR,
    HEAD,
    FileOfRows,
    checked_names,
    first_line,
    framed,
    refused,
    texts,
)
from sanbao.base.errors import Problem, Reason, shown

__all__ = ["ExcelFile"]

_MIDNIGHT: Final = r"^([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00$"
_ERROR_CELL: Final = re.compile(rb'<(?:\w+:)?c\b([^<>]*\st="e"[^<>]*)>')
_CELL_NAME: Final = re.compile(rb'\sr="([A-Z]+)([0-9]+)"')
_FIRST_SHEET: Final = re.compile(rb'<(?:\w+:)?sheet\b[^<>]*\s\w+:id="([^"]+)"')
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^<>]*>")
_LONGEST_CELL: Final = 1024


class ExcelFile(FileOfRows):
    """The first sheet of a workbook, which is held in memory whole: Excel 文件."""

    def __init__(self, path: str) -> None:
        import fastexcel

        self.path = path
        try:
            book = fastexcel.read_excel(path)
            sheet = book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string").to_polars()
            errors = _error_cells(path)
        except (fastexcel.FastExcelError, zipfile.BadZipFile, KeyError) as error:
            raise refused(path, Reason("table.unreadable", reason=first_line(error))) from None
        stated = sheet.select(pl.any_horizontal(pl.all().is_not_null())).to_series().arg_true()
        if not len(stated):
            raise refused(path, Reason("table.empty"))
        header = stated[0]
        self.schema = texts(checked_names(path, [cell or "" for cell in sheet.row(header)]))
        sheet.columns = list(self.schema)
        self.sheet = sheet.slice(header + 1)
        self.rows = len(self.sheet)
        self.errors = {row - header - 1: cell for row, cell in errors.items()}
        self.problems = tuple(
            Problem("sheet", shown(name), Reason("table.sheet"), path)
            for name in book.sheet_names[1:]
        )

    def between(self, first: int, last: int) -> pl.DataFrame:
        """Return the rows that are not blank; one with an error in a cell says so."""
        part = self.sheet.slice(first, last - first)
        numbers = range(first + 1, last + 1)
        frame = framed(part.with_columns(pl.all().str.replace(_MIDNIGHT, "$1")), numbers)
        cells = [self.errors.get(number) for number in numbers]
        problems = [
            cell and Problem(cell, Reason("table.an_error"), Reason("table.no_value")).explain("en")
            for cell in cells
        ]
        frame = frame.with_columns(pl.Series(ERROR, problems, pl.String))
        return frame.filter(pl.any_horizontal(pl.col(*self.schema, ERROR).is_not_null()))


def _error_cells(path: str) -> dict[int, str]:
    """Return by row of the first sheet the name of a cell that holds an error."""
    found: dict[int, str] = {}
    with zipfile.ZipFile(path) as archive, archive.open(_first_sheet(archive)) as stream:
        text = b""
        while data := stream.read(HEAD):
            text += data
            for match in _ERROR_CELL.finditer(text):
                name = _CELL_NAME.search(match[1])
                if name is None:
                    raise KeyError(Reason("table.error_nowhere"))
                found.setdefault(int(name[2]), (name[1] + name[2]).decode())
            text = text[-_LONGEST_CELL:]
    return found


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """Return which part of a workbook is its first sheet. Raises :class:`KeyError`."""
    sheet = _FIRST_SHEET.search(archive.read("xl/workbook.xml"))
    relations = _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels"))
    for relation in relations if sheet else ():
        target = re.search(rb'\sTarget="/?(?:xl/)?([^"]+)"', relation)
        if target and sheet and b' Id="%s"' % sheet[1] in relation:
            return f"xl/{target[1].decode()}"
    raise KeyError(Reason("table.no_first_sheet"))
