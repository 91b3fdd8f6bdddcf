"""What the lessons say is so: every number and every claim of a text, of its own run, or over 30 sets of points."""

from dataclasses import replace
from functools import cache
from statistics import median

import numpy as np
import pytest

from components.explore.answers import EXPLORING
from components.explore.race import TUNED_ON
from components.explore.rate_sweep import RATES
from components.lessons import LESSONS
from components.question import Question
from components.settings.parsing import parse
from components.settings.table import DEFAULTS
from optim import SGD, Adam, Contestant, Experiment, Generated, Momentum, arrival, train, verdict
from optim.theory import Bowl, best_momentum, best_rate, bowl, stable_rate

SEEDS = range(30)
ARTICLE = DEFAULTS | {"methods": None}


@cache
def words(name):
    """All that a reader of a lesson is told, in one line."""
    lesson = LESSONS[name]
    challenge = lesson.challenge
    said = [lesson.line, lesson.notice, lesson.question, lesson.reveal.text, challenge.text, challenge.passed]
    said += [text for one in lesson.choices for text in (one.text, one.says)] + [one.text for one in lesson.also]
    return " ".join(" ".join(said).split())


def told(name, *claims):
    """That the text does say it: where it is changed, the test beside it is to be read again."""
    for claim in claims:
        assert claim in words(name), claim


def of(name, **changes):
    """A lesson's experiment with some settings changed."""
    return parse(LESSONS[name].settings | changes).experiment


KNOWN = {}


def run_of(experiment, label):
    """One contestant's run, trained alone and once."""
    key = experiment.digest, label
    if key not in KNOWN:
        one = next(one for one in experiment.contestants if one.label == label)
        KNOWN[key] = train(replace(experiment, contestants=(one,)))[label]
    return KNOWN[key]


def runs_of(experiment):
    """All of them, together."""
    labels = [one.label for one in experiment.contestants]
    if any((experiment.digest, label) not in KNOWN for label in labels):
        KNOWN.update({(experiment.digest, label): run for label, run in train(experiment).items()})
    return {label: KNOWN[experiment.digest, label] for label in labels}


def at(experiment, label, share, which=0):
    """The first step at a share of the starting excess loss; which=1: the step from which it stays."""
    return arrival(run_of(experiment, label), experiment.floor, share)[which]


def moved(run, epochs=5, place=0):
    """How far a parameter moves in the last epochs, from lowest to highest."""
    return float(np.ptp(run.params[-30 * epochs:, place]))


def judged(experiment, label):
    contestant = next(one for one in experiment.contestants if one.label == label)
    restarts = contestant.schedule.restarts(experiment.steps, experiment.steps_per_epoch)
    return verdict(run_of(experiment, label), experiment.floor, experiment.steps_per_epoch, restarts).kind


# ---- 1 ---------------------------------------------------------------------------------------------------------


def test_one_step_halves_the_way():
    told("one-step", "y = 1.5 x", "One number is to be found", "from a = −2.5 to −0.5", "to a = 0.5", "4, 2, 1, 0.5")
    experiment = of("one-step")
    run = run_of(experiment, "SGD")
    assert experiment.dataset.y == pytest.approx(1.5 * experiment.dataset.x)
    assert run.params[:4, 0] == pytest.approx([-2.5, -0.5, 0.5, 1.0])
    assert 1.5 - run.params[:4, 0] == pytest.approx([4, 2, 1, 0.5])
    assert run.params.shape[1] == 1
    assert run.gradient[1, 0] == run.gradient[0, 0] / 2


def test_one_step_other_rates_and_the_edge():
    told("one-step", "at 0.25 the first step lands on the bottom",
         "At 0.4 every step jumps beyond it, and still comes nearer", "the edge: 0.5", "2 / L",
         "L is the largest curvature", "Here L is 4",
         "can mark the edge on the slider")
    assert run_of(of("one-step", lr=0.25), "SGD").params[1, 0] == 1.5
    off = run_of(of("one-step", lr=0.4), "SGD").params[:, 0] - 1.5
    assert (off[1:] * off[:-1] < 0).all()
    assert (np.abs(off[1:]) < np.abs(off[:-1])).all()
    on_edge = run_of(of("one-step", lr=0.5), "SGD").params[:, 0] - 1.5
    assert on_edge[1:] == pytest.approx(-on_edge[:-1])
    experiment = of("one-step")
    assert bowl(experiment).hessian == pytest.approx(np.array([[4]]))
    assert stable_rate(experiment, SGD(0.1)) == pytest.approx(0.5)


