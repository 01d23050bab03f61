"""The rows of an audit counted, with samples: 审核统计.

From the judged rows of a decided table to the figures of a tally.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from math import isfinite
from typing import Any, Final

import polars as pl

from sanbao.audit.report.company import judged_rows, of_claims
from sanbao.audit.report.sums import (
    KEPT,
    LESS,
    Cell,
    Flow,
    Group,
    Groups,
    Less,
    Order,
    Sample,
    Samples,
    by_row,
    by_shortfall,
    month_name,
    rule_of,
)
from sanbao.audit.tables.input.claims_frame import read_claims
from sanbao.audit.tables.input.mapping import mapped
from sanbao.audit.tables.input.schema import ID
from sanbao.base.errors import shown

__all__ = ["figures_of"]

_COMPARED: Final = (*LESS, "refused", "more", "as_law")
_LONGEST: Final = 500
"""Longer texts of an error are cut in a sample."""


def figures_of(
    decided: pl.DataFrame,
    columns: Mapping[str, Any],
    repairs: pl.DataFrame | None,
    exchanges: pl.DataFrame | None,
) -> dict[str, Any]:
    """Return the fields of a :class:`~sanbao.audit.report.tally.Tally` of a decided table."""
    rows = judged_rows(decided, columns)
    errors = rows["error"].is_not_null()
    in_error = int(errors.sum())
    undecided = int((rows["law"].is_null() & ~errors).sum())
    less = rows.filter(pl.col("verdict").is_in(LESS))
    by_articles = _cells(rows, less, "articles")
    by_readings = _cells(rows, less, "depends")
    unread = rows.filter(pl.col("verdict") == "company_unread")
    claims_at = partial(_claims_at, decided, repairs, exchanges, of_claims(columns))
    return {
        "rows": len(decided),
        "decided": len(decided) - in_error,
        "in_error": in_error,
        "settled": len(decided) - in_error - undecided,
        "undecided": undecided,
        "flows": _flows(rows),
        "rules": _cells(rows, less, "rule"),
        "articles": _regrouped(by_articles, lambda text: text.split(_BETWEEN_ARTICLES)[:1]),
        "cited": _regrouped(by_articles, lambda text: text.split(_BETWEEN_ARTICLES)),
        "shops": _cells(rows, less, "shop"),
        "months": {
            "" if month is None else month_name(month): cell
            for month, cell in _cells(rows, less, "month").items()
        },
        "readings": _regrouped(by_readings, lambda text: text.split(", ") if text else []),
        "errors": _errors(rows.filter(errors)),
        "unread": _groups(unread, "text", _on_a_line),
        **_samples(rows, less, claims_at),
    }


_BETWEEN_ARTICLES: Final = "; "
_SUMS: Final = ("short", "denied", "swapped")


def _flows(rows: pl.DataFrame) -> dict[str, Flow]:
    refund = pl.col("law") == "refund"
    keys = ("verdict", "standing", "law", "company")
    found = rows.group_by(keys).agg(
        rows=pl.len(),
        owed=pl.when(refund).then("payable").cast(pl.Int128).sum(),
        paid=pl.col("paid").cast(pl.Int128).sum(),
    )
    flows = {
        "|".join(one[key] or "" for key in keys): Flow(one["rows"], one["owed"], one["paid"])
        for one in found.iter_rows(named=True)
    }
    return dict(sorted(flows.items()))


def _cells(rows: pl.DataFrame, less: pl.DataFrame, by: str) -> dict[Any, Cell]:
    """Return the rows by a column."""
    counted = rows.group_by(by).agg(pl.len(), pl.col("verdict").is_in(_COMPARED).sum())
    summed = less.group_by(by, "standing").agg(
        pl.len(), *(pl.col(name).cast(pl.Int128).sum() for name in _SUMS), pl.col("unpriced").sum()
    )
    parts: dict[Any, dict[str, Less]] = {}
    for key, standing, *sums in summed.iter_rows():
        parts.setdefault(key, {})[standing] = Less(*sums)
    found = {
        key: Cell(count, compared, **parts.get(key, {}))
        for key, count, compared in counted.iter_rows()
    }
    return dict(sorted(found.items(), key=lambda pair: (pair[0] is not None, pair[0])))


def _regrouped(cells: Mapping[str, Cell], split: Callable[[str], Iterable[str]]) -> dict[str, Cell]:
    """Return cells by the parts of their key; each counts under every part of it."""
    found: dict[str, Cell] = {}
    for key, cell in cells.items():
        for part in dict.fromkeys(split(key)):
            found[part] = found.get(part, Cell()) + cell
    return dict(sorted(found.items()))


# --- errors ----------------------------------------------------------------------------------

_PROBLEM: Final = (
    r"(^|\n|; )([a-z_]+[a-z_0-9.\[\]]*) = "
    r"(?:'[^\n]*?'(?: \([0-9]+ characters\))?|[^:\n']*): "
)
"""Where a problem begins: its field and the value, which is left out."""

_VALUES: Final = {
    _PROBLEM: "${1}${2}: ",
    r"\[[0-9]+\]": "[]",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}": "…",
    r"; did you mean '[^']*'\?": "",
    r"ask for [0-9]": "ask for …",
}
"""What in a reason comes from the row, and what stands for it."""


def _errors(rows: pl.DataFrame) -> Groups:
    """Return rows in error by their reasons, without what is of the row alone."""
    reason = pl.col("error")
    for pattern, instead in _VALUES.items():
        reason = reason.str.replace_all(pattern, instead)
    return _groups(rows.with_columns(error=reason), "error", _said_once)


_NEXT_PROBLEM: Final = re.compile(r"\n|; (?=[a-z_][a-z_0-9.\[\]]*: )")


def _said_once(text: str) -> str:
    """Return the problems of a row, each once."""
    return "; ".join(dict.fromkeys(_NEXT_PROBLEM.split(text)))


def _on_a_line(text: str) -> str:
    return shown(text)[1:-1] if len(text) <= _LONGEST else shown(text)


def _groups(rows: pl.DataFrame, by: str, said: Callable[[str], str]) -> Groups:
    found = rows.group_by(by).agg(pl.len(), pl.col("row").bottom_k(KEPT))
    joined: dict[str, Group] = {}
    for text, count, first in found.iter_rows():
        key = said(text)
        joined[key] = joined.get(key, Group()) + Group(count, tuple(sorted(first)))
    return Groups() + Groups(joined)


# --- samples ---------------------------------------------------------------------------------

_ClaimsAt = Callable[[list[int]], list[tuple[str | None, dict[str, Any]]]]


def _samples(rows: pl.DataFrame, less: pl.DataFrame, claims_at: _ClaimsAt) -> dict[str, Samples]:
    """Return the rows with the largest shortfall, those that are not firm, and the first ones."""
    firm = pl.col("standing") == "firm"
    apart = rows.filter(~firm & (pl.col("verdict") != "error"))
    sorts: tuple[tuple[pl.DataFrame, str, Order], ...] = (
        (less.filter(firm), "rule", by_shortfall),
        (less.filter(~firm), "standing", by_shortfall),
        (rows, "verdict", by_row),
        (apart, "standing", by_row),
    )
    chosen = [dict(_places(*sort)) for sort in sorts]
    places = sorted({place for of in chosen for some in of.values() for place in some})
    judged = rows[places].iter_rows(named=True)
    made = {
        one["pos"]: _sample(one, *claim)
        for one, claim in zip(judged, claims_at(places), strict=True)
    }
    largest, unsure, first, of_standing = (
        {
            sort: tuple(sorted((made[place] for place in some), key=order))
            for sort, some in sorted(of.items())
        }
        for (*_, order), of in zip(sorts, chosen, strict=True)
    )
    first = dict(sorted({**first, **of_standing}.items()))
    return {"largest": largest, "unsure": unsure, "first": first}


def _sample(one: Mapping[str, Any], claim_id: str | None, claim: dict[str, Any]) -> Sample:
    """Return a judged row with its claim."""
    same = ("row", "verdict", "standing", "shop", "law", "payable", "paid", "swapped")
    rule = rule_of(one["rule"])
    return Sample(
        rule=rule.rule,
        policy=rule.policy,
        **{name: one[name] for name in (*same, "depends")},
        claim=claim,
        claim_id=claim_id,
        company=one["company"] or (one["text"] and _on_a_line(one["text"])),
        gap=one["short"] + one["denied"],
        error=one["error"] and one["error"][:_LONGEST],
    )


def _claims_at(
    decided: pl.DataFrame,
    repairs: pl.DataFrame | None,
    exchanges: pl.DataFrame | None,
    columns: Mapping[str, Any],
    places: list[int],
) -> list[tuple[str | None, dict[str, Any]]]:
    """Return the claims in some rows of a table, each with its id."""
    table, *seconds = mapped(decided[places], repairs, exchanges, columns)
    ids: list[str | None] = [None] * len(table)
    if ID in table.columns:
        ids = table[ID].cast(pl.String).to_list()
    of_these = [
        None if second is None else second.filter(pl.col(ID).cast(pl.String).is_in(ids))
        for second in seconds
    ]
    rows = pl.Series(range(len(table)), dtype=pl.UInt32)
    found = read_claims(table, *of_these).claims(rows)
    return [(id_, _plain(claim)) for id_, claim in zip(ids, found, strict=True)]


def _places(rows: pl.DataFrame, by: str, order: Order) -> Iterator[tuple[str, list[int]]]:
    """Yield the sorts of rows by a column, each with the places of the first in this order."""
    keys = [pl.col("row")]
    if order is by_shortfall:
        keys = [-(pl.col("short") + pl.col("denied")), -pl.col("swapped"), pl.col("row")]
    found = rows.group_by(by).agg(pl.col("pos").bottom_k_by(keys, KEPT))
    yield from found.iter_rows()


def _plain(value: Any) -> Any:
    """Return what a cell holds as what JSON knows, so that it comes back the same."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if value is None or isinstance(value, int | str):
        return value
    return value if isinstance(value, float) and isfinite(value) else str(value)
