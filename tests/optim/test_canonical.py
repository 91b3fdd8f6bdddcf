"""The text form of an experiment: one text for one result, and nothing but an experiment read from any text."""

import contextlib
import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optim import (
    SGD,
    Adam,
    Contestant,
    CosineAnnealing,
    Dataset,
    Experiment,
    Generated,
    Model,
    Momentum,
    Optimizer,
    Schedule,
    batches,
)

ARTICLE = (
    '{"batch_size":1,"contestants":['
    '{"label":"SGD","optimizer":{"lr":0.001,"name":"SGD"},"schedule":{"name":"Constant","warmup":0.0}},'
    '{"label":"Momentum","optimizer":{"beta":0.95,"form":"average","lr":0.001,"name":"Momentum"},'
    '"schedule":{"name":"Constant","warmup":0.0}},'
    '{"label":"Adam","optimizer":{"amsgrad":false,"betas":[0.7,0.9],"bias_correction":true,"eps":1e-08,'
    '"eps_inside_sqrt":false,"lr":1.0,"name":"Adam"},"schedule":{"name":"Constant","warmup":0.0}},'
    '{"label":"Adam with annealing","optimizer":{"amsgrad":false,"betas":[0.7,0.9],"bias_correction":true,"eps":1e-08,'
    '"eps_inside_sqrt":false,"lr":1.0,"name":"Adam"},'
    '"schedule":{"floor":0.0,"name":"CosineAnnealing","period":null,"period_growth":1.0,"warmup":0.0}}],'
    '"coordinates":"together","data":{"high":10,"low":-10,"name":"Generated","noise":0.0,"seed":7,"size":30},'
    '"epochs":50,"model":"line","reduction":"mean","shuffle":false,"start":[1.0,1.0],"true_params":[1.5,-28.0]}'
)

OTHERS = [
    Experiment(data=Dataset([0.1, 2], [3, -1e-300])),
    Experiment(data=Generated(seed=9, noise=2.5), shuffle=True, batch_size=7, seed=3),
    Experiment(start=(0, 2), true_params=(3, 4), coordinates="in turn", reduction="sum", epochs=3),
    Experiment(contestants=[Contestant("π \ud800", Adam(1e-3, eps_inside_sqrt=True), CosineAnnealing(0.1, 2, 0.3))]),
]

numbers = st.floats(0, 1, exclude_max=True)
optimizers = st.one_of(
    st.builds(SGD, numbers),
    st.builds(Momentum, numbers, numbers, st.sampled_from(["average", "heavy-ball"])),
    st.builds(Adam, numbers, st.tuples(numbers, numbers), numbers, st.booleans(), st.booleans()),
)
schedules = st.builds(
    CosineAnnealing, st.none() | st.floats(1e-3, 1e3), st.floats(1, 10), st.floats(0, 1))
experiments = st.builds(
    Experiment,
    start=st.tuples(st.floats(-1e18, 1e18), st.integers(-9, 9)),
    data=st.builds(Generated, seed=st.integers(0, 2**32 - 1), size=st.integers(1, 500), noise=st.floats(0, 20)),
    epochs=st.integers(1, 1000), batch_size=st.integers(1, 600), shuffle=st.booleans(),
    seed=st.none() | st.integers(0, 99),
    contestants=st.lists(
        st.builds(Contestant, st.text(min_size=1), optimizers, schedules), min_size=1, max_size=4,
        unique_by=lambda one: one.label),
)


def test_the_articles_text():
    """A new setting, a new default or a new spelling makes old links and caches mean something else: it shows here."""
    assert Experiment().canonical == ARTICLE
    assert Experiment.from_canonical(ARTICLE) == Experiment()
    assert Experiment().digest == "9913aedeb5cc5600"


@pytest.mark.parametrize("experiment", OTHERS, ids=range(len(OTHERS)))
def test_there_and_back(experiment):
    assert Experiment.from_canonical(experiment.canonical) == experiment
    assert experiment.digest != Experiment().digest


@given(experiments)
@settings(max_examples=100, deadline=None)
def test_there_and_back_from_anywhere(experiment):
    again = Experiment.from_canonical(experiment.canonical)
    assert again.canonical == experiment.canonical
    assert again.contestants == experiment.contestants
    assert hash(experiment) == hash(dataclasses.replace(experiment))
    assert json.loads(experiment.canonical)["batch_size"] <= experiment.data.size


def test_keys_left_out_are_the_defaults():
    assert Experiment.from_canonical("{}") == Experiment()
    text = '{"epochs":3,"contestants":[{"label":"a","optimizer":{"name":"SGD"}}],"data":{"name":"Generated","seed":8}}'
    assert Experiment.from_canonical(text) == Experiment(
        epochs=3, contestants=[Contestant("a", SGD())], data=Generated(seed=8))


