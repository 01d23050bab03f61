"""Moved to :mod:`sanbao.model.readings`."""

from sanbao.base.moved import moved
from sanbao.model.readings import *  # noqa: F403

moved(__name__, "sanbao.model.readings")
