"""Every method, schedule, curve and surface there is, chosen and shown on the real page, which complains of none."""

import math

import pytest
from playwright.sync_api import Page

from components.settings import parsing, problems, table
from components.settings.methods import article
from components.settings.table import DEFAULTS
from optim import MODELS, OPTIMIZERS, SCHEDULES, SURFACES
from tests.browser.lab import PANELS, button, painted, shows, until, write
from tests.browser.pages import ready

NUMBERED = {"polynomial": ("degree", "scaled"), "network": ("units",), "ravine": ("condition",)}


def chosen(changed: str, **values):
    return parsing.parse(DEFAULTS | values, changed=changed).experiment


def at_the_end(page: Page, experiment) -> None:
    """Every panel shows something of the run's last step, and the readout tells its numbers."""
    shows(page, run=experiment)
    button(page, "End").click()
    shows(ready(page), step=experiment.steps)
    for panel in PANELS:
        assert painted(page, panel)[0] > 0, panel
    losses = page.locator("#readout td.loss").all_inner_texts()
    assert len(losses) == len(experiment.contestants)
    lost = page.evaluate("() => lab.state.run.contestants.map((one) => one.diverged !== null)")
    for text, diverged in zip(losses, lost, strict=True):
        assert diverged if text == "–" else math.isfinite(float(text.replace("−", "-").replace(",", "")))


def member(name: str) -> dict:
    """The form's values for a member of a family: "polynomial-3-scaled" -> degree 3, scaled."""
    problem = MODELS.get(name) or SURFACES[name]
    number = name.removeprefix(problem.family).strip("-").split("-")
    words = [number[0], "yes" if "scaled" in number else "no"]
    return dict(zip(NUMBERED.get(problem.family, ()), words, strict=False))


@pytest.mark.parametrize("registry", [MODELS, SURFACES], ids=["curves", "surfaces"])
def test_every_problem(page, registry):
    button(page, "Problem: Line").click()
    for name, problem in registry.items():
        family, own = problem.family, member(name)
        page.get_by_role("radio", name=problems.TITLES[family], exact=True).check()
        values = {"problem": family}
        for key, value in own.items():
            values[key] = value
            if key == "scaled":
                page.locator(f"[data-setting=scaled] input[value={value}]").check()
            else:
                write(page, table.SETTINGS[key].label, value)
        at_the_end(page, chosen("problem", **values))


@pytest.mark.parametrize(("kind", "registry"), [("method", OPTIMIZERS), ("schedule", SCHEDULES)])
def test_every_method_and_schedule(page, kind, registry):
    page.locator("#readout-box").get_by_role("button", name="+ Add method").click()
    drawer = page.get_by_role("region", name="Methods")
    drawer.locator(".card-name").first.click()
    entries = article()
    for name in registry:
        drawer.get_by_role("combobox", name=kind.capitalize(), exact=True).select_option(name)
        until(page, "([kind, name]) => lab.state.run.contestants[0][kind] === name", [kind, name])
        entries[0] = {**entries[0], kind: name, "label": page.evaluate("lab.settings.values.methods[0].label")}
        at_the_end(page, chosen("methods", methods=entries))
