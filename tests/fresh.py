"""`make fresh`: README's two commands on a machine that never saw them. Knows how such a machine differs from this one.

It clones the last commit and runs `make run` and `make test` there: with an empty home, no caches, no settings of this
shell, and no browser, nginx or Redis until apt-get "installs" them. That apt-get is a stand-in, which hands out this
machine's: nothing is installed on this machine, and nothing is removed from it.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from tests import nginx, redis_server
from tests.browser import chromium, firefox
from tests.processes import child

ROOT = Path(__file__).resolve().parents[1]
# What a bare machine does not have: browsers, nginx, Redis, and what only developers install.
DEVELOPERS = {"git", "node", "nodejs", "npm", "pytest", "ruff", "uv"}
HIDDEN = {*chromium.COMMANDS, *firefox.COMMANDS, *nginx.COMMANDS, *redis_server.COMMANDS, *DEVELOPERS}
# All that the fresh machine is told of this one: where programs are, and how the index of packages is reached.
KEPT = re.compile(r"PATH|PIP_(?!CACHE_DIR|FIND_LINKS)\w+|PYENV_ROOT|\w+_(proxy|bundle|cert|cert_file|cert_dir)", re.I)

APT_GET = """#!/bin/sh
# Fails while another one is at work, as the real one does.
cd {folder}
mkdir lock 2>/dev/null || {{ echo "E: Could not get lock $PWD/lock" >&2; exit 100; }}
trap 'rmdir lock' EXIT
echo "$*" >> log
sleep {seconds}
case " $* " in
    *" firefox-esr ") [ -e {fox} ] || {{ echo "E: Unable to locate package firefox-esr" >&2; exit 100; }}
        ln -s {fox} firefox-esr ;;
    *" nginx-light ") [ -e {proxy} ] || {{ echo "E: Unable to locate package nginx-light" >&2; exit 100; }}
        ln -s {proxy} nginx ;;
    *" redis-server ") [ -e {redis} ] || {{ echo "E: Unable to locate package redis-server" >&2; exit 100; }}
        ln -s {redis} redis-server ;;
    *" install "*) ln -s {browser} chromium ;;
esac
"""


def stand_in(
    folder: Path, browser: str, fox: str | None = None, proxy: str | None = None, redis: str | None = None,
    seconds: float = 3,
) -> Path:
    """A folder for the front of a PATH. Its apt-get puts one of these programs into it, which takes so long."""
    folder.mkdir()
    names = {"folder": str(folder), "browser": browser, "fox": fox or "", "proxy": proxy or "", "redis": redis or ""}
    text = APT_GET.format(**{name: shlex.quote(value) for name, value in names.items()}, seconds=seconds)
    program = folder / "apt-get"
    program.write_text(text, "utf-8")
    program.chmod(0o755)
    return folder


def without(hidden: set[str], path: str, folder: Path) -> str:
    """The PATH `path` without some commands: a place that holds one gives way to links to all else in it."""
    places = []
    for number, place in enumerate(dict.fromkeys(map(os.path.realpath, filter(os.path.isdir, path.split(os.pathsep))))):
        names = set(os.listdir(place))
        if names & hidden:
            links = folder / str(number)
            links.mkdir(parents=True)
            for name in names - hidden:
                (links / name).symlink_to(Path(place, name))
        places.append(str(links) if names & hidden else place)
    return os.pathsep.join(places)


def surroundings(
    folder: Path, browser: str, fox: str | None = None, proxy: str | None = None, redis: str | None = None
) -> dict[str, str]:
    """The environment of the fresh machine in `folder`: an empty home, and apt-get's stand-in first on the PATH."""
    kept = {name: value for name, value in os.environ.items() if KEPT.fullmatch(name)}
    path = kept.get("PATH", os.defpath)
    if chromium.installer():
        apt = stand_in(folder / "apt", browser, fox, proxy, redis)
        path = os.pathsep.join([str(apt), without(HIDDEN, path, folder / "commands")])
    else:
        print("Only root on Debian is given a browser by apt-get: here it is on the PATH from the start.", flush=True)
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    return {**kept, "PATH": path, "HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "LC_ALL": "C"}


def answers(copy: Path, environment: dict[str, str]) -> bool:
    """Whether `make run` serves the page, and ends when it is told to."""
    with subprocess.Popen(
        ["make", "run"],
        cwd=copy,
        env={**environment, "PORT": "0"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that Ctrl+C reaches make and the program, and not this process
        **child(),
    ) as process:
        address = next((found[0] for line in process.stdout if (found := re.search(r"http://[\w.:]+", line))), None)
        try:
            if address is None:
                return False
            with build_opener(ProxyHandler({})).open(f"{address}/", timeout=60) as page:
                return page.status == 200
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)


def passes(copy: Path, environment: dict[str, str], selection: str) -> bool:
    """Whether `make test` finds nothing wrong."""
    command = ["make", "test", f"TESTS={selection}"]
    return subprocess.run(command, cwd=copy, env=environment, stdin=subprocess.DEVNULL, check=False).returncode == 0


def main(selection: str = "") -> int:
    """0 if both commands do what README.md says, else 1. `selection` is for pytest; without it all tests are run."""
    browser, fox, proxy, redis = chromium.find(), firefox.present(), nginx.present(), redis_server.present()
    for name in ("BROWSER_PATH", "FIREFOX_PATH", "NGINX_PATH", "REDIS_PATH"):
        os.environ.pop(name, None)  # it has named what apt-get hands out, and that was all
    folder = Path(tempfile.mkdtemp(prefix="fresh-machine-"))
    copy = folder / "descent lab"  # a name as people give them, with a space
    print("This tries the last commit. It takes as long as `make test`, and the time to install all anew.", flush=True)
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
    environment = surroundings(folder, browser, fox, proxy, redis)
    if not answers(copy, environment):
        failed = "make run"
    elif not passes(copy, environment, selection):
        failed = "make test"
    else:
        shutil.rmtree(folder)
        print("`make run` and `make test` do on a fresh machine what README.md says.")
        return 0
    print(f"`{failed}` fails on a fresh machine, which is left in {folder} to be looked at.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
