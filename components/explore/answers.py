"""The answers of the group "Explore", by kind: a generator of parts each, which asks for many runs.

Each has a budget of its own and comes after all else that is computed (app/training/exploring.py): its runs are to be
sweeps that `question.executor` runs. Knows names.
"""

from collections.abc import Callable, Iterator

from components.explore.basins import basin_maps
from components.explore.finder import rate_finder
from components.explore.race import race
from components.explore.rate_sweep import rate_sweep
from components.explore.seeds import seeds
from components.explore.stability import stability
from components.question import Question

EXPLORING: dict[str, Callable[[Question], Iterator[dict | None]]] = {
    "sweep": rate_sweep,
    "race": race,
    "stability": stability,
    "basins": basin_maps,
    "seeds": seeds,
    "finder": rate_finder,
}
