"""The article's own numbers, and what is known of its comparison."""

import numpy as np
import pytest

from optim import SGD, Adam, Constant, Contestant, CosineAnnealing, Experiment, Generated, Momentum, arrival, train

# x of seed 7: 30 points, 16 of them distinct.
SEED_7 = [5, -6, -7, 9, -3, 4, -2, 4, 0, -2, -3, -4, -6, 6, -3, 2, -10, 1, -4, 9, 2, -5, 6, -10, -8, -1, 4, -4, -6, 4]


def article_line(coordinates):
    """The article's first listing: 20 points, 150 epochs, and the line that it prints."""
    experiment = Experiment(
        data=Generated(size=20), start=(0, 0), epochs=150, coordinates=coordinates,
        contestants=[Contestant("SGD", SGD(lr=0.001))],
    )
    a, b = train(experiment)["SGD"].params[-1]
    return f"a={a:.3f} , b={b:.3f}"


def plain_listing():
    """The same listing as plain Python, in the article's order of statements: a, then b from the new a."""
    x = [float(one) for one in np.random.RandomState(7).randint(-10, 10, 20)]
    y = [1.5 * one - 28 for one in x]
    a = b = 0.0
    path = [(a, b)]
    for _ in range(150):
        for xi, yi in zip(x, y, strict=True):
            a -= 0.001 * (2 * (a * xi + b - yi) * xi)
            b -= 0.001 * (2 * (a * xi + b - yi))
            path.append((a, b))
    return np.array(path)


def test_the_articles_own_line():
    assert article_line("in turn") == "a=1.501 , b=-27.913"


def test_all_parameters_at_once_end_elsewhere():
    assert article_line("together") == "a=1.501 , b=-27.938"


def test_in_turn_is_the_plain_listing_at_every_step():
    experiment = Experiment(
        data=Generated(size=20), start=(0, 0), epochs=150, coordinates="in turn",
        contestants=[Contestant("SGD", SGD(lr=0.001))],
    )
    np.testing.assert_allclose(train(experiment)["SGD"].params, plain_listing(), rtol=1e-12, atol=1e-12)


def test_default_settings_are_the_articles():
    experiment = Experiment()
    assert experiment.model == "line"
    assert experiment.true_params == (1.5, -28.0)
    assert experiment.start == (1.0, 1.0)
    assert experiment.data == Generated(seed=7, size=30, low=-10, high=10, noise=0.0)
    assert (experiment.epochs, experiment.batch_size, experiment.shuffle) == (50, 1, False)
    assert (experiment.reduction, experiment.coordinates) == ("mean", "together")
    assert (experiment.steps, experiment.steps_per_epoch) == (1500, 30)
    assert experiment.contestants == (
        Contestant("SGD", SGD(0.001), Constant()),
        Contestant("Momentum", Momentum(0.001, 0.95, "average"), Constant()),
        Contestant("Adam", Adam(1, (0.7, 0.9), 1e-8, True, False), Constant()),
        Contestant("Adam with annealing", Adam(1, (0.7, 0.9)), CosineAnnealing(None, 1, 0.0)),
    )


def test_the_articles_points():
    data = Experiment().dataset
    np.testing.assert_array_equal(data.x, SEED_7)
    np.testing.assert_array_equal(data.y, 1.5 * data.x - 28)


@pytest.mark.parametrize(("label", "step"), [
    ("SGD", 734), ("Momentum", 743), ("Adam", 27), ("Adam with annealing", 27),
])
def test_the_step_below_five_percent_of_the_starting_loss(label, step):
    first, _ = arrival(train(Experiment())[label], floor=0, share=0.05)
    assert first == step


def test_heavy_ball_with_the_same_two_numbers_takes_42_steps():
    contestant = Contestant("heavy ball", Momentum(0.001, 0.95, form="heavy-ball"))
    first, _ = arrival(train(Experiment(contestants=[contestant]))["heavy ball"], floor=0, share=0.05)
    assert first == 42


def test_the_sentence_after_one_pass():
    losses = {label: round(run.loss[30]) for label, run in train(Experiment()).items()}
    assert (losses["Adam"], losses["SGD"]) == (31, 722)
    assert round(train(Experiment())["SGD"].loss[0]) == 875
