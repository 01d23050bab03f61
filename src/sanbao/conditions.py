"""Moved to :mod:`sanbao.rules.conditions`."""

from sanbao.base.moved import moved
from sanbao.rules.conditions import *  # noqa: F403

moved(__name__, "sanbao.rules.conditions")
