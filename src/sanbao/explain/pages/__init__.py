"""Pages, cards and drawings: 页面."""
