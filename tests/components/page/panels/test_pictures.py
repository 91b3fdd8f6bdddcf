"""Figures for notebooks: every panel of every problem, with the runs' own numbers as real traces."""

import numpy as np
import plotly.graph_objects as go
import pytest

from components.notebook import panel as picture
from components.page import theme
from components.page.panels import PANELS
from optim import MODELS, OPTIMIZERS, SGD, SURFACES, Contestant, Experiment, Plane, train

SHORT = Experiment(epochs=3)
RUNS = train(SHORT)
LABELS = [contestant.label for contestant in SHORT.contestants]
EIGHT = [Contestant(name, kind()) for name, kind in list(OPTIMIZERS.items())[:8]]


def trace(figure, label):
    return next(one for one in figure.data if one.name == label)


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("scheme", theme.SCHEMES)
def test_each_panel_is_a_whole_figure(panel, scheme):
    figure = picture(panel, SHORT, RUNS, scheme)
    assert isinstance(figure, go.Figure)
    assert figure.layout.title.text == PANELS[panel].head.heading
    assert figure.layout.paper_bgcolor == theme.SCHEMES[scheme].paper
    shown = {one.name for one in figure.data if one.showlegend is not False}
    assert shown >= ({"Momentum: direction"} if panel == "gradients" else set(LABELS))


@pytest.mark.parametrize("model", ["polynomial-3", "sine", "logistic-regression", "network-8", "saddle", "ackley"])
def test_any_problem_and_eight_methods_have_every_panel(model):
    assert model in {**MODELS, **SURFACES}
    experiment = Experiment(model=model, epochs=4, contestants=EIGHT)
    runs = train(experiment)
    for panel in PANELS:
        picture(panel, experiment, runs).to_json()


def test_a_diverged_method_and_a_single_one():
    experiment = Experiment(epochs=30, contestants=[Contestant("hot", SGD(10.0))])
    runs = train(experiment)
    assert runs["hot"].diverged_at
    for panel in PANELS:
        picture(panel, experiment, runs).to_json()


def test_the_numbers_are_the_runs_own():
    run = RUNS["Adam"]
    loss = trace(picture("loss", SHORT, RUNS), "Adam")
    assert np.array_equal(loss.y, run.loss)
    assert np.allclose(loss.x, np.arange(91) / 30)
    path = trace(picture("landscape", SHORT, RUNS), "Adam")
    assert np.array_equal(np.column_stack([path.x, path.y]), run.params)
    line = trace(picture("fit", SHORT, RUNS), "Adam")
    assert np.allclose(line.y, run.params[-1, 0] * np.array(line.x) + run.params[-1, 1])
    rate = trace(picture("rate", SHORT, RUNS), "Adam with annealing")
    assert np.array_equal(rate.y, RUNS["Adam with annealing"].learning_rate)
    raw, direction = picture("gradients", SHORT, RUNS).data[-2:]
    assert np.array_equal(raw.y, RUNS["SGD"].gradient[:, 0])
    assert np.array_equal(direction.y, RUNS["Momentum"].direction[:, 0])
    assert np.allclose(direction.x, np.arange(1, 91) / 30)
    params = [one for one in picture("parameters", SHORT, RUNS).data if one.name == "SGD"]
    assert [one.yaxis for one in params] == ["y", "y2"]
    assert np.array_equal(params[1].y, RUNS["SGD"].params[:, 1])


def test_fit_has_the_points_on_top_ringed_and_larger_where_several_are_and_pale_the_last_epochs_lines():
    figure = picture("fit", SHORT, RUNS)
    data = figure.data[-1]
    assert data.name == "data"
    assert min(data.marker.size) >= 7
    assert max(data.marker.size) > min(data.marker.size)
    assert data.marker.line.color != data.marker.color
    pale = [one for one in figure.data if one.name == "SGD: last epoch"]
    assert len(pale) == 30
    assert not any(one.showlegend for one in pale)


def test_a_surface_has_no_fit_and_says_so_and_a_landscape_in_three_dimensions_on_request():
    experiment = Experiment(model="saddle", epochs=4)
    runs = train(experiment)
    (said,) = picture("fit", experiment, runs).layout.annotations
    assert "no data" in said.text
    flat, relief = picture("landscape", experiment, runs), picture("landscape", experiment, runs, relief=True)
    assert {one.type for one in relief.data} == {"surface", "scatter3d"}
    assert "surface" not in {one.type for one in flat.data}


def test_the_first_epochs_steps_are_dots_in_the_landscape():
    dots = trace(picture("landscape", SHORT, RUNS), "SGD: first steps")
    assert np.array_equal(np.column_stack([dots.x, dots.y]), RUNS["SGD"].params[1:31])


def test_contours_are_of_the_loss_itself():
    (contour,) = (one for one in picture("landscape", SHORT, RUNS).data if one.type == "contour")
    i, j = 17, 90
    assert contour.customdata[i][j] == pytest.approx(float(SHORT.loss([contour.x[j], contour.y[i]])))
    assert contour.z[i][j] == pytest.approx(np.log10(contour.customdata[i][j]))


def test_many_parameters_lie_in_the_plane_of_their_paths():
    experiment = Experiment(model="network-4", epochs=3)
    runs = train(experiment)
    path = trace(picture("landscape", experiment, runs), "SGD")
    plane = Plane.of_paths([run.params for run in runs.values()])
    assert np.allclose(np.column_stack([path.x, path.y]), plane.coordinates(runs["SGD"].params))


def test_another_name_is_refused():
    with pytest.raises(ValueError, match="nothing"):
        picture("nothing", SHORT, RUNS)
