"""Moved to :mod:`sanbao.audit.tables.table`."""

from sanbao.base.moved import moved
from sanbao.audit.tables.table import *  # noqa: F403

moved(__name__, "sanbao.audit.tables.table")
