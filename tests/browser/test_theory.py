"""The drawer "Theory" tells optim.theory's numbers, and its switch draws them: on the slider and in the panels."""

import re

import pytest
from playwright.sync_api import expect

from components.text.numbers import brief
from optim import Contestant, theory
from optim.epochs import epochs, stable_rate_in_order
from tests.browser.lab import button, colour, experiment, field, shows, switch, until, words, write


@pytest.fixture
def asked(page):
    """Questions that the page makes of the theory."""
    found = []
    page.on("request", lambda request: found.append(request.url) if request.url.endswith("/ask/theory") else None)
    return found


def drawer(page):
    return page.get_by_role("region", name="Theory", exact=True)


def open_drawer(page, picture=False):
    button(page, "Theory").click()
    expect(drawer(page).get_by_role("heading", name="The bowl")).to_be_visible()
    if picture:
        switch(page, "Theory on the picture").click()
        drawn(page)


def drawn(page):
    """Wait until the answer for the run on the stage is there."""
    until(page, "() => lab.theory.answered(lab.state)")


def card(page, label):
    return drawer(page).locator(".theory-card").filter(has=page.get_by_role("heading", name=label))


def row(box, name):
    return box.locator(".theory-row").filter(has_text=re.compile(f"^{name}"))


def ticks(page):
    """The ticks on the slider of the learning rate: their middles (px), and whether they are hollow."""
    return page.evaluate(
        """() => [...document.querySelectorAll("#slider-lr .edge")].map((node) => {
            const box = node.getBoundingClientRect();
            return [box.left + box.width / 2, node.classList.contains("is-here"), node.title];
        })"""
    )


MEET = """(name) => {
    const middle = (node) => (({ left, width }) => left + width / 2)(node.getBoundingClientRect());
    const thumb = document.querySelector(`[role=slider][aria-label="${name}"]`);
    return Math.abs(middle(thumb) - middle(document.querySelector("#slider-lr .edge"))) <= 1;
}"""
"""Whether a slider's thumb stands on the first tick."""


def test_the_drawer_tells_the_theorys_numbers_and_sets_the_best(page, asked):
    assert asked == []
    open_drawer(page)
    run = experiment()
    bowl = theory.bowl(run)
    for name, value in (("Steepest curvature", bowl.steepest), ("Flattest curvature", bowl.flattest),
                        ("Condition number", bowl.condition)):
        expect(row(drawer(page), name)).to_contain_text(brief(value))
    expect(row(drawer(page), "Optimum")).to_contain_text("a = 1.5, b = −28")
    sgd, momentum = (one.optimizer for one in run.contestants[:2])
    for label, optimizer in (("SGD", sgd), ("Momentum", momentum)):
        edge, here = theory.stable_rate(run, optimizer), stable_rate_in_order(run, optimizer)
        rows = row(card(page, label), "Largest stable rate")
        expect(rows).to_contain_text(f"= {brief(edge)}")
        expect(rows).to_contain_text(f"the rate now, 0.001, is {brief(0.001 / edge, 2)} of it")
        expect(rows.locator("math")).to_be_visible()
        expect(row(card(page, label), "Edge here")).to_contain_text(brief(here))
        shrinks = epochs(run, Contestant(label, optimizer)).shrinkage
        expect(row(card(page, label), "Shrinkage an epoch")).to_contain_text(f"× {brief(shrinks)}")
    expect(card(page, "Adam with annealing")).to_contain_text("adapts its steps")
    use = button(page, "Use this rate (SGD and Momentum: 0.03363; batch size 30)")
    use.click()
    shows(page, run=experiment(lr=theory.best_rate(bowl).lr, batch=30))
    drawn(page)
    expect(button(page, "Use this rate (SGD and Momentum: 0.03363)")).to_be_focused()
    expect(page.locator("#theory-status")).to_have_text("Set: SGD and Momentum: 0.03363; batch size 30.")
    shrinks = theory.best_rate(bowl).shrinkage
    expect(row(card(page, "SGD"), "Shrinkage an epoch")).to_contain_text(f"× {brief(shrinks)}")


def test_the_best_pair_is_for_momentum_alone_where_sgd_would_diverge(page):
    open_drawer(page)
    pair = theory.best_momentum(theory.bowl(experiment()), "average")
    button(page, f"Use this pair (rate of Momentum: {brief(pair.lr, 4)}; beta of Momentum: {brief(pair.beta, 4)}; "
                 "batch size 30)").click()
    until(page, "() => lab.state.run.batch === 30 && lab.state.run.contestants[1].lr > 0.09")
    assert page.evaluate("() => lab.state.run.contestants[1].lr") == pair.lr
    assert page.evaluate("() => lab.state.run.contestants[0].lr") == 0.001
    expect(card(page, "Momentum").locator("small")).to_have_text("rate 0.0947")


