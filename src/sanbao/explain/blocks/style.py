"""How cards and pages look: 样式.

One style sheet for both. Every selector stands under ``.sanbao-card``, so that a card changes
nothing else on the page it is shown on; nothing is fetched. Light and dark follow the
reader's system, and where a notebook says which theme it has, the notebook.
"""

from __future__ import annotations

from typing import Final

__all__ = ["PAGE_STYLE", "STYLE"]

_LIGHT: Final = (
    "--ink: #1c2430; --soft: #586273; --line: #d9dee5; --paper: #ffffff; --tint: #f4f6f9; "
    "--good: #0b6e4f; --bad: #a12d2d; --open: #855600; --now: #b02a6b; "
    "--refund: #1d8a66; --exchange: #2f6fb7; --period: #93a1b3; --repair: #c47a12;"
)
_DARK: Final = (
    "--ink: #e6eaf0; --soft: #9fabba; --line: #38424f; --paper: #161b22; --tint: #1f2630; "
    "--good: #5fd0a5; --bad: #f09a9a; --open: #e6b65c; --now: #ff86bb; "
    "--refund: #3fb58b; --exchange: #6ea8fe; --period: #66748a; --repair: #dd9a3c;"
)

_WORDS: Final = """
.sanbao-card { color-scheme: light dark; box-sizing: border-box; width: 100%;
  max-width: 60rem; padding: 1rem 1.1rem 1.1rem; background: var(--paper); color: var(--ink);
  border: 1px solid var(--line); border-radius: 8px; container-type: inline-size;
  font: 15px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  text-align: left; }
.sanbao-card :is(h1, h2, p, ul, dl, dt, dd, table, summary) { font: inherit; color: inherit;
  margin: 0; background: none; float: none; width: auto; text-align: left; }
.sanbao-card .kicker { color: var(--soft); font-size: .87em; }
.sanbao-card :is(h1, .headline) { font-size: 1.6em; font-weight: 650; line-height: 1.3;
  margin: .1rem 0 .15rem; overflow-wrap: anywhere; }
.sanbao-card .headline:is(.calm, .sentence) { font-size: 1.3em; }
.sanbao-card .beside { font-weight: 400; margin-left: .5em; white-space: nowrap; }
.sanbao-card .good { color: var(--good); } .sanbao-card .bad { color: var(--bad); }
.sanbao-card .open { color: var(--open); }
.sanbao-card h2 { font-weight: 650; margin: 1.1rem 0 .25rem; }
.sanbao-card p { margin: .4rem 0; overflow-wrap: anywhere; }
.sanbao-card ul { padding-left: 1.25em; margin: .4rem 0; overflow-wrap: anywhere; }
.sanbao-card li { margin: .2rem 0; padding: 0; }
.sanbao-card dl { display: grid; gap: .5rem 1.5rem; margin: .7rem 0;
  grid-template-columns: repeat(auto-fill, minmax(7.5rem, 1fr)); }
.sanbao-card dl > div { min-width: 0; }
.sanbao-card dt { color: var(--soft); font-size: .87em; display: block; clear: none; }
.sanbao-card dd { display: block; clear: none; overflow-wrap: anywhere;
  font-variant-numeric: tabular-nums; }
.sanbao-card b { font-weight: 650; }
.sanbao-card small { color: var(--soft); font-size: .87em; }
.sanbao-card :is(time, .measured) { white-space: nowrap; font-variant-numeric: tabular-nums; }
.sanbao-card code { font: .87em/1.4 ui-monospace, monospace; color: var(--soft); padding: 0;
  background: none !important; overflow-wrap: anywhere; }
.sanbao-card details { margin-top: .8rem; border-top: 1px solid var(--line);
  padding-top: .6rem; }
.sanbao-card summary { cursor: pointer; color: var(--soft); display: list-item; }
.sanbao-card summary:hover { color: var(--ink); }
"""

