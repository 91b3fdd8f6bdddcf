"""Attacks: for each of the program's routes what is sent to it. Knows names of routes and shapes of bodies; no server.

A request is made by a Random alone, so that its number and the seed make it again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from app import envelope
from app.training import exploring
from components.answers import ANSWERS, EXPLORING
from components.formulas import derivatives
from components.lessons import LESSONS
from tests.fuzz import material

QUICK = 1.0
"""Seconds of processor time, besides training, for what reads no settings."""
READS = derivatives.MAX_SECONDS + 1.0
"""And for what reads a function of somebody's own and tells of its run."""
PAGE, EVERYTHING, FILE = "/", "/<path:path>", "/assets/<file>"
SUITES = "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"


@dataclass(frozen=True)
class Attack:
    """A request; `target` is as it stands in its first line, and headers are in latin-1, as HTTP has them."""

    route: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    seconds: float = QUICK


def attack(route: str, random: Random) -> Attack:
    """One request to a route."""
    made = ROUTES[route](random)
    return Attack(route, made.method, made.target, (*made.headers, *tricks(random)), made.body, made.seconds)


@dataclass(frozen=True)
class Sent:
    """The same before it has its headers."""

    target: str
    method: str = "GET"
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = field(default=())
    seconds: float = QUICK


# ---- reading


