"""Audits of files: 文件审核.

Reading tables chunk by chunk, with a work directory from which an audit goes on.
"""
