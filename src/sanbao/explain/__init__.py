"""Findings in words and pages: 解释."""
