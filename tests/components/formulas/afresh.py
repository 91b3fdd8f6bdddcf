"""Afresh: a formula for somebody who reads it again and is to remember nothing of it, sympy included."""

from sympy.core.cache import clear_cache

from components.formulas import custom, products


def forgotten(text: str) -> str:
    """The text, of which nothing is kept."""
    custom._formula.cache_clear()
    products.overflows.cache_clear()
    clear_cache()
    return text
