"""The program in a folder of its own, with the built form of its page or without. Knows npm, and its parts."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests import npm

PARTS = ("app", "assets", "components", "optim")


def apart(folder: Path) -> Path:
    """The root of the program in the folder, whose page is sent as the files that it is written in."""
    return _copied(folder / "apart")


def built(folder: Path) -> Path | None:
    """The root of the program in the folder with the built form of its page; None where npm cannot be had."""
    brought = folder / "npm"
    brought.mkdir()
    packages = npm.packages(brought)
    if packages is None:
        return None
    root = _copied(folder / "built")
    make = [sys.executable, "-m", "components.built.making", str(packages), "build/page"]
    for step in (make, [sys.executable, "-m", "app.packing"]):
        subprocess.run(step, cwd=root, check=True)
    return root


def _copied(root: Path) -> Path:
    for name in PARTS:
        shutil.copytree(npm.ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return root
