"""gunicorn's settings, found by it in the folder it is started in. The page itself is `app.wsgi:server`."""

import sys

from app.settings import Settings, SettingsError

try:
    settings = Settings.from_env()
except SettingsError as error:
    sys.exit(str(error))

# A container is reached from outside it; gunicorn's own default, 127.0.0.1, is not.
bind = f"0.0.0.0:{settings.port}"
# One process, because the memory cache and single-flight live in it: a second would train the same run again.
workers = 1
# The threads are there to wait for slow networks and for each other's runs, not to compute: Python computes in turn. A
# whole class may wait for long runs at once, and who asks for a short one shall still find a thread.
worker_class = "gthread"
threads = 100
loglevel = settings.log_level
# Its socket wants a home folder to write into, which a container's user does not have; nothing here uses it.
control_socket_disable = True
