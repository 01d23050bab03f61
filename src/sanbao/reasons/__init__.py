"""What a decision answers when it is asked: why not, what if, until when, which reading: 追问.

Nothing here states the law again: conditions of the policy are walked, or changed claims are
decided.
"""
