"""chatprobe: measures how long an online casino's live chat takes to answer with a human."""

__version__ = "0.1.0"
