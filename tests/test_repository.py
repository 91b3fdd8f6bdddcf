"""The repository as a whole: documents that are complete, requirements that are locked, files that belong here."""

import ast
import doctest
import importlib
import os
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from app.config import VARIABLES, Settings
from components.text import titles
from optim import MODELS, OPTIMIZERS, SCHEDULES, SURFACES

ROOT = Path(__file__).resolve().parents[1]
MADE_HERE = {".git", ".venv", "__pycache__", ".pytest_cache", ".hypothesis", ".ruff_cache", ".import_linter_cache",
             ".mypy_cache", "build"}
PACKAGES = ("app", "components", "optim")
NPM = ("deploy/npm/package.json", "deploy/npm/package-lock.json")
"""For a stage of the image that is not in it."""
LOCKS = ("requirements", "requirements-dev", "requirements-tools", "requirements-load")
TEXTS = {".py", ".js", ".css", ".md", ".toml", ".txt", ".in", ".json", ".svg", ""}


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def files() -> tuple[Path, ...]:
    """Every file of the repository; what was made here by running it is none of it."""
    return tuple(
        path.relative_to(ROOT)
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and not MADE_HERE & set(path.relative_to(ROOT).parts)
    )


def with_suffix(*suffixes: str) -> list[str]:
    return [path.as_posix() for path in files() if path.suffix in suffixes]


def imported(name: str) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(text(name))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def required(lock: str) -> set[str]:
    """The packages that a .in file names."""
    return {name.lower() for name in re.findall(r"(?m)^[A-Za-z][\w-]*", text(f"{lock}.in"))}


def locked(lock: str) -> dict[str, str]:
    """For each package of a lock, all that stands behind its name."""
    lines = re.sub(r"(?m)^\s*#.*\n", "", text(f"{lock}.txt")).replace("\\\n", " ").splitlines()
    return dict(line.split("==", 1) for line in lines if line.strip())


# Documents


def test_readme_names_every_command():
    targets = re.search(r"^\.PHONY: (.*)$", text("Makefile"), re.MULTILINE)[1].split()
    assert set(targets) == set(re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE))
    for target in targets:
        assert f"`make {target}`" in text("README.md")


def test_every_variable_of_the_environment_is_told():
    """The program's in one table, those of the tests in README.md."""
    read = set()
    for name in with_suffix(".py"):
        if name != "tests/test_repository.py":
            read |= set(re.findall(r"os\.environ(?:\.get)?[(\[]\s*[\"'](\w+)", text(name)))
            read |= set(re.findall(r"[\"'](\w+)[\"'] (?:not )?in os\.environ", text(name)))
    tests = {"BROWSER_PATH", "FIREFOX_PATH", "NGINX_PATH", "REDIS_PATH", "CI"}
    for name in tests:
        assert f"`{name}`" in text("README.md")
    rows = re.findall(r"(?m)^\| `(\w+)` \|(.*?)\| \S.*\. \|$", text("docs/OPERATIONS.md"))
    assert sorted(name for name, _ in rows) == sorted({*VARIABLES, *(read - tests)})
    for name, told in rows:
        default = Settings.from_env({name: told.strip("` ")})
        assert default == Settings(), name


def test_the_plain_commands_are_the_makefiles():
    plain = text("README.md").replace(".venv\\Scripts\\", "$(PY) ").replace("$(PY) python", "$(PY)")
    for task in ("-m app", "-m ruff check", "-m mypy", "-m pytest"):
        assert f"$(PY) {task}" in text("Makefile")
        assert f"$(PY) {task}" in plain
    for task in ("fmt --check", "lint"):
        assert f"$(DENO) {task} $(SCRIPTS)" in text("Makefile")
        assert f"deno {task} --config tests/assets/deno.json assets tests/assets\n" in text("README.md")
    assert "--config tests/assets/deno.json assets tests/assets\n" in text("Makefile")
    assert "$(DENO) check $(TYPED)" in text("Makefile")
    strict = "--no-remote --config tests/assets/strict.json assets\n"
    assert f"TYPED := --quiet {strict}" in text("Makefile")
    assert f"deno check {strict}" in text("README.md")
    for flag in ("--require-hashes", "--only-binary=:all:", "-r requirements.txt", "-r requirements-dev.txt"):
        assert flag in text("Makefile")
        assert flag in plain


