"""Moved to :mod:`sanbao.papers.agreement`."""

from sanbao.base.moved import moved
from sanbao.papers.agreement import *  # noqa: F403

moved(__name__, "sanbao.papers.agreement")