# ---- 2 ---------------------------------------------------------------------------------------------------------


def test_plain_sgd_is_quick_in_a_and_slow_in_b():
    told("sgd", "slope a = 1 and height b = 1", "a = 1.5 and b = −28", "moves a first", "takes 30 steps",
         "to 2.4", "less than 2 of its 29 units", "50 passes", "b ends at −26.3", "still falling")
    experiment = of("sgd")
    run = run_of(experiment, "SGD")
    assert (experiment.steps_per_epoch, experiment.epochs, experiment.coordinates) == (30, 50, "in turn")
    assert experiment.start == (1, 1)
    assert experiment.true_params == (1.5, -28)
    assert run.params[30, 0] == pytest.approx(2.4, abs=0.05)
    assert 0 < 1 - run.params[30, 1] < 2
    assert run.params[-1, 1] == pytest.approx(-26.3, abs=0.05)
    assert judged(experiment, "SGD") == "still falling"
    assert bowl(experiment).condition > 25, "steep across, almost flat along"


def test_plain_sgd_trembles_because_a_step_hears_one_point():
    told("sgd", "The path trembles a little, too", "Every point pulls the line its own way")
    a = run_of(of("sgd"), "SGD").params[30:, 0]
    passes = a[1:].reshape(49, 30)
    turns = (np.diff(np.sign(np.diff(passes, axis=1)), axis=1) != 0).sum(axis=1)
    assert turns.min() >= 10, "to and fro in every pass"
    assert 0.05 < np.ptp(passes, axis=1).min() < np.ptp(passes, axis=1).max() < 1.5, "and a little"
    together = run_of(of("sgd", batch=30, epochs=300), "SGD").params[:, 0]
    assert (np.diff(np.sign(np.diff(together))) != 0).sum() == 1, "with all points at once: up and down, no trembling"


def test_plain_sgd_needs_a_third_more_and_bears_no_twentyfold():
    told("sgd", "A rate a third higher is enough", "at 0.02 the same run diverges")
    assert judged(of("sgd", lr=0.00125), "SGD") == "still falling"
    assert judged(of("sgd", lr=0.00135), "SGD") == "converged"
    assert judged(of("sgd", lr=0.02), "SGD") == "diverged"


# ---- 3 ---------------------------------------------------------------------------------------------------------


def test_momentum_smooths_what_it_is_given():
    told("smoothing", "the last 90 steps", "between about −260 and 470", "between −15 and 18",
         "0.95 × average + 0.05 × gradient")
    run = run_of(of("smoothing"), "Momentum")
    given, made = run.gradient[210:300, 0], run.direction[210:300, 0]
    assert (given.min(), given.max()) == pytest.approx((-260, 470), abs=5)
    assert (made.min(), made.max()) == pytest.approx((-15, 18), abs=0.5)
    assert made[1:] == pytest.approx(0.95 * made[:-1] + 0.05 * given[1:])


def test_momentum_smooths_and_is_no_faster_over_30_sets_of_points():
    told("smoothing", "Its gradient never changes sign", "stays among the bars",
         "With 30 data sets the two numbers of steps were never more than 5 % apart")
    for seed in SEEDS:
        experiment = of("smoothing", seed=seed)
        runs = runs_of(experiment)
        sgd, momentum = (arrival(runs[label], experiment.floor, 0.05)[0] for label in ("SGD", "Momentum"))
        assert abs(momentum - sgd) < 0.05 * max(sgd, momentum)
        run = runs["Momentum"]
        assert run.direction[300:600, 0].std() < run.gradient[300:600, 0].std() / 7
        bars, average = run.gradient[:1500, 1], run.direction[:1500, 1]
        assert (bars > 0).all(), "there is nothing to cancel in b"
        assert all(bars[k - 90:k].min() < average[k - 1] < bars[k - 90:k].max() for k in range(90, 1500, 10))


