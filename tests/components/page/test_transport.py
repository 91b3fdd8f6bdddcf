"""The transport: its controls by role and name, and the hand-over of replies to the browser's half."""

import re
from pathlib import Path

import pytest
from dash import ClientsideFunction, html

from components.page import buttons, transport
from tests.components.page.markup import attribute, name, within, words

ASSETS = Path(__file__).parents[3] / "assets"
TRANSPORT = transport.transport()


def test_the_buttons_are_those_of_a_player():
    buttons = [one for one in within(TRANSPORT) if isinstance(one, html.Button)]
    named = [name(one) for one in buttons if attribute(one, "data-action")]
    ways = ["Restart", "Step back", "Play", "Step forward", "End", "Next event"]
    assert named == [*ways, "first epoch", "first 5", "all"]
    assert [name(one) for one in buttons if attribute(one, "role") == "switch"] == ["Loop", "Even pace", "Count steps"]
    assert all(attribute(one, "type") == "button" for one in buttons)


def test_an_icon_is_hidden_from_those_who_hear_the_name():
    icons = [one for one in within(TRANSPORT) if "icon" in (attribute(one, "className") or "").split()]
    assert icons
    assert all(attribute(icon, "aria-hidden") == "true" and words(icon) == "" for icon in icons)


def test_the_whole_range_is_on_view_at_first():
    pressed = {words(one): attribute(one, "aria-pressed") for one in within(TRANSPORT) if attribute(one, "data-range")}
    assert pressed == {"first epoch": "false", "first 5": "false", "all": "true"}


def test_speeds_go_from_a_quarter_to_eight_and_start_at_one():
    (speed,) = [one for one in within(TRANSPORT) if isinstance(one, html.Select)]
    values = [float(attribute(option, "value")) for option in speed.children]
    assert name(speed) == "Speed"
    assert values == sorted(values)
    assert {0.25, 1, 8} == {min(values), max(values), *(float(one.value) for one in speed.children if one.selected)}
    assert [words(option) for option in speed.children] == [f"{value:g}x" for value in values]


@pytest.mark.parametrize("on", [True, False])
def test_a_switch_says_whether_it_is_on(on):
    one = buttons.switch("loop", "Loop", on=on)
    assert (attribute(one, "role"), attribute(one, "aria-checked"), name(one)) == ("switch", str(on).lower(), "Loop")


def test_a_toggle_says_that_it_is_not_pressed():
    one = buttons.toggle("close", "Optimum")
    assert (attribute(one, "aria-pressed"), attribute(one, "data-view"), name(one)) == ("false", "close", "Optimum")


class Recorder:
    """Takes what an app would be asked to register."""

    def clientside_callback(self, function, *signature):
        self.function, self.signature = function, signature


def test_a_reply_is_handed_to_a_function_that_is_there():
    app = Recorder()
    transport.register_clientside(app)
    assert isinstance(app.function, ClientsideFunction)
    assert app.function.namespace == transport.NAMESPACE
    bridge, main = ((ASSETS / name).read_text("utf-8") for name in ("dash.js", "main.js"))
    function = app.function.function_name
    handed = re.search(rf'^    {app.function.namespace}: {{ {function}: handed\("(\w+)"\) }},$', bridge, re.MULTILINE)
    assert handed[1] == function
    assert re.search(rf"^export function {function}\(", main, re.MULTILINE)
    assert [one.component_id for one in app.signature] == ["run", "look"]
