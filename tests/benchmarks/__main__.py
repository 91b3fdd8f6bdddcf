"""`make bench`: the core, then sweeps, then the page in a browser, one after the other so that none slows another."""

from tests.benchmarks import browser, core, sweeps

if __name__ == "__main__":  # a cluster's workers import this file too
    core.main()
    print()
    sweeps.main()
    print()
    browser.main()
