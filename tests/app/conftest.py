"""The application as the tests of the server use it: built once, asked without a network."""

import pytest
from dash import Dash
from flask.testing import FlaskClient

from app.factory import create_app
from app.settings import Settings


@pytest.fixture(scope="session")
def app() -> Dash:
    """The whole application at its default settings."""
    return create_app(Settings())


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    """A browser without a screen."""
    return app.server.test_client()
