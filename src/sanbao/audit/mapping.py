"""Moved to :mod:`sanbao.audit.tables.input.mapping`."""

from sanbao.audit.tables.input.mapping import *  # noqa: F403
from sanbao.base.moved import moved

moved(__name__, "sanbao.audit.tables.input.mapping")
