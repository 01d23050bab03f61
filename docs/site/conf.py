"""How Sphinx builds the site, for both languages; ``scripts/build_docs.py`` calls it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, os.fspath(Path(__file__).resolve().parent))

import sanbao

LANG = os.environ["SANBAO_DOCS_LANGUAGE"]

project = "sanbao 三包"
author = copyright = "The sanbao developers"  # noqa: A001  # Sphinx names it so
version = release = sanbao.__version__
language = {"zh": "zh_CN", "en": "en"}[LANG]
locale_dirs = ["../locale"]  # words of the theme that Sphinx's own catalogue has not

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "chinese_search",
    "chinese_labels",
]
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["myst.header"]  # a fragment of the reference begins with its second level

autodoc_default_options = {
    "members": True,
    "undoc-members": False,
    "imported-members": True,
    "exclude-members": "model_config",  # pydantic's own
}
autodoc_member_order = "bysource"
autodoc_mock_imports = ["pyarrow", "pyspark"]  # the extra for Spark, which nothing here starts
autodoc_typehints = "none"  # the signatures of pydantic's models are longer than their texts

html_theme = "furo"
html_title = {"zh": "sanbao 三包", "en": "sanbao"}[LANG]
html_static_path = [os.fspath(Path(__file__).resolve().parent / "_static")]
html_css_files = ["site.css"]
templates_path = [os.fspath(Path(__file__).resolve().parent / "_templates")]
html_search_language = LANG
html_show_sourcelink = html_copy_source = False
html_last_updated_fmt = None
html_show_sphinx = LANG == "en"  # in Chinese the line on Furo names it
html_theme_options = {"top_of_page_buttons": []}
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/language.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_context = {"here": LANG}
