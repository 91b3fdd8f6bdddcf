"""npm: brings what the built form of the page is made with, where it is and reaches its registry. Knows no page."""

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LISTS = ("package.json", "package-lock.json")
COMMAND = "npm ci --ignore-scripts --no-audit --no-fund"
MISSING = (
    "The built form of the page (make plotly) is opened too, and could not be made here: "
    "there is no npm, or it reaches no registry."
)
SECONDS = 120
UNREACHED = re.compile(
    r"\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|EHOSTUNREACH"
    r"|E403|E407|E5\d\d)\b"
)
"""What npm says where no registry answers it, or a proxy lets nobody through to one."""


def ran(command: str, folder: Path, **how: object) -> bool:
    """Whether npm did this in the folder: no, where it is missing or reaches no registry. All else is an error."""
    if shutil.which("npm") is None:
        return False
    try:
        done = subprocess.run(
            ["sh", "-ec", command], cwd=folder, timeout=SECONDS, check=False, capture_output=True, text=True, **how
        )
    except subprocess.TimeoutExpired:
        return False
    assert done.returncode == 0 or UNREACHED.search(done.stderr), done.stderr
    assert "EINTEGRITY" not in done.stderr, done.stderr
    return done.returncode == 0


def packages(folder: Path) -> Path | None:
    """The packages that deploy/npm names, brought into the folder; None where that cannot be done."""
    for name in LISTS:
        shutil.copy(ROOT / "deploy" / "npm" / name, folder)
    return folder / "node_modules" if ran(COMMAND, folder) else None
