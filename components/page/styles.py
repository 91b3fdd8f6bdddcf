"""How methods are drawn: the one table of hues, marks, widths and dashes, by method and never by place in a list.

A method keeps its hue in every list, lesson and link. With annealing it takes that hue in another tone, with another
dash and mark, but for Adam, whose annealed run has a hue of its own. Methods of one kind in one list, three Adams say,
are told apart by their ordinal among themselves in the same way. Knows names of classes; not what is drawn.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from optim import Constant, Contestant

PAPER = {"light": "#ffffff", "dark": "#14181f"}
"""What lines are drawn on."""
ORDINALS = 8
"""Methods of one kind that are told apart; further ones begin anew."""


@dataclass(frozen=True)
class Style:
    """One method's line: its colour in both schemes, width and dash in px, and its mark: a symbol and what is cut out.

    cut: "" for nothing, "dot", or "bar" and "post", which lie and stand.
    """

    light: str
    dark: str
    width: float
    dash: tuple[float, ...]
    symbol: str
    cut: str = ""


OTHER = "Other"
"""The row of optimizers that have none: those that somebody writes in a notebook."""
ANNEALED = " annealed"
"""What follows the method's name where its schedule is not constant."""

OWN = {
    "SGD": Style("#2176cf", "#4793ea", 5.0, (), "circle"),
    "Momentum": Style("#b3390b", "#ee7440", 2.6, (10, 5), "square"),
    "Nesterov": Style("#cd185a", "#fe6d90", 2.6, (10, 3, 2, 3), "triangle-right"),
    "AdaGrad": Style("#8f6400", "#dcac4f", 4.2, (3, 2), "pentagon"),
    "RMSProp": Style("#107882", "#5fd0dc", 2.4, (2, 3), "cross"),
    "Adadelta": Style("#7851d2", "#a286f7", 4.2, (14, 4), "triangle-down"),
    "Adam": Style("#078556", "#4ad6a0", 3.4, (), "triangle"),
    "Adam annealed": Style("#8b1280", "#f0a6f0", 2.4, (4, 3), "diamond"),
    "AdamW": Style("#5f7505", "#aec968", 2.4, (16, 3, 4, 3), "hourglass"),
    "Adamax": Style("#cf2e88", "#fe7fbb", 4.2, (6, 2), "star"),
    "NAdam": Style("#854a1b", "#d69d77", 2.4, (7, 2, 2, 2, 2, 2), "bowtie"),
    "RAdam": Style("#2340bf", "#b6c1ff", 2.0, (), "x"),
    "Lion": Style("#7f0a1c", "#ff9a94", 3.4, (8, 2, 4, 2), "hexagram"),
    OTHER: Style("#4b5563", "#b4bfcb", 3.0, (5, 4), "triangle-left"),
}
"""A method's own looks: a row each. A wide line lies under a narrow one, so that both are seen where they coincide."""

_DASHES = ((7, 3), (2, 2.5), (12, 3, 2, 3), (18, 5), (5, 2, 1.5, 2), (3, 5), (9, 2, 2, 2, 2, 2, 2, 2))
_ANNEALED_DASH = (4, 3)
_CUTS = ("", "dot", "bar", "post")
_TONES = 3
# A name in the colour of its line is text, and a path on the deepest ground of the contours is still seen.
_FAINTEST = {"light": 4.6, "dark": 5.5}


def kind(contestant: Contestant) -> str:
    """What decides a contestant's looks: its method, and whether its rate stays constant."""
    name = type(contestant.optimizer).__name__
    annealed = not isinstance(contestant.schedule, Constant)
    return (name if name in OWN else OTHER) + ANNEALED * annealed


def styles(contestants: Iterable[Contestant]) -> list[Style]:
    """The looks of each contestant of a list."""
    seen: dict[str, int] = {}
    found = []
    for of in map(kind, contestants):
        ordinal = seen[of] = seen.get(of, -1) + 1
        found.append(table()[of][ordinal % ORDINALS])
    return found


@cache
def table() -> dict[str, list[Style]]:
    """The looks of every kind, by ordinal."""
    kinds = [name for name in OWN if not name.endswith(ANNEALED)]
    return {of: [_style(of, ordinal) for ordinal in range(ORDINALS)]
            for of in (name + suffix for name in kinds for suffix in ("", ANNEALED))}


def _style(of: str, ordinal: int) -> Style:
    """A kind's own row first; then narrow after wide, in turns of tones, cuts and dashes.

    Of an annealed kind without a row the turns begin elsewhere: no two of one method have the same dash and the same
    cut.
    """
    own = OWN.get(of) or OWN[of.removesuffix(ANNEALED)]
    if of in OWN and ordinal == 0:
        return own
    turn = 0 if of in OWN else 1
    tone = (ordinal + turn) % _TONES
    return replace(
        own,
        light=_tones(own.light, "light")[tone],
        dark=_tones(own.dark, "dark")[tone],
        width=own.width if (ordinal + turn) % 2 == 0 else 2.4 if own.width > 3 else 4.2,
        dash=_DASHES[ordinal - 1] if ordinal else _ANNEALED_DASH,
        cut=_CUTS[(ordinal + 2 * turn) % len(_CUTS)],
    )


@cache
def _tones(colour: str, scheme: str) -> tuple[str, ...]:
    """The colour itself and two tones of it that are as far apart as a readable text allows."""
    paper, own = PAPER[scheme], contrast(colour, PAPER[scheme])
    strong, up = own > 1.5 * _FAINTEST[scheme], 1.5 if scheme == "light" else 1.3
    wanted = (_FAINTEST[scheme], up * own) if strong else (up * own, up * up * own)
    return (colour, *(_toned(colour, paper, min(one, 14.0)) for one in wanted))


def _toned(colour: str, paper: str, wanted: float) -> str:
    """The colour mixed with its paper, or with what is farthest from that, until it has the wanted contrast."""
    fainter = contrast(colour, paper) > wanted
    end = paper if fainter else "#000000" if luminance(paper) > 0.5 else "#ffffff"
    low, high = 0.0, 1.0
    for _ in range(12):
        share = (low + high) / 2
        reached = (contrast(mixed(colour, end, share), paper) > wanted) != fainter
        low, high = (low, share) if reached else (share, high)
    return mixed(colour, end, low if fainter else high)


def mixed(one: str, other: str, share: float) -> str:
    """`share` of the other colour and the rest of the one."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """WCAG's relative luminance of #rrggbb."""
    shares = (channel / 255 for channel in _channels(colour))
    linear = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in shares)
    return sum(weight * v for weight, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> list[int]:
    return [int(colour[i:i + 2], 16) for i in (1, 3, 5)]