def test_the_arrivals_of_sgd_and_momentum_and_a_memory_that_is_too_long():
    told("smoothing", "SGD gets there at step 734, Momentum at 743", "by some 20 steps",
         "memory of about 200 steps", "Up to there a longer memory even helps", "runs past the bottom")
    assert (at(of("smoothing"), "SGD", 0.05), at(of("smoothing"), "Momentum", 0.05)) == (734, 743)
    assert round(1 / (1 - of("smoothing").contestants[1].optimizer.beta)) == 20
    assert 1 / (1 - LESSONS["smoothing"].challenge.solution["beta"]) == pytest.approx(200)
    assert at(of("smoothing", beta=0.99), "Momentum", 0.05) == 719
    b = run_of(of("smoothing", beta=0.998), "Momentum").params[:, 1]
    assert b.min() < -28.5 < run_of(of("smoothing"), "Momentum").params[:, 1].min()


# ---- 4 ---------------------------------------------------------------------------------------------------------


def test_the_same_two_numbers_take_743_steps_or_42():
    told("two-momentums", "needs 743 steps", "needs 42 steps", "20 times")
    assert at(of("two-momentums"), "Averaged", 0.05) == 743
    assert at(of("two-momentums"), "Heavy ball", 0.05) == 42
    runs = runs_of(of("two-momentums"))
    assert runs["Heavy ball"].direction[0] == pytest.approx(20 * runs["Averaged"].direction[0])


def test_the_two_momentums_are_one_at_the_rate_over_one_minus_beta():
    told("two-momentums", "0.001 / 0.05 = 0.02", "Step for step")
    for seed in SEEDS:
        runs = runs_of(of("two-momentums", lr=0.02, seed=seed, epochs=5))
        assert runs["Averaged"].params == pytest.approx(runs["Heavy ball"].params, rel=1e-9)


# ---- 5 ---------------------------------------------------------------------------------------------------------


def test_adam_rushes():
    told("trembling", "Adam’s loss is 31, SGD’s is still 722", "after 27 steps", "SGD will need 734",
         "that rate is 1")
    experiment = of("trembling")
    runs = runs_of(experiment)
    assert (round(runs["Adam"].loss[30]), round(runs["SGD"].loss[30])) == (31, 722)
    assert (at(experiment, "Adam", 0.05), at(experiment, "SGD", 0.05)) == (27, 734)
    late = np.abs(runs["Adam"].direction[-150:])
    assert 0.2 < late.mean() < 1.5, "steps stay about as long as the learning rate"


def test_adam_trembles_to_the_end_over_30_sets_of_points():
    told("trembling", "by about 0.15 a step, as in the first", "a still moves by 1.7",
         "With 30 data sets it moved by 1.2 to 3.2")
    run = run_of(of("trembling"), "Adam")
    assert moved(run) == pytest.approx(1.7, abs=0.05)
    lengths = np.abs(np.diff(run.params[:, 0]))
    assert (np.median(lengths[:30]), np.median(lengths[-150:])) == pytest.approx((0.15, 0.15), abs=0.02)
    found = [moved(run_of(of("trembling", seed=seed), "Adam")) for seed in SEEDS]
    assert (min(found), max(found)) == pytest.approx((1.2, 3.2), abs=0.06)


def test_the_trembling_is_as_large_as_the_rate_and_a_small_one_arrives_later():
    told("trembling", "The trembling grows with the rate", "half the one is half the other", "a later arrival",
         "± 0.5 is the goal")
    whole, half = (run_of(of("trembling", adam_lr=lr), "Adam") for lr in (1, 0.5))
    assert moved(half) == pytest.approx(moved(whole) / 2, rel=0.01)
    assert at(of("trembling", adam_lr=0.56), "Adam", 0.05) > 1.5 * 27


# ---- 6 ---------------------------------------------------------------------------------------------------------


def test_two_cures_work_without_noise():
    told("two-cures", "about 1,000 steps instead of 10", "a still moves by 1.7", "The other two are at rest")
    runs = runs_of(of("two-cures"))
    assert moved(runs["Adam"]) == pytest.approx(1.7, abs=0.05)
    assert moved(runs["Longer memory"]) < 1e-6
    assert moved(runs["Annealing"], epochs=1) < 1e-3
    betas = [one.optimizer.betas[1] for one in of("two-cures").contestants]
    assert [round(1 / (1 - beta)) for beta in betas] == [10, 1000, 10]


