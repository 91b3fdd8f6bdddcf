"""gunicorn's settings, found by it in the folder it is started in. The page itself is `app.wsgi:server`."""

import logging
import os
import shutil
import sys
import tempfile

from app.config import Settings, SettingsError
from app.operating import leftovers, memory, metrics
from app.training.patience import PatientWorker
from app.training.room import THREADS

try:
    settings = Settings.from_env()
except SettingsError as error:
    sys.exit(str(error))

# The page reads the settings again: what was wrong with HOST has been said.
os.environ["HOST"] = settings.host
bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
# One for each core that there is. They are one program until they part, so that they start fast and share its memory.
if "WEB_CONCURRENCY" not in os.environ:  # which gunicorn reads by itself
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
preload_app = True
# The threads are there to wait for slow networks and for each other's runs, not to compute.
worker_class = PatientWorker
threads = THREADS
# Somebody who moves a slider every few seconds need not connect anew each time; none of the threads waits meanwhile.
keepalive = 20
loglevel = settings.log_level
# What is no HTTP at all it answers by itself, and would write down beside the address of whoever sent it.
logging.getLogger("gunicorn.error").addFilter(lambda record: "Invalid request from ip=" not in record.getMessage())


def writable(folder: str) -> bool:
    """Whether files can be made there."""
    return os.access(folder, os.W_OK | os.X_OK)


memory.spare()

# The worker shows that it lives by touching a file: in memory where it can, because a container need not have another
# place to write, and on a slow disk it would seem dead.
try:
    worker_tmp_dir = "/dev/shm" if writable("/dev/shm") else tempfile.gettempdir()
except FileNotFoundError:
    sys.exit("gunicorn needs a folder that it can write into: /dev/shm, /tmp, or one that TMPDIR names.")
if settings.metrics:
    metrics.share(worker_tmp_dir)

# Its socket wants a home folder to write into, which a container's user does not have; nothing here uses it.
control_socket_disable = True
# Whom to believe about addresses is said once, by LAB_PROXIES (app/operating/place.py): gunicorn by itself would
# believe whoever asks from this machine.
secure_scheme_headers = {}
forwarder_headers = ""

# What one worker has trained the others need not train: without a LAB_CACHE of somebody's own they share a folder that
# goes when they do, on a disk rather than in memory.
SHARED = "descent-lab-runs-"
shared = None
if not os.environ.get("LAB_CACHE", "").strip():
    try:
        shared = leftovers.folder(SHARED, tempfile.gettempdir())
    except FileNotFoundError:
        shared = leftovers.folder(SHARED, worker_tmp_dir)
    os.environ["LAB_CACHE"] = f"dir:{shared}"


def when_ready(server: object) -> None:
    """Called in the first process, when all is there that the workers will have in common."""
    memory.share()


def on_exit(server: object) -> None:
    """Called in the first process, when the last worker has ended."""
    if shared:
        shutil.rmtree(shared, ignore_errors=True)
    metrics.forget()
