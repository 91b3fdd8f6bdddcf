"""Factory: the application, put together. Knows every part by name and does the work of none."""

import logging
from pathlib import Path

from dash import Dash
from flask import Flask

from app import addresses, callbacks, compression, downloads, envelope, inquiries, opening, security
from app.caching import cache_for
from app.runs import Runs
from app.settings import Settings
from components import controls, layout, lessons, markup, methods, playback

log = logging.getLogger(__name__)

ASSETS = Path(__file__).resolve().parent.parent / "assets"
HEALTH = "healthz"

# Dash's own page has no language and spends the page's one footer on its scripts.
INDEX = """<!DOCTYPE html>
<html lang="en">
    <head>
        {%metas%}
        <title>{%title%}</title>
        {%favicon%}
        {%css%}
    </head>
    <body data-state="loading">
        {%app_entry%}
        <noscript>Descent Lab draws in the browser and needs JavaScript.</noscript>
        {%config%}
        {%scripts%}
        {%renderer%}
    </body>
</html>
"""
META = [
    {"name": "description", "content": "SGD, Momentum, Adam and learning rate annealing, side by side and live."},
    # Before the style sheets arrive the browser paints in the system's own light or dark.
    {"name": "color-scheme", "content": "light dark"},
]


def create_app(settings: Settings) -> Dash:
    """The Dash application, ready to serve; its WSGI application is `.server`. Raises SettingsError."""
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for file, reason in lessons.BROKEN.items():
        log.warning("The lesson %s is left out: %s", file, reason)
    server = Flask("descent_lab", static_folder=None)
    compression.compress(server)
    runs = Runs(cache_for(server, settings.cache))
    app = Dash(
        __name__,
        server=server,
        assets_folder=str(ASSETS),
        index_string=INDEX,
        meta_tags=META,
        title=layout.TITLE,
        update_title="",
        serve_locally=True,
        use_async=False,
        health_endpoint=HEALTH,
        add_log_handler=False,
    )
    app.layout = markup.lightened(layout.page(callbacks.reply({"n": 0}, runs)), live=layout.LIVE)
    callbacks.register(app, runs)
    inquiries.register(server, runs)
    downloads.register(server, runs)
    opening.register(server, runs)
    controls.register_clientside(app)
    methods.register_clientside(app)
    playback.register_clientside(app)
    addresses.keep(app)
    envelope.guard(app)
    security.protect(server, app.csp_hashes(), settings.frame_ancestors)
    return app
