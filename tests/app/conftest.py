"""The application as the tests of the server use it: built once, asked directly."""

import pytest
from dash import Dash
from flask.testing import FlaskClient

from app.config import Settings
from app.factory import create_app


@pytest.fixture(scope="session")
def app() -> Dash:
    """The whole application at its default settings."""
    return create_app(Settings())


class Client(FlaskClient):
    """A browser without a screen, which takes each reply whole: a file on its way would stay open."""

    def open(self, *args, **kwargs):
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    """Asks the application without a network."""
    return Client(app.server)
