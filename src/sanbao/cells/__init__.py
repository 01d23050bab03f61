"""All claims there can be, cut into cells that no rule tells apart: 情形.

:mod:`~sanbao.cells.spaces` cuts, :mod:`~sanbao.cells.comparing` and
:mod:`~sanbao.cells.verifying` look at what policies give in every cell.
"""