_TABLES: Final = """
.sanbao-card .scroll { overflow-x: auto; }
.sanbao-card .stacked table { width: 100%; }
.sanbao-card table { border-collapse: collapse; border: 0; margin: .5rem 0;
  table-layout: auto; width: auto; }
.sanbao-card :is(thead, tbody, tr) { background: none !important; border: 0; }
.sanbao-card.sanbao-card :is(tr, th, td) { text-align: left; vertical-align: top; }
.sanbao-card.sanbao-card table { font-size: .93em; line-height: 1.6; }
.sanbao-card.sanbao-card :is(th, td) { font-size: 1em; line-height: inherit;
  padding: .35rem 1rem .35rem .4rem;
  border: 0; border-bottom: 1px solid var(--line) !important; background: none; white-space: normal;
  max-width: 34rem; overflow-wrap: break-word; word-break: keep-all;
  font-variant-numeric: tabular-nums; }
.sanbao-card.sanbao-card .stacked td:last-child { word-break: normal; }
.sanbao-card th { color: var(--soft); font-weight: 500; white-space: nowrap; }
.sanbao-card tr.lead td { background: var(--tint); }
.sanbao-card td:is(.holds, .fails, .barred, .unknown) { white-space: nowrap; }
.sanbao-card td small { white-space: normal; }
.sanbao-card td.holds { color: var(--good); } .sanbao-card td.barred { color: var(--bad); }
.sanbao-card td.unknown { color: var(--open); } .sanbao-card td.fails { color: var(--soft); }
@container (max-width: 34rem) {
  .sanbao-card .stacked :is(table, tbody, tr, td) { display: block; }
  .sanbao-card .stacked thead { display: none; }
  .sanbao-card.sanbao-card .stacked td { border: 0 !important; padding: .05rem .4rem; }
  .sanbao-card .stacked td:empty { display: none; }
  .sanbao-card .stacked td { word-break: normal; }
  .sanbao-card .stacked td[data-label]::before { content: attr(data-label) ": ";
    color: var(--soft); }
  .sanbao-card:lang(zh) .stacked td[data-label]::before { content: attr(data-label) "："; }
  .sanbao-card .stacked tr { border-bottom: 1px solid var(--line) !important; padding: .5rem 0; }
}
"""

_DRAWING: Final = """
.sanbao-card .drawing { overflow-x: auto; margin: .9rem -6px .5rem; padding: 0 6px; }
.sanbao-card .drawing svg { display: block; width: 100%; min-width: 300px; overflow: visible; }
.sanbao-card svg text { font: 12px/1 system-ui, "Noto Sans CJK SC", "PingFang SC",
  "Microsoft YaHei", sans-serif; fill: var(--ink); paint-order: stroke; stroke: var(--paper);
  stroke-width: 4px; stroke-linejoin: round; }
.sanbao-card svg .quiet { fill: var(--soft); font-size: 11px; }
.sanbao-card svg .axis { stroke: var(--soft); } .sanbao-card svg .tick { stroke: var(--line); }
.sanbao-card svg .stem { stroke: var(--line); }
.sanbao-card svg .dot { fill: var(--paper); stroke: var(--soft); }
.sanbao-card svg .sold { fill: var(--ink); stroke: var(--ink); }
.sanbao-card svg .swap { fill: var(--exchange); }
.sanbao-card svg .flag { fill: var(--good); }
.sanbao-card svg .now { stroke: var(--now); fill: var(--now); }
.sanbao-card svg text.now { stroke: var(--paper); font-weight: 600; }
.sanbao-card svg .bar { fill: var(--period); }
.sanbao-card svg .bar.refund { fill: var(--refund); }
.sanbao-card svg .bar.exchange { fill: var(--exchange); }
.sanbao-card svg .bar:is(.repair, .free_repair) { fill: var(--repair); }
.sanbao-card svg .bar.paid_repair { fill: var(--bad); }
.sanbao-card svg .bar.refund.less { fill: var(--refund); fill-opacity: .5; }
.sanbao-card svg .bar.excluded { fill: var(--line); }
.sanbao-card svg .bar.open { fill: none; stroke: var(--open); stroke-dasharray: 4 3; }
.sanbao-card svg .notch { stroke: var(--paper); }
"""

_PRINT: Final = """
@media print {
  .sanbao-card { border: 0; max-width: none; padding: 0; print-color-adjust: exact;
    -webkit-print-color-adjust: exact; }
  .sanbao-card details::details-content { content-visibility: visible; block-size: auto; }
  .sanbao-card details > :not(summary) { display: revert; }
  .sanbao-card :is(.scroll, .drawing) { overflow: visible; }
  .sanbao-card :is(dl > div, .drawing) { break-inside: avoid; }
  .sanbao-card :is(p, li, td) { orphans: 3; widows: 3; }
  .sanbao-card :is(h1, h2, summary, .headline, .kicker) { break-after: avoid; }
}
"""

STYLE: Final = (
    f".sanbao-card {{ {_LIGHT} }}\n"
    f"@media (prefers-color-scheme: dark) {{ .sanbao-card {{ {_DARK} }} }}\n"
    f'[data-jp-theme-light="true"] .sanbao-card, .vscode-light .sanbao-card {{ '
    f"{_LIGHT} color-scheme: light; }}\n"
    f'[data-jp-theme-light="false"] .sanbao-card, .vscode-dark .sanbao-card {{ '
    f"{_DARK} color-scheme: dark; }}"
    f"{_WORDS}{_TABLES}{_DRAWING}{_PRINT}"
)
"""The style sheet of a card."""

PAGE_STYLE: Final = f"""{STYLE}
.sanbao-page {{ {_LIGHT} margin: 0; background: var(--paper); }}
@media (prefers-color-scheme: dark) {{ .sanbao-page {{ {_DARK} }} }}
.sanbao-page .sanbao-card {{ margin: 0 auto; border: 0; border-radius: 0;
  padding: 1.5rem 1rem 3rem; font-size: 16px; }}"""
"""The style sheet of a page, which is one card."""
