"""From a claim to the facts: 事实认定."""
