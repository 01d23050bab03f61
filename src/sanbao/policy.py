"""Moved to :mod:`sanbao.rules.policy`."""

from sanbao.base.moved import moved
from sanbao.rules.policy import *  # noqa: F403

moved(__name__, "sanbao.rules.policy")
