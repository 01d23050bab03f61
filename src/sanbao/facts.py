"""Moved to :mod:`sanbao.evaluation.derivation`."""

from sanbao.base.moved import moved
from sanbao.evaluation.derivation import *  # noqa: F403

moved(__name__, "sanbao.evaluation.derivation")
