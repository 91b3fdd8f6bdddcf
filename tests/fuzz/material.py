"""Material: hostile values, texts, formulas, points, links and bytes, each made by a Random. Knows no route."""

import base64
import json
import math
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

from components.settings import problems
from components.settings.table import DEFAULTS, SETTINGS, Choice
from optim import OPTIMIZERS, SCHEDULES

ATOMS: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 0.5, -0.0, 1e308, -1e308, 5e-324, math.nan, math.inf, -math.inf, 2**53, 2**63,
    -(2**64), 10**300, 10**4000, "", " ", "0", "-0", "1e999", "nan", "inf", "0x10", "1_000", "１", "١", "1,2", "1;2",
    "0,0,0", "\0", "\ud800", "\u202e", "\ufeff", "a" * 3_000, "é" * 700, "'; DROP TABLE runs; --",
    "<script>alert(1)</script>", "{{7*7}}", "%s%s%n", "../../etc/passwd", "__proto__", "constructor",
    "\r\nSet-Cookie: a=b", [], {}, [[]], [{}], {"": ""}, {"__proto__": {}}, [None] * 500, {"a": {"b": {"c": 1}}},
)
SIGNS = "()[]{}^*/+-.,;:=<>|&!?%$#@~`'\"\\ \t\n\0\u2212\u00d7\u00b2\u03b1\ud800_"
FUNCTIONS = ("exp", "log", "sqrt", "abs", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "sigmoid", "ln",
    "arctan", "relu", "eval")
NAMES = "abcdefghijklmnopqrsuvw"


def atom(random: Random) -> Any:
    """A value that nobody expects."""
    return random.choice(ATOMS)


def word(random: Random) -> str:
    """A short text of any letters."""
    return "".join(chr(random.choice((random.randrange(32, 127),
        random.randrange(0x2FFF)))) for _ in range(random.randrange(12)))


# ---- formulas


def formula(random: Random) -> str:
    """A function that is slow, deep, long, full of holes, or none at all."""
    return random.choice((nested, repeated, tower, many, tree, junk))(random)[: random.choice((60, 200, 499, 600))]


def nested(random: Random) -> str:
    """A function of a function of a function."""
    inner = random.choice(("a*x", "a*x + b", "x^a", "x*y"))
    for _ in range(random.randrange(2, 90)):
        inner = f"{random.choice(FUNCTIONS)}({inner})"
    return inner


def repeated(random: Random) -> str:
    """One form put into itself, which doubles."""
    form = random.choice(("1/(1 + #)", "(#)*(#)", "(#)^(#)", "sqrt(# + a)", "(#)/(1 + #)", "log(1 + exp(#))",
        "exp(-(#)^2)"))
    inner = random.choice(("a*x", "exp(a*x)", "x^a"))
    while len(inner) < 200:
        inner = form.replace("#", inner)
    return inner


def tower(random: Random) -> str:
    """A power of a power."""
    return "^".join(random.choice(("x", "a", "99", "(a*x)", "-2", "0.5")) for _ in range(random.randrange(2, 40)))


def many(random: Random) -> str:
    """A sum or a product of parts alike, in all parameters that there may be."""
    part = random.choice(("(# + x)", "exp(#*x)", "1/(1 + exp(#*x))", "(#*x)^#", "(x - #)^99", "sigmoid(#*x)"))
    names = [random.choice(NAMES[: random.choice((2, 8, 16, 22))]) for _ in range(random.randrange(2, 60))]
    return random.choice("+*/-^").join(part.replace("#", name) for name in names)


def tree(random: Random, depth: int = 5) -> str:
    """A formula as its grammar has it."""
    if depth == 0 or random.random() < 0.15:
        return random.choice(("x", "x", "y", "a", "b", "c", "1", "0", "0.5", "1e300", "1e-300", "99", "pi", "e"))
    if random.random() < 0.4:
        return f"{random.choice(FUNCTIONS)}({tree(random, depth - 1)})"
    return f"({tree(random, depth - 1)}) {random.choice('+-*/^')} ({tree(random, depth - 1)})"


