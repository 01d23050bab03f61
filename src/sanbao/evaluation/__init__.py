"""From a claim to what follows from it: 裁决.

Facts, the truth of every rule, the skeleton that claims share, and the parts of a decision.
"""
