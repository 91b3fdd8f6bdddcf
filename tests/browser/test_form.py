"""The settings form in the browser: slider, field, keys, "Reset" and "Try", and what the server's answer changes."""

from playwright.sync_api import Locator, Page, expect

from components.settings.describing import listed
from components.settings.table import DEFAULTS, PRESETS, SETTINGS
from tests.browser.lab import FORM_SLIDERS, drop
from tests.browser.pages import PHONE, ready


def slider(page: Page, key: str) -> Locator:
    return page.get_by_role("slider", name=SETTINGS[key].label, exact=True)


def field(page: Page, key: str) -> Locator:
    return page.get_by_role("textbox", name=SETTINGS[key].label, exact=True)


def commit(page: Page, key: str, text: str) -> None:
    field(page, key).fill(text)
    field(page, key).press("Enter")


def values(page: Page) -> dict:
    """The settings that are asked for; the list of methods is the article's."""
    found = page.evaluate("lab.settings.values")
    assert found.pop("methods", None) is None
    return found


def deaf(page: Page) -> None:
    """From here on the page asks for no runs; what it would have asked for is kept in `asks`."""
    page.evaluate("() => { window.asks = []; lab.requests.ask = (values, how) => asks.push({ values, ...how }); }")


def test_every_slider_and_field_has_its_name(page):
    for key in FORM_SLIDERS:
        expect(slider(page, key)).to_have_count(1)
        expect(field(page, key)).to_have_count(1)


def test_all_stops_are_the_same_numbers_here_and_on_the_server(page):
    deaf(page)
    for key, setting in FORM_SLIDERS.items():
        scale = setting.scale_at(DEFAULTS)
        stops = [*scale.stops, None] if scale.open_top else list(scale.stops)
        positions = [scale.position(stop) for stop in stops]
        found = page.evaluate(
            "([key, positions]) => positions.map((at) => (lab.settings.moved(key, at), lab.settings.values[key]))",
            [key, positions],
        )
        assert found == stops


def test_keys_go_from_stop_to_stop(page):
    rate = slider(page, "lr")
    rate.focus()
    for key, text in [
        ("ArrowRight", "0.0011"),
        ("ArrowUp", "0.0012"),
        ("PageUp", "0.004"),
        ("PageDown", "0.0012"),
        ("ArrowLeft", "0.0011"),
        ("End", "10"),
        ("ArrowRight", "10"),
        ("Home", "1e-5"),
        ("ArrowDown", "1e-5"),
    ]:
        rate.press(key)
        expect(field(page, "lr")).to_have_value(text)
        expect(rate).to_have_attribute("aria-valuetext", text)
    expect(rate).to_have_attribute("aria-valuenow", "-5")


def test_a_typed_value_has_its_own_place_between_two_stops(page):
    commit(page, "lr", "0.0013")
    expect(slider(page, "lr")).to_have_attribute("aria-valuenow", "-2.875")
    slider(page, "lr").press("ArrowRight")
    expect(field(page, "lr")).to_have_value("0.0014")
    commit(page, "lr", "0.0013")
    expect(slider(page, "lr")).to_have_attribute("aria-valuetext", "0.0013")
    slider(page, "lr").press("ArrowLeft")
    expect(field(page, "lr")).to_have_value("0.0012")


def test_a_beta_says_what_it_means_at_once(page):
    deaf(page)
    slider(page, "beta").press("Home")
    expect(slider(page, "beta")).to_have_attribute("aria-valuetext", "0: remembers about 1 step")
    expect(page.locator("#caption-beta")).to_have_text("remembers about 1 step")


def test_typed_numbers(page):
    for typed, shown, note in [
        ("3e-6", "1e-5", "At least 1e-5: “3e-6” became 1e-5."),
        ("1e-3", "0.001", ""),
        ("0,5", "0.5", "The comma was read as a decimal point: 0.5."),
        ("9999999", "10", "At most 10: “9999999” became 10."),
        (" 2 ", "2", ""),
    ]:
        commit(page, "lr", typed)
        expect(field(page, "lr")).to_have_value(shown)
        expect(page.locator("#note-lr")).to_have_text(note)
        assert values(page)["lr"] == float(shown)


