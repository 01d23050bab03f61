"""Where the pages leave room: where, what the page says, what was chosen and why."""

DOUBTS: tuple[str, ...] = ()
