"""Opening: paused at the start with the three panels of the card, and nothing moves before Play is pressed."""

from playwright.sync_api import expect

from optim import Experiment, train
from tests.browser.lab import LABELS, PANELS, button, experiment, picture, seek, shows, slider


def test_it_opens_paused_at_the_start_with_fit_large_and_loss_and_parameters_beside_it(plain):
    shows(plain, run=Experiment(), step=0, steps=1500, playing=False)
    expect(plain.locator("#sentence")).to_have_text("At the start, before any step: loss 875 for every method.")
    expect(button(plain, "Play")).to_be_visible()
    expect(plain.get_by_role("slider", name="Step")).to_have_value("0")
    figures = plain.get_by_role("main").get_by_role("figure")
    assert [node.get_by_role("heading").inner_text() for node in figures.all()] == ["Fit", "Loss", "Parameters"]
    fit, loss, parameters = (node.bounding_box() for node in figures.all())
    assert fit["width"] > 1.05 * loss["width"]
    assert fit["height"] > 1.9 * loss["height"]
    assert fit["x"] < loss["x"] == parameters["x"]
    assert loss["y"] < parameters["y"]
    expect(slider(plain, "Learning rate (SGD, Momentum)")).to_be_visible()
    assert plain.url.endswith("/")


def test_the_sentence_follows_the_cursor_with_the_runs_own_losses(page):
    loss = {label: run.loss for label, run in train(Experiment()).items()}
    sentence = page.locator("#sentence")
    seek(page, 0)
    expect(sentence).to_have_text("At the start, before any step: loss 875 for every method.")
    seek(page, 90)
    expect(sentence).to_contain_text("After 3 passes over 30 points")
    best = min(LABELS, key=lambda label: loss[label][90])
    expect(sentence).to_contain_text(f"{best}’s loss {loss[best][90]:.2g},")
    expect(sentence).to_contain_text(f"SGD’s {loss['SGD'][90]:.0f},")
    seek(page, 91)
    expect(sentence).to_contain_text("After step 91 of 1,500")


def test_the_first_screen_is_drawn_without_asking_the_server_for_a_run(page):
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    page.reload()
    shows(page, run=Experiment())
    assert "POST" not in asked
    assert asked


def test_the_state_goes_from_loading_to_ready_and_no_other_way(open_page):
    page = open_page()
    page.add_init_script("""
        window.states = [];
        new MutationObserver(() => {
            const state = document.body?.dataset.state;
            if (state && state !== window.states.at(-1)) window.states.push(state);
        }).observe(document, { subtree: true, childList: true, attributes: true });
    """)
    page.reload()
    shows(page, state="ready")
    assert page.evaluate("() => window.states") == ["loading", "ready"]


def test_nothing_moves_before_play_which_starts_from_0(timed):
    before = {panel: picture(timed, panel) for panel in PANELS}
    timed.clock.run_for(1_000)
    timed.clock.fast_forward(60_000)
    timed.clock.run_for(1_000)
    assert {panel: picture(timed, panel) for panel in PANELS} == before
    shows(timed, step=30, playing=False)
    button(timed, "Play").click()
    timed.clock.run_for(20)
    shows(timed, step=0, playing=True)
    assert {panel: picture(timed, panel) for panel in PANELS} != before


def test_nothing_of_a_visit_sticks_to_the_next_one(page, address):
    """Only a link carries it along."""
    page.get_by_role("radio", name="heavy ball (PyTorch, Distill)").check()
    shows(page, run=experiment(form="heavy-ball"))
    page.goto(f"{address}/")
    shows(page, run=Experiment(), step=0)
