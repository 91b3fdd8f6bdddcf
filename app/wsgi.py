"""WSGI: `app.wsgi:server` for gunicorn or any other server. Knows nothing but where the parts are."""

from app.config import Settings
from app.factory import create_app

server = create_app(Settings.from_env()).server
