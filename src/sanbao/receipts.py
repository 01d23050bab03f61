"""Moved to :mod:`sanbao.evaluation.reproduction`."""

from sanbao.base.moved import moved
from sanbao.evaluation.reproduction import *  # noqa: F403

moved(__name__, "sanbao.evaluation.reproduction")
