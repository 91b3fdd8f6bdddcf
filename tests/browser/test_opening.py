"""Opening: paused at the start with the three panels of the card, and nothing moves before Play is pressed."""

import re

from playwright.sync_api import expect

from optim import Experiment, events, train
from tests.browser.lab import PANELS, QUESTION, button, experiment, fitted, picture, seek, shows, slider


def test_it_opens_paused_at_the_start_with_fit_large_and_loss_and_parameters_beside_it(plain):
    shows(plain, run=Experiment(), step=0, steps=1500, playing=False)
    expect(plain.locator("#sentence")).to_have_text(QUESTION)
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


def test_the_sentence_changes_at_the_runs_own_events(page):
    """Both Adams are there, leave twice, and one of them stays; then come SGD and Momentum."""
    passed = {label: events.passage(run, 0, 0.01) for label, run in train(Experiment()).items()}
    adam, annealed, sgd = passed["Adam"], passed["Adam with annealing"], passed["SGD"]
    assert (adam.there, adam.again) == (annealed.there, annealed.again)
    sentence, there = page.locator("#sentence"), f"Both Adams were there after {adam.there} steps"
    way = "SGD and Momentum are still on their way."
    for step, words in (
        (0, QUESTION),
        (adam.there - 1, QUESTION),
        (adam.there, f"{there}. {way}"),
        (adam.again - 1, f"{there}. {way}"),
        (adam.again, f"{there}, and keep jumping out again. {way}"),
        (annealed.stays - 1, f"{there}, and keep jumping out again. {way}"),
        (annealed.stays,
         f"{there}; Adam keeps jumping out again, Adam with annealing stays from step {annealed.stays}. {way}"),
    ):
        seek(page, step)
        expect(sentence).to_have_text(words)
    seek(page, sgd.there)
    expect(sentence).to_contain_text(f"SGD took {sgd.there:,} steps.")
    seek(page, 1500)
    expect(sentence).to_have_text(
        f"Adam was there after {adam.there} steps and never came to rest; with annealing it did. "
        "SGD and Momentum took about 1,140 steps."
    )


def test_the_first_screen_is_drawn_without_asking_the_server_for_a_run(plain):
    asked = []
    plain.on("request", lambda request: asked.append(request.method))
    plain.reload()
    shows(plain, run=Experiment())
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


def test_no_panel_changes_its_size_while_a_run_goes_by(open_page):
    """Verdicts come at the end, one of them in two lines."""
    page = open_page()
    sizes = []
    for step in (0, 60, 700, 1500):
        seek(page, step)
        sizes.append([figure.bounding_box() for figure in page.get_by_role("figure").all()])
    assert all(one == sizes[0] for one in sizes)


def test_on_a_projector_a_picture_is_to_be_seen_while_a_setting_is_changed(open_page):
    """And the numbers of its axes lie, however narrow it is."""
    page = open_page(path="/?size=projector", size={"width": 1280, "height": 720})
    button(page, "Change").click()
    expect(slider(page, "Learning rate (SGD, Momentum)")).to_be_visible()
    expect(page.get_by_role("toolbar", name="Panels on view")).to_be_visible()
    fitted(page)
    below = page.locator("#transport").bounding_box()["y"]
    for name in ("fit", "parameters"):
        bottom, height = page.evaluate("""(name) => {
            const { graph } = lab.boards.get(name), { top } = graph.getBoundingClientRect();
            const frames = ["yaxis", "yaxis2"].flatMap((axis) => lab.axes.frame(graph, axis) ?? []);
            const bottom = Math.max(...frames.map((f) => f.bottom));
            return [top + bottom, bottom - frames[0].top];
        }""", name)
        assert bottom < below
        assert height > 120, name
    turned = page.locator(".xtick text").evaluate_all("(all) => all.map((one) => one.getAttribute('transform'))")
    assert turned
    assert not any(re.search(r"rotate\((?!0)", how or "") for how in turned)
