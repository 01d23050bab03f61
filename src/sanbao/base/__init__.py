"""What every floor stands on: 基础.

Errors, records, texts of JSON and TOML, and the one door by which records find how they are shown.
Nothing here knows the law.
"""
