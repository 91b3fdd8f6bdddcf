"""What people paste as points: read as they mean it, or refused with a sentence that names a line; never read wrong.

Each text is as a program or a person writes it. A note says whatever had to be understood.
"""

from dataclasses import replace

import pytest

from components.points.dataset import read
from optim import Dataset

PAIRS = [(1.5, 2), (2.5, 3)]
WHOLE = [(1, 2), (3, 4)]
COMMAS = "Commas were taken for decimal points."
COMMENTS = "Comments were left out."
BULLETS = "Bullets were left out."
NAMES = "The first column names the lines and was left out."
GROUPS = "Signs between groups of digits were left out."
HEADING = "Line 1 was taken for a heading."

READ = {
    "Excel, German, cells": ("1,5\t2\n2,5\t3", PAIRS, [COMMAS]),
    "Excel, German, file": ("x;y\r\n1,5;2\r\n2,5;3\r\n", PAIRS, [HEADING, COMMAS]),
    "Excel, French, groups": ("1\u202f234,5\t2\n5,5\t3", [(1234.5, 2), (5.5, 3)], [GROUPS, COMMAS]),
    "Excel, Swiss, groups": ("1'234.5;2\n1’000;3", [(1234.5, 2), (1000, 3)], [GROUPS]),
    "Excel, spaces for groups": ("1 234,5;2\n1 500;3", [(1234.5, 2), (1500, 3)], [GROUPS, COMMAS]),
    "Excel, US, cells": ("x\ty\n1.5\t2\n2.5\t3\n", PAIRS, [HEADING]),
    "Excel, its separator": ("sep=;\nx;y\n1,5;2\n2,5;3", PAIRS, ["Line 2 was taken for a heading.", COMMAS]),
    "Excel, its separator quoted": ('"sep=,"\r\n1.5,2\r\n2.5,3', PAIRS, []),
    "Excel, its separator a tab": ("sep=\t\n1,5\t2\n2,5\t3", PAIRS, [COMMAS]),
    "Excel, empty rows below": ("x,y\n1,2\n3,4\n,\n,", WHOLE, [HEADING]),
    "Excel, empty rows between": ("1;2\n;\n;;;\n\n3;4\n;", WHOLE, []),
    "Excel, an empty first column": (",1,2\n,3,4", WHOLE, []),
    "Excel, an empty column between": ("1;;2\n3;;4", WHOLE, []),
    "Excel, columns to the right": ("x\ty\t\t\n1\t2\t\t\n3\t4\t\t", WHOLE, [HEADING]),
    "Excel, a break in a heading": ('"time\n(s)";height\n1;2\n3;4', WHOLE, [HEADING]),
    "Excel, text cells": ("'1.5,'2\n'2.5,'3", PAIRS, []),
    "LibreOffice, quoted decimals": ('"1,5","2"\n"2,5","3"', PAIRS, [COMMAS]),
    "LibreOffice, all quoted": ('"x";"y"\n"1,5";"2"\n"2,5";"3"', PAIRS, [HEADING, COMMAS]),
    "SPSS, no zero": (",5;2\n1,5;3", [(0.5, 2), (1.5, 3)], [COMMAS]),
    "quotes and spaces": ('"1.5" , "2"\n"2.5" ,3', PAIRS, []),
    "quotes of a phone": ("“1,5”;“2”\n„2,5“;3", PAIRS, [COMMAS]),
    "a separator inside a heading": ("time (s; by hand),height\n0,1\n1,2", [(0, 1), (1, 2)], [HEADING]),
    "a heading with a digit": ("1st run,2nd run\n1,2\n3,4", WHOLE, [HEADING]),
    "a heading with a number": ("10 s;height\n1;2\n3;4", WHOLE, [HEADING]),
    "a heading that is a sentence": ("2 runs by hand\n1 2\n3 4", WHOLE, [HEADING]),
    "a unit below a name": ("x,y\ns,m\n1,2\n3,4", WHOLE, ["Lines 1 and 2 were taken for headings."]),
    "three headings": ("Run\nt;h\ns;m\n1;2\n3;4", WHOLE, ["Lines 1, 2 and 3 were taken for headings."]),
    "units in brackets": ("[s],[m]\n1,2\n3,4", WHOLE, [HEADING]),
    "one name over decimals": ("Height\n1,5\n2,5", [(1, 5), (2, 5)],
                               [HEADING, "Commas were taken for what stands between x and y."]),
    "pandas, with its index": (",x,y\n0,1.5,2\n1,2.5,3\n", PAIRS, [HEADING, NAMES]),
    "pandas, its index read again": ("Unnamed: 0,x,y\n0,1.5,2\n1,2.5,3\n", PAIRS, [HEADING, NAMES]),
    "pandas, one series": (",y\n1,2\n3,4\n", WHOLE, [HEADING]),
    "pandas, printed": ("     x  y\n0  1.5  2\n1  2.5  3", PAIRS, [HEADING, NAMES]),
    "R, write.table": ('"x" "y"\n"1" 1.5 2\n"2" 2.5 3', PAIRS, [HEADING, NAMES]),
    "R, write.csv": ('"","x","y"\n"1",1.5,2\n"2",2.5,3', PAIRS, [HEADING, NAMES]),
    "R, rows with names": ("x y\nfirst 1.5 2\nlast 2.5 3", PAIRS, [HEADING, NAMES]),
    "Matlab, on the screen": ("    1.5000    2.0000\n    2.5000    3.0000\n", PAIRS, []),
    "Matlab, a matrix": ("[1.5 2; 2.5 3]", PAIRS, []),
    "Matlab, lines of a matrix": ("[1.5 2\n 2.5 3]", PAIRS, []),
    "Matlab, comments": ("% x y\n1.5 2\n2.5 3", PAIRS, [COMMENTS]),
    "numpy, savetxt": ("# x y\n1.500000000000000000e+00 2.0e+00\n2.5e+00 3.0e+00\n", PAIRS, [COMMENTS]),
    "numpy, printed": ("[[1.5 2. ]\n [2.5 3. ]]", PAIRS, []),
    "numpy, repr": ("array([[1.5, 2. ],\n       [2.5, 3. ]])", PAIRS, []),
    "gnuplot": ("# run 1\n1.5 2 # first\n\n# run 2\n2.5 3", PAIRS, [COMMENTS]),
    "Fortran": ("  0.15D+01  0.2D+01\n  0.25d+01  3.", PAIRS, []),
    "C, trailing commas": ("1.5, 2,\n2.5, 3,\n", PAIRS, []),
    "C, semicolons at the ends": ("1.5, 2;\n2.5, 3;\n", PAIRS, []),
    "a Markdown table": ("| x | y |\n|---|--:|\n| 1.5 | 2 |\n| 2.5 | 3 |", PAIRS, [HEADING]),
    "psql": (" x  | y\n----+---\n 1,5 | 2\n 2,5 | 3", PAIRS, [HEADING, COMMAS]),
    "reStructuredText": ("===  ===\nx    y\n===  ===\n1.5  2\n2.5  3\n===  ===", PAIRS,
                         ["Line 2 was taken for a heading."]),
    "JSON": ("[[1.5, 2], [2.5, 3]]", PAIRS, []),
    "JSON, one number a line": ("[\n  [\n    1.5,\n    2\n  ],\n  [\n    2.5,\n    3\n  ]\n]", PAIRS, []),
    "Python, tuples": ("[(1.5, 2), (2.5, 3)]", PAIRS, []),
    "pairs, one a line": ("(1.5, 2),\n(2.5, 3),\n", PAIRS, []),
    "pairs with decimal commas": ("(1,5; 2)\n(2,5; 3)", PAIRS, [COMMAS]),
    "pairs with an upright": ("(1,5|2), (2,5|3)", PAIRS, [COMMAS]),
    "WhatsApp, bullets": ("• 1.5, 2\n• 2.5, 3", PAIRS, [BULLETS]),
    "Markdown, bullets": ("* 1.5 2\n* 2.5 3", PAIRS, [BULLETS]),
    "a messenger, marks without width": ("\u200e1.5,2\u200b\n\u200e2.5,3", PAIRS, []),
    "an editor, other line ends": ("1.5 2\u20282.5 3\u2029", PAIRS, []),
    "a web page, hard spaces": ("1.5\u00a02\n2.5\u00a03", PAIRS, []),
    "Japanese, full width": ("１．５，２\n２．５，３", PAIRS, []),
    "a true minus": ("−1.5;2\n2.5;−3", [(-1.5, 2), (2.5, -3)], []),
    "a dash for a minus": ("–1.5;2\n2.5;‒3\n‐1;－2", [(-1.5, 2), (2.5, -3), (-1, -2)], []),
    "decimal commas between spaces": ("1,5  2\n2,5  3", PAIRS, [COMMAS]),
    "UTF-8 with its mark": ("\ufeff1.5,2\n2.5,3", PAIRS, []),
    "zeros at the end": ("1.5,2\n2.5,3\n\0\0\0", PAIRS, []),
    "points before three digits, others before two": ("1.234;2.50\n0.5;3", [(1.234, 2.5), (0.5, 3)], []),
    "points before three digits, commas between": ("1.234,2.500", [(1.234, 2.5)], []),
    "points before three digits, spaces between": (
        "1.234 2.500", [(1.234, 2.5)], ["The point in “1.234” was taken for a decimal point."]),
    "commas and spaces by turns": ("1,2\n3 4", WHOLE, []),
}

