"""Points as people have them: cells, tables and what becomes of them."""
