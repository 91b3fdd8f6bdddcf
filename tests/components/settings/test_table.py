"""The table of settings and the presets: complete, unambiguous, and what they say is true."""

import pytest

from components.settings.parsing import parse
from components.settings.table import DEFAULTS, DRAWER_GROUPS, FORM, GROUPS, PRESETS, SETTINGS, SLIDERS, Setting
from optim import Experiment, train
from optim.verdicts import arrival, verdict

SLIDER_LABELS = {
    "Learning rate (SGD, Momentum)": (1e-5, 10),
    "Momentum beta": (0, 0.999),
    "Learning rate (Adam)": (1e-5, 10),
    "Adam beta 1": (0, 0.999),
    "Adam beta 2": (0, 0.9999),
    "Annealing period (epochs)": (0.1, 1000),
    "Epochs": (1, 1000),
    "Batch size": (1, 500),
    "Data seed": (0, 9999),
    "Points": (2, 500),
    "Noise": (0, 20),
}
PRESET_NAMES = [
    "Article",
    "Heavy ball",
    "Adam's usual betas (.9, .999)",
    "Noisy points (3)",
    "Restarts every 10 epochs",
    "Fair rates (SGD at .02)",
    "Too hot (SGD at .03)",
    "Nesterov brakes",
]


def test_eleven_sliders_in_the_form_with_their_bounds_in_order():
    rows = [row for key, row in SLIDERS.items() if key in FORM]
    assert {row.label: (row.scale.low, row.scale.high) for row in rows} == SLIDER_LABELS
    assert [row.label for row in rows] == list(SLIDER_LABELS)


def test_keys_labels_groups_and_help():
    labels = [setting.label for setting in SETTINGS.values()]
    assert len(set(labels)) == len(labels)
    assert all(setting.group in GROUPS | DRAWER_GROUPS for setting in SETTINGS.values())
    assert all(setting.help.endswith(".") and len(setting.help) < 140 for setting in SETTINGS.values())
    assert {setting.up_to for setting in SETTINGS.values() if isinstance(setting, Setting)} <= {None, *SETTINGS}


def test_the_defaults_are_the_article():
    assert parse(DEFAULTS).experiment == Experiment()


def test_presets_are_the_menu():
    assert list(PRESETS) == PRESET_NAMES


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_preset_holds_only_differences_and_is_taken_as_it_is(preset):
    parsed = parse(preset.values)
    assert (parsed.notes, parsed.errors) == ({}, {})
    differences = {key: value for key, value in parsed.values.items() if value != DEFAULTS[key]}
    listed = {"methods": parsed.methods.methods} if parsed.methods.methods else {}
    assert differences | listed == preset.values


def story(name):
    """What became of each method: label -> (verdict, first step within 5 % of the starting excess loss)."""
    experiment = parse(PRESETS[name].values).experiment
    x, y = experiment.dataset.x, experiment.dataset.y
    model = experiment.resolved_model
    floor = model.loss(model.optimum(x, y), x, y)
    return {
        label: (verdict(run, floor, experiment.steps_per_epoch).kind, arrival(run, floor, 0.05)[0])
        for label, run in train(experiment).items()
    }


def test_heavy_ball_goes_twenty_times_further():
    beta = DEFAULTS["beta"]
    assert 1 / (1 - beta) == pytest.approx(20)
    assert "20 times further" in PRESETS["Heavy ball"].description


def test_adams_usual_betas_come_to_rest():
    assert story("Adam's usual betas (.9, .999)")["Adam"][0] == "converged"
    assert story("Article")["Adam"][0] == "oscillating"


def test_noisy_points_keep_adam_trembling_until_it_is_annealed():
    told = story("Noisy points (3)")
    assert (told["Adam"][0], told["Adam with annealing"][0]) == ("oscillating", "converged")


def test_restarts_fall_to_zero_five_times():
    experiment = parse(PRESETS["Restarts every 10 epochs"].values).experiment
    schedule = experiment.contestants[-1].schedule
    assert len(schedule.restarts(experiment.steps, experiment.steps_per_epoch)) + 1 == 5


def test_fair_rates_need_about_the_steps_they_say():
    told = story("Fair rates (SGD at .02)")
    assert [told[label][1] for label in ("SGD", "Momentum", "Adam")] == [40, 42, 27]


def test_too_hot_diverges():
    told = story("Too hot (SGD at .03)")
    assert (told["SGD"][0], told["Momentum"][0]) == ("diverged", "diverged")


def test_nesterov_brakes_where_momentum_runs_back_above():
    experiment = parse(PRESETS["Nesterov brakes"].values).experiment
    momentum, nesterov = (run.loss / run.loss[0] > 0.05 for run in train(experiment).values())
    below = momentum.argmin()
    assert momentum[below:].any()
    assert momentum.nonzero()[0][-1] == 60
    assert not nesterov[nesterov.argmin():].any()
    for one in experiment.contestants:
        assert (one.optimizer.lr, one.optimizer.beta, one.optimizer.form) == (0.002, 0.95, "heavy-ball")
