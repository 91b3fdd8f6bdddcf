"""Links: what is written reads back as the same state, and any text at all opens one."""

import json
from urllib.parse import parse_qs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from components.links import packing
from components.links import query as links
from components.links.state import ITEMS, VIEW, mend
from components.panels import HEADS
from components.points.dataset import MAX_POINTS
from components.settings.budget import MAX_STEPS
from components.settings.methods import MOST, keys
from components.settings.parsing import parse
from components.settings.table import DEFAULTS, SETTINGS, Choice, Setting
from optim import OPTIMIZERS, SCHEDULES
from tests.components.settings.test_parsing import anything, tables

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=45)
lists = st.lists(st.sampled_from(ITEMS), max_size=5).map(",".join)
views = st.fixed_dictionaries({}, optional={
    "step": st.integers(0, 99_999).map(str),
    "range": st.sampled_from(["1", "5"]),
    "on": st.sampled_from(["fit", "rate,loss", ",".join(HEADS)]),
    "spans": st.sampled_from(["fit.2x1", "loss.1x2,rate.3x3"]),
    "panel": st.sampled_from(["fit", "loss", "rate"]),
    "off": st.sampled_from(["0", "0,3"]),
    "theme": st.just("dark"),
    "lesson": st.just("momentum"),
    "show": lists,
    "lock": lists,
    "embed": st.just("1"),
})


def value(control):
    if control.options:
        return st.sampled_from(control.options)
    number = st.floats(control.low, control.high)
    return number | st.none() if control.optional else number


@st.composite
def entries(draw):
    method, schedule = draw(st.sampled_from(sorted(OPTIMIZERS))), draw(st.sampled_from(sorted(SCHEDULES)))
    known = keys(method, schedule)
    chosen = draw(st.sets(st.sampled_from(sorted(known))))
    own = {key: draw(value(known[key])) for key in sorted(chosen)}
    return {"label": draw(words), "method": method, "schedule": schedule, "own": own}


def number(setting):
    return (st.integers if setting.whole else st.floats)(setting.scale.low, setting.scale.high)


def one(setting):
    if isinstance(setting, Choice):
        return st.sampled_from(sorted(setting.options))
    return number(setting) if isinstance(setting, Setting) else st.sampled_from(["1, 2", "a*x^2 + b", "ä+%&=; #"])


honest = st.fixed_dictionaries({}, optional={
    **{key: one(setting) for key, setting in SETTINGS.items()},
    "methods": st.lists(entries(), min_size=1, max_size=MOST),
    "data": st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=1, max_size=40).map(
        lambda points: "".join(f"{links.short(x + 0.0)} {links.short(y + 0.0)}\n" for x, y in points)),
})


@given(honest, views)
def test_what_is_written_reads_back_as_the_same_state(values, view):
    state = mend(values, view)
    query = links.write(state.values, state.view)
    _, left = links.settings(state.values)
    assert query.isascii()
    assert len(links.settings(state.values)[0]) <= links.ROOM
    again = links.read(query)
    if not left:
        assert (again.values, again.view, again.changes) == (state.values, state.view, ())
    assert links.write(again.values, again.view) == query


@given(st.one_of(st.text(max_size=300), st.binary(max_size=200).map(lambda raw: raw.decode("latin-1"))))
@example("?lr=nan&epochs=1e999&seed=-1&methods=;;&data=;;&step=-1")
@example("z=" + packing.pack("lr=.1&z=" + packing.pack("lr=.2")))
@example("methods=" + "SGD;" * 100)
@example("problem=own&formula=" + "(" * 500)
@example("problem=network&units=16&points=500&epochs=1000&methods=" + ";".join(["SGD"] * 8))
@example("%&=%zz&lr=%ff&\x00=1&\ud800=\ud800")
def test_any_text_opens_a_state_that_is_an_experiment(query):
    opened = links.read(query)
    assert parse(dict(opened.values)).experiment is not None
    assert all(VIEW[key](text) == text for key, text in opened.view.items())
    assert all(sentence.endswith(".") and "\n" not in sentence for sentence in opened.changes)
    json.dumps(opened.changes)


parts = st.sampled_from(sorted([*ITEMS, *VIEW, "z", "foo"]))


@given(st.lists(st.tuples(parts, st.text(max_size=20) | st.integers().map(str)), max_size=8))
def test_any_parts_open_a_state_that_is_an_experiment(pairs):
    opened = links.read("&".join(f"{key}={text}" for key, text in pairs))
    assert parse(dict(opened.values)).experiment is not None


