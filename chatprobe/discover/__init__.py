"""Finding out how a casino's chat works: which vendor's it is, and what a scenario of it must say."""