def test_the_readmes_examples_run(capsys):
    core, notebook = re.findall(r"```python\n(.*?)```", text("README.md"), re.DOTALL)
    exec(compile(core, "README.md", "exec"), {})
    a, b = map(float, re.findall(r"-?\d+\.\d+", capsys.readouterr().out))
    assert 1 < a < 2
    assert -28 < b < -20
    made = {}
    exec(compile(notebook, "README.md", "exec"), made)
    assert {"Adam", "Lion"} <= {trace.name for trace in made["loss"].data}
    assert made["lab"]._repr_html_().startswith("<iframe")
    assert f'data-offline="{made["experiment"].digest}"' in made["lab"]


@pytest.mark.parametrize("name", [name for name in with_suffix(".py") if name.split("/")[0] in PACKAGES])
def test_the_examples_in_docstrings_hold(name):
    module = importlib.import_module(name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", with_suffix(".md"))
def test_what_a_document_points_to_is_there(name):
    for target in re.findall(r"\]\(([^)#]+)\)", text(name)):
        assert target.startswith("https://") or (ROOT / name).parent.joinpath(target).exists(), target


def test_the_readme_shows_every_picture_and_they_are_small():
    shown = set(re.findall(r"docs/pictures/[\w-]+\.png", text("README.md")))
    assert shown == {path.as_posix() for path in files() if path.parts[:2] == ("docs", "pictures")}
    assert max((ROOT / name).stat().st_size for name in shown) < 250_000


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "SECURITY.md"])
def test_a_document_names_files_that_are_there(name):
    for path in re.findall(r"`([\w/]+(?:\.\w+|/))`", text(name)):
        assert "/" not in path or (ROOT / path).exists(), path


@pytest.mark.parametrize("lock", LOCKS)
def test_every_dependency_has_its_reason(lock):
    for name in required(lock):
        assert re.search(rf"(?im)^\* \*\*{name}\*\*: \w.+", text("CONTRIBUTING.md")), name


def test_the_changelog_keeps_its_form():
    assert "\n## [Unreleased]\n" in text("CHANGELOG.md")


# Requirements


@pytest.mark.parametrize("lock", LOCKS)
def test_all_that_is_installed_is_locked_with_hashes(lock):
    assert required(lock) <= locked(lock).keys()
    for name, rest in locked(lock).items():
        assert re.match(r"[\w.]+(?: ; .*?)? +--hash=sha256:[0-9a-f]{64}", rest), name


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_place(lock):
    assert not re.search(r"https?:|file:|--(?:extra-)?index-url|--find-links|(?:^|\s)/", text(f"{lock}.txt"))


def test_the_two_locks_agree():
    program, tests = ({name: rest.split()[0] for name, rest in locked(lock).items()} for lock in LOCKS[:2])
    assert {name for name in program.keys() & tests if program[name] != tests[name]} == set()


def test_one_numpy_for_every_python():
    assert re.match(r"2\.4\.\d+ +--hash", locked("requirements")["numpy"])


def test_windows_is_locked_too():
    assert {"setuptools", "colorama"} <= locked("requirements").keys()


# The machine that tests every change, and the container


def test_ci_runs_the_newcomers_command():
    commands = [line for line in text(".ci/run").splitlines() if not line.startswith(("#", "set ", "cd "))]
    assert commands == ["export CI=true", "exec make test </dev/null"]
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_container_is_small_and_has_no_rights():
    steps = text("Dockerfile")
    assert re.search(r"^FROM python:3\.1[123]-slim$", steps, re.MULTILINE)
    assert "--require-hashes --only-binary=:all: -r requirements.txt" in steps
    assert re.search(r"^HEALTHCHECK .*\n.*urllib.*healthz", steps, re.MULTILINE)
    assert re.search(r'^CMD \["gunicorn", "app\.wsgi:server"\]$', steps, re.MULTILINE)
    assert steps.index("USER lab") < steps.index("CMD [")
    assert not re.search(r"apt|gcc|build-essential|chrom|requirements-dev", steps)


def test_the_container_gets_all_it_runs_and_nothing_else():
    copied = set(" ".join(re.findall(r"(?m)^COPY (?!--from=)(.*) \S+$", text("Dockerfile"))).split())
    let_in = {line[1:].rstrip("/") for line in text(".dockerignore").splitlines() if line.startswith("!")}
    assert copied == let_in == {"requirements.txt", "gunicorn.conf.py", "assets", *PACKAGES, *NPM}
    assert "\n*\n" in text(".dockerignore")


