"""What can have come together on one day, as finitely many regions: 经过.

Windows, periods and repairs hang on days of a claim, and one day may start several of them.
:mod:`~sanbao.statespace.regions.layout` says which days these are,
:mod:`~sanbao.statespace.regions.repair_histories` what repairs show and which other days they move,
:mod:`~sanbao.statespace.regions.claim_days` which windows and periods still run on a day.
"""
