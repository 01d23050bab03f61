"""Moved to :mod:`sanbao.reasons.timeline`."""

from sanbao.base.moved import moved
from sanbao.reasons.timeline import *  # noqa: F403

moved(__name__, "sanbao.reasons.timeline")
