"""The charts of an audit report, as inline SVG: 图表.

Drawn by Vega-Lite, through Altair and vl-convert. Of the libraries that draw without a
browser it gave the better picture for a page: letters stay letters, so that a page can set them
in its own type and a reader can search and copy them, and a colour may be a variable of
the page's style sheet, so that one drawing serves light and dark. matplotlib draws text as
outlines or fixes a font, and its colours are fixed. All three are kept up by many hands;
vl-convert carries the whole of Vega in itself and fetches nothing.

Imported only when a report is shown, and the library only when there is something to draw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sanbao.audit.report.names import short_number, unit_of, yuan
from sanbao.audit.report.sums import Cell, Flow, month_name, month_number
from sanbao.audit.report.words import say
from sanbao.audit.tables.input.schema import OUTCOMES
from sanbao.explain.blocks.html import safe
from sanbao.explain.texts.phrases import plainly
from sanbao.explain.words.catalogue import Language

if TYPE_CHECKING:
    import altair as alt

__all__ = ["CHART_STYLE", "TOP", "Slice", "bars", "matrix", "months"]

TOP: Final = 15
"""How many bars of a chart stand for themselves."""

_WIDTH: Final = 330
"""In pixels, as it is drawn; a page scales it to its room."""

CHART_STYLE: Final = """
.sanbao-card .charts { display: grid; gap: 1.2rem 2.5rem; align-items: start; margin: .8rem 0;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); }
.sanbao-card figure { margin: 0; max-width: 27rem; }
.sanbao-card figcaption { color: var(--soft); font-size: .87em; margin-bottom: .4rem; }
.sanbao-card figcaption b { color: var(--ink); font-weight: 500; }
.sanbao-card .key { display: inline-block; width: .75em; height: .75em; margin: 0 .35em 0 .8em;
  border-radius: 2px; }
.sanbao-card .key:first-of-type { margin-left: 0; }
.sanbao-card .key.short { background: var(--repair); }
.sanbao-card .key:is(.denied, .rows) { background: var(--bad); }
.sanbao-card .key.unsure { background: var(--period); }
.sanbao-card .chart { display: block; width: 100%; height: auto; overflow: visible; }
.sanbao-card .chart text { font: 11px/1 system-ui, "Noto Sans CJK SC", "PingFang SC",
  "Microsoft YaHei", sans-serif; stroke: none; font-variant-numeric: tabular-nums; }
