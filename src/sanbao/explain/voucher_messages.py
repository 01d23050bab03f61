"""Moved to :mod:`sanbao.explain.words.papers`."""

from sanbao.base.moved import moved
from sanbao.explain.words.papers import *  # noqa: F403

moved(__name__, "sanbao.explain.words.papers")
