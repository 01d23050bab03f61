"""Blocks that texts are made of, and how they are printed: 排版."""
