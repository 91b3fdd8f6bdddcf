"""The lab's own server with one more address: a file on disk as large as the default run is when it travels.

For gunicorn, `tests.load.static:server`: what Flask makes of the most ordinary of requests. Knows the size alone.
"""

from pathlib import Path
from tempfile import mkdtemp

from flask import Response, send_file

from app.runs import packed_json
from app.training import codings
from app.wsgi import server
from components.payload.build import build
from optim import Experiment, train

PATH = "/as-large-as-a-run"
EXPERIMENT = Experiment()
FILE = Path(mkdtemp(prefix="descent-lab-load-")) / "run"
FILE.write_bytes(codings.pack(packed_json(build(EXPERIMENT, train(EXPERIMENT))), "br"))


@server.get(PATH)
def as_large() -> Response:
    """The file."""
    return send_file(FILE, "application/octet-stream")


__all__ = ["server"]
