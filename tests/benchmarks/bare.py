"""A bare page of the lab's libraries, served as the lab is: a slider and an empty graph, to compare first visits with.

`python -m tests.benchmarks.bare` is `python -m app` with another page.
"""

import sys
from collections.abc import Callable
from typing import Any

import dash_mantine_components as dmc
from dash import Dash, dcc
from flask import Flask

from app import __main__, compression, factory
from app.config import Settings


def create_app(_: Settings, __: Callable[..., Any]) -> Dash:
    """Dash, Mantine and Plotly with next to nothing to show."""
    server = Flask("bare", static_folder=None)
    compression.compress(server)
    app = Dash(__name__, server=server, assets_folder="none", serve_locally=True, use_async=False)
    app.layout = dmc.MantineProvider([dmc.Slider(), dcc.Graph()])
    return app


if __name__ == "__main__":
    factory.create_app = create_app
    sys.exit(__main__.main())