@pytest.mark.parametrize(("one", "other"), [
    ({"batch_size": 30}, {"batch_size": 1000}),
    ({"seed": 5}, {"seed": 6}),  # without shuffling the order's seed means nothing
    ({"shuffle": True}, {"shuffle": True, "seed": 7}),  # the data's own seed is the default
    ({"start": (1, -0.0)}, {"start": [1.0, 0]}),
    ({"model": "line"}, {"model": Experiment().resolved_model}),
], ids=lambda given: str(given)[:40])
def test_spellings_of_one_experiment_share_their_text(one, other):
    one, other = Experiment(**one), Experiment(**other)
    assert one.canonical == other.canonical
    assert [a.tolist() for a in batches(one)] == [a.tolist() for a in batches(other)]


def test_a_registered_model_is_known_by_its_name():
    assert Experiment(model=Experiment().resolved_model) == Experiment()


@dataclasses.dataclass(frozen=True)
class Mine(Optimizer):
    """A method of one's own."""


@dataclasses.dataclass(frozen=True)
class MySchedule(Schedule):
    """A schedule of one's own."""


@pytest.mark.parametrize(("settings", "what"), [
    ({"model": Model("mine", ("a", "b"), None, None)}, "model 'mine'"),
    ({"model": Model("line", ("a", "b"), None, None)}, "model 'line'"),
    ({"contestants": [Contestant("a", Mine())]}, "Mine"),
    ({"contestants": [Contestant("a", SGD(), MySchedule())]}, "MySchedule"),
], ids=["model", "a registered name", "method", "schedule"])
def test_what_is_not_registered_has_no_text(settings, what):
    experiment = Experiment(**settings)
    for ask in (lambda: experiment.canonical, lambda: experiment.digest):
        with pytest.raises(ValueError, match=f"^{what} is not registered, so this experiment has no text form$"):
            ask()


@pytest.mark.parametrize(("text", "message"), [
    ("", "an experiment must be JSON: Expecting value"),
    ("{", "an experiment must be JSON: "),
    (None, "an experiment must be JSON: "),
    ("[" * 100_000, "an experiment must be JSON: "),
    ("[]", r"an experiment must be a JSON object, not \[\]"),
    ("1e400", "an experiment must be a JSON object, not inf"),
    ('{"lr":1}', "Experiment has no setting 'lr'"),
    ('{"__class__":1,"dataset":2}', "Experiment has no setting '__class__', 'dataset'"),
    ('{"epochs":"50"}', "epochs must be a whole number at least 1 or None, not '50'"),
    ('{"epochs":true}', "epochs must be a whole number at least 1 or None, not True"),
    ('{"start":[1,NaN]}', r"start\[1\] must be a finite number at least -1e\+18 and at most 1e\+18, not nan"),
    ('{"start":[1,1e400]}', r"start\[1\] must be a finite number .*, not inf"),
    ('{"start":"12"}', "start must be a sequence of numbers, not '12'"),
    ('{"model":["line"]}', r"model must be a Model, a Surface or a name such as .*, not \['line'\]"),
    ('{"data":7}', "data must be a JSON object, not 7"),
    ('{"data":{"seed":7}}', "data must have a name out of Generated, Dataset, Standardised, not None"),
    ('{"data":{"name":"Dataset"}}', "Dataset: .*missing 2 required positional arguments: 'x' and 'y'"),
    ('{"data":{"name":"Dataset","x":[1,{}],"y":[1,2]}}', "x must be a row of numbers: "),
    ('{"data":{"name":"Generated","seed":-1}}', "seed must be a whole number at least 0 and at most .*, not -1"),
    ('{"contestants":{}}', r"contestants must be a list, not \{\}"),
    ('{"contestants":[1]}', "a contestant must be a JSON object, not 1"),
    ('{"contestants":[{}]}', "Contestant: .*missing 2 required positional arguments"),
    ('{"contestants":[{"label":"a","optimizer":{"name":"__import__"}}]}',
     "optimizer must have a name out of SGD, Momentum, .*, Lion, not '__import__'"),
    ('{"contestants":[{"label":"a","optimizer":{"name":[]}}]}', r"optimizer must have a name out of .*, not \[\]"),
    ('{"contestants":[{"label":"a","optimizer":{"name":"SGD","beta":1}}]}', "SGD has no setting 'beta'"),
    ('{"contestants":[{"label":"a","optimizer":{"name":"SGD"},"schedule":3}]}',
     "schedule must be a JSON object, not 3"),
], ids=lambda value: str(value)[:40])
def test_any_other_text_says_what_is_wrong(text, message):
    with pytest.raises(ValueError, match=message) as caught:
        Experiment.from_canonical(text)
    assert len(str(caught.value)) < 200


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["name", "label", "optimizer", "schedule", "x", "y", "lr", "betas"]), inner, max_size=3),
    max_leaves=8)


@given(st.dictionaries(st.sampled_from([one.name for one in dataclasses.fields(Experiment)]), json_values, max_size=3))
@settings(max_examples=150, deadline=None)
def test_any_json_is_an_experiment_or_a_value_error(plain):
    with contextlib.suppress(ValueError):
        Experiment.from_canonical(Experiment.from_canonical(json.dumps(plain)).canonical)
