"""Moved to :mod:`sanbao.explain.texts.answers`."""

from sanbao.base.moved import moved
from sanbao.explain.texts.answers import *  # noqa: F403

moved(__name__, "sanbao.explain.texts.answers")
