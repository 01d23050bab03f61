"""A decision as one self-contained page: 网页.

No script, no outside resource; every value is escaped. Light and dark follow the reader's
system.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sanbao.explain.messages import Language, language, say
from sanbao.explain.phrases import check_text, cites_text, rule_text
from sanbao.explain.text import explain

if TYPE_CHECKING:
    from sanbao.decision import Decision, Finding

__all__ = ["page"]

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #d9dee5;
  --paper: #ffffff; --good: #0b6e4f; --bad: #9b2c2c; --open: #8a5a00; --tint: #f4f6f9; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5;
  --line: #38424f; --paper: #161b22; --good: #5fd0a5; --bad: #f09a9a; --open: #e6b65c;
  --tint: #1f2630; } }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.6rem; margin: 0 0 .75rem; }
h1.good { color: var(--good); } h1.bad { color: var(--bad); } h1.open { color: var(--open); }
p { margin: .35rem 0; overflow-wrap: anywhere; }
details { margin-top: 1.5rem; border-top: 1px solid var(--line); padding-top: .75rem; }
summary { cursor: pointer; color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin-top: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem;
  border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
td small { color: var(--soft); }
tr.lead td { background: var(--tint); }
td.verdict { white-space: nowrap; } td.verdict small { white-space: normal; }
td.holds { color: var(--good); } td.barred { color: var(--bad); } td.unknown { color: var(--open); }
code { overflow-wrap: anywhere; font-size: .8rem; color: var(--soft); }
"""

_TONES = {None: "open", "paid_repair": "bad", "excluded": "bad"}


def page(decision: Decision, lang: str, audience: str = "consumer") -> str:
    """Return ``decision`` as an HTML page in ``lang``.

    Raises :class:`~sanbao.ValidationError` for a language the catalogue does not have.
    """
    chosen = language(lang)
    title = say(chosen, f"outcome.{decision.outcome or 'open'}")
    lines = "\n".join(
        f"<p>{escape(line)}</p>" for line in explain(decision, chosen, audience).split("\n")
    )
    lead = "" if decision.lead is None else decision.lead.rule
    rows = "\n".join(_row(finding, lead, chosen) for finding in decision.findings)
    heads = "".join(
        f"<th>{escape(say(chosen, name))}</th>"
        for name in ("page.rule", "page.verdict", "page.checks")
    )
    receipt = decision.receipt
    proof = f"{receipt.policy} · {receipt.claim_sha256} · sanbao {receipt.library}"
    return f"""<!DOCTYPE html>
<html lang="{"zh-CN" if chosen == "zh" else "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(say(chosen, "page.title"))}: {escape(title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1 class="{_TONES.get(decision.outcome, "good")}">{escape(title)}</h1>
{lines}
<details>
<summary>{escape(say(chosen, "page.findings"))}</summary>
<div class="scroll">
<table>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
</details>
<details>
<summary>{escape(say(chosen, "page.receipt"))}</summary>
<p><code>{escape(proof)}</code></p>
</details>
</main>
</body>
</html>
"""


def _row(finding: Finding, lead: str, lang: Language) -> str:
    rule = f"{escape(rule_text(finding.rule, lang))}<br>"
    cites = f"<small>{escape(cites_text(finding.citations, lang))}</small>"
    texts = dict.fromkeys(check_text(check, lang) for check in finding.checks)
    checks = "<br>".join(escape(text) for text in texts)
    verdict = escape(say(lang, f"verdict.{finding.verdict}"))
    if finding.barred_by:
        barred = ", ".join(rule_text(rule, lang) for rule in finding.barred_by)
        verdict += f"<br><small>{escape(barred)}</small>"
    mark = ' class="lead"' if finding.rule == lead else ""
    cell = f'<td class="verdict {finding.verdict}">{verdict}</td>'
    return f"<tr{mark}><td>{rule}{cites}</td>{cell}<td>{checks}</td></tr>"
