"""Moved to :mod:`sanbao.base.records`."""

from sanbao.base.moved import moved
from sanbao.base.records import *  # noqa: F403

moved(__name__, "sanbao.base.records")
