"""What all tests share: how hypothesis searches, that a proxy is for other machines, and what could not be tried here.

On a machine of its own (CI) hypothesis tries the same examples each time.
"""

import logging
import os

from hypothesis import settings

# No deadline: the first example pays for imports and caches, and other tests use the processor too.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

for name in ("no_proxy", "NO_PROXY"):
    os.environ[name] = "*"

# playwright leaves tasks behind where a page closes while its requests are held, and Python tells of each when it looks
# through its memory, which is in some later test, where what the program says is counted:
# https://github.com/microsoft/playwright-python/issues/1402
logging.getLogger("asyncio").addFilter(lambda record: "Task was destroyed but it is pending" not in record.getMessage())


def pytest_terminal_summary(terminalreporter) -> None:
    """Say at the end, once, what this machine lacks: a test that does without it records that as `untried`."""
    passed = terminalreporter.getreports("passed")
    told = [text for report in passed for name, text in report.user_properties if name == "untried"]
    for text in dict.fromkeys(told):
        terminalreporter.write_line(text)
