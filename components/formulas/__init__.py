"""Functions that somebody types: read, derived, and written again as programs."""
