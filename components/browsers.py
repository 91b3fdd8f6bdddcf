"""Browsers: which are served, and the sentence that stands for the page in one that is older or runs no scripts.

`CHECK` (browsers.js) tells them apart by what the oldest served ones have, before any other script runs. What nothing
here may use, because it is newer, stands in tests/newer.py.
"""

from pathlib import Path

SERVED = {"Chrome and Edge": "111", "Firefox": "115 ESR", "Safari": "16.4"}
NEEDED = f"{', '.join(f'{name} {version}' for name, version in SERVED.items())} or newer"

TOO_OLD = f"This browser is too old for Descent Lab, which needs {NEEDED}."
NO_SCRIPT = "Descent Lab draws in the browser and needs JavaScript."

CHECK = (Path(__file__).resolve().parent / "browsers.js").read_text("utf-8")

HEAD = """<style>
#too-old { display: none; }
[data-too-old] body > * { display: none !important; }
[data-too-old] body > #too-old { display: block !important; }
#too-old, #no-script { max-width: 40em; margin: 0; padding: 20px; font: 17px/1.5 system-ui, sans-serif; }
</style>
<noscript><style>
body > :not(#no-script) { display: none !important; }
#no-script { display: block; }
</style></noscript>"""
"""Goes into the head of a page: where a sentence stands for the page, nothing else does."""

SENTENCES = f"""<noscript id="no-script"><p>{NO_SCRIPT}</p></noscript>
<p id="too-old">{TOO_OLD}</p>"""
"""Goes into its body, which holds all else in elements of its own."""
