"""Policies as TOML: 政策文件.

Reading, building and writing them, with the line of every mistake.
"""
