"""Challenges: stored solutions pass, near misses fail, and all else gets one sentence that gives nothing away."""

import pytest

from components.lessons import LESSONS, challenges
from components.settings import parsing
from components.text.errors import Refused


def judged(name, changes, **more):
    """The verdict on a lesson's challenge at some changes of the settings that it begins with."""
    lesson = LESSONS[name]
    values = {**lesson.settings, **lesson.challenge.values, **changes, **more}
    return challenges.judge(lesson.challenge, parsing.parse(values))


@pytest.mark.parametrize("name", LESSONS)
def test_the_stored_solution_passes_and_the_near_miss_fails(name):
    challenge = LESSONS[name].challenge
    assert judged(name, challenge.solution) == {"passed": True, "says": challenge.passed}
    missed = judged(name, challenge.near_miss)
    assert not missed["passed"]
    assert missed["says"].endswith(".")


@pytest.mark.parametrize("name", LESSONS)
def test_the_settings_it_begins_with_do_not_solve_it(name):
    assert not judged(name, {})["passed"]


@pytest.mark.parametrize("name", LESSONS)
def test_what_is_said_to_who_misses_holds_no_number_of_the_solution(name):
    challenge = LESSONS[name].challenge
    for value in challenge.solution.values():
        assert f"{value:g}" not in judged(name, challenge.near_miss)["says"].split()


def test_the_edge_is_met_within_the_share_and_from_one_side():
    said = {lr: judged("one-step", {"lr": lr}) for lr in (0.4, 0.489, 0.4905, 0.4999, 0.5, 0.6)}
    assert [one["passed"] for one in said.values()] == [False, False, True, True, False, False]
    assert said[0.4]["says"] == "This works, but a larger value works too: go on upwards."
    assert said[0.6]["says"] == "The loss of SGD does not end below where it started."


def test_a_smallest_whole_number_is_met_exactly():
    assert [judged("two-cures", {"epochs": n})["passed"] for n in (15, 16, 17)] == [False, True, False]
    assert "smaller" in judged("two-cures", {"epochs": 17})["says"]


def test_a_memory_is_measured_by_its_length():
    """Within 10 % of 1 / (1 - beta): at .995, 200 steps, and not at .994, 167."""
    assert [judged("smoothing", {"beta": beta})["passed"] for beta in (0.994, 0.995, 0.9955)] == [False, True, False]


def test_what_may_not_change_has_to_be_as_it_was():
    solution = LESSONS["one-step"].challenge.solution
    for more, named in (
        ({"epochs": 5}, "Epochs"), ({"epochs": 5, "start": "0"}, "Epochs, Start"),
        ({"methods": None}, "the list of methods"), ({"data": ""}, "Points"),
        ({"data": "-1 0\n1 2", "methods": None}, "Batch size, Points, the list of methods"),
    ):
        with pytest.raises(Refused, match=f"Not as in the challenge: {named}. Press"):
            judged("one-step", solution, **more)
    assert judged("one-step", solution, condition=7, noise=1)["passed"], "these change nothing here"


def test_settings_that_are_no_experiment_are_refused_in_their_own_words():
    with pytest.raises(Refused, match="“much” is not a number"):
        judged("one-step", {"lr": "much"})


def test_a_diverged_run_meets_nothing():
    for name, changes in {"sgd": {"lr": 0.02}, "two-momentums": {"lr": 5}, "smoothing": {"lr": 1}}.items():
        challenge = LESSONS[name].challenge
        experiment = parsing.parse({**LESSONS[name].settings, **changes}).experiment
        assert challenges._fault(challenge, experiment)


def test_a_loss_so_many_times_lower_than_anothers():
    """Of a seed on which it is so, of one on which it is lower, but not enough, and of runs that diverge."""
    challenge = LESSONS["was-it-luck"].challenge

    def fault(**changes):
        return challenges._fault(challenge, parsing.parse({**LESSONS["was-it-luck"].settings, **changes}).experiment)

    assert fault(seed=4) == ""
    assert fault(seed=10) == "The loss of Momentum ends at 11.8, that of SGD ends at 50.9: 10 times lower is wanted."
    assert fault(lr=5) == "The loss of Momentum diverges, that of SGD diverges: 10 times lower is wanted."
    own = [{"method": "SGD", "own": {"lr": 5}}, {"method": "Momentum"}]
    assert fault(methods=own) == "", "of one that stays in bounds it is lower than of one that does not"


def test_the_sentences_say_what_is_missing():
    assert judged("restarts", {"period": 10})["says"] == "Restarts: 4 instead of 3."
    assert judged("fair-race", {})["says"] == (
        "Adam stays within 0.1 % of the starting loss from step 224, SGD from step 116.")
    assert judged("ravine", {})["says"] == (
        "Momentum stays within 1 % of the starting height from step 26; step 18 is wanted.")
    assert judged("trembling", {})["says"].startswith("Adam’s a still moves by 1.74 in the last 5 epochs; it should")
    assert judged("sgd", {})["says"] == "The verdict on SGD is “still falling”; it should be “converged”."
    assert judged("smoothing", {"beta": 0.999})["says"] == (
        "Momentum is at 5 % of the starting loss from step 1,249; step 760 is wanted.")
