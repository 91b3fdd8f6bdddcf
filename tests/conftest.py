"""What all tests share: how hypothesis searches, that a proxy is for other machines, and what could not be tried here.

On a machine of its own (CI) hypothesis tries the same examples each time.
"""

import os

from hypothesis import settings

# No deadline: the first example pays for imports and caches, and other tests use the processor too.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

for name in ("no_proxy", "NO_PROXY"):
    os.environ[name] = "*"


def pytest_terminal_summary(terminalreporter) -> None:
    """Say at the end, once, what this machine lacks: a test that does without it records that as `untried`."""
    passed = terminalreporter.getreports("passed")
    told = [text for report in passed for name, text in report.user_properties if name == "untried"]
    for text in dict.fromkeys(told):
        terminalreporter.write_line(text)