def test_where_the_theory_says_nothing_a_sentence_says_so(page):
    open_drawer(page, picture=True)
    assert "rings: predicted, at the ends of epochs" in words(page, "loss")
    page.evaluate("() => lab.settings.set({ shuffle: 'on' }, 'shuffle')")
    shows(page, run=experiment(shuffle="on"))
    drawn(page)
    expect(card(page, "SGD")).to_contain_text("The points are shuffled: no two epochs do the same.")
    assert "theory: nothing to predict here" in words(page, "loss")
    page.evaluate("() => lab.settings.set({ problem: 'ravine' }, 'problem')")
    until(page, "() => lab.state.run.isSurface && lab.theory.answered(lab.state)")
    expect(drawer(page)).to_contain_text("A surface is not fitted to points")
    assert ticks(page) == []


def said(label, run, optimizer):
    return f"of {label}, all points in each batch: {brief(theory.stable_rate(run, optimizer))}."


def test_the_edges_stand_on_the_slider_and_follow_the_data(page, asked):
    open_drawer(page, picture=True)
    drawer(page).get_by_role("button", name="Close").click()
    run = experiment()
    sgd, momentum = (one.optimizer for one in run.contestants[:2])
    edge = theory.stable_rate(run, sgd)
    caption = page.locator("#caption-lr")
    here = [brief(stable_rate_in_order(run, one)) for one in (sgd, momentum)]
    expect(caption).to_contain_text(f"edge with these batches: SGD {here[0]}, Momentum {here[1]}")
    expect(caption).to_contain_text(said("Momentum", run, momentum))
    assert [hollow for _, hollow, _ in ticks(page)] == [False, True, False, True]
    assert f"Largest stable rate of SGD, all points in each batch: {brief(edge)}." in ticks(page)[0][2]
    write(page, "Learning rate (SGD, Momentum)", str(edge))
    shows(page, run=experiment(lr=edge))
    until(page, MEET, "Learning rate (SGD, Momentum)")
    page.get_by_role("radio", name="heavy ball (PyTorch, Distill)", exact=True).check()
    other = experiment(lr=edge, form="heavy-ball")
    expect(caption).to_contain_text(said("Momentum", other, other.contestants[1].optimizer))
    write(page, "Data seed", "8")
    other = experiment(lr=edge, form="heavy-ball", seed=8)
    expect(caption).to_contain_text(said("SGD", other, sgd))
    button(page, "Theory").click()
    switch(page, "Theory on the picture").click()
    drawer(page).get_by_role("button", name="Close").click()
    expect(caption).to_be_empty()
    assert ticks(page) == []
    many = len(asked)
    write(page, "Data seed", "9")
    shows(page, run=experiment(lr=edge, form="heavy-ball", seed=9))
    assert len(asked) == many, "nothing is asked while nothing is shown"
    expect(field(page, "Data seed")).to_have_value("9")


def test_rings_lie_where_the_loss_will_be(page):
    page.evaluate("() => lab.settings.set({ batch: 30, lr: 0.02, noise: 3 }, 'lr')")
    run = experiment(batch=30, lr=0.02, noise=3)
    shows(page, run=run)
    open_drawer(page, picture=True)
    values = run.loss(list(epochs(run, run.contestants[0]).params(run.epochs).T))
    button(page, "Enlarge Loss").click()
    until(page, "() => lab.axes.frame(lab.boards.get('loss').graph).width > 700")
    page.evaluate("() => lab.readout.toggle(1)")  # every ring is SGD's
    for epoch in (10, 20, 40):
        x, y, size = page.evaluate(
            """([epoch, value]) => {
                lab.draw();
                const f = lab.axes.frame(lab.boards.get("loss").graph);
                return [f.x(epoch), f.y(value), f.width];
            }""",
            [epoch, float(values[epoch]) - run.floor],  # as the axis has it
        )
        assert size > 700
        assert colour(page, "loss", x, y)[:3] == [255, 255, 255], "the middle of a ring"
        red, _, blue, _ = colour(page, "loss", x - 0.5, y - 3.4 - 0.5)  # the pixel that this point lies in
        assert blue > red + 60, "a ring in SGD's colour"
    assert not any("noise floor" in one for one in words(page, "loss"))  # the axis is measured from it
    switch(page, "Logarithmic loss").click()
    assert f"noise floor {brief(run.floor)}" in words(page, "loss")
    switch(page, "Logarithmic loss").click()
    button(page, "Back to the other panels").click()
    assert f"least squares {brief(run.optimum[0], 4)}" in words(page, "parameters")
    found = theory.bowl(run)
    assert {f"L = {brief(found.steepest)}", f"μ = {brief(found.flattest)}"} <= set(words(page, "landscape"))
