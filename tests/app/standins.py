"""Stand-ins for what the tests of runs and of their cache need: a training, a cache, who waits, and a cache's files."""

import threading
from pathlib import Path

from app.caching import OWN
from app.entries import File
from app.runs import Runs, packed_json
from app.training import codings
from optim import Experiment

ONE, TWO = Experiment(epochs=1), Experiment(epochs=2)


class Shelf(dict):
    """A cache that works."""

    def set(self, key, value):
        self[key] = value
        return True

    def has(self, key):
        return key in self


class Maker:
    """Stands in for training and building: counts, and makes a payload that names its experiment (see conftest.py)."""

    def __init__(self):
        self.trained, self.built = [], []

    def train(self, experiment, stop):
        self.trained.append(experiment)
        return {}

    def build(self, experiment, runs, watched):
        self.built.append((experiment, watched))
        return said(experiment, watched)

    def runs(self, cache, **more):
        return Runs(cache, **{"train": self.train, "seconds": lambda _: 0.0, **more})


def said(experiment, watched=None):
    """The payload that a Maker makes."""
    return {"hash": experiment.digest, **({"watched": watched} if watched else {})}


def file(key, payload, coding="br", private=False):
    """The file of such a payload under a key."""
    return File(key, coding, private, codings.pack(packed_json(payload), coding))


def numbered(number):
    """A file that is told from others by its number."""
    return File("run", "br", False, b"%d" % number)


class Somebody:
    """One who waits at some pages until they go."""

    def __init__(self, *pages):
        self.at, self.left = set(pages), threading.Event()

    def gone(self):
        return self.left.is_set()

    def pages(self):
        return self.at


def kept(folder: Path) -> list[Path]:
    """The files of a cache in this folder."""
    return sorted((folder / OWN).iterdir())
