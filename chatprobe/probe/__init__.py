"""One probe, from its order to its closed row."""
