"""Build the documentation as a site, in Chinese and in English, and look things up in it.

``python scripts/build_docs.py`` needs ``sanbao[audit,docs]`` installed and node, and takes about a
minute. It writes ``build/site``: ``zh`` and ``en``, and a first page that leads to the Chinese one.
Pages come from ``docs/zh`` and ``docs/en``; the law, article by article, is made from the policies
(``scripts/article_pages.py``), the names of Python from the docstrings. Every warning is an error.

The terms of the glossary are then looked for with the search of the built site; ``--search TERM …``
does only that, for others. For each term it prints how many Chinese pages are found, and the
best; the exit status is 1 if there are none for one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import article_pages
import code_pages

from sanbao.explain.words.catalogue import LANGUAGES, Language

ROOT: Final = Path(__file__).resolve().parent.parent
DOCS: Final = ROOT / "docs"
BUILD: Final = ROOT / "build"
SITE: Final = BUILD / "site"

FACADES: Final = (
    "sanbao",
    "sanbao.policies",
    "sanbao.checklists",
    "sanbao.schema",
    "sanbao.audit",
    "sanbao.audit.spark",
    "sanbao.testing",
    "sanbao.cli",
)
"""The modules whose names are the interface of the library."""

GLOSSARY: Final = DOCS / "style-zh.md"

PHRASES: Final = ("折旧", "修理两次")
"""What a reader types that is no term: a part of one, and what stands in no dictionary."""

_API: Final = {
    "zh": (
        "Python接口",
        "由源码中的说明生成；说明是英文，每一项都附中文名称。",
    ),
    "en": ("Python interface", "Made from the docstrings of the source."),
}


def main(arguments: list[str]) -> int:
    """Build the site, or search it, and return the exit status."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--search", nargs="+", metavar="TERM", help="search what was built")
    terms = parser.parse_args(arguments).search
    if terms is not None:
        return _searched(terms)
    shutil.rmtree(SITE, ignore_errors=True)
    for lang in LANGUAGES:
        status = _built(lang)
        if status:
            return status
    (SITE / "index.html").write_text(_FIRST, "utf-8")
    print(f"{SITE.relative_to(ROOT)}: zh, en")
    return _searched([*glossary(), *PHRASES])


def glossary() -> tuple[str, ...]:
    """Return the Chinese terms of the glossary: what is bold in its second column."""
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|", GLOSSARY.read_text("utf-8"), re.MULTILINE)
    return tuple(term for words in rows for term in re.findall(r"\*\*(.+?)\*\*", words))


