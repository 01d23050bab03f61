"""Several policies that decide one claim: 合并裁决.

A law with promises and local regulations beside it, and the versions of a law between which a sale
of an unknown day lies.
"""