def test_one_cure_works_with_noise_over_30_sets_of_points():
    told("two-cures", "the median of 30 data sets: 2.1 for Adam, 2.0 with the longer memory, 0.1 with annealing",
         "the longer memory had 0.0")
    noisy = [runs_of(of("two-cures", noise=3, seed=seed)) for seed in SEEDS]
    middle = {label: median(moved(runs[label]) for runs in noisy) for label in noisy[0]}
    assert {label: round(value, 1) for label, value in middle.items()} == {
        "Adam": 2.1, "Longer memory": 2.0, "Annealing": 0.1}
    assert min(moved(runs["Longer memory"]) for runs in noisy) > 1
    assert max(moved(runs["Annealing"], epochs=1) for runs in noisy) < 0.01
    assert median(moved(run_of(of("two-cures", seed=seed), "Longer memory")) for seed in SEEDS) < 0.05
    for seed in SEEDS:
        experiment = of("two-cures", noise=3, seed=seed)
        x, y = experiment.dataset.x, experiment.dataset.y
        a, b = experiment.optimum
        assert np.abs(y - a * x - b).max() > 1, "single points pull at the best line, too"


def test_sixteen_passes_are_enough():
    told("two-cures", "Sixteen passes")
    assert [judged(of("two-cures", noise=3, epochs=epochs), "Annealing") for epochs in (15, 16, 50)] == [
        "still falling", "converged", "converged"]


# ---- 7 ---------------------------------------------------------------------------------------------------------


def test_each_restart_makes_adam_tremble_and_each_fall_calms_it():
    told("restarts", "the loss is above 20 again", "it is below 0.001", "That was so with all 30",
         "this happens four times")
    for seed in SEEDS:
        run = run_of(of("restarts", seed=seed), "Annealed")
        starts = (300, 600, 900, 1200)
        assert all(run.loss[start:start + 150].max() > 20 for start in starts)
        assert all(run.loss[end] < 0.001 for end in (*starts, 1500))


def test_where_restarts_begins():
    told("restarts", "in 10 passes", "at step 300, at the end of the first fall", "started at 875",
         "less than a millionth", "50 / 4 = 12.5")
    run = run_of(of("restarts"), "Annealed")
    assert (LESSONS["restarts"].step, round(run.loss[0])) == (300, 875)
    assert run.loss[300] < 1e-6
    assert run.learning_rate[299] < 1e-3 < run.learning_rate[300] == 1


# ---- 8 ---------------------------------------------------------------------------------------------------------


@cache
def explored(kind, name, **about):
    """The first part of an answer of the group "Explore" about a lesson, and the last."""
    first, *_, last = EXPLORING[kind](Question(parse(LESSONS[name].settings), about, train))
    return first, last


def test_the_articles_race():
    told("fair-race", "Adam is first by far: its loss is 4, and that of SGD and Momentum still about 200",
         "Adam has 1, the others 0.001", "after 12 passes")
    experiment = of("fair-race")
    runs = runs_of(experiment)
    assert (experiment.epochs, LESSONS["fair-race"].step) == (12, experiment.steps)
    assert {label: run.loss[-1] for label, run in runs.items()} == pytest.approx(
        {"SGD": 200, "Momentum": 200, "Adam": 4.2}, rel=0.05)
    assert [one.optimizer.lr for one in experiment.contestants] == [0.001, 0.001, 1]


def test_a_fair_race_turns_the_order_around():
    told("fair-race", "We try 241 rates for each, from 0.00001 to 10",
         "tuned on 10 data sets, and the race is run on 30 others",
         "As given the order is Adam, SGD, Momentum", "it is SGD, Momentum, Adam: the winner is last",
         "Two of the three pairs of methods change their order", "In 95 of 100 draws of the data sets it is 2 or 3",
         "0.019 for SGD, 0.0067 for Momentum and 0.094 for Adam", "about a twentieth of its best rate",
         "both others end far lower", "they end farther apart than before")
    first, last = explored("race", "fair-race", tune="rate")
    assert (len(RATES), RATES[0], RATES[-1]) == (241, 1e-5, 10)
    assert (len(TUNED_ON), len(first["seeds"]), {*TUNED_ON} & {*first["seeds"]}) == (10, 30, set())
    assert last["ranks"][:2] == [[2, 3, 1], [1, 2, 3]]
    assert last["says"] == "2 of 3 pairs of methods change order; 2 to 3 in 95 of 100 draws of the 30 seeds."
    assert [one["lr"] for one in last["found"]] == pytest.approx([0.019, 0.0067, 0.094], rel=0.01)
    assert 0.001 / last["found"][0]["lr"] == pytest.approx(1 / 20, rel=0.1)
    given, best = last["medians"][:2]
    assert best[2] > 20 * max(best[:2])
    assert max(best) / min(best) > max(given) / min(given)


