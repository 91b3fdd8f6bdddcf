"""A run as a program or as a file of numbers."""