@given(tables | anything, st.dictionaries(parts, anything, max_size=5) | anything)
def test_any_json_opens_a_state_that_is_an_experiment(values, view):
    opened = mend(values, view)
    assert parse(dict(opened.values)).experiment is not None
    assert mend(dict(opened.values), dict(opened.view)).values == opened.values
    assert parse(dict(links.read(links.write(opened.values, opened.view)).values)).experiment is not None


def test_no_part_of_the_view_is_called_as_a_setting():
    assert not set(VIEW) & set(ITEMS)


def test_the_usual_state_is_an_empty_query():
    usual = links.read("")
    assert links.write(usual.values, usual.view) == ""
    assert usual.values == {**DEFAULTS, "methods": None, "data": ""}
    assert links.read("?").changes == ()


@pytest.mark.parametrize("query", [
    "lr=.01&seed=9&step=30&on=loss",
    "on=rate,fit,loss&spans=rate.2x1,fit.1x3",
    "period=10&true_b=-.5&problem=polynomial&degree=4",
    "methods=SGD;Twice+as+hot@SGD,lr:.02;Adam,betas.1:.999/CosineAnnealing,period:10;RMSProp,centered:on",
    "problem=own&formula=a*x%5E2%2Bb",
    "points=2&data=1+2;3.5+-.25&step=3",
    "embed=1&show=lr,beta&lock=seed&panels=fit,loss",
])
def test_links_are_short_and_readable(query):
    opened = links.read(query)
    assert opened.changes == ()
    assert parse_qs(links.write(opened.values, opened.view)) == parse_qs(query)


@pytest.mark.parametrize(("before", "now"), [
    ("panel=loss", "on=loss"),
    ("tab=parameters", "on=parameters,fit"),
    ("tab=readout", ""),
    ("panel=rate&tab=loss", "on=rate"),
    ("panel=rate&on=fit,loss", "on=fit,loss"),
    ("relief=1&panel=fit", "on=fit&relief=1"),
    ("PANEL=Loss", "on=loss"),
])
def test_what_older_links_say_of_the_panels_is_the_set_that_they_showed(before, now):
    opened = links.read(before)
    assert opened.changes == ()
    assert links.write(opened.values, opened.view) == now


@pytest.mark.parametrize("formula", ["a*exp(b*x)", "a*x + 2."])
def test_no_part_of_a_link_ends_in_a_sign_that_programs_leave_out(formula):
    """Of an address in a sentence: its last stop or bracket is taken for the sentence's own."""
    query = links.write({"problem": "own", "formula": formula}, {})
    assert query[-1].isalnum()
    assert links.read(query).values["formula"].rstrip(".") == formula.rstrip(".")


def test_eight_methods_with_settings_of_their_own_fit_into_a_link():
    """The longest there are, every setting with all its digits, every name as long as names may be."""
    longest = sorted(OPTIMIZERS, key=lambda name: -len(keys(name, "OneCycle")))[:MOST]
    methods = []
    for place, method in enumerate(longest):
        known = keys(method, "OneCycle")
        own = {key: one.options[-1] if one.options else one.low + (one.high - one.low) / (3.7 + place)
               for key, one in known.items()}
        label = f"Number {place} of the methods with its name"
        methods.append({"label": label, "method": method, "schedule": "OneCycle", "own": own})
    state = mend({"methods": methods, "lr": 0.0123456789, "problem": "polynomial", "degree": 5, "noise": 1 / 3}, {})
    assert state.changes == ()
    query, left = links.settings(state.values)
    assert (len(query) <= links.ROOM, left) == (True, ())
    assert links.read(query).values == state.values


def test_points_that_find_no_room_are_left_out_and_named():
    data = "".join(f"{k / 7:.17g} {(k * k) % 97 / 11:.17g}\n" for k in range(300))
    query, left = links.settings(mend({"data": data, "lr": 0.01}, {}).values)
    assert left == ("data",)
    assert links.read(query).values == {**DEFAULTS, "lr": 0.01, "points": 300, "methods": None, "data": ""}
    few = "".join(f"{k} {k * k}\n" for k in range(60))
    query, left = links.settings(mend({"data": few}, {}).values)
    assert (left, links.read(query).values["data"]) == ((), few)


