"""Deno: finds the one that pip installed beside this Python, or any on the PATH. Knows no check."""

import shutil
import sysconfig


def find() -> str:
    """The program's path."""
    found = shutil.which("deno", path=sysconfig.get_path("scripts")) or shutil.which("deno")
    assert found, "deno is missing: it is among requirements-dev.txt"
    return found
