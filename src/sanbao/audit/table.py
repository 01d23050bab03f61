"""Moved to :mod:`sanbao.audit.tables.table`."""

from sanbao.audit.tables.table import *  # noqa: F403
from sanbao.base.moved import moved

moved(__name__, "sanbao.audit.tables.table")
