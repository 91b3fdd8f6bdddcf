"""Chromium: finds the Chrome or Chromium that drives the page, or installs Debian's. Knows nothing of the page.

How a program is looked for and installed is the same for each: firefox.py, tests/nginx.py and tests/redis_server.py
use these functions.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PACKAGE = "chromium"
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = tuple(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium"))
WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Chromium\Application\chrome.exe")
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")

FLAGS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a request to anywhere else fails, and is seen to
)

# A machine that has just been started installs its own updates first, for minutes.
LOCK_SECONDS = 600
RETRY_SECONDS = 1
COMPLETE = "dpkg --configure -a"  # apt-get refuses all work, in these words, until it has been run

MISSING = (
    "The browser tests need Chrome or Chromium and found none that runs: install one "
    "(Debian: apt install chromium; macOS: brew install --cask google-chrome; Windows: winget install Google.Chrome), "
    "or name its program in BROWSER_PATH."
)


class ProgramMissingError(RuntimeError):
    """A program to test with is not there and could not be installed. Tests fail for it: they never pass unseen."""


def named() -> str | None:
    """The program that is named by hand."""
    return os.environ.get("BROWSER_PATH")


def candidates() -> Iterator[str]:
    """Where a browser may be: only what BROWSER_PATH names, if it is set; else the PATH and the usual places."""
    yield from places(named(), COMMANDS, MAC, WINDOWS)


def places(by_hand: str | None, commands: Iterable[str], mac: Iterable[str], windows: Iterable[str]) -> Iterator[str]:
    """Only the program that is named by hand, if one is; else the commands, and where macOS and Windows keep them."""
    if by_hand:
        yield by_hand
        return
    yield from filter(None, map(shutil.which, commands))
    yield from mac
    for root in filter(None, map(os.environ.get, WINDOWS_ROOTS)):
        yield from (str(Path(root) / place) for place in windows)


def runs(program: str, question: str = "--version") -> bool:
    """Whether the program is there and answers; a name on the PATH may be a stub that only advertises a package."""
    if not Path(program).is_file():
        return False
    if sys.platform == "win32":
        return True  # there, asking Chrome for its version opens a window
    try:
        return subprocess.run([program, question], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def present() -> str | None:
    """The path of the first candidate that runs, if any does."""
    return next(filter(runs, candidates()), None)


def installer(by_hand: Callable[[], str | None] = named) -> str | None:
    """apt-get, where installing is ours to do: as root, and no program named by hand."""
    apt = shutil.which("apt-get")
    return None if by_hand() or apt is None or os.geteuid() != 0 else apt


@contextmanager
def alone(apt: str) -> Iterator[None]:
    """Wait until no other process of the tests installs: apt-get does not wait for another one, it fails.

    The lock lies on apt-get's own folder, so that all clones of the repository share it and none leaves a file.
    """
    import fcntl  # not on Windows, which has no apt-get either

    folder = os.open(Path(apt).parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def install(package: str, by_hand: Callable[[], str | None], present: Callable[[], str | None]) -> None:
    """Install a package of Debian's where that is ours to do, unless another process has done so meanwhile."""
    apt = installer(by_hand)
    if apt is None:
        return
    with alone(apt):
        if present() is None:
            print(f"Installing Debian's {package} for the tests", file=sys.stderr, flush=True)
            run(apt, "update")
            # Reinstalled: a package that was cut off half way counts as installed, and would be left as it is.
            run(apt, "install", "--reinstall", "--yes", "--no-install-recommends", package)


def run(apt: str, *task: str) -> None:
    """Run apt-get, again and again while a program besides the tests holds its lock; say why if it fails.

    An installation that was cut off half way, as by a machine that was switched off, is first carried to its end.
    """
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    channels = {"stdin": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    gives_up = time.monotonic() + LOCK_SECONDS
    completed = False
    while True:
        try:
            subprocess.run([apt, "-qq", *task], env=quiet, check=True, **channels)
        except subprocess.CalledProcessError as error:
            if COMPLETE in error.stderr and not completed:
                completed = True
                subprocess.run(COMPLETE.split(), env=quiet, check=False, **channels)
                continue
            if re.search(r"\block\b", error.stderr) and time.monotonic() < gives_up:
                time.sleep(RETRY_SECONDS)
                continue
            print(error.stderr, end="", file=sys.stderr, flush=True)
        return


def find() -> str:
    """The path of a browser that runs, installed if need be. Raises ProgramMissingError, saying what to install."""
    return located(PACKAGE, named, present, MISSING)


def located(package: str, by_hand: Callable[[], str | None], present: Callable[[], str | None], missing: str) -> str:
    """The program that `present` finds, once the package is installed if need be, or ProgramMissingError."""
    for attempt in (lambda: None, lambda: install(package, by_hand, present)):
        attempt()
        if program := present():
            return program
    raise ProgramMissingError(missing)


def optional(find: Callable[[], str]) -> str | None:
    """What is found, or None where tests can do without it; on a machine of its own (CI) they cannot."""
    try:
        return find()
    except ProgramMissingError:
        if os.environ.get("CI"):
            raise
        return None


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium, closed at the end."""
    program = find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
