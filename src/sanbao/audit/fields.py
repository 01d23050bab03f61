"""Moved to :mod:`sanbao.audit.tables.input.schema`."""

from sanbao.base.moved import moved
from sanbao.audit.tables.input.schema import *  # noqa: F403

moved(__name__, "sanbao.audit.tables.input.schema")
