"""gunicorn's settings, found by it in the folder it is started in. The page itself is `app.wsgi:server`."""

import os
import sys
import tempfile

from app.config import Settings, SettingsError
from app.operating import metrics

try:
    settings = Settings.from_env()
except SettingsError as error:
    sys.exit(str(error))

# The page reads the settings again: what was wrong with HOST has been said.
os.environ["HOST"] = settings.host
bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"
# One process, because the memory cache and single-flight live in it: a second would train the same run again.
workers = 1
# The threads are there to wait for slow networks and for each other's runs, not to compute: Python computes in turn. A
# whole class may wait for long runs at once, and who asks for a short one shall still find a thread.
worker_class = "gthread"
threads = 100
loglevel = settings.log_level
# The worker shows that it lives by touching a file: in memory where it can, because a container need not have another
# place to write, and on a slow disk it would seem dead.
try:
    worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else tempfile.gettempdir()
except FileNotFoundError:
    sys.exit("gunicorn needs a folder that it can write into: /dev/shm, /tmp, or one that TMPDIR names.")
if settings.metrics:
    metrics.share(worker_tmp_dir)


def on_exit(_: object) -> None:
    """The last that the master does."""
    metrics.forget()


# Its socket wants a home folder to write into, which a container's user does not have; nothing here uses it.
control_socket_disable = True
# Whom to believe about addresses is said once, by LAB_PROXIES (app/operating/place.py): gunicorn by itself would
# believe whoever asks from this machine.
secure_scheme_headers = {}
forwarder_headers = ""
