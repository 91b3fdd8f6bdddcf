"""The unit tests of assets/: deno runs all of them at once, without a browser, without the network."""

import os
import subprocess
from pathlib import Path

from tests.assets import deno

ASSETS = Path(__file__).parent


def test_the_modules_of_assets_pass_their_own_tests():
    files = [str(path) for path in sorted(ASSETS.rglob("*.test.js"))]
    config = ["--config", str(ASSETS / "deno.json"), "--no-check", "--no-lock", "--no-remote", "--no-npm"]
    ended = subprocess.run(
        [deno.find(), "test", *config, "--allow-read", *files],
        capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"},
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
