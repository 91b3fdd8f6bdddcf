"""A bare Dash application whose one callback carries the default run: what a page costs that is written as usual.

For gunicorn, `tests.load.bare:server`. Its replies are compressed as quickly as the lab's own.
"""

from dash import Dash, Input, Output, dcc, html
from flask import Flask

from app import compression
from components.payload.build import build
from optim import Experiment, train

PATH = "/_dash-update-component"
BODY = {
    "output": "run.data", "outputs": {"id": "run", "property": "data"}, "changedPropIds": ["asked.data"],
    "inputs": [{"id": "asked", "property": "data", "value": {"n": 1}}],
}
EXPERIMENT = Experiment()
PAYLOAD = build(EXPERIMENT, train(EXPERIMENT))

server = Flask("bare", static_folder=None)
compression.compress(server)
app = Dash("bare", server=server, assets_folder="none")
app.layout = html.Div([dcc.Store("asked"), dcc.Store("run")])


@app.callback(Output("run", "data"), Input("asked", "data"), prevent_initial_call=True)
def answer(_: object) -> dict:
    """The run, whatever is asked."""
    return PAYLOAD
