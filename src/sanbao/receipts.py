"""Moved to :mod:`sanbao.decision`."""

from sanbao.base.moved import moved
from sanbao.decision import *  # noqa: F403

moved(__name__, "sanbao.decision")
