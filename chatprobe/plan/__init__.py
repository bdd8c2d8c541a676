"""What to ask, when, and whether we may: pure functions on plain data."""
