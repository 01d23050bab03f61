"""All claims there can be, cut into cells that no rule tells apart: 情形.

:mod:`~sanbao.statespace.partition` cuts, :mod:`~sanbao.statespace.comparing` and
:mod:`~sanbao.statespace.verifying` look at what policies give in every cell.
"""
