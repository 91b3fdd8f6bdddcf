"""`python -m app.packing`: what every visitor is sent, compressed as far as brotli goes, in build/packed.

It takes seconds, which a first visitor would wait for: the image does it once, when it is made, and the server sends
what it finds there (compression.py). Knows which files a page asks for; not when they are sent.
"""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor

import brotli

from app import assets, compression
from app.config import Settings
from app.factory import create_app

FINEST = 11


def bodies() -> list[bytes]:
    """Our own files, without their source maps, and the scripts and sheets that the page names."""
    client = create_app(Settings()).server.test_client()
    named = re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css)[^"]*)"', client.get("/").text)
    own = [body for name, body in assets.files().items() if not name.endswith(".map")]
    return [*own, *(client.get(address).data for address in named)]


def pack() -> None:
    """Write each that is worth it, by the digest of its content."""
    shutil.rmtree(compression.PACKED, ignore_errors=True)  # what was packed of files that are others by now
    compression.PACKED.mkdir(parents=True)
    large = {compression.finest(body): body for body in bodies() if len(body) >= compression.LEAST}
    with ThreadPoolExecutor() as threads:  # brotli lets go of Python while it works
        list(threads.map(lambda path: path.write_bytes(brotli.compress(large[path], quality=FINEST)), large))


if __name__ == "__main__":
    pack()
