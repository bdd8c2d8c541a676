"""The report: what was found, as one page that needs no network, and as pictures."""