def junk(random: Random) -> str:
    """Signs and names in any order."""
    return "".join(random.choice((random.choice(SIGNS), random.choice(NAMES), "x", "(" * 20,
        ")")) for _ in range(random.randrange(200)))


# ---- points


def points(random: Random) -> str:
    """A table that is long, wide, quoted, of mixed signs, or none at all."""
    number = random.choice((lambda: f"{random.uniform(-9, 9):.3f}",
        lambda: f"{random.choice((1e18, 1e-18, -1e300, 0)):g}",
                            lambda: random.choice(("nan", "inf", "", "1e999", "−1", "1.234,5", "1/2", "x", '"1"',
                                "2024-01-31", "1 000"))))
    between, line = random.choice(",;\t| "), random.choice(("\n", "\r\n", "\r", "\u2028"))
    columns, rows = random.choice((1, 2, 2, 2, 3, 40)), random.choice((0, 1, 2, 30, 30, 300))
    text = line.join(between.join(number() for _ in range(columns)) for _ in range(rows))
    if random.random() < 0.1:
        text = random.choice((f"{text}{line}" * 60, '"' * 9_000, between * 50_000, line * 30_000,
            f"{number()}{between}" * 20_000))
    return random.choice(("", "x,y\n", "\ufeff", "# ", '"a\nb",c\n')) + text


# ---- settings


def values(random: Random) -> dict[str, Any]:
    """Settings, some of them otherwise than usual, of a run that is mostly short."""
    found: dict[str, Any] = dict(DEFAULTS) if random.random() < 0.5 else {}
    found["epochs"] = random.choice((1, 1, 2, 3, 3, 20))
    for key in random.sample(sorted(SETTINGS), random.randrange(4)):
        setting = SETTINGS[key]
        choices = [*setting.options] if isinstance(setting, Choice) else [random.uniform(-3, 60), random.randrange(100)]
        found[key] = atom(random) if random.random() < 0.3 else random.choice(choices)
    if random.random() < 0.3:
        found["problem"] = random.choice(sorted(problems.TITLES))
    if random.random() < 0.12:
        found |= {"problem": "own", "formula": formula(random)}
    if random.random() < 0.12:
        found["data"] = points(random)
    if random.random() < 0.2:
        found["methods"] = methods(random)
    if random.random() < 0.02:
        found |= {"epochs": random.choice((10**9, 3_000, 400)), "points": 2_000, "batch": random.choice((1, 50, 2_000))}
    if random.random() < 0.1:
        found[word(random)] = atom(random)
    return found


def methods(random: Random) -> Any:
    """A list of methods, as a form has it or nearly so."""
    def entry() -> Any:
        made = {"label": random.choice(("", word(random), "a" * 500)), "method": random.choice((*OPTIMIZERS, "GD", "")),
                "schedule": random.choice((*SCHEDULES, "Constant", "Constant")),
                "own": {"lr": random.choice((0.1, 1e9, "", None, "nan"))}}
        if random.random() < 0.3:
            made[random.choice((*made, "on", "pinned"))] = atom(random)
        return made if random.random() < 0.9 else atom(random)

    return [entry() for _ in range(random.choice((0, 1, 2, 3, 8, 9, 300)))] if random.random() < 0.9 else atom(random)


# ---- links


KEYS = (*SETTINGS, "step", "panel", "on", "lesson", "embed", "lock", "hide", "panels", "methods", "data", "z", "")


def link(random: Random) -> str:
    """The query of a link, as it is written, damaged, or packed."""
    parts = []
    for _ in range(random.randrange(6)):
        value = random.choice((
            str(random.uniform(-5, 99)), word(random), str(atom(random))[:300], "SGD;Adam,lr:.5", "1 2;3 4", "%", "%00",
            "%u0041",
        ))
        parts.append(f"{random.choice(KEYS)}={value}")
    text = random.choice(("&", "&amp;", ";", "&&")).join(parts)
    match random.randrange(8):
        case 0:
            return f"z={bomb(random)}"
        case 1:
            return f"z={packed(text, random)}"
        case 2:
            return "&".join([text] * random.choice((2, 40, 400)))
        case 3:
            return random.choice(("?", "&", "=", "%", "+", "/", "((", "[", "a=")) * random.choice((10, 8_001, 30_000))
    return text