# Files


@pytest.mark.parametrize("name", with_suffix(".py"))
def test_a_module_says_what_it_is(name):
    assert ast.get_docstring(ast.parse(text(name)))


@pytest.mark.parametrize("name", with_suffix(".js", ".css"))
def test_a_file_of_the_browser_says_what_it_is(name):
    assert re.match(r"// \w|/\* ?\w", text(name))


def test_nothing_is_minified_or_third_party():
    for name in with_suffix(".js", ".css"):
        assert ".min." not in name
        assert max(map(len, text(name).splitlines())) <= 500, name


# Rooms: files and folders small enough to be read, none of them hidden in another


CODE = (".py", ".js", ".css", ".ts")
LONGEST = 300
"""Lines of a file."""
MOST_FILES = 16
MANY_FILES = {"assets/styles": 23}
DEEPEST = 2
"""Folders below components/ or assets/: page/panels, say."""


def code(*roots: str) -> list[Path]:
    return [path for path in files() if path.parts[0] in roots and path.suffix in CODE]


def test_no_file_is_too_long_to_be_read():
    long = {path.as_posix() for path in code(*PACKAGES, "assets") if text(path.as_posix()).count("\n") > LONGEST}
    assert long == set()


def test_no_room_is_crowded():
    crowd = Counter(path.parent.as_posix() for path in code("components", "assets") if path.suffix != ".css")
    crowd += Counter(path.parent.as_posix() for path in code("assets") if path.suffix == ".css" and len(path.parts) > 2)
    assert {room: many for room, many in crowd.items() if many > MANY_FILES.get(room, MOST_FILES)} == {}


def test_no_room_lies_deeper_than_a_room_in_a_room():
    assert [path.as_posix() for path in code("components", "assets") if len(path.parts) - 2 > DEEPEST] == []


def test_no_file_names_a_place_of_one_machine():
    for path in files():
        if path.suffix in TEXTS:
            found = re.search(r"(?<![\w.:-])/(?:home|root|Users|work)/\w+", text(path.as_posix()))
            assert found is None, f"{path}: {found[0]}"


def test_no_file_silences_a_tool_or_leaves_work_undone():
    # Put together here, so that this file does not find itself.
    marks = ("no" + "qa", "type: " + "ignore", "TO" + "DO", "FIX" + "ME", r"pytest\.(mark\.)?(skip|x" + "fail)")
    for name in with_suffix(".py", ".js", ".css"):
        found = re.search("|".join(marks), text(name))
        assert found is None, f"{name}: {found[0]}"


# What the packages may know: import-linter sees to their order, this to the world outside


def test_the_core_is_plain_numpy():
    for name in with_suffix(".py"):
        if name.startswith("optim/"):
            assert imported(name) <= {"optim", "numpy", *sys.stdlib_module_names}, name


def test_the_page_knows_no_server():
    for name in with_suffix(".py"):
        if name.startswith("components/"):
            mathematics, page = {"numpy", "sympy", "latex2mathml"}, {"dash", "plotly", "dash_mantine_components"}
            allowed = {"components", "optim", *mathematics, *page, *sys.stdlib_module_names}
            assert imported(name) <= allowed, name


def problem_row(problem) -> tuple[str, ...]:
    return f"`{problem.name}`", titles.formula(problem).replace("|", "\\|"), problem.shows


ROWS = {
    "Methods": [(name, kind.intuition, kind.source) for name, kind in OPTIMIZERS.items()],
    "Schedules": [(name, kind.intuition, kind.source) for name, kind in SCHEDULES.items()],
    "Curves": [problem_row(model) for model in MODELS.values()],
    "Surfaces": [problem_row(surface) for surface in SURFACES.values()],
}


@pytest.mark.parametrize("heading", ROWS)
def test_the_readme_lists_what_the_registries_hold(heading):
    """Every row, in the registries' order and in their own words."""
    section = text("README.md").split(f"### {heading}\n")[1].split("\n#")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    assert "\n".join(lines[2:]) == "\n".join(f"| {' | '.join(row)} |" for row in ROWS[heading])
