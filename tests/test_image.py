"""The image without an engine: the Dockerfile's own steps, by hand, in a clean environment.

Each instruction is read from the Dockerfile and done: what is copied is copied to a folder for each stage, empty at
first, what is installed is installed there with the same words, and the command is started with nothing but the image's
variables, as the image's user where the tests may do that. What an engine adds, Debian, node and Python 3.13 below it,
is not tried. Where npm cannot be had, the stages that need it are left out, and the program serves its page without.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import npm
from tests.fresh import KEPT
from tests.processes import child, free_port

ROOT = Path(__file__).resolve().parents[1]


def steps() -> list[tuple[str, str]]:
    """The Dockerfile's instructions and what they say, in their order."""
    lines = re.sub(r"(?m)^\s*#.*\n", "", (ROOT / "Dockerfile").read_text("utf-8")).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in lines.splitlines() if line.strip()]


class Image:
    """A folder, the variables and the commands that the Dockerfile makes."""

    def __init__(self, folder: Path) -> None:
        self.root, self.env, self.user = folder, {}, 0
        self.stages: dict[str, Path] = {}
        self.has_npm = True
        self.health: list[str] = []
        self.command: list[str] = []
        python = folder / "python"
        subprocess.run([sys.executable, "-m", "venv", str(python)], check=True)
        self.path = os.pathsep.join([str(python / "bin"), os.defpath])
        for instruction, words in steps():
            getattr(self, f"do_{instruction.lower()}")(words)

    def environment(self, **changes: str) -> dict[str, str]:
        return {"PATH": self.path, **self.env, **changes}

    def run_as(self) -> dict:
        """The user that the image's commands are run by, where the tests may say so and that user may run Python."""
        if os.geteuid() != 0:
            return {}
        user = {"user": self.user, "group": self.user, "extra_groups": []}
        try:
            subprocess.run(["python", "-c", ""], env=self.environment(), check=True, **user)
        except OSError:  # an interpreter in root's own home
            return {}
        return user

    def do_from(self, words: str) -> None:
        """A stage begins, in a folder of its own; the last has no name."""
        assert re.match(r"(python:3\.|node:\d)", words)
        self.stage = words.partition(" AS ")[2]
        self.stages[self.stage] = self.root / (self.stage or "image")

    def left_out(self) -> bool:
        return bool(self.stage) and not self.has_npm

    def do_env(self, words: str) -> None:
        self.env |= dict(word.split("=", 1) for word in words.split())

    def do_run(self, words: str) -> None:
        if words.startswith("useradd "):
            self.user = int(re.search(r"--uid (\d+)", words)[1])
            return
        if self.left_out():
            return
        index = {name: value for name, value in os.environ.items() if KEPT.fullmatch(name) and name != "PATH"}
        if words.startswith("npm "):
            self.has_npm = npm.ran(words, self.work)
        else:
            subprocess.run(["sh", "-ec", words], cwd=self.work, env=self.environment(**index), check=True)

    def do_workdir(self, words: str) -> None:
        assert words in ("/lab", "/npm")
        self.work = self.stages[self.stage] / words[1:]
        self.work.mkdir(parents=True)

    def do_copy(self, words: str) -> None:
        *before, source, target = words.split()
        if before and not self.has_npm:
            return
        path = self.stages[before[0].removeprefix("--from=")] / source.lstrip("/") if before else ROOT / source
        if path.is_dir():
            shutil.copytree(path, self.work / target, ignore=shutil.ignore_patterns("__pycache__"), symlinks=True)
        else:
            shutil.copy(path, self.work / target)

    def do_user(self, words: str) -> None:
        assert words == "lab"

    def do_expose(self, words: str) -> None:
        assert words == self.env["PORT"]

    def do_healthcheck(self, words: str) -> None:
        self.health = json.loads(words.split("CMD", 1)[1])

    def do_cmd(self, words: str) -> None:
        self.command = json.loads(words)


@pytest.fixture(scope="module")
def image() -> Iterator[Image]:
    """Made once, in a folder that every user may read and only its owner may write."""
    folder = Path(tempfile.mkdtemp(prefix="descent-lab-image-"))
    folder.chmod(0o755)
    try:
        yield Image(folder)
    finally:
        shutil.rmtree(folder)


def test_what_the_dockerfile_makes_serves_and_says_that_it_is_well(image):
    port = free_port()
    variables = image.environment(PORT=str(port), LAB_METRICS="1", LAB_CACHE="redis://127.0.0.1:1/0")
    assert image.env["HOST"] == "0.0.0.0"
    with subprocess.Popen(
        image.command, cwd=image.work, env=variables, stderr=subprocess.PIPE, text=True, **image.run_as(), **child()
    ) as process:
        try:
            assert any("Listening at" in line for line in process.stderr)
            for path in ("/", "/version", "/metrics", "/readyz?exclude=cache"):
                with urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as reply:
                    assert reply.status == 200
            checked = subprocess.run(image.health, cwd=image.work, env=variables, check=False, **image.run_as())
            assert checked.returncode == 0
        finally:
            process.terminate()
            process.communicate(timeout=60)
    assert process.returncode == 0
    checked = subprocess.run(image.health, cwd=image.work, env=variables, check=False, capture_output=True)
    assert checked.returncode == 1


def test_it_has_the_built_form_of_its_very_files(image, record_property):
    if not image.has_npm:
        record_property("untried", npm.MISSING)
        return
    asked = "from app import assets, index; print(assets.built.first(), *assets.small(), index.PARTS['PLOTLY'])"
    run = {"cwd": image.work, "env": image.environment(), "check": True, "capture_output": True, "text": True}
    told = subprocess.run(["python", "-c", asked], **run, **image.run_as()).stdout
    assert re.fullmatch(r"\['chunk-\w+\.js', 'main\.js'\] plotly\.min\.js \S+/assets/\w+/plotly\.min\.js\n", told)
    assert not (image.work / "node_modules").exists()


def test_nothing_was_written_where_the_program_is(image):
    """By the user that it runs as, who may not."""
    made = {path.relative_to(image.work).as_posix() for path in image.work.rglob("*") if path.is_file()}
    assert not any("__pycache__" in name for name in made)
    assert {"requirements.txt", "gunicorn.conf.py", "app/wsgi.py"} <= made
