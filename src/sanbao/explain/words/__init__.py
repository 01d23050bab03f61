"""The words: 用语.

One dictionary for each group of messages, and the catalogue that says them.
"""
