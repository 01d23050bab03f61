"""From a table somebody has to columns of numbers: 输入表."""
