"""All possible claims, partitioned into cells that no rule distinguishes: 情形.

:mod:`~sanbao.statespace.partition` makes the cells, :mod:`~sanbao.statespace.comparing` and
:mod:`~sanbao.statespace.verifying` evaluate policies in every one of them.
"""
