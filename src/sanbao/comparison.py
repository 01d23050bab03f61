"""Moved to :mod:`sanbao.statespace.comparison`."""

from sanbao.base.moved import moved
from sanbao.statespace.comparing import *  # noqa: F403
from sanbao.statespace.comparison import *  # noqa: F403

moved(__name__, "sanbao.statespace.comparison", the_same=False)
