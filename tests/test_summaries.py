"""What the articles say, in words of our own: 条文概要."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

import sanbao
import sanbao.cli.law
from claims import handset, repair
from sanbao import Citation, ValidationError, policies
from sanbao.cli import main
from sanbao.policies import mobile_readings
from sanbao.policies.policy_set import PolicySet
from sanbao.policies.summaries import ArticleSummary, article, articles, cited, cited_together
from test_audiences import numbers


def citations(thing: Any) -> Iterator[Citation]:
    """Yield every citation inside a record."""
    if isinstance(thing, Citation):
        yield thing
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from citations(part)
    else:
        for name in getattr(thing, "__dataclass_fields__", ()):
            yield from citations(getattr(thing, name))


def test_every_cited_article_has_a_summary() -> None:
    """Of every policy that ships, in every version, and of every contested reading."""
    shipped = PolicySet.shipped()
    found = {*citations([*mobile_readings.READINGS.values()])}
    for name in shipped.ids():
        policy = shipped.get(name)
        found |= {*citations(policy)}
        if policy.kind == "regulation":
            found |= {*citations(list(shipped.law(name).versions))}
    assert len(found) > 30
    assert [str(one) for one in found if cited(one) is None] == []
    known = {str(one.number) for one in shipped.get("cn.mobile-2001").articles}
    assert known == {one.place for one in articles("cn.mobile-2001")} - {"app1", "app2", "app3"}


@pytest.mark.parametrize("one", articles(), ids=lambda one: f"{one.law}-{one.place}")
def test_both_languages(one: ArticleSummary) -> None:
    """Both are there, short, and each in its own writing."""
    assert re.search(r"[\u4e00-\u9fff]", one.zh)
    assert one.zh.endswith("。")
    assert not re.search(r"[\u4e00-\u9fff] ?[,;:()]", one.zh)
    assert not re.search(r"[\u4e00-\u9fff]", one.en)
    assert one.en.endswith(".")
    assert len(one.zh) < 120
    assert len(one.en) < 260


def test_asking_for_one() -> None:
    """By number, as people write it; appendices too; what is not there is refused."""
    for place in (11, "11", "第11条", " 11 "):
        assert article(place) == policies.article("11")
    for place in ("app3", "app. 3", "appendix 3", "附录3"):
        assert article(place).place == "app3"
    assert article("512", "cn.civil-code").en.startswith("Goods bought online")
    assert policies.articles("cn.civil-code") == articles("cn.civil-code")
    assert cited(Citation("cn.mobile-2001", appendix=9)) is None
    for strange in ("99", "x", "11a"):
        with pytest.raises(ValidationError, match=r"is no article of cn\.mobile-2001"):
            article(strange)
    with pytest.raises(ValidationError, match=r"did you mean 'cn\.mobile-2001'"):
        articles("cn.mobile-2011")


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    """``sanbao law`` lists them all, or one, in either language."""
    assert main(["law"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(articles())
    assert main(["law", "11"]) == 0
    assert capsys.readouterr().out.endswith(f"第11条：{article(11).zh}\n")
    assert main(["law", "26", "--of", "cn-zj.consumer-2017", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert told.endswith(f": {article(26, 'cn-zj.consumer-2017').en}\n")
    assert main(["law", "99"]) == 2
    assert capsys.readouterr().err == "sanbao: article = '99'：不是cn.mobile-2001中有概要的条文\n"


def test_the_fold_of_a_card() -> None:
    """What the cited articles say is there to unfold, of a card and of a page for anybody."""
    decision = sanbao.decide(handset())
    assert article(10).zh in re.sub(r"</?(?:span|time)[^>]*>", "", decision.card().html)
    for audience in ("consumer", "clerk", "auditor"):
        page = re.sub(r"</?(?:span|time)[^>]*>", "", decision.to_html("en", audience))
        assert article(10).en in page


def test_how_a_refund_less_depreciation_is_drawn() -> None:
    """In another tint than one in full; a number and its unit stay on one line."""
    repairs = [repair("2025-07-10", "2025-07-12"), repair("2025-08-01", "2025-08-05")]
    claim = handset(
        claimed_on="2025-09-10",
        sold_on="2025-07-01",
        price="1599.00",
        repairs=repairs,
        same_model_in_stock=True,
        request="refund",
    )
    html = sanbao.decide(claim).card("en").html
    assert 'class="bar refund less"' in html
    assert 'class="bar refund"' in html
    assert ">Refund (less depreciation)</text>" in html
    assert '<span class="measured">1095.31 yuan</span>' in html


def test_what_is_open_is_drawn_as_open() -> None:
    """Beside what is settled, and alone; where nothing changes no bar is drawn."""
    waiting = handset(repairs=[repair("2025-05-01")])
    for claim, kinds in (
        (waiting, ["free_repair", "open", "exchange"]),
        (handset(symptom=None), ["open"]),
        (handset(kind="other"), []),
    ):
        html = sanbao.decide(claim).timeline.card("en").html
        assert re.findall(r'class="bar (\w+)"', html) == kinds


@pytest.mark.parametrize(
    "claim",
    [handset(), handset(claimed_on="2025-03-05"), handset(symptom="none"), handset(kind="other")],
)
def test_the_auditor_reads_what_the_articles_say(claim: dict[str, Any]) -> None:
    """Each article by which something holds or comes along, once, in text and page."""
    decision = sanbao.decide(claim)
    holding = [one for one in decision.findings if one.verdict != "fails"]
    wanted = {cited(cite) for cite in citations([*holding, *decision.obligations])} - {None}
    for lang, head in (("zh", "本库所写的条文概要"), ("en", "What the articles say")):
        text = decision.explain(lang, "auditor")  # type: ignore[arg-type]
        section = text.partition(f"== {head}")[2].partition("\n== ")[0]
        listed = [line for line in section.split("\n") if line.startswith("- ")]
        assert len(listed) == len(wanted)
        for one in wanted:
            assert one is not None
            assert text.count(one.zh if lang == "zh" else one.en) == 1
    page = decision.to_html("zh", "auditor")
    assert page.count("本库所写的条文概要") == 1


def test_summaries_of_several_citations() -> None:
    """Each once, in the order of the citations; what has none is left out."""
    law = "cn.mobile-2001"
    cites = [Citation(law, article=11), Citation("cn.nobody", article=1), Citation(law, article=9)]
    assert [one.place for one in cited_together([*cites, *cites])] == ["11", "9"]


def test_both_languages_have_the_same_numbers() -> None:
    """Whatever article it is, days, months and dates are the same in Chinese and English."""
    for one in articles():
        assert numbers(one.zh) == numbers(one.en), one.place