def test_the_best_rate_of_most_is_too_high_for_some():
    told("fair-race", "on 4 of the 30 data sets its loss ends above 100")
    _, last = explored("race", "fair-race", tune="rate")
    assert sum(score > 100 for score in last["scores"][1][0]) == 4


def test_another_goal_has_other_best_rates():
    told("fair-race", "for another goal other rates are best", "rate 0.016, Adam 0.14",
         "SGD stays from step 116, Momentum from 138, Adam from 224")
    experiment = of("fair-race", lr=0.016, adam_lr=0.14)
    assert LESSONS["fair-race"].also[0].values == {"lr": 0.016, "adam_lr": 0.14}
    assert [at(experiment, one.label, 0.001, 1) for one in experiment.contestants] == [116, 138, 224]


def test_tuned_rates_over_30_sets_of_points():
    told("fair-race", "The medians: about 100 steps for SGD, 130 for Momentum, 220 for Adam",
         "last in 26 of the 30", "about the best for this goal")
    rates = np.geomspace(1e-3, 3, 70)
    rules = {"SGD": SGD, "Momentum": lambda lr: Momentum(lr, 0.95), "Adam": lambda lr: Adam(lr, (0.7, 0.9))}

    many = [Contestant(f"{label} {lr}", rule(float(lr))) for label, rule in rules.items() for lr in rates]
    found = {label: [] for label in rules}
    for seed in SEEDS:
        runs = train(Experiment(epochs=12, data=Generated(seed=seed), contestants=many))
        for label, steps in found.items():
            stays = [arrival(run, 0.0, 0.001)[1] for name, run in runs.items() if name.startswith(label)]
            steps.append(min(step for step in stays if step is not None))
    assert {label: median(steps) for label, steps in found.items()} == pytest.approx(
        {"SGD": 100, "Momentum": 130, "Adam": 220}, rel=0.05)
    last = [adam > max(others) for adam, *others in zip(found["Adam"], found["SGD"], found["Momentum"], strict=True)]
    assert sum(last) == 26
    here = {label: steps[7] for label, steps in found.items()}
    assert here["SGD"] == pytest.approx(116, rel=0.1)
    assert here["Momentum"] == pytest.approx(138, rel=0.1)
    assert here["Adam"] == pytest.approx(224, rel=0.1)


# ---- 9 ---------------------------------------------------------------------------------------------------------


def test_the_winner_of_one_seed_wins_by_far():
    told("was-it-luck", "learning rate, 0.015", "10 passes", "ends at 42, that of Momentum at 340",
         "eight times as much", "it is 7")
    experiment = of("was-it-luck")
    ends = {label: run.losses[-1] for label, run in runs_of(experiment).items()}
    assert ends == pytest.approx({"SGD": 42, "Momentum": 340}, rel=0.01)
    assert ends["Momentum"] / ends["SGD"] == pytest.approx(8, abs=0.5)
    assert (experiment.data.seed, experiment.data.noise, experiment.epochs) == (7, 3, 10)


def test_the_winner_of_one_seed_wins_on_half_of_all():
    told("was-it-luck", "SGD is first on 52 seeds, Momentum on 48", "On 52 only", "on the other 48",
         "42 to 62 % of them", "The panel calls it typical", "The median losses are nearly the same, 20 and 19",
         "in the 10 worst runs SGD ends above 120, and Momentum above 1,000")
    _, last = explored("seeds", "was-it-luck", count=100)
    assert (last["first"], last["tied"], last["lost"]) == ([52, 48], [0, 0], [0, 0])
    assert [round(100 * end[0]) for end in last["between"]] == [42, 62]
    assert [row[0] for row in last["usual"]] == [True, True], "the seed on view is the first"
    assert [round(row[-1]) for row in last["median"]] == [20, 19]
    tenth = [sorted(losses)[-10] for losses in last["losses"]]
    assert tenth == pytest.approx([126, 1040], rel=0.01)


