"""Stores what thirty links, files and histories open, as version 1 opened them. Run once, not anew to fit a change.

    PYTHONPATH=. python tests/app/opened_before/store.py
"""

import json
from pathlib import Path

from app.config import Settings
from app.factory import create_app
from components.links import packing

LONG = ";".join(f"{x / 7:.3g} {3 - x / 11:.3g}" for x in range(40))

LINKS = (
    "",
    "?lr=.01&seed=9&step=300&panel=loss",
    "?beta=.5&period=4&epochs=20&range=5&off=1,2&theme=dark",
    "?lr=3e-6&adam_lr=.05&beta1=.5&beta2=.99&size=projector",
    "?epochs=300&batch=7&shuffle=on&reduction=sum&coordinates=in+turn&noise=0",
    "?true_a=3&true_b=-4&start_a=1&start_b=2&points=12&tab=parameters",
    "?problem=logistic&step=20&theory=1",
    "?problem=exponential&start=1,.5&true=2,.3",
    "?problem=network&units=3&lens=0.2&rate=felt",
    "?problem=rosenbrock&relief=1&epochs=40",
    "?problem=himmelblau&gradient_noise=.5&seed=3&marked=1",
    "?problem=own&formula=a*exp(-b*x)%2Bc&start=2,1,0",
    "?problem=own&formula=y^2-cos(3*x)&start=1,1",
    "?methods=SGD;Adam,lr:.5/CosineAnnealing,period:10",
    "?methods=Fast@Momentum,form:heavy-ball,beta:.8;RMSProp;Lion,lr:.001/StepDecay&step=99999999",
    "?data=0+1;1+3;2+4.5&batch=3&epochs=9",
    "?lesson=one-step",
    "?lesson=two-cures&step=12",
    "?lr=.02&lock=lr,seed",
    "?seed=5&lock=points,methods&tools=problem,share&panels=fit,loss,landscape",
    "?embed=1&lr=.004&step=40",
    "?embed=1&show=lr,beta&lock=seed&readout=1&panels=fit",
    "?show=lr&lessons=one-step,sgd&readout=0",
    "?tools=-&lock=-&panels=-",
    "?lr=99&epochs=-3&methods=Nonsense&panel=moon&what=ever",
    "?z=" + packing.pack(f"data={LONG}&lr=.003&epochs=12&seed=8"),
    "?z=" + packing.pack("problem=network&units=4&batch=5&shuffle=on&lock=lr") + "&step=7",
)
FILES = (
    {"values": {"lr": 0.02, "epochs": 12, "data": "0,1\n1,3\n2,4\n"}, "view": {"step": 9, "panel": "rate"}},
    {
        "values": {"problem": "beale", "methods": [
            {"label": "Mine", "method": "AdamW", "schedule": "CosineAnnealing", "own": {"lr": 0.2}}]},
        "view": {"off": "0"},
    },
    {"values": {"problem": "own", "formula": "a*sin(b*x)", "start": "1,2", "seed": 4}, "view": {}},
)
HISTORIES = (
    {"query": "?lr=.01&step=3", "values": {"lr": 0.01, "data": "0 1\n1 3\n"}},
    {"query": "?seed=9&lock=points", "values": {"data": "0 1\n1 3\n", "seed": 5}},
    {"query": "?embed=1&lock=lr&lr=.02", "values": {"lr": 0.5, "beta": 0.5}},
)
ASKED = [*({"query": link} for link in LINKS), *FILES, *HISTORIES]


def told(reply: dict) -> dict:
    """What has to stay of an answer of /open: the experiment's text, the values, the view and the locks."""
    kept = {key: reply[key] for key in ("values", "view", "left", "data", "locks", "problem")}
    return {**kept, "run": reply["run"] and reply["run"]["hash"]}


if __name__ == "__main__":
    client = create_app(Settings()).server.test_client()
    stored = [{"asked": asked, "opened": told(client.post("/open", json=asked).get_json())} for asked in ASKED]
    Path(__file__).with_name("opened.json").write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
