"""Questions to many runs at once: a fair race, many seeds, basins, the rate finder. Each is told in parts as it comes.

They stand on sweeps and blocks of lanes (sweep.py, blocks.py) and know no page.
"""
