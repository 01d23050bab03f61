"""Policies compiled to columns: 列式裁决."""