def test_what_is_not_a_number_keeps_the_last_run_and_says_why(page):
    run = page.locator("body").get_attribute("data-run")
    for typed, error in [("abc", "“abc” is not a number."), ("", "Empty: a number is needed.")]:
        commit(page, "lr", typed)
        expect(page.locator("#note-lr")).to_have_text(error)
        expect(field(page, "lr")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("body")).to_have_attribute("data-run", run)
        assert values(page)["lr"] == DEFAULTS["lr"]
        field(page, "lr").press("Escape")
        expect(field(page, "lr")).to_have_value("0.001")
        expect(page.locator("#note-lr")).to_be_empty()


def test_another_setting_can_be_changed_while_a_field_is_wrong(page):
    run = page.locator("body").get_attribute("data-run")
    commit(page, "lr", "abc")
    expect(page.locator("#note-lr")).not_to_be_empty()
    slider(page, "seed").press("ArrowRight")
    ready(page)
    expect(page.locator("body")).not_to_have_attribute("data-run", run)
    assert values(page)["lr"] == DEFAULTS["lr"]
    expect(field(page, "lr")).to_have_value("abc")  # what was typed is not lost, and stays marked until it is mended
    expect(page.locator("#note-lr")).to_have_text("“abc” is not a number.")
    slider(page, "lr").press("ArrowRight")
    expect(field(page, "lr")).not_to_have_value("abc")
    expect(page.locator("#note-lr")).to_be_empty()


def test_escape_restores_what_the_field_showed(page):
    field(page, "epochs").fill("77")
    field(page, "epochs").press("Escape")
    expect(field(page, "epochs")).to_have_value("50")
    field(page, "epochs").blur()
    expect(field(page, "epochs")).to_have_value("50")
    assert values(page)["epochs"] == 50


def test_a_drag_says_that_it_is_one_and_ends_with_a_last_question(page):
    deaf(page)
    box = slider(page, "beta").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=8)
    expect(field(page, "beta")).not_to_have_value("0.95")
    last = drop(page, "Momentum beta", x + 40)
    asks = page.evaluate("asks")
    assert {ask["changed"] for ask in asks} == {"beta"}
    dragging = [ask["dragging"] for ask in asks]
    # The slider's last move may be told after the release: then it is asked for as what stays.
    assert dragging == sorted(dragging, reverse=True)
    assert (dragging[0], dragging[-1]) == (True, False)
    assert asks[-1]["values"]["beta"] == last


def test_an_answer_to_an_older_question_moves_nothing(page):
    page.evaluate(
        "() => { window.seen = []; const { accept } = lab.settings;"
        " lab.settings.accept = (reply) => { seen.push(reply); accept(reply); }; }"
    )
    slider(page, "lr").press("ArrowRight")
    expect(field(page, "lr")).to_have_value("0.0011")
    ready(page)
    slider(page, "lr").press("End")
    ready(page)
    page.evaluate("lab.settings.accept(seen[0])")
    expect(field(page, "lr")).to_have_value("10")
    assert values(page)["lr"] == 10


def test_the_batch_size_ends_at_the_number_of_points(page):
    slider(page, "batch").press("End")
    expect(field(page, "batch")).to_have_value("30")
    commit(page, "points", "13")
    expect(field(page, "batch")).to_have_value("13")
    expect(page.locator("#note-batch")).to_have_text("At most 13, the number of points: 30 became 13.")
    expect(slider(page, "batch")).to_have_attribute("aria-valuetext", "13")
    slider(page, "batch").press("ArrowLeft")
    expect(field(page, "batch")).to_have_value("12")


def test_the_budget_is_kept(page):
    run = page.locator("body").get_attribute("data-run")
    commit(page, "points", "100")
    ready(page)
    slider(page, "epochs").press("End")
    expect(page.locator("#note-epochs")).to_have_text(
        "1,000 epochs of 100 steps are 100,000 steps; at most 60,000 are run."
    )
    assert values(page)["epochs"] == 1000
    expect(page.locator("body")).not_to_have_attribute("data-run", run)
    commit(page, "points", "30")
    expect(page.locator("#note-epochs")).to_be_empty()
    ready(page)


