"""A run as it travels to the browser."""
