"""Moved to :mod:`sanbao.audit.tables.input.schema`."""

from sanbao.audit.tables.input.schema import *  # noqa: F403
from sanbao.base.moved import moved

moved(__name__, "sanbao.audit.tables.input.schema")
