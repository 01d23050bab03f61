"""Moved to :mod:`sanbao.rules.combined`."""

from sanbao.base.moved import moved
from sanbao.rules.combined import *  # noqa: F403

moved(__name__, "sanbao.rules.combined")
