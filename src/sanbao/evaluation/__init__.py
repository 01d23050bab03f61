"""From a claim to what follows from it: 判定.

Facts, the truth of every rule, the skeleton that claims share, and the parts of a decision.
"""
