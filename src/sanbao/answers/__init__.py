"""Moved to :mod:`sanbao.reasons`."""
