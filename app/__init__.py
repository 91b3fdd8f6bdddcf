"""The web application: the only package that knows Flask, the cache and the environment."""

VERSION = "unreleased"
"""As CHANGELOG.md heads it."""
