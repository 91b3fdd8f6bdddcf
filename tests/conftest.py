"""What all tests share: how hypothesis searches, and that a proxy is for other machines than this one.

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
