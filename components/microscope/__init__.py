"""One step of one method, line by line."""
