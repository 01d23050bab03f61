"""``sanbao policy``: list, show, check and verify."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from promises import CHEAPER, LONGER, STRICTER, WIDER, promise
from sanbao import MOBILE_2001, Policy, Verification, policies, verify
from sanbao.cli import main
from sanbao.explain.texts.policies import policy_summary
from sanbao.explain.texts.verifications import verification_page, verification_text
from sanbao.explain.words.catalogue import LANGUAGES, Language
from sanbao.policies.mobile_2024 import MOBILE_2024
from sanbao.rules.conditions import Under, fact
from sanbao.rules.policy import Exclusion
from small_policies import INSIDE, WITHIN_15, exchange, repair, small

LAW = MOBILE_2001.id
OWN = promise(
    "own",
    source="a page\nof a maker",
    in_force_from=date(2020, 1, 1),
    in_force_to=date(2024, 12, 31),
    readings=(Under("first_day", "same_day"),),
    unencoded=(("两小时内修好", "repaired within two hours"),),
    catalogue=tuple(
        replace(line, months=1) if line.kind == "charger" else line
        for line in MOBILE_2001.catalogue
    ),
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Call the command in an empty folder."""
    monkeypatch.chdir(tmp_path)


def written(policy: Policy) -> str:
    """Return the name of a file with this policy."""
    file = Path(f"{policy.id}.json")
    file.write_text(policy.to_json(), "utf-8")
    return str(file)


# --- list --------------------------------------------------------------------------------------


