"""The language that policies are written in: 规则语言.

Conditions, policies, versions of a law, and policies beside one another.
"""
