"""Every reason why something is refused has both languages: 拒收的理由."""

from __future__ import annotations

import ast
import json
import pickle
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import sanbao
from sanbao import explain
from sanbao.base.errors import CATALOGUES, Problem, Reason, ValidationError, refusals, shown
from sanbao.base.reread import reread, retold
from sanbao.cli import main
from sanbao.rules.conditions import fact

ALL = {f"{group}.{name}": pair for group in CATALOGUES for name, pair in refusals(group).items()}
SOURCE = Path(sanbao.__file__).parent
SAMPLES = re.compile(r"\{\{.*?\}\}|“[^”]*”|pip install .*|\([^()]*\d+\)")
"""What stands in a sentence as it is written elsewhere."""


def names(text: str) -> list[str]:
    """Return the values that a message asks for, sorted."""
    return sorted(value for _, value, _, _ in Formatter().parse(text) if value)


def words(text: str) -> str:
    """Return a message without the places of its values."""
    return "".join(own for own, _, _, _ in Formatter().parse(text))


def codes_in_source() -> Iterator[str]:
    """Yield every text of the source that has the form of a code."""
    form = re.compile(rf"(?:{'|'.join(CATALOGUES)})\.[a-z0-9_]+")
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Constant(value=str(text)) if form.fullmatch(text):
                    yield text


@pytest.mark.parametrize("code", sorted(ALL))
def test_both_languages(code: str) -> None:
    """Chinese and English are there, with the same values; Chinese has Chinese punctuation."""
    zh, en = ALL[code]
    assert zh
    assert en
    assert names(zh) == names(en)
    bare = SAMPLES.sub("", zh)
    assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;?!] |: ", bare), zh
    assert re.search(r"[\u4e00-\u9fff]", zh) or not re.search("[a-z]", words(en)), zh


def test_every_code_has_a_message_and_is_used() -> None:
    """Whatever is raised stands in a catalogue; what stands there is raised, or argparse's."""
    used = set(codes_in_source())
    assert {code for code in used if code in ALL} | {
        "policy.a_directory",
        "policy.a_device",
        "policy.whole_days",
        "policy.whole_months",
    } >= {code for code in ALL if not code.startswith("call.")}
    asked = re.compile(r'Reason\(\s*"([a-z_.0-9]+)"')
    for path in SOURCE.rglob("*.py"):
        assert {*asked.findall(path.read_text("utf-8"))} <= ALL.keys(), path


OF_PYTHON = {"AttributeError", "FrozenInstanceError", "KeyError"}
"""Raised where the language asks for them, in its own words or with a name alone."""
OF_A_FAULT = {"AssertionError"}
"""Never meant to be seen: the command line reports them as a fault of the program."""


def told_to_a_person() -> Iterator[tuple[str, str]]:
    """Yield every text in the source that is raised, warned of, written or shown as help.

    Each comes with its place; texts within a :class:`Reason` or a call of ``say`` or ``said`` are
    of a catalogue, or a pair, and those of help stand beside their Chinese.
    """
    calls = {"warn", "tell", "write", "print", "add_argument", "set_description_str", "__init__"}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Raise(exc=ast.Call(func=ast.Name(id=name)) as call):
                    if name in OF_PYTHON | OF_A_FAULT:
                        continue
                    texts = own_texts(call)
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in calls:
                    texts = own_texts(node)
                case _:
                    continue
            for text in texts:
                yield f"{path.name}:{node.lineno}", text


def own_texts(call: ast.AST) -> Iterator[str]:
    """Yield the texts of a call, but for those that have another language beside them."""
    for child in ast.iter_child_nodes(call):
        match child:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in {
                "Reason",
                "say",
                "said",
            }:
                continue
            case ast.Constant(value=str(text)):
                yield text
            case _:
                yield from own_texts(child)


def test_every_line_that_a_person_meets_has_both_languages() -> None:
    """Nothing in words is raised, warned of or written but through a catalogue or a pair."""
    told = list(told_to_a_person())
    assert len(told) > 50  # names of options, metavars, places of problems
    assert [
        (place, text)
        for place, text in told
        if re.search(r"[A-Za-z]{2} [a-z]{2}|[\u4e00-\u9fff]", text)
    ] == []


def test_an_exception_of_python_is_told_in_both() -> None:
    """Where a reason is no problem of an input: in Chinese, then in English."""
    with pytest.raises(TypeError) as caught:
        explain.text(object())
    assert str(caught.value) == "object没有说明文字\nthere is no text for object"
    with pytest.raises(TypeError, match=r"^object没有网页\nthere is no page for object$"):
        explain.page(object())
    with pytest.raises(TypeError, match=r"^条件本身没有真假；请用 & \| ~ 连接\n"):
        bool(fact("gift").is_("true"))


@pytest.mark.parametrize("code", sorted(ALL))
def test_reading_again(code: str) -> None:
    """The English of every reason is read again as one that says the same in both languages."""
    values = dict.fromkeys(names(ALL[code][1]), "x7")
    reason = Reason(code, **values)
    again = reread(reason)
    assert str(again) == str(reason)
    assert again.text("zh") == reason.text("zh") or ALL[again.code][1] == ALL[code][1]


