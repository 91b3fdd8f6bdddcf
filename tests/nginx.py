"""nginx: finds it, or installs Debian's, and runs it for as long as a block, with a text of the test's own.

Knows no server behind it. It runs as whoever runs the tests, on ports of its own, and writes into a folder of the test.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.browser import chromium
from tests.processes import child

PACKAGE = "nginx-light"
COMMANDS = ("nginx",)
SYSTEM = ("/usr/sbin", "/usr/local/sbin")
"""Where it is, though a user's PATH may not name these."""
MAC = ("/opt/homebrew/bin/nginx", "/usr/local/bin/nginx")

MISSING = (
    "The page is opened behind a real nginx too, and none runs here: install one "
    "(Debian: apt install nginx-light; macOS: brew install nginx), or name its program in NGINX_PATH."
)

# All that it writes is in the folder that it is started in; what it serves comes from the test.
TEXT = """
{user}
worker_processes 1;
daemon off;
pid nginx.pid;
error_log error.log;
events {{ }}
http {{
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    {served}
}}
"""


def named() -> str | None:
    """The program that is named by hand."""
    return os.environ.get("NGINX_PATH")


def candidates() -> Iterator[str]:
    """Where nginx may be: only what NGINX_PATH names, if it is set; else the PATH and the usual places."""
    yield from chromium.places(named(), COMMANDS, MAC, ())
    if not named():
        yield from (f"{place}/nginx" for place in SYSTEM)


def present() -> str | None:
    """The path of the first candidate that runs, if any does."""
    return next((program for program in candidates() if chromium.runs(program, "-v")), None)


def find() -> str:
    """The path of an nginx that runs, installed if need be. Raises ProgramMissingError, saying what to install."""
    return chromium.located(PACKAGE, named, present, MISSING)


def found() -> str | None:
    """The same, or None where there is none (see chromium.optional)."""
    return chromium.optional(find)


@contextmanager
def running(program: str, served: str, folder: Path, port: int) -> Iterator[None]:
    """It serves, on `port` at least, what `served`, the inside of its http block, says."""
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(TEXT.format(user=user, served=served), "utf-8")
    process = subprocess.Popen([program, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"], **child())
    try:
        while process.poll() is None:
            if not (folder / "nginx.pid").exists():
                continue  # it opens one port after the other, and writes this when all of them are open
            with suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), timeout=60):
                break
        assert process.poll() is None, (folder / "error.log").read_text("utf-8")
        yield
    finally:
        process.terminate()
        process.wait()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1 and its key, good for a day."""
    paths = folder / "lab.crt", folder / "lab.key"
    made = shutil.which("openssl")
    assert made, "openssl makes the certificate: install it"
    subprocess.run(
        [made, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-out", paths[0], "-keyout", paths[1]],
        check=True, capture_output=True,
    )
    return paths
