"""The unit tests of assets/: deno runs all of them at once, without a browser, without the network."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ASSETS = Path(__file__).parent
DENO = shutil.which("deno", path=os.pathsep.join([str(Path(sys.executable).parent), *os.get_exec_path()]))


def test_the_modules_of_assets_pass_their_own_tests():
    assert DENO, "deno is in requirements-dev.txt"
    files = [str(path) for path in sorted(ASSETS.rglob("*.test.js"))]
    config = ["--config", str(ASSETS / "deno.json"), "--no-check", "--no-lock", "--no-remote", "--no-npm"]
    ended = subprocess.run(
        [DENO, "test", *config, "--allow-read", *files],
        capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"},
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