.sanbao-card .chart.matrix .layer_2_marks text { font-size: 10px; }
"""
"""What charts need beside the style sheet of a page."""

_COLOURS: Final = {
    "short": "var(--repair)",
    "denied": "var(--bad)",
    "rows": "var(--bad)",
    "unsure": "var(--period)",
}


@dataclass(frozen=True, slots=True)
class Slice:
    """What one bar shows: its name and the cell it stands for.

    Several ``together`` get a bar only where it is no longer than the others; else their sum
    stands there in figures, and does not squeeze the rest.
    """

    name: str
    cell: Cell
    together: bool = False


Amounts: TypeAlias = Mapping[str, int]


def _amounts(cell: Cell, *, money: bool) -> Amounts:
    """Return what a bar is made of, in fen or in rows."""
    if money:
        return {"short": cell.firm.short, "denied": cell.firm.denied, "unsure": cell.unsure.gap}
    return {"rows": cell.firm.rows, "unsure": cell.unsure.rows}


def _label(amounts: Amounts, lang: Language, *, money: bool) -> str:
    """Return what a bar comes to; what is not firm stands after a plus sign."""
    unsure = amounts["unsure"]
    firm = sum(amounts.values()) - unsure
    told = [_amount(one, lang, money=money) for one in (firm, unsure)]
    if not unsure:
        return told[0]
    return f"{told[0]} + {told[1]}" if firm else f"+ {told[1]}"


def _amount(number: int, lang: Language, *, money: bool) -> str:
    if not money:
        return f"{number:,}"
    if number < _LONG:
        return yuan(number)
    return short_number(number // 100, lang)


_LONG: Final = 100_000 * 100
"""Larger sums are told in fewer digits."""


# --- the charts ------------------------------------------------------------------------------


def bars(title: str, slices: Sequence[Slice], lang: Language, *, money: bool) -> str:
    """Return horizontal bars, each with its name and sum above it; empty if there are none."""
    import altair as alt

    data: list[dict[str, Any]] = []
    labels: list[dict[str, Any]] = []
    sums = [sum(_amounts(one.cell, money=money).values()) for one in slices if not one.together]
    longest = max(sums, default=0)
    for place, one in enumerate(slices):
        amounts = _amounts(one.cell, money=money)
        text = _label(amounts, lang, money=money)
        name = _fitting(plainly(one.name), _WIDTH - 12 - _width(text))
        labels.append({"place": place, "name": name, "text": text})
        if not one.together or sum(amounts.values()) <= longest:
            data += _stacked(place, amounts)
    if not data:
        return ""
    y = alt.Y("place:O", axis=None, scale=alt.Scale(domain=list(range(len(labels)))))
    parts = (
        _drawn(data)
        .mark_bar(size=9, yOffset=8)
        .encode(
            x=alt.X("from:Q", axis=None, scale=alt.Scale(nice=False)), x2="to:Q", y=y, fill=_fill()
        )
    )
    words = _drawn(labels).encode(y=y)
    chart = alt.layer(
        parts,
        words.mark_text(align="left", dy=-6).encode(x=alt.value(0), text="name:N"),
        words.mark_text(align="right", dy=-6).encode(x=alt.value(_WIDTH), text="text:N"),
    ).properties(width=_WIDTH, height=alt.Step(34))
    told = "; ".join(f"{plainly(o.name)}: {w['text']}" for o, w in zip(slices, labels, strict=True))
    return _figure(chart, title, told, _keys(data, lang))


def _stacked(place: object, amounts: Amounts) -> list[dict[str, Any]]:
    """Return the parts of a bar, one after the other."""
    parts, at = [], 0
    for kind, amount in amounts.items():
        if amount:
            parts.append({"place": place, "kind": kind, "from": at, "to": at + amount})
            at += amount
    return parts


def months(title: str, slices: Sequence[Slice], lang: Language, *, money: bool) -> str:
    """Return upright bars along the months, named ``YYYY-MM``; empty if there are none.

    ``title`` has a place for the ``unit`` of the scale.
    """
    import altair as alt

    data = [
        # a month is drawn as a stretch of one whole unit, so that all are equally wide
        part | {"left": month_number(one.name) + 0.1, "right": month_number(one.name) + 0.9}
        for one in slices
        for part in _stacked(one.name, _amounts(one.cell, money=money))
    ]
    if not data:
        return ""
    unit = unit_of(max(part["to"] for part in data) // 100, lang) if money else 1
    for part in data:
        for end in ("from", "to"):
            part[end] = part[end] / (100 * unit if money else 1)
    first, last = (month_number(pick(one.name for one in slices)) for pick in (min, max))
    span = alt.Scale(domain=[first, max(last + 1, first + 6)], nice=False)
    drawn = _drawn(data).mark_rect()
    drawn = drawn.encode(
        x=alt.X("left:Q", scale=span, axis=None),
        x2="right:Q",
        y=alt.Y("from:Q", axis=_scale_of_amounts(money=money)),
        y2="to:Q",
        fill=_fill(),
    )
    captions = _drawn([{"at": at + 0.5, "name": name} for at, name in _ticks(first, last)])
    axis = captions.mark_text(baseline="top", dy=6, clip=False).encode(
        x="at:Q", y=alt.value(_HEIGHT), text="name:N"
    )
    told = "; ".join(
        f"{one.name}: {_label(_amounts(one.cell, money=money), lang, money=money)}"
        for one in slices
    )
    words = title.format(unit=say(lang, f"unit.{unit}"))
    layered = alt.layer(drawn, axis).properties(width=_WIDTH - 40, height=_HEIGHT)
    return _figure(layered, words, told, _keys(data, lang))


_HEIGHT: Final = 150


def _scale_of_amounts(*, money: bool) -> alt.Axis:
    import altair as alt

    return alt.Axis(
        title=None,
        tickCount=4,
        tickMinStep=alt.Undefined if money else 1,
        domain=False,
        ticks=False,
        grid=True,
        gridColor="var(--line)",
        format=",.2~f",
        labelPadding=6,
    )


def _ticks(first: int, last: int) -> list[tuple[int, str]]:
    """Return the months that are named below the bars, at most seven or so.

    The year stands with the first month that is named of it, so that names keep apart.
    """
    count = last - first + 1
    every = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if count / step <= 7)
    ticks = [month for month in range(first, last + 1) if month % every == 0] or [first]
    named = []
    for before, tick in zip(["", *map(month_name, ticks)], ticks, strict=False):
        name = month_name(tick)
        year, _, month = name.partition("-")
        named.append((tick, year if every >= 12 else month if before[:4] == year else name))
    return named


def matrix(title: str, note: str, flows: Mapping[tuple[str, str], Flow], lang: Language) -> str:
    """Return the law's outcomes against the company's as a field of numbers.

    The deeper a cell is coloured, the more of the rows with that outcome are in it; what is
    less than the law has a frame.
    """
    import altair as alt

    laws = [law for law in (*OUTCOMES, "") if any(key[0] == law for key in flows)]
    deeds = [*OUTCOMES, *([""] if any(key[1] == "" for key in flows) else [])]
    across = [{"deed": i, "text": _lines(_company(deed, lang))} for i, deed in enumerate(deeds)]
    down = [{"law": i, "text": _one_line(_law(law, lang), lang)} for i, law in enumerate(laws)]
    x, y = (
        alt.X("deed:O", axis=None, scale=alt.Scale(domain=list(range(len(deeds))), padding=0.06)),
        alt.Y("law:O", axis=None, scale=alt.Scale(domain=list(range(len(laws))), padding=0.06)),
    )
    cells = _drawn(list(_matrix_cells(flows, laws, deeds, lang))).encode(x=x, y=y)
    depth = alt.Scale(domain=[0, 1], range=[0.12, 0.55])
    filled = cells.mark_rect(cornerRadius=3).encode(
        fill=alt.Fill("fill:N", scale=None),
        fillOpacity=alt.FillOpacity("share:Q", scale=depth, legend=None),
        stroke=alt.Stroke("frame:N", scale=None),
    )
    head = _drawn(across).mark_text(baseline="bottom", lineHeight=12)
    side = _drawn(down).mark_text(align="right")
    chart = alt.layer(
        filled,
        cells.mark_text().encode(text="text:N"),
        head.encode(x=x, y=alt.value(-17), text="text:N"),
        side.encode(x=alt.value(-6), y=y, text="text:N"),
    ).properties(width=alt.Step((_WIDTH - _SIDE) / len(deeds)), height=alt.Step(34))
    told = "; ".join(
        f"{_law(law, lang)} → {_company(deed, lang)}: {flow.rows:,}"
        for (law, deed), flow in flows.items()
    ).replace("\n", " ")
    return _figure(chart, title, told, safe(note), "chart matrix")


def _matrix_cells(
    flows: Mapping[tuple[str, str], Flow], laws: list[str], deeds: list[str], lang: Language
) -> Iterator[dict[str, Any]]:
    """Yield the cells: where each stands, how many rows it has, and how it is coloured."""
    of_law = {law: sum(f.rows for (one, _), f in flows.items() if one == law) for law in laws}
    for (law, deed), flow in flows.items():
        less = bool(law and deed) and _weaker(law, deed)
        same = law == deed and law != ""
        yield {
            "law": laws.index(law),
            "deed": deeds.index(deed),
            "share": flow.rows / of_law[law],
            "text": short_number(flow.rows, lang),
            "fill": "var(--good)" if same else "var(--bad)" if less else "var(--period)",
            "frame": "var(--bad)" if less else "none",
        }


_SIDE: Final = 70


def _law(outcome: str, lang: Language) -> str:
    return say(lang, f"cell.{outcome}" if outcome else "cell.law.")


def _company(outcome: str, lang: Language) -> str:
    return say(lang, f"cell.{outcome}" if outcome else "cell.company.")


def _one_line(caption: str, lang: Language) -> str:
    return caption.replace("\n", "" if lang == "zh" else " ")


def _lines(caption: str) -> list[str]:
    """Return a caption on two lines, the first of them empty where one is enough."""
    *above, below = caption.split("\n")
    return [*(above or [""]), below]


def _weaker(law: str, deed: str) -> bool:
    below = OUTCOMES.index(deed) > OUTCOMES.index(law)
    return below and (law, deed) != ("paid_repair", "excluded")


# --- as SVG ----------------------------------------------------------------------------------

_OPENING: Final = re.compile(r'^<svg [^>]*?viewBox="([^"]*)">')
_BACKGROUND: Final = re.compile(r'<rect width="[0-9.]+" height="[0-9.]+" fill="transparent"/>')


def _drawn(data: list[dict[str, Any]]) -> alt.Chart:
    import altair as alt

    return alt.Chart(alt.InlineData(values=data))


def _fill() -> alt.Fill:
    import altair as alt

    scale = alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))
    return alt.Fill("kind:N", scale=scale, legend=None)


def _keys(data: Sequence[Mapping[str, Any]], lang: Language) -> str:
    """Return the kinds of parts there are, each with its colour and name."""
    there = {part["kind"] for part in data}
    return "".join(
        f'<span class="key {kind}"></span>{safe(say(lang, f"chart.{kind}"))}'
        for kind in _COLOURS
        if kind in there
    )


def _figure(chart: Any, title: str, told: str, note: str, kind: str = "chart") -> str:
    """Return a chart as an HTML figure; ``told`` says the same in words, ``note`` is HTML."""
    import vl_convert

    styled = chart.configure(
        background="transparent", padding=1, aria=False, font="system-ui, sans-serif"
    )
    styled = styled.configure_view(stroke=None).configure_text(fill="var(--ink)", fontSize=11)
    styled = styled.configure_axis(labelColor="var(--soft)", labelFontSize=11)
    drawn = vl_convert.vegalite_to_svg(styled.to_dict())
    head = (
        rf'<svg class="{kind}" role="img" viewBox="\1">'
        f"<title>{_literal(safe(title))}</title><desc>{_literal(safe(told))}</desc>"
    )
    svg = _BACKGROUND.sub("", _OPENING.sub(head, drawn, count=1), count=1)
    return f"<figure><figcaption><b>{safe(title)}</b><br>{note}</figcaption>{svg}</figure>"


def _literal(text: str) -> str:
    return text.replace("\\", r"\\")


def _width(text: str) -> float:
    """Return about how many pixels a text takes in letters of 11 pixels, rather too many."""
    from unicodedata import east_asian_width

    return sum(11.2 if east_asian_width(letter) in "WF" else 6.6 for letter in text)


def _fitting(text: str, room: float) -> str:
    """Return a text cut to its room."""
    if _width(text) <= room:
        return text
    while _width(f"{text}…") > room:
        text = text[:-1]
    return f"{text}…"
