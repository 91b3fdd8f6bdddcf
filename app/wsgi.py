"""WSGI: `app.wsgi:server` for gunicorn or any other server. Knows nothing but where the parts are."""

from app.config import Settings
from app.factory import create_app
from app.runs import PLACES
from app.training.pool import Pool

pool = Pool(PLACES)
server = create_app(Settings.from_env(), pool.train).server
pool.open()
