"""What theory says of a run before it is run: the quadratic, the formulas, the words."""
