"""Moved to :mod:`sanbao.papers.voucher`."""

from sanbao.base.moved import moved
from sanbao.papers.voucher import *  # noqa: F403

moved(__name__, "sanbao.papers.voucher")
