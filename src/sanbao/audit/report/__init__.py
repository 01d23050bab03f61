"""What an audit comes to: 审核报告.

Tallies, pictures, the page and the workbook.
"""
