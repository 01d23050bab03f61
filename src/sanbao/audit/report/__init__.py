"""What an audit comes to: 审计报告.

Tallies, pictures, the page and the workbook.
"""
