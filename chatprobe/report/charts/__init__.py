"""Pictures: each is a function of plain rows that gives a `Chart`."""
