"""Errors: the one that a person is told."""


class Refused(ValueError):
    """What somebody typed or asked for cannot be used: one sentence that says what is wrong, and where."""