def reading(path: str) -> Callable[[Random], Sent]:
    """Somebody reads what stands at a path, with any query."""

    def made(random: Random) -> Sent:
        method = random.choice(("GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "TRACE", "GE", "get"))
        asked = f"?{query(random)}" if random.random() < 0.7 else ""
        return Sent(path + asked, method, body=material.raw(material.atom(random),
            random) if random.random() < 0.05 else b"")

    return made


def query(random: Random) -> str:
    """A query as a first line may hold it: any bytes but spaces and ends of lines."""
    text = material.link(random).encode("utf-8", "replace").decode("latin-1")
    return "".join(letter if letter > " " and letter != "\x7f" else f"%{ord(letter):02X}" for letter in text)


STEPS = ("..", "%2e%2e", "..%2f", "%2e%2e%2f", "..%5c", "%c0%ae%c0%ae", ".", "", "%00", "%ff", "~", "....//",
    "%252e%252e")
PLACES = ("etc/passwd", "app/config.py", "requirements.txt", "proc/self/environ", "main.js", "dash.js", "",
    "styles.css", "C:\\boot.ini")


def wandering(folder: str) -> Callable[[Random], Sent]:
    """Somebody looks for files that are not the lab's."""

    def made(random: Random) -> Sent:
        steps = "/".join(random.choice(STEPS) for _ in range(random.randrange(6)))
        name = random.choice((random.choice(PLACES), query(random)[:200], "a" * random.choice((255, 3_000))))
        return Sent(f"/{folder}/{steps}/{name}" + random.choice(("", "", "?m=1", "?a=../..")),
            random.choice(("GET", "GET", "HEAD", "POST")))

    return made


def suites(random: Random) -> Sent:
    """The packages' files, by names and marks that are none of theirs."""
    package = random.choice(("dash", "dcc", "plotly", "dash_mantine_components", "dash.dcc", "os", "numpy", "..", "app",
        "%00", material.word(random)))
    mark = random.choice((".v1_0m1", ".v" + "9" * 400 + "m1", ".vm", ".v1m" + "f" * 300, ""))
    name = random.choice((f"dash_mantine_components{mark}.js", f"dcc/async-graph{mark}.js", f"deps/react@18{mark}.js",
        "../../../etc/passwd",
                          "__init__.py", f"a{mark}.min.js.map", query(random)[:100]))
    return Sent("/_dash-component-suites/" + safe(package) + "/" + safe(name), random.choice(("GET", "GET", "HEAD")))


def runs(random: Random) -> Sent:
    """Runs by names that are none, or nobody's."""
    name = random.choice((
        "0" * 12 + "-" + "f" * 64, "".join(random.choices("0123456789abcdef-", k=77)), "run-" + "0" * 77, "*",
        "..%2f..", "%0a", "a" * 2_000,
        "0" * 12 + "-" + "f" * 64 + "%0a", "descent-lab-ready", query(random)[:80],
    ))
    return Sent("/runs/" + safe(name))


def safe(text: str) -> str:
    """A text in a first line."""
    return "".join(letter if 32 < ord(letter) < 127 else "".join(f"%{byte:02X}" for byte in letter.encode("utf-8",
        "replace")) for letter in text)


# ---- asking


def posting(path: str, about: Callable[[Random], Any] = lambda _: {}, seconds: float = READS) -> Callable[[Random],
    Sent]:
    """Somebody asks, with a body of the page's form or nearly so."""

    def made(random: Random) -> Sent:
        body: Any = {"page": random.choice((material.word(random), "a" * 90, "0" * 32)),
        "n": random.choice((1, 2, 3, material.atom(random))),
                     "values": material.values(random), "about": about(random),
                     "changed": random.choice((None, "data", "lr", "problem", "zzz")),
                     "follows": random.choice((True, False, None, 1))}
        if random.random() < 0.3:
            body["link"] = material.link(random)
        if random.random() < 0.35:
            body = material.mutated(body, random)
        return posted(path, body, random, seconds)

    return made


KINDS = ("application/json", "application/json", "application/json", "application/json; charset=utf-16",
    "application/json;charset=\xff",
         "text/plain", "multipart/form-data; boundary=", "application/x-www-form-urlencoded", "application/vnd.a+json",
         "", "a/b; " * 500)


def posted(path: str, body: Any, random: Random, seconds: float) -> Sent:
    """The body on its way, mostly as what it is."""
    kind = KINDS[0] if random.random() < 0.85 else random.choice(KINDS)
    method = "POST" if random.random() < 0.97 else random.choice(("GET", "PUT", "HEAD", "OPTIONS", "PATCH"))
    extra = (("Content-Encoding", random.choice(("gzip", "br", "zstd", "identity", "x" * 50))),
        ) if random.random() < 0.02 else ()
    return Sent(path, method, material.raw(body, random), (("Content-Type", kind), *extra), seconds)


def asking(random: Random) -> Sent:
    """A question of a kind that there is, or of none; a panel that explores has a budget of its own for its runs."""
    kind = random.choice((*ANSWERS, *ANSWERS, material.word(random), "run%2f", "__class__"))
    return posting(f"/ask/{safe(kind)}", about, READS + (exploring.SECONDS if kind in EXPLORING else 0.0))(random)


def about(random: Random) -> Any:
    """What a question says besides: keys of all kinds of them."""
    places = random.choice(([0], [0, 1], [], [0] * 5, [-1], [True], list(range(300)), "0", material.atom(random)))
    steps = random.choice(([1], [1, 2, 3], list(range(1, 257)), list(range(1, 400)), [2, 1], [0], [1.5], [10**30],
        material.atom(random)))
    found = {
        "contestant": random.choice((0, 0, 1, 7, -1, True, 10**20, material.atom(random))), "steps": steps,
        "parameters": places,
        "parameter": random.choice((0, 1, -1, material.atom(random))),
        "step": random.choice((1, 3, 0, "2", 1e300, material.atom(random))),
        "lesson": random.choice((*LESSONS, material.atom(random))),
        "method": random.choice((0, 1, 99, material.atom(random))),
        "language": random.choice(("numpy", "torch", "cobol", material.atom(random))),
        "view": random.choice(({}, {"step": 1}, material.deep(random))),
        "link": random.choice(("https://example.org/", "javascript:alert(1)", "http://" + "a" * 200_000,
        material.atom(random))),
    }
    return found if random.random() < 0.8 else dict(random.sample(sorted(found.items()), 3))


def saving(random: Random) -> Sent:
    """A file of numbers."""
    kind = random.choice(("csv", "json", "csv", "json", "exe", "..%2fcsv", material.word(random)))
    return posting(f"/save/{safe(kind)}", about)(random)


def opening(random: Random) -> Sent:
    """A link, or a file, that somebody was given."""
    body: Any = {"n": random.choice((1, material.atom(random))), "page": "0" * 32,
    "view": random.choice(({}, {"step": "3"}, material.atom(random)))}
    if random.random() < 0.75:
        body["query"] = material.link(random)
    if random.random() < 0.4:
        body["values"] = material.values(random)
    if random.random() < 0.3:
        body["link"] = material.link(random)
    return posted("/open", material.mutated(body, random) if random.random() < 0.25 else body, random, READS)


def calling(random: Random) -> Sent:
    """Dash's own question, in its form or nearly so."""
    value = {"n": 1, "page": "0" * 32, "values": material.values(random), "changed": None}
    body: Any = {"output": "run.data", "outputs": {"id": "run", "property": "data"}, "changedPropIds": ["request.data"],
                 "inputs": [{"id": "request", "property": "data", "value": value}]}
    if random.random() < 0.5:
        body = material.mutated(body, random)
    return posted(f"/{envelope.ROUTE}", body, random, READS)


ROUTES: dict[str, Callable[[Random], Sent]] = {
    PAGE: reading("/"),
    EVERYTHING: lambda random: random.choice((wandering("nowhere"), wandering(""), wandering("lab/lab"), reading("//"),
        reading("/favicon.ico")))(random),
    FILE: wandering("assets"),
    SUITES: suites,
    "/_dash-dependencies": reading("/_dash-dependencies"),
    "/_dash-layout": reading("/_dash-layout"),
    "/_dash-update-component": calling,
    "/_favicon.ico": reading("/_favicon.ico"),
    "/_reload-hash": reading("/_reload-hash"),
    "/ask/<kind>": asking,
    "/ask/run": posting("/ask/run"),
    "/healthz": reading("/healthz"),
    "/metrics": reading("/metrics"),
    "/open": opening,
    "/readyz": reading("/readyz"),
    "/runs/<name>": runs,
    "/save/<kind>": saving,
    "/version": reading("/version"),
}
"""By the names that watching.route_of gives them, and "/" and the rest apart."""
WEIGHTS = {"/ask/run": 6, "/ask/<kind>": 6, "/open": 5, "/save/<kind>": 3, PAGE: 3, EVERYTHING: 2, FILE: 2,
    "/_dash-update-component": 3}
"""How often a route is attacked, those that are not named once."""


# ---- headers


def tricks(random: Random) -> tuple[tuple[str, str], ...]:
    """Headers that lie, are long, or are none."""
    return tuple((name, random.choice(texts)) for name, texts in random.sample(TRICKS, random.choice((0, 0, 1, 2, 4))))


LONG = "a" * 4_000
TRICKS: list[tuple[str, tuple[str, ...]]] = [
    ("X-Forwarded-For", ("1.2.3.4", "::1", "1.2.3.4, " * 200, "unknown", "\xff", "<script>", "", "fe80::1%lo",
        "999.1.1.1", LONG)),
    ("X-Forwarded-Host", ("evil.example", "a:b:c", "[::1", "", "evil.example\xff", "a/../b", "a b", LONG, "@",
        "localhost:99999")),
    ("X-Forwarded-Proto", ("https", "javascript", "", "https,http", "\xff", LONG)),
    ("X-Forwarded-Prefix", ("/lab", "//evil.example", "/../..", "\"><script>", "/%00", "/" + "a/" * 2_000, "\xe9",
        "https://evil.example", "")),
    ("X-Forwarded-Port", ("80", "-1", "nine", "9" * 400)),
    ("Forwarded", ("for=1.2.3.4;host=evil.example", ";;;;", LONG)),
    ("Range", ("bytes=0-0", "bytes=-1", "bytes=9-1", "bytes=0-" + "9" * 400, "bytes=" + "0-1," * 900, "lines=1",
        "bytes=\xb2-")),
    ("If-Range", ("\"a\"", "Mon, 99 Foo 2020 99:99:99 GMT", "W/")),
    ("If-None-Match", ("*", "\"", "\"a\", " * 900, "W/\"\"", "\xff", LONG)),
    ("If-Match", ("*", "\"a\"", "")),
    ("If-Modified-Since", ("Mon, 99 Foo 2020 99:99:99 GMT", "0", "9" * 400, "Sat, 01 Jan 99999 00:00:00 GMT")),
    ("Accept-Encoding", ("br", "gzip", "zstd", "identity;q=0", "*;q=0", "br;q=9" + "9" * 400, "gzip;q=nan", "br;q=-1",
        "gzip,," * 900, "\xff", "br;q=1e400")),
    ("Accept", ("*/*;q=nan", "a/b;" * 900, "\xff")),
    ("Accept-Language", ("de;q=inf", "x-" * 900)),
    ("Cookie", ("a=b", "=" * 3_000, "\xff=\xff", "session=" + LONG)),
    ("Authorization", ("Basic \xff", "Basic ====", "Bearer " + LONG, "Digest a=")),
    ("Content-Length", ("-1", "+5", "0x10", "5, 5", "9" * 400, "", "1_0", "\xb2")),
    ("Transfer-Encoding", ("chunked", "Chunked", "gzip, chunked", "chunked, identity", "\x0bchunked", "xchunked")),
    ("Expect", ("100-continue", "200-ok")),
    ("Upgrade", ("h2c", "websocket")),
    ("X-HTTP-Method-Override", ("DELETE", "TRACE")),
    ("X-Original-URL", ("/metrics", "/../")),
    ("Origin", ("null", "https://evil.example", "\xff")),
    ("Referer", ("https://evil.example/" + LONG, "\xff")),
    ("User-Agent", ("", LONG, "() { :; }; echo", "\xff\xfe")),
    ("Host", ("evil.example", "", "a b", "[::1", "localhost:99999", "a" * 300, "\xff", "a:b:c",
        "127.0.0.1:80@evil.example")),
]