def test_the_period_stays_the_whole_run(page):
    commit(page, "period", "15")
    expect(page.locator("#caption-period")).to_have_text("3 cycles and a third: the last is cut off")
    slider(page, "period").press("End")
    expect(field(page, "period")).to_have_value("whole run")
    commit(page, "epochs", "80")
    expect(page.locator("#caption-epochs")).to_have_text("2,400 steps")
    expect(field(page, "period")).to_have_value("whole run")
    assert values(page)["period"] is None


def test_presets_by_keyboard_and_reset(page):
    page.get_by_role("button", name="Try", exact=True).press("ArrowDown")
    sets = [f"{listed(p.values)}; the rest as at first." if p.values else "All as at first." for p in PRESETS.values()]
    expect(page.get_by_role("menuitem")).to_have_text(
        [f"{p.name}{p.description} {words}" for p, words in zip(PRESETS.values(), sets, strict=True)])
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Heavy ball", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(page.get_by_role("radio", name="heavy ball (PyTorch, Distill)")).to_be_checked()
    ready(page)
    assert values(page) == DEFAULTS | PRESETS["Heavy ball"].values
    commit(page, "noise", "3")
    expect(slider(page, "noise")).to_have_attribute("aria-valuetext", "3")
    ready(page)
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.get_by_role("radio", name="averaged (article)")).to_be_checked()
    expect(field(page, "noise")).to_have_value("0")
    ready(page)
    assert values(page) == DEFAULTS


def test_escape_closes_the_menu_and_gives_the_focus_back(page):
    page.get_by_role("button", name="Try", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(page.get_by_role("button", name="Try", exact=True)).to_be_focused()


def test_no_field_is_corrected_or_given_a_capital_by_a_phone(page):
    """Every text that can be typed: settings, formula, start, points, and a method's name and numbers."""
    page.locator("#problem-open").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="+ Add method").click()
    page.locator("#methods-list .card-name").first.click()
    expect(page.locator("#methods-list .control-field").first).to_be_attached()
    fields = page.evaluate(
        """() => [...document.querySelectorAll("input[type=text], input:not([type]), textarea")]
            .filter((field) => !field.readOnly)
            .map((field) => [field.id, ...["autocomplete", "autocapitalize", "autocorrect", "spellcheck"]
                .map((name) => field.getAttribute(name))])"""
    )
    assert {"field-formula", "field-start", "field-true", "field-lr", "own-points"} < {name for name, *_ in fields}
    assert [one for one in fields if one[1:] != ["off", "off", "off", "false"]] == []
    assert any(name.startswith("card-label") for name, *_ in fields)


def test_the_forms_choice_is_asked_for(page):
    page.get_by_role("radio", name="heavy ball (PyTorch, Distill)").click()
    ready(page)
    assert values(page)["form"] == "heavy-ball"


def test_help_is_on_the_label_and_for_the_keyboard(page):
    expect(page.locator("#help-seed")).to_be_hidden()
    page.locator("label[for=field-seed]").hover()
    expect(page.locator("#help-seed")).to_be_visible()
    expect(field(page, "seed")).to_have_attribute("aria-describedby", "help-seed note-seed")
    expect(slider(page, "noise")).to_have_attribute("aria-describedby", "help-noise")


def test_all_sliders_are_in_view_on_a_desktop(page):
    column = page.get_by_role("region", name="Settings").bounding_box()
    for key in FORM_SLIDERS:
        thumb = slider(page, key).bounding_box()
        assert column["y"] < thumb["y"] < thumb["y"] + thumb["height"] < column["y"] + column["height"]
        assert column["x"] < thumb["x"] < thumb["x"] + thumb["width"] < column["x"] + column["width"]
        assert page.locator(f"[data-setting={key}]").bounding_box()["height"] <= 44


def test_on_a_phone_one_setting_is_on_view(open_page):
    page = open_page(size=PHONE)
    page.get_by_role("button", name="Settings", exact=True).click()
    choice = page.get_by_label("Setting", exact=True)
    for key in ("lr", "noise", "start_b", "form"):
        choice.select_option(key)
        on_view = page.locator(".setting:visible")
        expect(on_view).to_have_count(1)
        expect(on_view).to_have_attribute("data-setting", key)
