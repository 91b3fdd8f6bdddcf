"""The words and numbers that a person types or reads: refusals, numbers as text, mathematics, titles."""