@pytest.mark.parametrize(("query", "write", "said"), [
    ("lr=99", "lr=10", ["Learning rate (SGD, Momentum): At most 10: “99” became 10."]),
    ("foo=1&lr=.1", "lr=.1", ["Nothing here is called “foo”: ignored."]),
    ("seed=abc", "", ["Data seed: “abc” is not a number. It is left out."]),
    ("step=99999", "step=1500", ["The run has no more than 1,500 steps: this is the last."]),
    ("on=loss,moon,fit,loss", "on=loss,fit", ["“moon” has no meaning for “on”: ignored."]),
    ("on=-&lr=.1", "lr=.1", ["“-” has no meaning for “on”: ignored."]),
    ("spans=fit.2x1,loss.9x9", "spans=fit.2x1", ["“loss.9x9” has no meaning for “spans”: ignored."]),
    ("panel=moon&theme=dark", "theme=dark", ["“moon” has no meaning for “panel”: ignored."]),
    ("lock=lr,moon", f"lock={','.join(ITEMS)}", ["“moon” has no meaning for “lock”: everything is locked."]),
    ("show=lr,moon", "show=lr", ["“moon” has no meaning for “show”: ignored."]),
    ("embed=yes", "embed=1", ["“yes” has no meaning for “embed”: this is the frame."]),
    ("lock=", f"lock={','.join(ITEMS)}", ["“” has no meaning for “lock”: everything is locked."]),
    ("embed=0", "", []),
    ("readout=no", "readout=0", ["“no” has no meaning for “readout”: it is not shown."]),
    ("z=?!", "", ["The part of the link that holds the settings cannot be read: they are the usual ones."]),
    ("methods=Foo;SGD,lr:x;Adam", "methods=SGD;Adam", 2),
    ("methods=Foo", "", 1),
    ("epochs=1000&points=500", "epochs=120&points=500", 1),
    ("data=1+2;3+four", "", 1),
    ("problem=own", "", 1),
    ("problem=own&formula=a*&beta=.5", "beta=.5", 1),
    ("problem=sine&start=1", "problem=sine", 1),
    ("a=1&b=2&c=3&d=4&seed=x&lr=x&beta=x&noise=x&adam_lr=x&epochs=x", "", 5),
    ("x" * 9_000, "", 1),
])
def test_the_nearest_valid_state_is_opened_and_what_changed_is_said(query, write, said):
    opened = links.read(query)
    assert links.write(opened.values, opened.view) == write
    assert (list(opened.changes) if isinstance(said, list) else len(opened.changes)) == said


def test_a_packed_part_stands_for_no_more_than_a_link_can_honestly_hold():
    bomb = packing.pack("a" * 50_000_000)
    assert len(bomb) > links.LONGEST_READ
    with pytest.raises(packing.Broken):
        packing.unpack(bomb)
    with pytest.raises(packing.Broken):
        packing.unpack(packing.pack("lr=.1" * 1000)[:-9])
    opened = links.read("z=" + packing.pack("lr=" + "9" * 50_000))
    assert opened.values["lr"] == DEFAULTS["lr"]
    assert "50,000 characters; a number has at most 400" in opened.changes[0]


def test_of_a_short_link_no_more_methods_are_read_than_a_list_may_have(monkeypatch):
    read = []
    monkeypatch.setattr(links, "_entry", lambda text: read.append(text) or {"method": "SGD"})
    links.read("z=" + packing.pack("methods=" + "A;" * 25_000))
    assert len(read) == MOST + 1


def test_the_longest_honest_points_are_unpacked_again():
    """As many as there may be, each alike, with all digits a number has."""
    data = "-1.2345678901234567e-100 -1.2345678901234567e-100\n" * MAX_POINTS
    values = mend({"data": data}, {}).values
    query, left = links.settings(values)
    assert (left, links.read(query).values["data"]) == ((), values["data"])


def test_what_has_no_meaning_is_said_in_the_links_own_order():
    said = links.read("panels=moon,fit,sun,mars,moon").changes
    assert said == ("“moon, sun, mars” has no meaning for “panels”: ignored.",)


def test_steps_of_a_link_are_steps_of_its_run():
    assert links.read(f"step={MAX_STEPS}&epochs=2").view["step"] == "60"


def test_a_link_that_is_too_long_is_not_remembered():
    """It may have half a million characters, and there is room for 64."""
    before = links._read.cache_info()
    assert "at most 8,000 are read" in links.read("lr=1&" * 2_000).changes[0]
    assert links._read.cache_info() == before
