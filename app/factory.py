"""Factory: the application, put together. Knows every part by name and does the work of none."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, cast

from dash import Dash
from flask import Flask

import optim
from app import addresses, answers, assets, callbacks, compression, downloads, envelope, index, opening, security
from app.caching import cache_for
from app.config import Settings
from app.operating import health, limiting, metrics, place, versions, watching
from app.operating.counting import CountedCache, timed
from app.runs import Runs
from app.training import files
from app.training.cluster import Cluster
from app.training.exploring import Explorations
from app.training.locks import lock_of
from app.waiting import Pages
from components import lessons, modules
from components.page import form, layout, markup, transport
from components.page.drawers import methods
from optim import Run

log = logging.getLogger(__name__)

HEALTH = "healthz"
ICON = "_favicon.ico"


def create_app(settings: Settings, train: Callable[..., Mapping[str, Run]] = optim.train) -> Dash:
    """The Dash application, ready to serve; its WSGI application is `.server`. Raises SettingsError.

    train: what trains, as optim's `train` does.
    """
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for file, reason in lessons.BROKEN.items():
        log.warning("The lesson %s is left out: %s", file, reason)
    server = Flask("descent_lab", static_folder=None)
    compression.compress(server)
    if settings.metrics:
        metrics.serve(server)
    watching.watch(server, counts=settings.metrics, logs=settings.request_log)
    limiting.limit(server, settings.limit, settings.cache, lambda endpoint: uncounted(app, endpoint))
    cache = cache_for(server, settings.cache)
    runs, pages = Runs(CountedCache(cache), timed(train), locked=lock_of(cache)), Pages()
    app = index.Page(
        __name__,
        server=cast(Any, server),  # a Flask is meant too, though Dash's types do not say so
        assets_folder=str(modules.ASSETS),
        assets_url_path=assets.folder(),
        assets_ignore=assets.IGNORED,
        index_string=index.HTML,
        meta_tags=index.META,
        title=layout.TITLE,
        update_title="",
        routes_pathname_prefix="/",
        requests_pathname_prefix=place.MARK,
        serve_locally=True,
        use_async=False,
        health_endpoint=HEALTH,
        add_log_handler=False,
    )
    assets.serve(server)
    first = {**callbacks.reply({"n": 0}, runs), "version": versions.own()}
    app.layout = markup.lightened(layout.page(first), live=layout.LIVE)
    callbacks.register(app, runs, pages)
    answers.register(server, runs, pages, Explorations(runs.quiet, Cluster(settings.dask) if settings.dask else None))
    downloads.register(server, runs, pages)
    opening.register(server, runs, pages)
    health.register(server, cache)
    files.register(server, runs)
    form.register_clientside(app)
    methods.register_clientside(app)
    transport.register_clientside(app)
    compression.make_once(app)
    addresses.keep(app)
    versions.guard(server)
    envelope.guard(app)
    security.protect(server, [*app.csp_hashes(), index.CHECK_HASH], settings.frame_ancestors)
    place.stand(server, settings.prefix, settings.proxies)
    # Dash does so at the first request, and refuses its own scripts to whoever asks meanwhile (dash.py, _setup_server).
    cast(Any, app)._setup_server()
    return app


def uncounted(app: Dash, endpoint: str) -> bool:
    """Whether what stands there is not counted against an address: it is a file, or tells that the process lives."""
    small = {app.config.routes_pathname_prefix + name for name in (HEALTH, ICON)}
    return endpoint in small or compression.for_everybody(app, endpoint)
