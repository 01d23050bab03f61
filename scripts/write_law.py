"""Write the tables of ``docs/en/law.md`` and ``docs/en/readings.md`` from the laws that ship.

``python scripts/write_law.py`` needs sanbao installed, and is run when a law, or the words for
it, have changed. What stands between ``<!-- generated: NAME -->`` and ``<!-- end -->`` is made
anew from every version of the regulation, from the local regulations and from the contested
readings that the regulation declares; all else on the pages is written by hand and stays. With
``--check`` it writes nothing, names the parts that are not what the laws say, and leaves with
status 1 if there are any.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache, partial
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias

import sanbao
from sanbao import policies
from sanbao.base.renamed import RENAMED
from sanbao.explain.texts.comparisons import percent_text
from sanbao.explain.texts.conditions import condition_text, rule_name
from sanbao.explain.texts.phrases import cites_text, clauses, fact_label, listed, value_text
from sanbao.explain.texts.policies import gives_lines
from sanbao.explain.texts.titles import own_words
from sanbao.explain.words.catalogue import LANGUAGES, Language, say
from sanbao.explain.words.numbers import in_words
from sanbao.model.citation import Citation
from sanbao.model.decision import Check
from sanbao.model.readings import DEFAULT_READINGS, Readings, reading_values
from sanbao.policies import library
from sanbao.policies.instruments import LAW
from sanbao.rules.conditions import AllOf, AnyOf, Condition, Not, Under
from sanbao.rules.policy import (
    Article,
    Bar,
    Coverage,
    Exclusion,
    Grade,
    Obligation,
    Policy,
    Right,
    Rule,
)

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "en" / "law.md"
READINGS: Final = PAGE.with_name("readings.md")

Words: TypeAlias = tuple[str, str]
"""A text in Chinese and in English."""
Blocks: TypeAlias = Mapping[str, Callable[[], str]]
"""What makes every generated part of a page, by its name."""
Part: TypeAlias = Coverage | Rule | Obligation
"""A line of a law that has a row of its own."""

_BLOCK: Final = re.compile(r"(<!-- generated: ([\w-]+) -->\n)(.*?)(<!-- end -->\n)", re.DOTALL)
_NONE: Final = "–"


def main(arguments: list[str]) -> int:
    """Write or check the page and return the exit status."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    check = parser.parse_args(arguments).check
    stale = [
        f"docs/en/{page.name}: {name}"
        for page, blocks in ((PAGE, BLOCKS), (READINGS, READING_BLOCKS))
        for name in _renewed(page, blocks, write=not check)
    ]
    for name in stale:
        print(name, "is not current" if check else "written")
    return int(check and bool(stale))


def _renewed(page: Path, blocks: Blocks, *, write: bool) -> list[str]:
    """Return the parts of a page that are not what the laws say, and write it if asked."""
    before = page.read_text("utf-8")
    after = written(before, blocks)
    pairs = zip(_BLOCK.findall(before), _BLOCK.findall(after), strict=True)
    stale = [name for (_, name, old, _), (_, _, new, _) in pairs if old != new]
    if stale and write:
        page.write_text(after, "utf-8", newline="\n")
    return stale


def written(page: str, blocks: Blocks) -> str:
    """Return the page with every generated part as the laws have it.

    Raises :class:`ValueError` for a part that is none, and where one is missing.
    """
    found = [name for _, name, _, _ in _BLOCK.findall(page)]
    if sorted(found) != sorted(blocks):
        raise ValueError(f"the page has {sorted(found)}, and must have {sorted(blocks)}")
    if page.count("<!-- generated:") != len(found):
        raise ValueError("a generated part has no end")
    return _BLOCK.sub(lambda m: f"{m[1]}\n{blocks[m[2]]()}\n\n{m[4]}", page)


# --- the laws --------------------------------------------------------------------------------


def national() -> tuple[Policy, ...]:
    """Return every version of the regulation, the oldest first."""
    return policies.versions(LAW)


def local() -> tuple[Policy, ...]:
    """Return the local regulations that ship."""
    return tuple(law for name in policies.ids() if (law := policies.get(name)).kind == "local")


# --- cells and tables --------------------------------------------------------------------------


def _told(tell: Callable[[Language], str]) -> str:
    """Return what ``tell`` says in Chinese, and below it in English."""
    return "<br>".join(dict.fromkeys(tell(lang) for lang in LANGUAGES))


