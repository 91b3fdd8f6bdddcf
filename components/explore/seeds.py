"""Many seeds: the same experiment drawn again and again; the band of its losses, who is first how often, and where the
seed on view stands among all.

Knows what may be asked; the runs are optim's `many_seeds`, and assets/explore/seeds.js draws.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from components.explore.drawn import Drawn, drawn
from components.explore.program import program
from components.question import Question
from components.text.infinities import plain_list
from components.text.numbers import bounded
from optim import Seeds, Surface, many_seeds
from optim.explore.seeds import MOST_SEEDS

FEWEST, USUAL = 2, 100
STEPS = 240
"""Steps at which a band is told, at most."""


def seeds(question: Question) -> Iterator[dict]:
    """What the runs of many seeds come to.

    about: `count`, how many seeds, the one on view among them. The first part says what is to come: all `seeds`, the
    `floor` that is known whichever is drawn, or None, the `word` for them, the `methods`' labels, and the `program`.
    Each further part is of the first so many of them: of each method at some `steps` the `low`, `median` and `high`
    loss; of each seed its last one (`losses`), its `ranks` among all, from the lowest, and whether that is `usual`; of
    each method how often it alone is `first`, and the ends of that share's interval, `tied` for the first place, and
    `lost`; how often there is a tie (`ties`); and a sentence, `says`.
    """
    one = drawn(question)
    experiment, wanted = one.experiment, wanted_of(question, one)
    surface = isinstance(experiment.resolved_model, Surface)
    labels = [each.label for each in experiment.contestants]
    results = many_seeds(experiment, wanted, limit=STEPS, executor=question.executor)
    yield {
        "count": len(wanted) * len(labels),
        "seeds": wanted,
        "word": one.word,
        "isSurface": surface,
        "floor": experiment.floor if surface else 0.0,
        "methods": labels,
        "program": {"file": "descent_many_seeds.py", "text": program_of(one, len(wanted))},
    }
    for found in results:
        yield {"done": len(found.seeds) * len(labels), **numbers_of(found)}


def wanted_of(question: Question, one: Drawn) -> tuple[int, ...]:
    """The seeds: the one on view, then 0, 1, 2 and so on."""
    count, _ = bounded(question.about.get("count", USUAL), FEWEST, MOST_SEEDS, whole=True)
    others = (seed for seed in range(MOST_SEEDS + 1) if seed != one.seed)
    return one.seed, *islice(others, int(count) - 1)


def numbers_of(found: Seeds) -> dict[str, Any]:
    """All that so many seeds say."""
    low, high = found.first_between
    standings = [found.standing(seed) for seed in found.seeds]
    return {
        "steps": found.steps.tolist(),
        "low": plain_list(found.low),
        "median": plain_list(found.median),
        "high": plain_list(found.high),
        "losses": plain_list(found.losses),
        "ranks": np.array([one.rank for one in standings]).T.tolist(),
        "usual": np.array([one.is_typical for one in standings]).T.tolist(),
        "first": found.first.tolist(),
        "between": [low.tolist(), high.tolist()],
        "tied": found.tied.tolist(),
        "ties": found.ties,
        "lost": found.diverged.tolist(),
        "says": found.sentence,
    }


def program_of(one: Drawn, count: int) -> str:
    """The same in `optim` alone: prints both sentences, and each method's last losses by seed."""
    return program(f"The same experiment with {count} seeds.", one.experiment, [
        f"*_, found = many_seeds(experiment, {count})",
        "print(found.sentence)",
        f"print(found.standing({one.seed}).sentence)",
        "print(*found.seeds)",
        "for label, losses in zip(found.labels, found.losses):",
        "    print(f\"{label}: {losses.tolist()!r}\")",
    ], ["many_seeds"])