def test_more_seeds_say_the_same_and_more_sharply():
    told("was-it-luck", "263 to 237, or 48 to 57 %")
    _, last = explored("seeds", "was-it-luck", count=500)
    assert last["first"] == [263, 237]
    assert [round(100 * end[0]) for end in last["between"]] == [48, 57]


def test_who_chooses_the_seed_chooses_the_winner():
    told("was-it-luck", "9 show Momentum so far ahead, and 16 show SGD so far ahead")
    _, last = explored("seeds", "was-it-luck", count=100)
    sgd, momentum = np.array(last["losses"])
    assert (np.sum(10 * momentum <= sgd), np.sum(10 * sgd <= momentum)) == (9, 16)


# ---- 10 --------------------------------------------------------------------------------------------------------


def test_momentum_pays_in_a_ravine():
    told("ravine", "100 times steeper across than along", "SGD diverges with a learning rate above 2", "at step 106",
         "from step 26", "four times quicker", "v = 0.8 v + gradient", "= 5 times")
    experiment = of("ravine")
    assert (at(experiment, "SGD", 0.01, 1), at(experiment, "Momentum", 0.01, 1)) == (106, 26)
    assert np.abs(run_of(of("ravine", lr=2.01), "SGD").params[-1, 1]) > np.abs(experiment.start[1])
    assert np.abs(run_of(of("ravine", lr=1.99), "SGD").params[-1, 1]) < np.abs(experiment.start[1])
    slope = run_of(experiment, "Momentum").gradient[:26]
    assert np.ptp(np.sign(slope[:, 0])) == 0, "along, it points one way"
    assert (np.diff(np.sign(slope[:, 1])) != 0).sum() > 5, "across, to and fro"


def test_the_best_of_many_rates_in_the_ravine():
    told("ravine", "the best SGD takes 55 steps, the best Momentum 16")

    def best(rule, rates, betas=(None,)):
        many = [Contestant(f"{lr} {beta}", rule(float(lr), beta)) for lr in rates for beta in betas]
        experiment = Experiment("ravine-100", epochs=200, contestants=many)
        runs = train(experiment).values()
        return min(stays for run in runs if (stays := arrival(run, experiment.floor, 0.01)[1]) is not None)

    def ball(lr, beta):
        return Momentum(lr, float(beta), form="heavy-ball")

    assert best(lambda lr, _: SGD(lr), np.arange(0.5, 2, 0.02)) == 55
    assert best(ball, np.arange(0.5, 2.6, 0.1), np.arange(0.3, 0.95, 0.05)) == 16


def test_the_best_grows_with_the_steepness_or_with_its_root():
    told("ravine", "the best SGD takes 100 times as many steps, the best Momentum only 10 times as many")

    def steps(best, kappa):
        return 1 / -np.log(best(Bowl(np.diag([1 / kappa, 1.0]), np.zeros(2), 0.0)).shrinkage)

    assert steps(best_rate, 1e4) / steps(best_rate, 100) == pytest.approx(100, rel=0.01)
    assert steps(best_momentum, 1e4) / steps(best_momentum, 100) == pytest.approx(10, rel=0.01)


def test_momentum_pays_in_a_tiny_network():
    told("ravine", "four bent curves, with 13 parameters", "at step 224, Momentum at 77",
         "Momentum was first every time")
    values = dict(LESSONS["ravine"].also[0].values)
    experiment = of("ravine", **values)
    assert experiment.resolved_model.n == 13
    assert experiment.steps_per_epoch == 1
    assert (at(experiment, "SGD", 0.01), at(experiment, "Momentum", 0.01)) == (224, 77)
    for seed in SEEDS:
        experiment = of("ravine", **values, seed=seed)
        runs_of(experiment)  # side by side it takes half as long
        sgd, momentum = (at(experiment, label, 0.01) for label in ("SGD", "Momentum"))
        assert momentum is not None
        assert sgd is None or momentum < sgd


# ---- 11 --------------------------------------------------------------------------------------------------------


def edges(experiment):
    return [stable_rate(experiment, one.optimizer) for one in experiment.contestants]


