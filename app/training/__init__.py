"""How runs are made and kept: compressed once, by processes of their own, once for all workers. Knows no page."""
