"""Moved to :mod:`sanbao.model.claim`."""

from sanbao.base.moved import moved
from sanbao.model.claim import *  # noqa: F403

moved(__name__, "sanbao.model.claim")
