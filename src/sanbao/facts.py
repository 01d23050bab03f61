"""Moved to :mod:`sanbao.model.facts`."""

from sanbao.base.moved import moved
from sanbao.model.facts import *  # noqa: F403

moved(__name__, "sanbao.model.facts")