_FIRST: Final = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>sanbao 三包</title>
<meta http-equiv="refresh" content="0; url=zh/index.html">
<p><a href="zh/index.html">中文文档</a> · <a lang="en" href="en/index.html">English</a></p></html>
"""


def sources(lang: Language) -> dict[str, str]:
    """Return every page of a language by its name without its ending, written or made."""
    found = {page.stem: page.read_text("utf-8") for page in sorted((DOCS / lang).glob("*.md"))}
    alone: dict[str, str] = {}
    english = {page.stem: page.read_text("utf-8") for page in sorted((DOCS / "en").glob("*.md"))}
    for name in sorted(english.keys() - found.keys()):
        # the headings of a Chinese page are Chinese: a link leads to its top
        text = re.sub(r"\]\(([\w-]+)\.md#[^)]*\)", partial(_to_top, found.keys()), english[name])
        head, _, rest = text.partition("\n")
        alone[name] = f"{head}\n\n*{_ONLY_ENGLISH}*\n{rest}"
    found |= alone
    found |= {f"law/{name}": text for name, text in article_pages.pages(lang).items()}
    found |= {"codes": code_pages.page(lang), "api": _api(lang)}
    found |= {"changelog": (ROOT / "CHANGELOG.md").read_text("utf-8")}
    found["law"] = _once(found["law"])
    made = article_pages.readings(lang)
    written = set(found) - set(alone)
    return {
        name: _linked(text, written).replace("<!-- readings -->\n", made)
        for name, text in found.items()
    }


BY_ARTICLE: Final = (
    *("articles", "catalogue", "exclusions", "grades", "bars", "rights", "obligations", "local"),
)
"""The tables of ``docs/en/law.md`` that the site has article by article; there they stand once."""

_TABLE: Final = re.compile(r"<!-- generated: ([\w-]+) -->\n.*?<!-- end -->\n", re.DOTALL)
_HOW_TO_READ: Final = re.compile(
    r"## How to read the tables\n.*?(?=^## )", re.DOTALL | re.MULTILINE
)


def _once(law: str) -> str:
    """Return the page on the law without the tables that other pages of the site have."""

    def link(table: re.Match[str]) -> str:
        if table[1] not in BY_ARTICLE:
            return table[0]
        return "See [the law, article by article](law/index.md).\n"

    return _TABLE.sub(link, _HOW_TO_READ.sub("", law))


def _to_top(pages: Collection[str], link: re.Match[str]) -> str:
    return f"]({link[1]}.md)" if link[1] in pages else link[0]


def _linked(text: str, written: Collection[str]) -> str:
    """Return a page whose links lead inside the site, where the repository's led out of it.

    A link to the English page of a Chinese one leads to the site in English; an English page that
    has no Chinese one is part of the Chinese site.
    """

    def english(link: re.Match[str]) -> str:
        words, name = link.groups()
        if name in written:
            return f'<a href="../en/{name}.html">{words}</a>'
        return f"[{words}]({name}.md)"

    text = text.replace("](../../CHANGELOG.md", "](changelog.md")
    text = text.replace("\n\n```\n", "\n```\n")  # the empty line that ends an example
    text = re.sub(r"\[([^\]]+)\]\(\.\./en/([\w-]+)\.md\)", english, text)
    return re.sub(r"\]\(docs(?:/en)?/", "](", text)


_ONLY_ENGLISH: Final = "本页目前只有英文。"


def _api(lang: Language) -> str:
    title, about = _API[lang]
    parts = [f"## `{name}`\n\n```{{eval-rst}}\n.. automodule:: {name}\n```" for name in FACADES]
    return "\n\n".join([f"# {title}", about, *parts]) + "\n"


def _built(lang: Language) -> int:
    """Write the sources where Sphinx reads them, as deep as in the repository, and build."""
    stage = BUILD / "docs"
    shutil.rmtree(stage / "docs" / lang, ignore_errors=True)
    for name, text in sources(lang).items():
        file = stage / "docs" / lang / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    for picture in DOCS.glob("*.svg"):
        shutil.copy(picture, stage / "docs")
    shutil.copytree(ROOT / "examples", stage / "examples", dirs_exist_ok=True)
    shutil.copytree(DOCS / "site" / "locale", stage / "docs" / "locale", dirs_exist_ok=True)
    env = os.environ | {"SANBAO_DOCS_LANGUAGE": lang}
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    command += ["-c", os.fspath(DOCS / "site"), "-d", os.fspath(BUILD / "doctrees" / lang)]
    command += [os.fspath(stage / "docs" / lang), os.fspath(SITE / lang)]
    return subprocess.run(command, env=env, check=False).returncode


def _searched(terms: Sequence[str]) -> int:
    """Print what the search of the Chinese site finds, and say whether all was found."""
    folder = SITE / "zh"
    script = _SEARCH.replace("FOLDER", os.fspath(folder))
    node = shutil.which("node")
    if node is None:
        print("node is needed to search the built site")
        return 1
    told = subprocess.run(
        [node, "-", *terms], input=script, text=True, capture_output=True, check=True
    ).stdout
    print(told, end="")
    return int(bool(re.search(r": 0 ", told)))


_SEARCH: Final = r"""
const fs = require("fs"), vm = require("vm");
const read = (name) => fs.readFileSync("FOLDER/" + name, "utf-8");
const page = { addEventListener() {}, querySelector: () => null, readyState: "loading",
  createElement: () => ({}), documentElement: { dataset: { content_root: "./" } } };
page.getElementById = () => ({ lastChild: null });
const box = { document: page, SPHINX_HIGHLIGHT_ENABLED: false, _: (text) => text, _ready() {} };
box.window = box;
vm.createContext(box);
const scripts = ["base-stemmer", "english-stemmer", "language_data", "searchtools"];
for (const name of scripts.map((one) => "_static/" + one + ".js"))
  vm.runInContext(read(name).replace(/^(const|let) /gm, "var "), box);
vm.runInContext(read("searchindex.js"), box);
for (const term of process.argv.slice(2)) {
  box.term = term;
  const found = vm.runInContext(
    "Search._performSearch(...Search._parseQuery(term))", box).map((one) => one[0]);
  const pages = [...new Set(found.reverse())];
  console.log(term + ": " + pages.length + " " + pages.slice(0, 5).join(", "));
}
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
