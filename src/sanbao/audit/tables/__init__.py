"""Tables of claims decided: 表格判定."""
