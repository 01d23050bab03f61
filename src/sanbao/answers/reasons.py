"""Moved to :mod:`sanbao.reasons.answers`."""

from sanbao.base.moved import moved
from sanbao.reasons.answers import *  # noqa: F403

moved(__name__, "sanbao.reasons.answers")
