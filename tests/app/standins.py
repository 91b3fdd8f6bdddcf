"""Stand-ins for what the tests of the cache keep in it: an experiment, its training, and the files that come of it."""

from pathlib import Path
from types import SimpleNamespace

from app.caching import OWN

ONE = SimpleNamespace(canonical='{"a":1}')


class Maker(list):
    """Stands in for training, and remembers what it made."""

    def __call__(self, experiment, watched):
        self.append(experiment.canonical)
        return {"hash": experiment.canonical, "numbers": "A" * 10_000}


def kept(folder: Path) -> list[Path]:
    """The files of a cache in this folder."""
    return sorted((folder / OWN).iterdir())
