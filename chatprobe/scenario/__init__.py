"""Scenarios: what to visit and what to ask there, read from YAML files."""
