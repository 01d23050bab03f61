"""Moved to :mod:`sanbao.base.errors`."""

from sanbao.base.errors import *  # noqa: F403
from sanbao.base.moved import moved

moved(__name__, "sanbao.base.errors")
