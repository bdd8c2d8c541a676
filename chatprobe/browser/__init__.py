"""The browser: the only home of playwright."""
