"""The application as the tests of the server use it: built once, asked directly."""

import pytest
from dash import Dash
from flask.testing import FlaskClient

from app import runs
from app.config import Settings
from app.factory import create_app
from tests.app.standins import Maker


@pytest.fixture(scope="session")
def app() -> Dash:
    """The whole application at its default settings, however fast a test asks."""
    return create_app(Settings(limit=0))


class Client(FlaskClient):
    """A browser without a screen, which takes each reply whole: a file on its way would stay open."""

    def open(self, *args, **kwargs):
        return super().open(*args, **{"buffered": True, **kwargs})


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    """Asks the application without a network."""
    return Client(app.server)


@pytest.fixture
def maker(monkeypatch) -> Maker:
    """What stands in for training, and for the page's build of what it gives."""
    maker = Maker()
    monkeypatch.setattr(runs, "build", maker.build)
    return maker