TWO_WAYS = "can be read in two ways"
ALL_THREE = "has 3 values, as have all others: keep two columns, x and y"
REFUSED = {
    "German thousands or decimals": (
        "1.234;2.500", f"Line 1: the point in “1.234” {TWO_WAYS}: write 1.2340, or leave it out."),
    "the same between tabs": (
        "x\ty\n5\t-1.000", f"Line 2: the point in “-1.000” {TWO_WAYS}: write -1.0000, or leave it out."),
    "the same between uprights": ("| 1.234 | 2 |", f"Line 1: the point in “1.234” {TWO_WAYS}"),
    "English thousands or decimals": (
        "1,234;5", f"Line 1: the comma in “1,234” {TWO_WAYS}: write a point, or leave it out."),
    "the same in quotes": ('"1,234","5"', f"Line 1: the comma in “1,234” {TWO_WAYS}"),
    "a bullet or a minus": (
        "- 1, 2\n- 3, 4", f"Line 1: “- 1” {TWO_WAYS}: write a minus without a space, or leave the dash out."),
    "both signs": ("1,5;2\n2.5;3", "Line 2: “2.5” has a decimal point where other numbers have a decimal comma."),
    "Excel, US, groups and decimals": (
        "1,234.50\t2", "Line 1: “1,234.50” has commas between thousands: leave them out."),
    "a point in thousands": ("1.234,5;2", "Line 1: “1.234,5” is not a number."),
    "decimal commas between commas": (
        "1,5,2,5\n2,5,3,5",
        "Line 1 has 4 values, as have all others: keep two columns, x and y, or write semicolons between numbers with "
        "decimal commas."),
    "three columns": ("t;x;y\n1;2;3\n4;5;6", f"Line 2 {ALL_THREE}."),
    "an id beside x and y": ("id,x,y\n1,2.5,3\n2,3.5,4", f"Line 2 {ALL_THREE}."),
    "names without a heading": ("a 1 2\nb 2 3", f"Line 1 {ALL_THREE}."),
    "numbers that do not count the lines": ("x y\n7 1 2\n9 2 3", f"Line 2 {ALL_THREE}."),
    "a label behind a point": ("1 2 my first point\n3 4", "Line 1: 5 values, where x and y are needed."),
    "one column": ("1\n2\n3", "Line 1 has 1 value, as have all others: write an x and a y on each line."),
    "a missing value": ("1,2\n3\n5,6", "Line 2: 1 value, where x and y are needed."),
    "a missing first value": ("1;2\n;3", "Line 2: a value is missing."),
    "times": ("12:30, 5\n12:45, 6", "Line 1: “12:30” is a time: write one number, such as minutes."),
    "dates": ("Date,Close\n2024-01-05,3", "Line 2: “2024-01-05” is a date: write one number, such as days."),
    "German dates": ("01.02.2024\t3", "Line 1: “01.02.2024” is a date"),
    "times and dates throughout": ("2024-01-05T10:00;12:30\n1;2", "Line 1: “2024-01-05T10:00” is a date"),
    "percent": ("50%;3\n60 %;4", "Line 1: “50%” has a percent sign: write the number alone."),
    "dollars": ("$5,3\n$6,4", "Line 1: “$5” has a currency: write the number alone."),
    "euros": ("5,50 €;3\n6,50 €;4", "Line 1: “5,50 €” has a currency: write the number alone."),
    "a unit in each cell": (
        "1 cm;2 cm\n3 cm;4 cm", "Line 1: “1 cm” has a unit: write the number alone, and the unit into a heading."),
    "degrees": ("1,20 °C\n2,21 °C", "Line 1: “20 °C” has a unit"),
    "a power of ten": ("1.5×10^3;2", "Line 1: “1.5×10^3” is a product: write powers of ten as in 1.5e3."),
    "a square": ("5²;3", "Line 1: “5²” has a unit"),
    "a fraction": ("1/2,3", "Line 1: “1/2” is a fraction: write a decimal."),
    "a half": ("1½,3", "Line 1: “1½” is a fraction: write a decimal."),
    "R, missing": ("NA 2\n1 3", "Line 1: “NA” stands for a missing value: leave its line out."),
    "Excel, an error first": ("#N/A;5\n1;2", "Line 1: “#N/A” stands for a missing value: leave its line out."),
    "Excel, an error last": ("1 2\n5 #DIV/0!", "Line 2: “#DIV/0!” stands for a missing value: leave its line out."),
    "Excel, a formula": ("=1/3;2", "Line 1: “=1/3” is not a number."),
    "nothing but nan": ("nan,nan\n1,2", "Line 1: “nan” is not a number."),
    "Matlab, a factor": ("   1.0e+03 *\n\n    0.0010    2.0000", "Line 1: “*” is not a number."),
    "Matlab, two lists": ("x = [1, 2, 3]\ny = [4, 5, 6]", "Line 1 has 3 values"),
    "Python, two lists": ("[1, 2, 3]\n[4, 5, 6]", "Line 1 has 3 values"),
    "JSON, an object": (
        '{"x": [1, 2],\n "y": [3, 4]}', "Line 1: “\"x\":” stands outside the brackets: write one point a line."),
    "JSON, a bad number": ("[[1, 2],\n [3, four]]", "Line 2: “four” is not a number."),
    "LaTeX": ("1 & 2 \\\\\n3 & 4 \\\\", "Line 1 has 4 values"),
    "an arrow": ("1 -> 2", "Line 1: 3 values, where x and y are needed."),
    "equations": ("x=1, y=2\nx=2, y=3", "Line 1: “x=1” is not a number."),
    "numbered lines": ("1. 2, 3\n2. 3, 4", "Line 1: “1. 2” is not a number."),
    "accounts": ("(5);3", "Line 1: “(5)” is not a number."),
    "four headings": ("a\nb\nc\nd\n1 2", "Line 4: 1 value, where x and y are needed."),
    "a heading again": ("x y\n1 2\nx y\n3 4", "Line 3: “x” is not a number."),
    "an open quotation mark": ('1,2\n"3,4\n5,6', "Line 2: a quotation mark is opened and never closed."),
    "an open quotation mark at the end": ('1,2\n3,"', "Line 2: a quotation mark is opened and never closed."),
    "a zero character": ("1\x005 2\n3 4", "Line 1: “1�5” is not a number."),
    "a web page": ("<table><tr><td>1</td></tr>", "Line 1: 1 value, where x and y are needed."),
    "only a comment": ("# 1 2", "There are no points: each line holds an x and a y."),
}


@pytest.mark.parametrize(("text", "points", "notes"), READ.values(), ids=READ)
def test_it_is_read_as_it_is_meant_and_what_was_understood_is_said(text, points, notes):
    found = read(text)
    assert found.problems == ()
    assert replace(found.dataset, names=("x", "y")) == Dataset(*zip(*points, strict=True))
    assert list(found.notes) == notes


@pytest.mark.parametrize(("text", "problem"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_a_line_and_what_to_do(text, problem):
    found = read(text)
    assert found.dataset is None
    assert found.problems[0].startswith(problem)