def test_below_the_edge_every_jump_is_shorter_and_above_it_longer():
    told("edge-of-stability", "Here L is 57.5", "2 / 57.5 = 0.0348", "0.034, just below", "3.82, 1.00, 3.58",
         "0.96 times the one before", "less than 0.01", "0.0365: 5 % above", "1.1 times as long as the one before",
         "13 million times", "Only SGD")
    below, above = of("edge-of-stability"), of("edge-of-stability", lr=0.0365)
    assert below.steps_per_epoch == 1, "all points in every step"
    assert bowl(below).steepest == pytest.approx(57.5, abs=0.05)
    assert edges(below)[0] == pytest.approx(2 / 57.5, rel=1e-3)
    assert 0.0365 / edges(below)[0] == pytest.approx(1.05, abs=0.001)
    a = run_of(below, "SGD").params[:, 0]
    assert a[:4] == pytest.approx([1, 3.82, 1.00, 3.58], abs=0.005)
    for experiment, times in ((below, 0.96), (above, 1.1)):
        across = (run_of(experiment, "SGD").params - experiment.optimum) @ bowl(experiment).axes[-1]
        assert across[1:20] / across[:19] == pytest.approx(-times, abs=0.005)
    assert run_of(below, "SGD").loss[-1] < 0.01
    ends = {label: run.losses[-1] / run.losses[0] for label, run in runs_of(above).items()}
    assert ends["SGD"] == pytest.approx(13e6, rel=0.02)
    assert max(ends["Heavy ball"], ends["Averaged"]) < 1e-4


def test_the_edges_of_two_momentums():
    told("edge-of-stability", "2 (1 + beta) / L, which is 0.066", "1.9 times as high", "divided by 1 − beta",
         "10 times higher still: 0.66", "2 · 1.8 / (0.2 · 57.5) = 0.313", "with beta 0.9 it was 0.66")
    sgd, ball, averaged = edges(of("edge-of-stability"))
    assert (ball, averaged) == pytest.approx((0.066, 0.66), rel=0.002)
    assert (ball / sgd, averaged / ball) == pytest.approx((1.9, 10))
    assert edges(of("edge-of-stability", beta=0.8))[2] == pytest.approx(2 * 1.8 / (0.2 * 57.5), rel=0.001)


def test_the_sweep_turns_up_at_the_edges_and_is_lowest_below():
    told("edge-of-stability", "241 rates for each", "it stands right there", "the lowest loss lies at a lower rate")
    first, last = explored("sweep", "edge-of-stability", of="end")
    rates = first["rates"]
    assert len(rates) == 241
    for method, reading in zip(first["methods"], last["readings"], strict=True):
        assert rates[reading["edge"]] <= method["edge"] < 1.1 * rates[reading["edge"]]
        assert rates[reading["best"]] < method["edge"]
    lesson = LESSONS["edge-of-stability"]
    passed = parse({**lesson.settings, **lesson.challenge.values})
    for values in (parse(lesson.settings), passed):
        first, *_, last = EXPLORING["sweep"](Question(values, {"of": "end"}, train))
        assert rates[last["readings"][2]["best"]] < first["methods"][2]["edge"] / 2


def test_the_map_has_the_edge_of_every_beta():
    told("edge-of-stability", "4,096 runs of the heavy ball",
         "from 2 / L without a memory to nearly 4 / L, which is 0.07")
    first, last = explored("stability", "edge-of-stability")
    assert (first["count"], first["label"], first["x"]["key"], first["y"]["key"]) == (4096, "Heavy ball", "lr", "beta")
    steepest = bowl(of("edge-of-stability")).steepest
    assert (last["edge"][0], last["edge"][-1]) == pytest.approx((2 / steepest, 4 / steepest), rel=0.001)
    assert round(last["edge"][-1], 2) == 0.07


def test_the_edges_over_30_sets_of_points():
    told("edge-of-stability", "5 % below its edge each of the three ended below where it started",
         "5 % above it more than 1,000 times higher")
    for seed in SEEDS:
        experiment = of("edge-of-stability", seed=seed)
        for share, ends in ((0.95, (0, 0.1)), (1.05, (1e3, np.inf))):
            at_share = replace(experiment, contestants=tuple(
                replace(one, optimizer=replace(one.optimizer, lr=share * edge))
                for one, edge in zip(experiment.contestants, edges(experiment), strict=True)))
            for run in train(at_share).values():
                last = np.nan_to_num(run.losses[-1] / run.losses[0], nan=np.inf)
                assert ends[0] <= last <= ends[1]
