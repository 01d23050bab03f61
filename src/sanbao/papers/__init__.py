"""What the papers themselves show: 票证.

Voucher, invoice and goods, and whether they agree.
"""
