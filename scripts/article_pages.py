"""The law, article by article: pages made from the policies, in Chinese or English.

:func:`pages` gives every page by its name, in the Markdown of the site; ``scripts/build_docs.py``
writes them where the site is built. Of each article they tell what it is about, the rules that
encode it (their conditions in words, what they give, what they rest on), the days on which a
rule of time begins and ceases to hold, decided day by day for real dates of sale, the contested
readings that it leaves open, and what of it is not encoded. Nothing of the law is typed here: the
claims below are what the days are worked out for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from code_pages import table
from write_law import local, national, under_defaults

from sanbao import policies
from sanbao.engine import Engine
from sanbao.explain.texts.conditions import condition_text, rule_name
from sanbao.explain.texts.phrases import cites_text, value_text
from sanbao.explain.texts.policies import gives_lines
from sanbao.explain.texts.titles import own_words
from sanbao.explain.words.catalogue import Language, say
from sanbao.explain.words.numbers import in_words
from sanbao.model.citation import Citation
from sanbao.policies import library
from sanbao.policies.instruments import LAW
from sanbao.policies.mobile_readings import READINGS
from sanbao.rules.conditions import AllOf, Condition
from sanbao.rules.policy import Bar, Exclusion, Obligation, Policy, Right, Rule

__all__ = ["SITUATIONS", "index", "pages", "readings", "spans", "summary"]

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "index": ("逐条释法", "The law, article by article"),
    "made": (
        "以下各页由编入的规则直接生成：条件、依据和日期都出自规则本身，不另外手写。",
        "These pages are made from the rules as encoded: conditions, citations and days are the "
        "rules' own, and none is written by hand.",
    ),
    "article": ("条文", "Article"),
    "about": ("内容", "What it is about"),
    "rules": ("规则", "Rules"),
    "no_rule": ("没有规则的原因", "Why there is no rule"),
    "when": ("条件", "When"),
    "always": ("任何情形", "always"),
    "gives": ("给予", "Gives"),
    "carried": ("凭证须可办", "The papers have to carry"),
    "despite": ("不受下列规则影响", "Untouched by"),
    "proved": ("须证明", "To be proved"),
    "cites": ("依据", "Rests on"),
    "certainty": ("条文的可靠程度", "How sure the text is"),
    "only": ("仅见于{}版", "Only in version {}"),
    "version": ("（{}版）", " (version {})"),
    "days": ("从哪天到哪天", "From which day to which"),
    "computed": (
        "下列日期由程序逐日判定得出。所用的申请：{}；其余事实齐全，发票和三包凭证完好。",
        "Worked out by deciding day by day. The claim: {}; everything else is stated, invoice and "
        "voucher are whole.",
    ),
    "sold": ("售出", "Sold"),
    "first": ("首日", "First day"),
    "last": ("末日", "Last day"),
    "after": ("次日的结果", "The day after gives"),
    "open": ("没有末日", "no last day"),
    "readings": ("有争议的理解", "Contested readings"),
    "goods": ("商品目录", "The catalogue"),
    "good": ("商品", "Goods"),
    "months": ("三包有效期（月）", "Period (months)"),
    "faults": ("性能故障", "Listed faults"),
    "other": ("其他法律的规则", "Rules of other laws"),
    "beside_law": (
        "与规定一起决定同一问题、而不引用规定条文的规则。",
        "What decides the same questions beside the regulation and rests on none of its articles.",
    ),
    "local": ("地方性法规", "Local regulations"),
    "source": ("来源", "Source"),
    "beside": (
        "下列内容是它在国家规定之外另有的。",
        "What follows it has beside the national regulation.",
    ),
    "unencoded": ("没有编入的内容", "What is not encoded"),
    "all_rules": (
        "本条的规则全部编入；编入时的取舍见[编入的法律](../law.md)。",
        "All of the article that can decide a claim is encoded; what was chosen where the texts "
        "are silent is on [the law as encoded](../law.md).",
    ),
    "value": ("取值", "Value"),
    "means": ("含义", "Meaning"),
    "default": ("（默认）", " (default)"),
}


@dataclass(frozen=True)
class Situation:
    """A claim whose days are worked out: all of it but the days, which count from the sale."""

    words: tuple[str, str]
    claim: Mapping[str, Any]
    repairs: tuple[tuple[int, int | None], ...] = ()
    """Days after the sale on which the goods were handed in and handed back."""
    exchanged: tuple[int, ...] = ()
    delay: str | None = None


def _phone(**more: Any) -> dict[str, Any]:
    return {
        "product": {"kind": "handset"},
        "fault": {"symptom": "screen_fault", "cause": "defect"},
        "same_model_in_stock": True,
        **more,
    }


_CHARGER: Final = {
    "product": {"kind": "charger"},
    "fault": {"symptom": "charger_fault", "cause": "defect"},
    "same_model_in_stock": True,
}
_PLAIN: Final = Situation(("手持机，屏幕故障", "a phone with a screen fault"), _phone())
_CHARGED: Final = Situation(("充电器故障", "a charger that fails"), _CHARGER)
_TWICE: Final = Situation(
    ("手持机，已修两次", "a phone repaired twice"), _phone(), ((20, 22), (40, 42))
)

SITUATIONS: Final[Mapping[str, Situation]] = {
    "art10.repair": _PLAIN,
    "art10.again": Situation(
        (
            "手持机，第350日送修，第352日交还，同一故障再现",
            "a phone repaired from day 350 to 352, the same fault again",
        ),
        _phone(),
        ((350, 352),),
    ),
    "art11.refund": _PLAIN,
    "art11.exchange": _PLAIN,
    "art12.exchange": _PLAIN,
    "art13.exchange": _TWICE,
    "art14.exchange": _CHARGED,
    "art14.refund": Situation(
        ("充电器，已换两次", "a charger exchanged twice"), _CHARGER, exchanged=(20, 40)
    ),
    "art15.loaner": Situation(
        ("手持机，第20日送修，尚未修好", "a phone in repair since day 20"), _phone(), ((20, None),)
    ),
    "art16.exchange": Situation(
        (
            "手持机，第20日送修，因待件未修好",
            "a phone in repair since day 20, for want of parts",
        ),
        _phone(),
        ((20, None),),
        delay="parts",
    ),
    "art17.exchange": Situation(
        (
            "手持机，第20日送修，因修理者未修好",
            "a phone in repair since day 20, by the repairer's own doing",
        ),
        _phone(),
        ((20, None),),
        delay="repairer",
    ),
    "art18.refund": Situation(
        ("手持机，没有同型号同规格的货", "a phone, the same model not in stock"),
        _phone(same_model_in_stock=False),
    ),
    "art19.refund": Situation(
        ("手持机，有货而要求退货", "a phone in stock, a refund asked for"),
        _phone(request="refund"),
    ),
    "art24.expired": _PLAIN,
}
"""The claim for which the days of every rule of time are worked out."""

SALES: Final = (date(2024, 3, 1), date(2025, 7, 1), date(2025, 9, 26), date(2026, 3, 7))
"""Days of sale: under the law before Decree 778, a plain one, a holiday at the end of the 7 days,
a weekend at their end."""

_SCANNED: Final = 480
"""Days after the sale that are looked at: the longest period is a year, and repairs stretch it."""


def pages(lang: Language) -> dict[str, str]:
    """Return every page by its name without its ending, the overview (``index``) first."""
    newest = national()[-1]
    found = {"index": index(lang)}
    for article in newest.articles:
        found[f"article-{article.number}"] = _article_page(article.number, lang)
    for number in _appendices():
        found[f"appendix-{number}"] = _appendix_page(number, lang)
    found["other-law"] = _other_page(lang)
    return found | {law.id: _local_page(law, lang) for law in local()}


def index(lang: Language) -> str:
    """Return the overview: every article with what it is about."""
    newest = national()[-1]
    rows = [
        [f"[{_number(one.number, lang)}](article-{one.number}.md)", summary(one.number, lang)]
        for one in newest.articles
    ]
    names = [f"article-{article.number}" for article in newest.articles]
    names += [f"appendix-{number}" for number in _appendices()]
    rows += [
        [f"[{_appendix(one, lang)}](appendix-{one}.md)", summary(f"app{one}", lang)]
        for one in _appendices()
    ]
    lines = [f"# {_w('index', lang)}", _w("made", lang)]
    rows.append([f"[{_w('other', lang)}](other-law.md)", _w("beside_law", lang)])
    names.append("other-law")
    lines.append(table([_w("article", lang), _w("about", lang)], rows))
    lines.append(f"## {_w('local', lang)}")
    lines += [f"* [{_title(law, lang)}]({law.id}.md)" for law in local()]
    names += [law.id for law in local()]
    lines.append("```{toctree}\n:hidden:\n\n" + "\n".join(names) + "\n```")
    return "\n\n".join(lines) + "\n"


def summary(place: str | int, lang: Language) -> str:
    """Return what an article (``11``) or an appendix (``app3``) is about, in words of our own."""
    one = policies.article(place)
    return one.zh if lang == "zh" else one.en


def readings(lang: Language) -> str:
    """Return a section for every contested reading: question, articles, values and sources."""
    lines: list[str] = []
    for one in READINGS.values():
        head = [_w(name, lang) for name in ("value", "means", "source")]
        rows = [
            [
                f"`{value}`" + (_w("default", lang) if place == 0 else ""),
                _said(f"reading.{one.name}.{value}", lang),
                _said(f"source.{one.name}.{value}", lang),
            ]
            for place, value in enumerate(one.values)
        ]
        lines += [
            f"## {one.name}",
            f"**{_said(f'reading.{one.name}', lang)}**",
            f"{_w('cites', lang)}{_colon(lang)}{cites_text(one.cites, lang)}",
            table(head, rows),
        ]
    return "\n\n".join(lines) + "\n"


def _said(message: str, lang: Language) -> str:
    """Return words of the regulation, with the numbers of its newest version in them."""
    words = library.words(LAW)[message]
    return own_words(in_words(message, words, national()[-1]), lang)


# --- a page -----------------------------------------------------------------------------------


def _article_page(number: int, lang: Language) -> str:
    newest = national()[-1]
    [article] = [one for one in newest.articles if one.number == number]
    lines = [f"# {_number(number, lang)}"]
    lines.append(summary(number, lang))
    lines.append(f"{_w('certainty', lang)}{_colon(lang)}`{article.certainty}`")
    encoding = list(_encoding(number))
    lines += _sections(encoding, lang)
    lines += _open_questions(number, lang)
    lines.append(f"## {_w('unencoded', lang)}")
    silent = article.no_effect
    lines.append(own_words(silent, lang) if silent is not None else _w("all_rules", lang))
    return "\n\n".join(lines) + "\n"


def _appendix_page(number: int, lang: Language) -> str:
    lines = [f"# {_appendix(number, lang)}", summary(f"app{number}", lang)]
    newest = national()[-1]
    goods = [line for line in newest.catalogue if _cited(line.cites, appendix=number)]
    if goods:
        head = [_w(name, lang) for name in ("good", "months", "faults")]
        comma = "、" if lang == "zh" else ", "
        rows = [
            [
                value_text(line.kind, lang),
                str(line.months),
                comma.join(value_text(fault, lang) for fault in line.faults),
            ]
            for line in goods
        ]
        lines += [f"## {_w('goods', lang)}", table(head, rows)]
    lines += _sections(list(_encoding(appendix=number)), lang)
    return "\n\n".join(lines) + "\n"


def _other_page(lang: Language) -> str:
    parts = [
        (law, part)
        for law in national()
        for part in _parts(law)
        if not any(cite.law == LAW for cite in part.cites)
    ]
    lines = [f"# {_w('other', lang)}", _w("beside_law", lang), *_sections(parts, lang)]
    return "\n\n".join(lines) + "\n"


def _local_page(law: Policy, lang: Language) -> str:
    known = {part for version in national() for part in _parts(version)}
    lines = [
        f"# {_title(law, lang)}",
        f"{_w('source', lang)}{_colon(lang)}{law.source}",
        _w("beside", lang),
        *_sections([(law, part) for part in _parts(law) if part not in known], lang),
    ]
    if law.unencoded:
        lines.append(f"## {_w('unencoded', lang)}")
        lines.append("\n".join(f"* {own_words(words, lang)}" for words in law.unencoded))
    return "\n\n".join(lines) + "\n"


def _sections(encoding: Sequence[tuple[Policy, Rule | Obligation]], lang: Language) -> list[str]:
    """Return a section for every rule; what its versions have alike is said once."""
    versions = {law.version for law, _ in encoding}
    lines = []
    for name in dict.fromkeys(part.id for _, part in encoding):
        here = [(law, part) for law, part in encoding if part.id == name]
        law, newest = here[-1]
        lines += [f"## {_upper(_name(newest, law, lang))}", f"`{name}`"]
        for text, of in _alike(here, lambda part, law: "\n\n".join(_rule(part, law, lang))):
            lines += _only(of, versions, lang)
            lines.append(text)
        for text, of in _alike(here, lambda part, _: cites_text(part.cites, lang)):
            told = "" if len(of) == len(versions) else _w("version", lang).format(_and(of, lang))
            lines.append(f"**{_w('cites', lang)}**{told}{_colon(lang)}{text}")
        if name in SITUATIONS and law.kind == "regulation":
            lines += _days(name, lang)
    return lines


def _alike(
    parts: Sequence[tuple[Policy, Rule | Obligation]],
    tell: Callable[[Rule | Obligation, Policy], str],
) -> Iterator[tuple[str, list[str]]]:
    """Yield what is told of the versions of a rule, each text with the versions that have it."""
    told: dict[str, list[str]] = {}
    for law, part in parts:
        told.setdefault(tell(part, law), []).append(law.version)
    yield from told.items()


def _only(here: Sequence[str], versions: set[str], lang: Language) -> list[str]:
    return [] if len(here) == len(versions) else [f"*{_w('only', lang).format(_and(here, lang))}*"]


def _rule(part: Rule | Obligation, law: Policy, lang: Language) -> Iterator[str]:
    """Yield what a rule says: what it gives, and when."""
    given = ("；" if lang == "zh" else "; ").join(gives_lines(part, lang))
    if given:
        yield f"**{_w('gives', lang)}**{_colon(lang)}{given}"
    yield f"**{_w('when', lang)}**{_colon(lang)}\n\n{_condition(part.when, law, lang)}"
    if isinstance(part, Exclusion | Bar) and part.alleged is not None:
        yield f"**{_w('proved', lang)}**{_colon(lang)}\n\n{_condition(part.alleged, law, lang)}"
    if isinstance(part, Right):
        yield f"**{_w('carried', lang)}**{_colon(lang)}{say(lang, f'code.{part.needs_papers}')}"
        if part.despite:
            names = _and([f"`{name}`" for name in part.despite], lang)
            yield f"**{_w('despite', lang)}**{_colon(lang)}{names}"


def _condition(condition: Condition | None, law: Policy, lang: Language) -> str:
    """Return a condition in words under the default readings, its parts as a list."""
    if condition is None:
        return f"* {_w('always', lang)}"
    usual = under_defaults(condition)
    if usual is True:
        return f"* {_w('always', lang)}"
    if isinstance(usual, bool):  # can hold under another reading alone: told whole
        usual = condition
    parts = usual.of if isinstance(usual, AllOf) else (usual,)
    return "\n".join(f"* {condition_text(part, lang, policy=law)}" for part in parts)


def _open_questions(number: int, lang: Language) -> list[str]:
    """Return the contested readings that are about an article."""
    lines = [
        f"* [{_said(f'reading.{one.name}', lang)}](../readings.md#{one.name})"
        for one in READINGS.values()
        if _cited(one.cites, number)
    ]
    return [f"## {_w('readings', lang)}", "\n".join(lines)] if lines else []


# --- days -------------------------------------------------------------------------------------


def _days(rule: str, lang: Language) -> list[str]:
    situation = SITUATIONS[rule]
    rows = []
    for sold in SALES:
        for first, last, after in spans(rule, sold):
            result = "–" if after is None else say(lang, f"outcome.{after}")
            end = _w("open", lang) if last is None else _day(last)
            rows.append([_day(sold), _day(first), end, result])
    words = situation.words[lang != "zh"]
    head = [_w(name, lang) for name in ("sold", "first", "last", "after")]
    return [f"### {_w('days', lang)}", _w("computed", lang).format(words), table(head, rows)]


def _day(day: date) -> str:
    return f"<time>{day}</time>"  # which the style sheet keeps on one line


@cache
def spans(rule: str, sold: date) -> tuple[tuple[date, date | None, str | None], ...]:
    """Return when a rule holds for its claim, by deciding the claim of every day.

    Each is the first day, the last one (nothing if it goes on), and the outcome of the day after.
    """
    engine, situation = Engine(), SITUATIONS[rule]
    begin = max((day for pair in situation.repairs for day in pair if day is not None), default=0)
    found: list[tuple[date, date | None, str | None]] = []
    first: date | None = None
    for number in range(max(begin, *situation.exchanged, 0), _SCANNED):
        day = sold + timedelta(number)
        decision = engine.decide(_claim(situation, sold, day))
        holds = decision.verdicts.get(rule) == "holds" or (
            rule not in decision.verdicts and rule in {duty.id for duty in decision.obligations}
        )
        if holds and first is None:
            first = day
        elif first is not None and not holds:
            found.append((first, day - timedelta(1), decision.outcome))
            first = None
    if first is not None:
        found.append((first, None, None))
    return tuple(found)


def _claim(situation: Situation, sold: date, day: date) -> dict[str, Any]:
    def on(number: int) -> str:
        return (sold + timedelta(number)).isoformat()

    repairs: list[dict[str, Any]] = []
    for begun, done in situation.repairs:
        repair: dict[str, Any] = {"handed_in_on": on(begun)}
        if done is not None:
            repair["handed_back_on"] = on(done)
        if situation.delay is not None:
            repair["delay"] = situation.delay
        repairs.append(repair)
    return {
        "claimed_on": day.isoformat(),
        "purchase": {"sold_on": sold.isoformat(), "price": "1599.00"},
        "evidence": {"invoice": "original", "voucher": "intact"},
        "repairs": repairs,
        "exchanges": [{"exchanged_on": on(number)} for number in situation.exchanged],
        **situation.claim,
    }


# --- what encodes an article ------------------------------------------------------------------


def _encoding(
    number: int | None = None, *, appendix: int | None = None
) -> Iterator[tuple[Policy, Rule | Obligation]]:
    """Yield the rules of every version that rest on an article, or on an appendix."""
    for law in national():
        for part in _parts(law):
            if _cited(part.cites, number, appendix=appendix):
                yield law, part


def _parts(law: Policy) -> Iterator[Rule | Obligation]:
    yield from law.rules
    yield from law.obligations


def _cited(
    cites: Sequence[Citation], number: int | None = None, appendix: int | None = None
) -> bool:
    return any(
        cite.law == LAW and (cite.article, cite.appendix) == (number, appendix) for cite in cites
    )


def _appendices() -> list[int]:
    found = {
        cite.appendix
        for law in national()
        for part in (*law.catalogue, *law.rules, *law.obligations)
        for cite in part.cites
        if cite.law == LAW and cite.appendix is not None
    }
    return sorted(found)


# --- words ------------------------------------------------------------------------------------


def _w(name: str, lang: Language) -> str:
    zh, en = _WORDS[name]
    return zh if lang == "zh" else en


def _name(part: Rule | Obligation, law: Policy, lang: Language) -> str:
    return rule_name(part.id, lang, law)


def _title(law: Policy, lang: Language) -> str:
    return law.title_zh if lang == "zh" else law.title_en


def _number(number: int, lang: Language) -> str:
    return f"第{number}条" if lang == "zh" else f"Art. {number}"


def _appendix(number: int, lang: Language) -> str:
    return f"附录{number}" if lang == "zh" else f"Appendix {number}"


def _colon(lang: Language) -> str:
    return "：" if lang == "zh" else ": "


def _and(names: Sequence[str], lang: Language) -> str:
    return ("、" if lang == "zh" else ", ").join(names)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
