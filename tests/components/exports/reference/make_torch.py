"""Writes torch.json: what each PyTorch program of torch_cases.py prints, by the SHA-256 of its text.

Run it by hand where a program's text has changed; the tests read only the file. PyTorch is no dependency:

    pip install numpy==2.4.6 torch==2.13.0 sympy    (in an environment of its own)
    PYTHONPATH=. python tests/components/exports/reference/make_torch.py
"""

import contextlib
import hashlib
import io
import json
from pathlib import Path

import torch

from components.exports.torch_program import torch_program
from tests.components.exports.torch_cases import experiments


def main() -> None:
    torch.set_num_threads(1)
    printed = {}
    for experiment in experiments():
        for one in experiment.contestants:
            text = torch_program(experiment, one.label)
            with contextlib.redirect_stdout(io.StringIO()) as out:
                try:
                    exec(compile(text, "<program>", "exec"), {"__name__": "__main__"})
                except Exception as error:
                    raise RuntimeError(text) from error
            words = out.getvalue().split()
            printed[hashlib.sha256(text.encode()).hexdigest()[:16]] = [float(f"{float(word):.13g}") for word in words]
    lines = ",\n  ".join(f"{json.dumps(key)}: {json.dumps(values)}" for key, values in sorted(printed.items()))
    version = json.dumps(torch.__version__.split("+")[0])
    text = f'{{"made_with": {{"torch": {version}}},\n"printed": {{\n  {lines}}}}}\n'
    Path(__file__).with_name("torch.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