def packed(text: str, random: Random) -> str:
    """What a link packs, whole or broken off."""
    made = base64.urlsafe_b64encode(zlib.compress(text.encode("utf-8", "replace"), 9)).decode().rstrip("=")
    return made if random.random() < 0.5 else made[: random.randrange(len(made) + 1)] + random.choice(("", "A" * 40,
        "=", " \n", "%"))


def bomb(random: Random) -> str:
    """A little text that unpacks to very much."""
    filling = random.choice(("a", "&a=1", "z=", "%25", "0 0;", "(", "lr=1&", "\0", "methods=SGD;"))
    return packed(filling * random.choice((1_000, 100_000, 3_000_000)), random)


# ---- JSON


def mutated(value: Any, random: Random) -> Any:
    """The JSON value with one part of it replaced, removed, doubled or buried."""
    if isinstance(value, dict) and value and random.random() < 0.85:
        key = random.choice(list(value))
        rest = {name: one for name, one in value.items() if name != key}
        match random.randrange(6):
            case 0:
                return rest
            case 1:
                return {**rest, word(random): value[key]}
            case 2:
                return {**value, key: atom(random)}
        return {**value, key: mutated(value[key], random)}
    if isinstance(value, list) and value and random.random() < 0.7:
        place = random.randrange(len(value))
        return [*value[:place], mutated(value[place], random), *value[place + random.randrange(2) :]]
    return random.choice((atom, atom, deep))(random) if random.random() < 0.9 else value


def deep(random: Random) -> Any:
    """A value within a value within a value."""
    made: Any = atom(random)
    for _ in range(random.choice((3, 15, 19, 21, 60, 300))):
        made = random.choice(([made], {"values": made}, {"a": made}))
    return made


def raw(value: Any, random: Random) -> bytes:
    """The JSON value as bytes, mostly well written."""
    if random.random() < 0.03:
        return random.choice(BLOBS)(random)
    text = json.dumps(value)
    match random.randrange(12):
        case 0:
            return text.encode(random.choice(("utf-16", "utf-32", "utf-8-sig", "latin-1", "cp500")), "replace")
        case 1:
            place = random.randrange(len(text) + 1)
            return text[:place].encode() + random.choice((b"", b"\xff\xfe", b"\xc0\x80", b"\0", b"\xed\xa0\x80", b"}",
                b"//")) + text[place:].encode()
        case 2:
            return text[: random.randrange(len(text) + 1)].encode()
        case 3:
            return text.replace("1", random.choice(("NaN", "-Infinity", "1" * 5_000, "1e99999", "01", "0x1",
                "1" + "0" * 400))).encode()
    return text.encode()


BLOBS: tuple[Callable[[Random], bytes], ...] = (
    lambda random: b"[" * random.choice((500, 100_000, 524_288)),
    lambda random: b'{"a":' * random.choice((500, 80_000)),
    lambda random: b"[" + b"0," * 200_000 + b"0]",
    lambda random: b'{"values":' + b"[" * 1_000 + b"]" * 1_000 + b"}",
    lambda random: b'"' + b"a" * random.choice((500_000, 524_286, 524_288, 900_000)) + b'"',
    lambda random: b'{"values":{"data":"' + b"1,2\\n" * 100_000 + b'"}}',
    lambda random: b"{" + b",".join(b'"%d":1' % number for number in range(40_000)) + b"}",
    lambda random: random.randbytes(random.choice((0, 1, 500, 100_000))),
    lambda random: zlib.compress(b"[" * 400_000),
    lambda random: b'{"values":{"lr":' + b"9" * 300_000 + b"}}",
)
