"""Days: 日期.

The calendar of rest days, and how windows and periods are counted.
"""
