"""Serving: the real program, `python -m app`, in a process and on a port of its own. Knows nothing of the page."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.processes import child, environment

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def serving(program: str = "app", root: Path = ROOT, **settings: str) -> Iterator[str]:
    """The address of a server that lives as long as the block.

    `settings` are its variables, LAB_CACHE say, and `program` another module that is started as `app` is; `root`: the
    folder of the program, where it is another one.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", program],
        cwd=root,
        env=environment(**{"PORT": "0", "LAB_LOG_LEVEL": "warning"} | settings),
        stdout=subprocess.PIPE,
        text=True,
        **child(),
    )
    try:
        line = process.stdout.readline()
        address = re.search(r"http://\S+", line)
        if address is None:
            raise RuntimeError(f"The server did not start; it said {line!r} and ended with code {process.wait()}.")
        yield address.group()
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
