"""Moved to :mod:`sanbao.rules.versions`."""

from sanbao.base.moved import moved
from sanbao.rules.versions import *  # noqa: F403

moved(__name__, "sanbao.rules.versions")