def test_listing(capsys: pytest.CaptureFixture[str]) -> None:
    """Every policy that ships has its line, or its entry in JSON."""
    assert main(["policy", "list", "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    first = "cn.mobile-2001: Mobile-phone three-guarantees regulation (2001), version 2024-07-01"
    assert lines[0] == first
    assert [line.partition(": ")[0] for line in lines] == list(policies.ids())
    assert main(["policy", "list"]) == 0
    assert capsys.readouterr().out.startswith("cn.mobile-2001：移动电话机商品")
    assert main(["policy", "list", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [entry["id"] for entry in found] == list(policies.ids())
    assert found[0] == {
        "id": LAW,
        "version": "2024-07-01",
        "kind": "regulation",
        "beside": None,
        "title_zh": MOBILE_2001.title_zh,
        "title_en": MOBILE_2001.title_en,
    }


# --- show --------------------------------------------------------------------------------------


def test_showing_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON and TOML hold the whole policy, of one that ships and of a file."""
    assert main(["policy", "show", LAW, "--format", "json"]) == 0
    assert Policy.from_json(capsys.readouterr().out) == MOBILE_2024
    for named, policy in ((LAW, MOBILE_2024), (written(OWN), OWN)):
        assert main(["policy", "show", named, "--format", "toml"]) == 0
        file = Path("again.toml")
        file.write_text(capsys.readouterr().out, "utf-8")
        assert policies.load(file) == policy


def columns(text: str) -> int:
    """Return how wide a text is on a terminal."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_showing_in_words(lang: Language, capsys: pytest.CaptureFixture[str]) -> None:
    """Every rule stands there with its articles and its condition, on lines a terminal holds."""
    for policy in (MOBILE_2001, CHEAPER, WIDER, STRICTER, OWN):
        named = LAW if policy is MOBILE_2001 else written(policy)
        assert main(["policy", "show", named, "--lang", lang]) == 0
        text = capsys.readouterr().out
        shown = policies.get(named) if named == LAW else policies.load(named)
        assert text == policy_summary(shown, lang) + "\n"
        for rule in (*policy.rules, *policy.obligations):
            assert text.count(f"- {rule.id}{': ' if lang == 'en' else '：'}") == 1
        assert all(columns(line) <= 100 for line in text.splitlines())
        label = "    条件：" if lang == "zh" else "    when: "
        assert text.count(label) == len(policy.rules) + len(policy.obligations)


def test_what_is_shown() -> None:
    """Standing, catalogue, rights and papers, articles, and what is not encoded, in words."""
    law, own = policy_summary(MOBILE_2001, "en"), policy_summary(OWN, "en")
    assert law.startswith("cn.mobile-2001: Mobile-phone three-guarantees regulation (2001), ")
    for text in (
        "\nRegulation\nBy the earlier of delivery and claim: from 2001-11-15 to 2024-06-30\n",
        "\n- battery: 6 months; no depreciation laid down; battery fault (Regulation",
        "\n- art18.refund: refund because the same model is not in stock (Regulation art. 18)\n"
        "    Refund (in full), owed by the seller\n"
        "    when: an exchange is owed, the same model is not in stock and there is a price to"
        " give back\n",
        "\n    they carry: refund, exchange, repair\n",
        "\n    they carry nothing\n",
        "\n    with the outcome: Exchange\n    when: always\n",
        "\n- Art. 3: Whoever sold it answers for it;",
        "\n- Art. 4: art4.plan_no_excuse\n",
        "\n- Art. 9: art9.full, art9.proven, art9.factory, art9.none, art24.no_evidence\n",
    ):
        assert text in law
    assert "What is not encoded" not in law
    for text in (
        "\nCommitment beside cn.mobile-2001\nFor sales from 2020-01-01 to 2024-12-31\n"
        "Source: a page of a maker\nRead on: 2026-01-01\n",
        "\n== Readings it settles ==\n- the reading first_day = same_day is taken (",
        "\n- charger: 1 month; ",
        "\n== What is not encoded ==\n- repaired within two hours",
    ):
        assert text in own
    assert "Articles" not in own
    local = policy_summary(policies.get("zhejiang-2017"), "en")
    assert "\nLocal regulation beside cn.mobile-2001\nFor sales from 2017-05-01\n" in local
    assert "\nBy the earlier of delivery and claim: from 2024-07-01\n" in policy_summary(
        MOBILE_2024, "en"
    )
    bare = policy_summary(replace(MOBILE_2001, source="", obligations=(), articles=()), "zh")
    assert "来源" not in bare
    assert "附随义务" not in bare
    assert bare.startswith("cn.mobile-2001：移动电话机商品")


def test_rules_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    """A file's rules are called by their own titles; those without one by their id."""
    assert main(["policy", "show", written(LONGER), "--lang", "en"]) == 0
    assert "\n- art12.exchange: exchange in 30 days (Regulation" in capsys.readouterr().out
    assert main(["policy", "show", written(WIDER), "--lang", "en"]) == 0
    assert "\n- promise.repair: promise.repair (Regulation art. 4)\n" in capsys.readouterr().out


# --- check -------------------------------------------------------------------------------------


def test_checking(capsys: pytest.CaptureFixture[str]) -> None:
    """One line for a valid file."""
    file = written(OWN)
    assert main(["policy", "check", file, "--lang", "en"]) == 0
    assert capsys.readouterr().out.endswith("own.json: valid: own, version 1\n")
    assert main(["policy", "check", file]) == 0
    assert capsys.readouterr().out.endswith("own.json：有效：own，版本1\n")


def test_checking_a_file_with_mistakes(capsys: pytest.CaptureFixture[str]) -> None:
    """Every mistake has a line of its own that begins with the file and the line."""
    file = Path("bad.json")
    text = json.dumps(json.loads(OWN.to_json()), indent=1)
    text = text.replace('"factory_days": 90', '"factory_days": "90"')
    file.write_text(text.replace('"months": 12,', '"months": 12.5,', 1), "utf-8")
    assert main(["policy", "check", str(file), "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert len(lines) == 2
    for line in lines:
        assert re.match(re.escape(str(file)) + r":[0-9]+: [a-z_\[\]0-9.]+ = .*: .", line)
    assert any("factory_days" in line for line in lines)
    assert any("months" in line for line in lines)


@pytest.mark.parametrize("name", ["nowhere.toml", ".", "a\0b.toml"])
def test_files_that_cannot_be_read(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file, a folder and what is no path give status 2 and a sentence."""
    for action in ("check", "show", "verify"):
        assert main(["policy", action, f"./{name}"]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.count("\n") == 1


# --- verify ------------------------------------------------------------------------------------


@pytest.mark.untraced
def test_verifying_the_regulation(capsys: pytest.CaptureFixture[str]) -> None:
    """The regulation holds: status 0."""
    law = policies.get(LAW)
    assert main(["policy", "verify", LAW, "--lang", "en"]) == 0
    assert capsys.readouterr().out == verification_text(verify(law), "en", [law]) + "\n"


def test_verifying_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    """What is found stands there in words, as JSON and as a page."""
    law = small(LAW, exchange(WITHIN_15), repair(INSIDE))
    found, file = verify(law), written(law)
    assert found.holds
    assert main(["policy", "verify", file, "--lang", "en"]) == 0
    assert capsys.readouterr().out == verification_text(found, "en", [law]) + "\n"
    assert main(["policy", "verify", file, "--format", "json"]) == 0
    assert Verification.from_json(capsys.readouterr().out) == found
    assert main(["policy", "verify", file, "--format", "html"]) == 0
    assert capsys.readouterr().out == verification_page(found, "zh")


def test_verifying_a_policy_that_is_not_sound(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule that can never lead breaks a principle: status 1, and the rule is named."""
    idle = Exclusion(
        "art2.never",
        fact("kind").is_("handset") & fact("kind").is_("battery"),
        MOBILE_2001.exclusions[0].cites,
        title=("永不适用", "never reached"),
    )
    own = small(
        LAW, exchange(WITHIN_15), repair(INSIDE), exclusions=(*MOBILE_2001.exclusions, idle)
    )
    call = ["policy", "verify", written(own), "--lang", "en"]
    assert main([*call, "--reading", "window_end=fixed"]) == 1
    text = capsys.readouterr().out
    assert "Every rule decides some situation: does not hold" in text
    assert "Rules: art2.never, never reached\n" in text
    assert "\nReadings: window_end = fixed.\n" in text


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ponder"],
        ["list", "--format", "toml"],
        ["show"],
        ["show", LAW, "--format", "xml"],
        ["check"],
    ],
)
def test_wrong_calls(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A call that makes no sense leaves with status 2 and shows how to call."""
    with pytest.raises(SystemExit) as left:
        main(["--lang", "en", "policy", *arguments])
    assert left.value.code == 2
    assert "usage: sanbao policy" in capsys.readouterr().err


def test_ids_nobody_knows(capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown id is refused with the nearest one there is."""
    for action in ("show", "verify"):
        assert main(["policy", action, "cn.mobile-2011", "--lang", "en"]) == 2
        assert "did you mean 'cn.mobile-2001'?" in capsys.readouterr().err
