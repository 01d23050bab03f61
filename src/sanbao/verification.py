"""Moved to :mod:`sanbao.statespace.verification`."""

from sanbao.base.moved import moved
from sanbao.statespace.verification import *  # noqa: F403
from sanbao.statespace.verifying import *  # noqa: F403

moved(__name__, "sanbao.statespace.verification", the_same=False)
