"""How methods are drawn: by what they are and never by place, readable, and told apart by every kind of eyes."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from components.page import theme
from components.page.panels.comparison import CUTS, SYMBOLS
from components.page.panels.contours import colours
from components.page.styles import ANNEALED, ORDINALS, OTHER, OWN, kind, styles, table
from components.settings.methods import MOST
from optim import OPTIMIZERS, SCHEDULES, SGD, Adam, Constant, Contestant, Momentum
from optim.contestants import ARTICLE
from tests.colours import READABLE, SEEN, VISIONS, channels, contrast, seen

MARKS = Path(__file__).parents[3] / "assets/plot/marks.js"
KINDS = [Contestant(name, method()) for name, method in OPTIMIZERS.items()]
NEAR = 20  # CIE76: colours that thin lines do not tell apart at a glance
ALL = [(of, ordinal, style) for of, row in table().items() for ordinal, style in enumerate(row)]
SIMILAR = 1.3  # widths nearer than this factor look the same


def annealed(contestant, schedule="CosineAnnealing", label=None):
    return Contestant(label or f"{contestant.label} with {schedule}", contestant.optimizer, SCHEDULES[schedule]())


def mark(style):
    return style.symbol, style.cut


def stroke(one, other):
    """Whether two lines differ by more than colour."""
    return one.dash != other.dash or max(one.width, other.width) >= SIMILAR * min(one.width, other.width)


def test_every_method_has_a_row_of_its_own():
    """A new method is one class, one line in OPTIMIZERS and one row here: a hue, a mark, a width and a dash."""
    missing = [name for name in OPTIMIZERS if name not in OWN]
    assert missing == [], f"components/page/styles.py has no row in OWN for {', '.join(missing)}"
    strange = {name.removesuffix(ANNEALED) for name in OWN} - {*OPTIMIZERS, OTHER}
    assert not strange, f"components/page/styles.py has rows for {strange}, which OPTIMIZERS does not have"


@pytest.mark.parametrize("scheme", theme.SCHEMES)
def test_every_line_is_readable_as_text_and_seen_on_the_deepest_ground(scheme):
    """The ground of Landscape is deepest at its heights."""
    ground = deepest(scheme)
    for of, ordinal, style in ALL:
        colour = getattr(style, scheme)
        assert contrast(colour, theme.SCHEMES[scheme].paper) >= READABLE, (of, ordinal)
        assert contrast(colour, ground) >= SEEN, (of, ordinal)


def deepest(scheme):
    return colours(scheme)[-1][1]


def test_the_looks_follow_from_the_method_and_never_from_its_place():
    alone = {one.label: styles([one])[0] for one in [*KINDS, *map(annealed, KINDS)]}
    assert [alone[one.label] for one in KINDS] == [OWN[name] for name in OPTIMIZERS]
    for shift in range(len(KINDS)):
        turned = [*KINDS[shift:], *KINDS[:shift]]
        mixed = [one for pair in zip(turned, map(annealed, turned), strict=True) for one in pair]
        assert styles(mixed) == [alone[one.label] for one in mixed]


def test_the_article_has_its_four():
    found = styles(ARTICLE)
    assert [one.light for one in found] == ["#2176cf", "#b3390b", "#078556", "#8b1280"]
    assert [one.dark for one in found] == ["#4793ea", "#ee7440", "#4ad6a0", "#f0a6f0"]
    assert [mark(one) for one in found] == [("circle", ""), ("square", ""), ("triangle", ""), ("diamond", "")]


def test_taking_one_method_away_leaves_those_of_other_kinds_as_they_are():
    adams = [Contestant(f"Adam {rate}", Adam(lr=rate)) for rate in (1, 0.1, 0.01)]
    ours = [Contestant("SGD", SGD(lr=0.1)), *adams, Contestant("Momentum", Momentum(lr=0.1)), annealed(adams[0])]
    before = dict(zip(ours, styles(ours), strict=True))
    for gone in ours:
        left = [one for one in ours if one is not gone]
        for one, style in zip(left, styles(left), strict=True):
            assert kind(one) == kind(gone) or style == before[one]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_eight_of_one_method_are_told_apart_by_dash_and_mark_and_keep_its_symbol(name):
    """With constant rates, with every schedule, and mixed."""
    one = Contestant(name, OPTIMIZERS[name]())
    schedules = [annealed(one, schedule) for schedule in SCHEDULES if SCHEDULES[schedule] is not Constant][:MOST - 1]
    lists = [[one] * MOST, [one, *schedules], [one] * 4 + schedules[:4], [schedules[0]] * MOST]
    for contestants in lists:
        found = styles(contestants)
        for a, b in combinations(found, 2):
            assert (a.dash, *mark(a)) != (b.dash, *mark(b))
        assert {a.symbol for a in found} <= {OWN[name].symbol, OWN.get(name + ANNEALED, OWN[name]).symbol}
        for a, b in pairwise(found):
            assert a.light != b.light
            assert a.dark != b.dark
            assert mark(a) != mark(b)
            assert stroke(a, b)


@pytest.mark.parametrize("scheme", theme.SCHEMES)
def test_a_variant_keeps_the_hue_of_its_method(scheme):
    for of, row in table().items():
        own = seen(channels(getattr(row[0], scheme)), "full")[1:]
        for style in row:
            hue = seen(channels(getattr(style, scheme)), "full")[1:]
            turned = abs(np.degrees(np.arctan2(*hue) - np.arctan2(*own)) + 180) % 360 - 180
            assert abs(turned) < 20 or of.startswith(OTHER), (of, style)


@pytest.mark.parametrize("scheme", theme.SCHEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_where_two_methods_of_any_list_look_alike_in_colour_their_dash_or_mark_differs(scheme, vision):
    """All pairs of a list of eight are pairs of what the table has: those of other kinds, and ordinals below eight."""
    assert ORDINALS >= MOST
    lab = np.array([seen(channels(getattr(style, scheme)), vision) for _, _, style in ALL])
    apart = np.linalg.norm(lab[:, None] - lab[None], axis=-1)
    alike = [(ALL[i], ALL[j]) for i, j in combinations(range(len(ALL)), 2) if apart[i, j] < NEAR]
    assert len(alike) > 100
    same = [(a[:2], b[:2]) for a, b in alike if a[2].dash == b[2].dash and mark(a[2]) == mark(b[2])]
    assert same == []


@pytest.mark.parametrize("scheme", theme.SCHEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_methods_of_different_kinds_that_look_alike_have_other_strokes_and_marks_along_the_curve(scheme, vision):
    """Both: the stroke tells them apart between two marks. Of methods that may stand in one list as they are."""
    rows = [*KINDS, annealed(Contestant("Adam", Adam()))]
    found = styles(rows)
    lab = seen([channels(getattr(style, scheme)) for style in found], vision)
    for i, j in combinations(range(len(found)), 2):
        assert mark(found[i]) != mark(found[j])
        near = np.linalg.norm(lab[i] - lab[j]) < NEAR
        assert not near or stroke(found[i], found[j]), (rows[i].label, rows[j].label)


@pytest.mark.parametrize("scheme", theme.SCHEMES)
def test_the_articles_four_are_told_apart_by_colour_alone(scheme):
    for vision in set(VISIONS) - {"grey"}:
        lab = seen([channels(getattr(style, scheme)) for style in styles(ARTICLE)], vision)
        assert min(np.linalg.norm(a - b) for a, b in combinations(lab, 2)) >= 14, vision


def test_what_somebody_wrote_has_looks_too_and_two_of_them_differ():
    class Mine(SGD):
        """A method of a notebook."""

    class Yours(SGD):
        """Another one."""

    mine, yours = styles([Contestant("mine", Mine(lr=0.1)), Contestant("yours", Yours(lr=0.1))])
    assert mine == OWN[OTHER]
    assert mark(mine) != mark(yours)
    assert mine.light != yours.light


def test_the_canvas_and_plotly_can_draw_every_mark():
    shapes = re.findall(r"^  \"?([\w-]+)\"?: ", MARKS.read_text("utf-8"), re.MULTILINE)
    assert {style.symbol for _, _, style in ALL} <= {"circle", *shapes}
    for _, _, style in ALL:
        go.scatter.Marker(symbol=SYMBOLS.get(style.symbol, style.symbol) + CUTS[style.cut])
