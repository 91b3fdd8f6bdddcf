"""The drawers beside the picture, each its own module."""
