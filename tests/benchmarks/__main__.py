"""`make bench`: first the core, then the page in a browser, one after the other so that neither slows the other."""

from tests.benchmarks import browser, core

core.main()
print()
browser.main()
