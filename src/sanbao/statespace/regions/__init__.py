"""The dates of a claim as finitely many regions, as for timed automata: 日期区域.

Windows, periods and repairs start on days of a claim, several of them perhaps on one day.
:mod:`~sanbao.statespace.regions.layout` says on which,
:mod:`~sanbao.statespace.regions.repair_histories` what repairs show and which other days they move,
:mod:`~sanbao.statespace.regions.claim_days` which windows and periods still run on a day.
"""
