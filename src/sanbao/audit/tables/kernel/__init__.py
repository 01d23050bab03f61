"""Policies compiled to columns: 列式判定."""
