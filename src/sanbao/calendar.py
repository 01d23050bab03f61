"""Moved to :mod:`sanbao.dates.calendar`."""

from sanbao.base.moved import moved
from sanbao.dates.calendar import *  # noqa: F403

moved(__name__, "sanbao.dates.calendar")