def _words(words: Words) -> str:
    return _told(lambda lang: own_words(words, lang))


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or _NONE


def _table(head: Sequence[Words], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of Markdown; a bar in a cell would end it and is escaped."""
    lines = [
        "| " + " | ".join(f"{zh} {en}".rstrip() for zh, en in head) + " |",
        "|" + "---|" * len(head),
        *("| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows),
    ]
    return "\n".join(lines)


def _by_version(cells: Mapping[str, str]) -> str:
    """Return one cell for all versions: said once where they agree, else version by version."""
    if len(set(cells.values())) == 1:
        return next(iter(cells.values()))
    return "<br>".join(f"**{version}**: {cell}" for version, cell in cells.items())


_Tell: TypeAlias = Callable[[Any, Policy], Sequence[str]]
"""Makes the cells of a row from a part of a law and the law; an id comes before them."""

_NAME_OF: Final = {"catalogue": "kind", "articles": "number"}
"""The key of the parts of a law that have no id."""


def _rows(
    laws: Sequence[Policy],
    section: str,
    tell: _Tell,
    *,
    beside: Sequence[Policy] = (),
) -> Iterator[list[str]]:
    """Yield a row for every part of ``section``, of all versions together.

    What the laws ``beside`` have as well is left out.
    """
    key = _NAME_OF.get(section, "id")
    known = {part for law in beside for part in getattr(law, section)}
    found: dict[object, dict[str, Sequence[str]]] = defaultdict(dict)
    for law in laws:
        for part in getattr(law, section):
            if part not in known:
                found[getattr(part, key)][law.version] = tell(part, law)
    for name, told in found.items():
        columns = [
            _by_version(dict(zip(told, cells, strict=True)))
            for cells in zip(*told.values(), strict=True)
        ]
        if isinstance(name, str):  # an id, the same whatever a version calls the rule
            columns[0] = f"`{name}`<br>{columns[0]}"
        if len(told) < len(laws):
            only = ", ".join(told)
            columns[0] += f"<br>仅 {only} 版 only in version {only}"
        yield columns


# --- what is said of a rule ----------------------------------------------------------------------


def _name(part: Rule | Obligation, law: Policy) -> str:
    return _told(lambda lang: rule_name(part.id, lang, law))


def _when(part: Rule | Obligation, law: Policy) -> str:
    """Return under which condition a rule holds, with what its law says beside it."""
    if part.when is None:
        return _told(lambda lang: say(lang, "condition.always"))
    told = [_condition(part.when, law)]
    if isinstance(part, Exclusion | Bar) and part.alleged is not None:
        told.append(f"*须证明 to be proved:* {_condition(part.alleged, law)}")
    if isinstance(part, Right):
        if part.empty is not None:
            told.append(f"*无余额 nothing is left:* {_condition(part.empty, law)}")
        carried = _told(lambda lang: say(lang, f"code.{part.needs_papers}"))
        told.append(f"*凭证须可办 papers have to carry:* {carried.replace('<br>', ' ')}")
        if part.despite:
            told.append(f"*不受影响 untouched by:* {_codes(part.despite)}")
    return "<br>".join(told)


def _condition(condition: Condition, law: Policy) -> str:
    """Return a condition in words, as it is under the default readings.

    What can hold under another reading alone is told whole.
    """
    usual = under_defaults(condition)
    if isinstance(usual, bool):
        usual = AllOf(()) if usual else condition
    return _told(lambda lang: condition_text(usual, lang, policy=law))


def under_defaults(condition: Condition) -> Condition | bool:
    """Return what is left of a condition under the default readings, or whether it holds."""
    match condition:
        case Under(reading=reading, value=value):
            return bool(getattr(DEFAULT_READINGS, reading) == value)
        case Not(of=part):
            left = under_defaults(part)
            return not left if isinstance(left, bool) else Not(left)
        case AllOf(of=parts) | AnyOf(of=parts):
            decisive = isinstance(condition, AnyOf)  # a part that decides the whole by itself
            open_parts: list[Condition] = []
            for part in parts:
                left = under_defaults(part)
                if left is decisive:
                    return decisive
                if not isinstance(left, bool):
                    open_parts.append(left)
            if not open_parts:
                return not decisive
            return open_parts[0] if len(open_parts) == 1 else type(condition)(tuple(open_parts))
        case leaf:
            return leaf


def _cites(cites: Iterable[Citation]) -> str:
    return _told(lambda lang: cites_text(cites, lang))


_MARKS: Final = ("confirmed", "single", "inferred")


def _mark(cites: Iterable[Citation]) -> str:
    """Return the marks of citations, the surest first."""
    found = {cite.number for cite in cites}
    return _codes(mark for mark in _MARKS if mark in found)


def _law(law: Policy) -> str:
    """Return what tells a law from the others that ship: its version, if it has several."""
    return law.version if law.kind == "regulation" else law.id


def _readings(names: Iterable[str]) -> str:
    chosen = set(names)
    links = [f"[`{name}`](readings.md#{name})" for name in reading_values() if name in chosen]
    return ", ".join(links) or _NONE


_RULE: Final = ("规则", "Rule")
_GIVES: Final = ("内容", "Gives")
_WHEN: Final = ("条件", "When")
_CITES: Final = ("依据", "Citations")
_MARK: Final = ("标记", "Mark")
_TOUCHED: Final = ("有关的解释", "Readings")


def _rule(part: Rule, law: Policy) -> list[str]:
    return [
        _name(part, law),
        _when(part, law),
        _cites(part.cites),
        _mark(part.cites),
        _readings(touched().get((_law(law), part.id), ())),
    ]


def _giving(part: Right | Grade, law: Policy) -> list[str]:
    name, *rest = _rule(part, law)
    given = [_told(lambda lang: clauses(lang, list(gives_lines(part, lang))))]
    if isinstance(part, Grade):
        given += [f"`{right}`: {_condition(under, law)}" for right, under in part.carries_under]
    return [name, "<br>".join(given), *rest]


def _duty(part: Obligation, law: Policy) -> list[str]:
    outcomes = part.with_outcomes
    with_ = _told(lambda lang: listed(lang, [say(lang, f"outcome.{one}") for one in outcomes]))
    due = "申请日 day of the claim"
    if part.after is not None:
        zh, en = (fact_label(part.after, lang) for lang in LANGUAGES)
        due = f"{zh}后第 {part.days} 日<br>{part.days} days after the {en}"
    return [
        _name(part, law),
        with_ or "任何结果 any outcome",
        _when(part, law),
        due,
        _cites(part.cites),
        _mark(part.cites),
    ]


_KINDS: Final[Mapping[str, tuple[Sequence[Words], _Tell]]] = {
    "exclusions": ((_RULE, _WHEN, _CITES, _MARK, _TOUCHED), _rule),
    "bars": ((_RULE, _WHEN, _CITES, _MARK, _TOUCHED), _rule),
    "grades": ((_RULE, _GIVES, _WHEN, _CITES, _MARK, _TOUCHED), _giving),
    "rights": ((_RULE, _GIVES, _WHEN, _CITES, _MARK, _TOUCHED), _giving),
    "obligations": (
        (_RULE, ("随同结果", "With"), _WHEN, ("何时", "Due"), _CITES, _MARK),
        _duty,
    ),
}
"""The head of the table of every kind of rule, and what makes a row."""


def _section(name: str) -> str:
    head, tell = _KINDS[name]
    return _table(head, _rows(national(), name, tell))


def preference() -> str:
    """Return the rights from the strongest to the weakest."""
    orders = {
        law.version: " > ".join(f"`{right}`" for right in law.preference) for law in national()
    }
    return _by_version(orders)


# --- the other tables -----------------------------------------------------------------------


def _coverage(line: Coverage, _: Policy) -> list[str]:
    rate = line.daily_rate
    return [
        _told(lambda lang: value_text(line.kind, lang)),
        _told(lambda lang: value_text(line.role, lang)),
        _told(lambda lang: say(lang, "condition.months", number=line.months)),
        "无 none" if rate is None else f"{percent_text(rate)} %",
        _told(lambda lang: listed(lang, [value_text(fault, lang) for fault in line.faults])),
        _cites(line.cites),
        _mark(line.cites),
    ]


def catalogue() -> str:
    """Return the table of goods: period, rate of depreciation, listed faults."""
    head = (
        ("商品", "Goods"),
        ("类别", "Role"),
        ("三包有效期", "Period"),
        ("每日折旧", "Depreciation a day"),
        ("性能故障", "Listed faults"),
        _CITES,
        _MARK,
    )
    return _table(head, _rows(national(), "catalogue", _coverage))


def articles() -> str:
    """Return the table of articles: the rules that encode each, or why there is none."""

    def row(article: Article, _: Policy) -> list[str]:
        number = _told(lambda lang: say(lang, "shown.number", number=article.number))
        silent = article.no_effect
        what = _codes(article.rules) if silent is None else _words(silent)
        return [number, what, f"`{article.certainty}`"]

    head = (("条", "Article"), ("规则, 或者没有规则的原因", "Rules, or why there is none"), _MARK)
    appendices = _cited(lambda cite: cite.law == LAW and cite.appendix is not None)
    rows = [*_rows(national(), "articles", row)]
    rows += [[_cites([place]), _codes(names), _mark([place])] for place, names in appendices]
    return _table(head, rows)


def _cited(wanted: Callable[[Citation], bool]) -> list[tuple[Citation, list[str]]]:
    """Return the citations that are wanted, in order, each with the parts that rest on it."""
    found: dict[Citation, dict[str, None]] = defaultdict(dict)
    for law in (*national(), *local()):
        for part in (*law.catalogue, *law.rules, *law.obligations):
            name = part.kind if isinstance(part, Coverage) else part.id
            for cite in part.cites:
                if wanted(cite):
                    found[cite][name] = None
    places = sorted(found, key=lambda one: (one.law, one.article or 0, one.appendix or 0))
    return [(place, list(found[place])) for place in places]


def other_law() -> str:
    """Return the table of what other national and local law is cited for."""
    return _citations(lambda cite: cite.law != LAW)


def marks() -> str:
    """Return the table of the citations that are not confirmed."""
    return _citations(lambda cite: cite.number != "confirmed")


def _citations(wanted: Callable[[Citation], bool]) -> str:
    head = (_CITES, ("规则", "Rules"), _MARK)
    rows = [[_cites([place]), _codes(names), _mark([place])] for place, names in _cited(wanted)]
    return _table(head, rows)


def corrected() -> str:
    """Return the table of ids that were corrected."""
    rows = [[f"`{old}`", f"`{new}`"] for old, new in RENAMED.items()]
    return _table((("旧编号", "Old id"), ("现编号", "Id now")), rows)


_LABELS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "in_force_from": ("适用的首日", "First day it governs"),
        "in_force_to": ("适用的末日", "Last day it governs"),
        "factory_days": (
            "出厂后推定起算的天数",
            "Days from the factory date to the presumed start",
        ),
        "sound_capacity": ("电池容量合格线, %", "Capacity from which a battery is sound, %"),
        "source": ("来源", "Source"),
        "read_on": ("查阅日期", "Read on"),
        "period_from": ("三包有效期起算", "The period runs from"),
        "windows_stretch": (
            "修理时间顺延退换期限",
            "Time in repair stretches the windows",
        ),
        "refund_price": ("退款依据的价格", "Price that is refunded"),
        "invoiced": ("发票", "invoice"),
        "delivered": ("交付", "delivery"),
        "paid": ("实际支付", "really paid"),
    }
)
"""What the properties of a version are called, and their codes. What is not here is told by its
name."""


def versions() -> str:
    """Return the table of versions: days, numbers and ways of counting of each."""
    laws = national()
    told: dict[str, list[str]] = defaultdict(list)
    for law in laws:
        for name, value in _properties(law):
            told[name].append(_plain(value))
    head = [("版本", "Version"), *((law.version, "") for law in laws)]
    known = [*_LABELS, *told]
    rows = [
        [" ".join(_LABELS.get(name, (f"`{name}`",))), *told[name]]
        for name in sorted(told, key=known.index)
        if set(told[name]) != {_NONE}
    ]
    return _table(head, rows)


def _properties(record: object) -> Iterator[tuple[str, object]]:
    """Yield what a version has beside its rules and names, by name."""
    for field in fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if is_dataclass(value):
            yield from _properties(value)
        elif not isinstance(value, tuple) and field.name not in _NAMES:
            yield field.name, value


_NAMES: Final = frozenset({"id", "version", "title_zh", "title_en", "kind", "beside"})


def _plain(value: object) -> str:
    if value is None or value == "":
        return _NONE
    if isinstance(value, bool):
        return _told(lambda lang: value_text(value, lang))
    return " ".join(_LABELS.get(str(value), (str(value),)))


def local_law() -> str:
    """Return the tables of the local regulations: what each has that the regulation has not."""
    laws = local()
    if not laws:
        return "目前没有随库发布的地方性法规。 None ships at present."
    return "\n\n".join(text for law in laws for text in _local(law))


def _local(law: Policy) -> Iterator[str]:
    yield f"### {law.title_zh} {law.title_en}"
    first = law.in_force_from
    yield f"`{law.id}`: 适用于 {first} 起的销售, for sales from {first}. {law.source}"
    for name, (head, tell) in _KINDS.items():
        rows = list(_rows((law,), name, tell, beside=national()))
        if rows:
            yield f"*{' '.join(say(lang, f'shown.{name}') for lang in LANGUAGES)}*"
            yield _table(head, rows)
    if law.unencoded:
        yield f"*{' '.join(say(lang, 'shown.unencoded') for lang in LANGUAGES)}*"
        yield "\n".join(f"* {_words(words)}" for words in law.unencoded)


BLOCKS: Final[Blocks] = MappingProxyType(
    {
        "versions": versions,
        "articles": articles,
        "other-law": other_law,
        "marks": marks,
        "corrected": corrected,
        "catalogue": catalogue,
        **{name: partial(_section, name) for name in _KINDS},
        "preference": preference,
        "local": local_law,
    }
)


def _reading(name: str) -> str:
    """Return the question of a contested reading, and its values with meaning and source."""
    words, law = library.words(LAW), policies.get(LAW)

    def said(message: str) -> Words:
        return in_words(message, words[message], law)

    rows = [
        [
            f"`{value}`" if place else f"`{value}` (default)",
            _words(said(f"reading.{name}.{value}")),
            _words(said(f"source.{name}.{value}")),
        ]
        for place, value in enumerate(reading_values()[name])
    ]
    head = ("取值", "Value"), ("含义", "Meaning"), ("来源", "Source")
    return f"**{' '.join(said(f'reading.{name}'))}**\n\n{_table(head, rows)}"


READING_BLOCKS: Final[Blocks] = MappingProxyType(
    {name: partial(_reading, name) for name in reading_values()}
)


# --- which readings touch a rule -----------------------------------------------------------


@cache
def touched() -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the readings that touch every rule, by its law and its id.

    The law is the version of the regulation, or the id of what stands beside it. A reading touches
    a rule if some claim is held against other days, numbers or facts by it, if the papers carry it
    or not, or if its money comes out otherwise, under another value of this reading alone. Found
    by deciding claims that have something of everything.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims():
        here = _looked_at(claim, DEFAULT_READINGS)
        for reading, _, readings in DEFAULT_READINGS.alternatives():
            there = _looked_at(claim, readings)
            for rule in here.keys() & there.keys():
                if _differ(here[rule], there[rule]):
                    found[rule].add(reading)
    return MappingProxyType({rule: frozenset(names) for rule, names in found.items()})


class _Seen(NamedTuple):
    """What a rule looks at in a claim; ``money`` only where it gives a remedy."""

    checks: tuple[Check, ...]
    papers: tuple[str, ...]
    money: tuple[object, ...] | None


def _differ(one: _Seen, other: _Seen) -> bool:
    """Say whether two looks differ; that money is owed in one only is the doing of others."""
    same_money = one.money is None or other.money is None or one.money == other.money
    return one[:2] != other[:2] or not same_money


def _looked_at(claim: Mapping[str, Any], readings: Readings) -> dict[tuple[str, str], _Seen]:
    """Return what every rule looks at in a claim, by its law and its id."""
    decision = sanbao.decide(claim, readings=readings)
    law, version = decision.policy.ids[0], decision.policy.version.partition("+")[0]
    money = {
        remedy.ref: (remedy.price, remedy.used_days, remedy.fee, remedy.payable)
        for remedy in decision.remedies
    }
    return {
        (version if finding.policy == law else finding.policy, finding.rule): _Seen(
            tuple(check for check in finding.checks if check.fact != "rights"),
            tuple(rule for rule in finding.barred_by if rule.startswith("art9.")),
            money.get(finding.ref),
        )
        for finding in decision.findings
    }


def claims() -> Iterator[dict[str, Any]]:
    """Yield claims with something of everything that a reading may be about.

    Those of the last sale also in the places of the local regulations.
    """
    sales = [*_SALES, *({**_SALES[-1], "province": place} for place in _PLACES if local())]
    for sale, (kind, symptom), story in product(sales, _GOODS, _STORIES):
        year = sale["sold_on"][:4]
        fault = {"symptom": symptom, "cause": "liquid", "cause_basis": "trader"}
        if story.appeared is not None:
            fault["appeared_on"] = f"{year}-{story.appeared}"
        yield {
            "claimed_on": f"{year}-{story.claimed}",
            "product": {"kind": kind},
            "purchase": {**sale, "price": "1999.01"},
            "evidence": story.papers,
            "fault": fault,
            "repairs": [_dated(repair, year) for repair in story.repairs],
            "exchanges": [{"exchanged_on": f"{year}-{day}"} for day in story.exchanged],
            "same_model_in_stock": story.in_stock,
            "request": "refund",
        }


def _dated(repair: Mapping[str, Any], year: str) -> dict[str, Any]:
    """Return a repair with its days in ``year``."""
    return {
        name: f"{year}-{value}" if name.endswith("_on") else value for name, value in repair.items()
    }


# sold, invoiced and delivered on three days, the ends of windows and periods on rest days
_SALES: Final = (
    {"sold_on": "2013-03-07", "invoiced_on": "2013-03-08", "received_on": "2013-03-09"},
    {"sold_on": "2023-03-01", "invoiced_on": "2023-03-02", "received_on": "2023-03-04"},
    {"sold_on": "2025-03-06", "invoiced_on": "2025-03-09", "received_on": "2025-03-08"},
)
_PLACES: Final = ("CN-ZJ", "CN-JS")
_GOODS: Final = (
    ("handset", "screen_fault"),
    ("handset", "battery_fault"),
    ("battery", "battery_fault"),
)
_FULL: Final = {"invoice": "original", "voucher": "intact"}
_NOT_ISSUED: Final = {"invoice": "original", "voucher": "not_issued"}
_PROVEN: Final = {"invoice": "copy", "voucher": "lost"}
_FACTORY: Final = {"invoice": "none", "voucher": "lost", "manufactured_on": "2013-01-05"}

_REPAIRED: Final = {
    "handed_in_on": "03-11",
    "ready_on": "03-13",
    "notified_on": "03-13",
    "handed_back_on": "03-17",
}
_AGAIN: Final = {"handed_in_on": "04-01", "handed_back_on": "04-05"}
_OPEN: Final = {"handed_in_on": "04-10"}
_OTHER_FAULT: Final = {"symptom": "no_ring"}
_UNRECORDED: Final = {"recorded": False}
_SOFTWARE: Final = {"software_only": True}
_PARTS: Final = {"delay": "parts"}
_REPAIRER: Final = {"delay": "repairer"}
# in repair when the phone was delivered, but not yet when the invoice was made out
_EARLY: Final = {"handed_in_on": "03-08"}


class _Story(NamedTuple):
    """What happened to the goods after the sale; days without their year."""

    papers: Mapping[str, str]
    claimed: str
    repairs: Sequence[Mapping[str, Any]] = ()
    exchanged: Sequence[str] = ()
    appeared: str | None = "03-10"
    in_stock: bool = True


_STORIES: Final = (
    _Story(_NOT_ISSUED, "03-12"),
    _Story(_PROVEN, "03-12"),
    _Story(_FULL, "03-12", in_stock=False),
    _Story(_FACTORY, "04-08"),
    _Story(_FULL, "04-08", [_REPAIRED, _AGAIN]),
    _Story(_FULL, "07-20", [_REPAIRED | _OTHER_FAULT, _AGAIN | _UNRECORDED]),
    _Story(_FULL, "04-08", [_REPAIRED | _SOFTWARE, _AGAIN | _OTHER_FAULT]),
    _Story(_FULL, "07-20", [_AGAIN, _OPEN | _UNRECORDED | _PARTS]),
    _Story(_FULL, "07-20", [_AGAIN, _OPEN | _UNRECORDED | _REPAIRER]),
    _Story(_FULL, "03-20", [_REPAIRED | _EARLY], appeared=None),
    _Story(_FULL, "07-20", [_EARLY | _PARTS], in_stock=False),
    _Story(_FULL, "07-20", [_EARLY | _REPAIRER]),
    _Story(_PROVEN, "04-08", [_REPAIRED, _AGAIN], exchanged=["03-10"]),
    _Story(_FULL, "07-20", [_AGAIN, _OPEN], exchanged=["03-10"]),
    _Story(_PROVEN, "04-08", exchanged=["03-10", "03-20"]),
    _Story(_NOT_ISSUED, "04-08", exchanged=["03-10", "03-20"]),
)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
