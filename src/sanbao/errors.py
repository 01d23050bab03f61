"""Moved to :mod:`sanbao.base.errors`."""

from sanbao.base.moved import moved
from sanbao.base.errors import *  # noqa: F403

moved(__name__, "sanbao.base.errors")
