"""Around the clock: planned times become probes, and whatever happens meanwhile is survived and said."""
