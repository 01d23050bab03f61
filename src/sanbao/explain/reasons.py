"""Moved to :mod:`sanbao.explain.text.answers`."""

from sanbao.base.moved import moved
from sanbao.explain.text.answers import *  # noqa: F403

moved(__name__, "sanbao.explain.text.answers")
