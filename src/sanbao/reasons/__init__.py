"""What a decision answers when it is asked: 追问.

Why not, what if, until when, and which reading it hangs on. Nothing here states the law again:
conditions of the policy are walked, or changed claims are decided.
"""
