"""Tables of claims decided: 表格裁决."""
