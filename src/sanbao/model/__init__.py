"""What is spoken of: 数据模型.

Claims, the plain row they become, and the readings of the law.
"""