def test_a_reason_with_clauses() -> None:
    """A nearest name and all known ones stand behind; all of it is read again and pickled."""
    reason = Reason("input.unknown_key").then(Reason("input.did_you_mean", near="price"))
    reason = reason.then(Reason()).then(Reason("input.known", known=["gift", "price"]))
    assert reason == "is not a known key; did you mean 'price'? (known: gift, price)"
    assert reason.text("zh") == "不是已知的键；是否为“price”？（可用：gift、price）"
    for again in (reread(str(reason)), pickle.loads(pickle.dumps(reason))):  # noqa: S301
        assert (again, again.code, again.text("zh")) == (reason, reason.code, reason.text("zh"))
    assert reread("the disk sings").text("zh") == "the disk sings"


def test_problems_of_a_table() -> None:
    """What a table keeps in English is told in Chinese, problem by problem."""
    text = "sold_on: is after the claim (…); repairs[].symptom: must be one of wear, none"
    assert retold(text, "en") == text
    assert retold(text, "zh") == (
        "sold_on：晚于申请之日（…）；repairs[].symptom：必须是下列之一：wear、none"
    )
    assert retold("has no row", "zh") == "has no row"
    assert retold("is required", "zh") == "必填"


def test_values_of_a_table() -> None:
    """What stands for a value that is none, or too long, is told in Chinese too."""
    text = "imei = 'a value of type Date': must be a string of 15 digits; kind = nothing: is empty"
    assert retold(text, "zh") == (
        "imei = 一个Date类型的值：必须是15位数字的文本；kind = （空缺）：是空的"
    )
    long = f"imei = {shown('7' * 99)}: must be a string of 15 digits"
    assert retold(long, "zh") == f"imei = “{'7' * 60}……”（99个字符）：必须是15位数字的文本"
    for said in ("'nothing'", "'is required'"):  # a user's own words
        assert retold(f"kind = {said}: is empty", "zh") == f"kind = {said}：是空的"


def test_both_languages_of_an_error() -> None:
    """An error is Chinese, then English; a problem has a code; a long value is told in both."""
    product = {"kind": "handset", "imei": "7" * 99}
    with pytest.raises(ValidationError) as caught:
        sanbao.Claim.model_validate({"claimed_on": "2025-02-30", "product": product})
    error = caught.value
    assert [problem.code for problem in error.problems] == ["claim.no_such_day", "claim.imei"]
    assert error.explain().splitlines() == [
        "claimed_on = '2025-02-30'：日历上没有这一天",
        f"product.imei = “{'7' * 60}……”（99个字符）：必须是15位数字的文本",
    ]
    assert str(error) == f"{error.explain('zh')}\n{error.explain('en')}"
    with pytest.raises(ValidationError, match="must be one of zh, en"):
        error.explain("fr")
    assert Problem("a", shown(1 << 300), Reason("input.required")).explain() == (
        "a = 一个301位的整数：必填"
    )


def test_a_bad_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that cannot be decided has the reason in both languages, and its code."""
    file = tmp_path / "claims.jsonl"
    file.write_text('{"claimed_on": "2025-02-30", "product": {"kind": "handset"}}\n', "utf-8")
    assert main(["decide", str(file), "--lines"]) == 1
    [problem] = json.loads(capsys.readouterr().out)["problems"]
    assert problem == {
        "code": "claim.no_such_day",
        "field": "claimed_on",
        "value": "'2025-02-30'",
        "reason": "is not a day of the calendar",
        "reason_zh": "日历上没有这一天",
        "reason_en": "is not a day of the calendar",
    }


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["decide"], "sanbao decide：错误：缺少参数：CLAIM.json"),
        (["decide", "--format"], "参数--format：须带一个值"),
        (["decide", "-", "--strange"], "不认识的参数：--strange"),
        (["audit", "a", "--out", "b", "--chunk", "x"], "参数--chunk：不是有效的int值：'x'"),
        (["decide", "-", "--lines=x"], "参数--lines：不能带值'x'"),
    ],
)
def test_wrong_calls(call: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong call is told in Chinese, and in English where that is asked for."""
    with pytest.raises(SystemExit):
        main(call)
    told = capsys.readouterr().err
    assert told.startswith("用法：sanbao")
    assert said in told
    with pytest.raises(SystemExit):
        main(["--lang=en", *call])
    assert not re.search(r"[\u4e00-\u9fff]", capsys.readouterr().err)


@pytest.mark.parametrize("command", ["decide", "schema", "policy", "law", "compare", "audit"])
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Help is Chinese, or English without a Chinese sign."""
    for call, lang in ((["--help"], "zh"), (["--lang", "en"], "en")):
        with pytest.raises(SystemExit) as left:
            main([*call, command, "--help"] if lang == "en" else [command, *call])
        assert left.value.code == 0
        told = capsys.readouterr().out
        assert bool(re.search(r"[\u4e00-\u9fff]", told)) == (lang == "zh")
        assert ("\n选项：\n" in told) == (lang == "zh")
