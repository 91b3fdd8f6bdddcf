"""The recording that `make load` plays is what a real page asks for: taken anew, it is the same."""

from tests.browser.pages import PATIENCE_MS
from tests.load import listening, recording

LOOK_MS = 50


def test_a_page_asks_for_what_is_recorded(browser, address):
    kept = recording.read()

    def until(path):
        """What comes late has been asked for, whatever the machine does besides: then the two are compared."""
        def wait(page, heard):
            wanted = {one["path"] for one in kept["openings"][path]} - {recording.OURS}
            for _ in range(PATIENCE_MS // LOOK_MS):
                if wanted <= {one["path"] for one in heard}:
                    break
                page.wait_for_timeout(LOOK_MS)
        return wait

    found = listening.recorded(browser, address, {path: until(path) for path in kept["openings"]})
    assert found["coding"] == kept["coding"]
    assert found["move"] == kept["move"]
    assert found["openings"].keys() == kept["openings"].keys()
    for path, requests in kept["openings"].items():  # several are under way at once: their order is nobody's
        assert sorted(map(str, found["openings"][path])) == sorted(map(str, requests))
