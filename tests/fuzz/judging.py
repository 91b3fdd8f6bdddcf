"""Judging: what must hold of every answer, and of what the log says meanwhile. Knows no request but its route."""

import json
import logging
import re
from pathlib import Path

from app.training import codings

ROOT = Path(__file__).resolve().parents[2]
# Whatever tells of the program's inside: a stack trace, its files, its servers.
GIVEN_AWAY = re.compile(rf"Traceback \(most recent|File \"/|site-packages|{re.escape(str(ROOT))}|Werkzeug/|gunicorn/",
    re.IGNORECASE)
HEADERS = ("content-security-policy", "x-content-type-options", "referrer-policy", "cross-origin-resource-policy")
LARGEST = 40_000_000
"""Bytes of an answer: a file of numbers has 30 million characters."""
READ = 300_000
"""Bytes up to which an answer's JSON is read."""
TOLD = 6_000
"""Letters that one request may bring into the log: 2,000 of its own, and a stack trace."""


def fault_of(status: int, headers: dict[str, str], body: bytes) -> str | None:
    """What is wrong with an answer, None where nothing is. Names of headers are in small letters."""
    if status >= 500 and not (status == 503 and "retry-after" in headers):
        return f"status {status}"
    if status == 429 and "retry-after" not in headers:
        return "status 429 without Retry-After"
    missing = [name for name in HEADERS if name not in headers]
    if missing:
        return f"no header {missing[0]}"
    for name, value in headers.items():
        if "\n" in value or "\r" in value:
            return f"a line ends within {name}"
    if len(body) > LARGEST:
        return f"{len(body)} bytes"
    coding = headers.get("content-encoding")
    if body and coding in codings.PREFERRED:
        body = codings.unpack(body, coding)
    text = body[:READ].decode("utf-8", "replace")
    if found := GIVEN_AWAY.search(text):
        return f"the answer gives away {found[0]!r}"
    if headers.get("content-type", "").startswith("application/json") and 0 < len(body) < READ:
        return fault_of_json(text)
    return None


def fault_of_json(text: str) -> str | None:
    """What is no JSON in it, as a browser reads one."""
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        json.loads(text, parse_constant=refuse)
    except ValueError as error:
        return f"the answer is no JSON ({error})"
    return None


class Log(logging.Handler):
    """What has been said since it was asked last."""

    def __init__(self) -> None:
        super().__init__()
        self.letters, self.errors = 0, []
        self.setFormatter(logging.Formatter())

    def emit(self, record: logging.LogRecord) -> None:
        """Take in a line."""
        text = self.format(record)
        self.letters += len(text)
        if record.levelno >= logging.ERROR:
            self.errors.append(text)

    def fault(self) -> str | None:
        """What was wrong with it: a failure that nobody foresaw, or too many words."""
        errors, letters = self.errors, self.letters
        self.letters, self.errors = 0, []
        if errors:
            return f"the log: {errors[0][-1_500:]}"
        return f"the log: {letters} letters" if letters > TOLD else None
