"""Policies compiled, and what a claim comes to under them: 规则程序.

One policy, several together, or the versions of a law between which the day of sale decides.
"""
