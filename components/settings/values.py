"""Values: from any JSON to one canonical value of each setting, with a note where it was bounded, and back to text.

Nothing here raises on bad input but `value`, which reads a single one. Knows the table of settings; not what the
values make together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from components.settings.table import DEFAULTS, SETTINGS, Choice, Setting, Text, Value
from components.text.errors import Refused
from components.text.numbers import bounded, plain, quoted, sentence


@dataclass(frozen=True)
class Found:
    """What a part of the reading found: canonical values by setting, and sentences by what they are about.

    `one | other` is both: where they differ the other one's, in the place of the first.
    """

    values: dict[str, Value] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def __or__(self, other: "Found") -> "Found":
        return Found(self.values | other.values, self.notes | other.notes, self.errors | other.errors)

    def without_words(self, keys: Iterable[str]) -> "Found":
        """The same with nothing said of these settings."""
        silent = set(keys)
        kept = [{key: said for key, said in of.items() if key not in silent} for of in (self.notes, self.errors)]
        return Found(self.values, *kept)


def read(given: Mapping[str, object], keys: Iterable[str], before: Mapping[str, Value]) -> Found:
    """These settings as they are `given`; `before` has the values that bound them. What cannot be read has none."""
    found = Found()
    for key in keys:
        try:
            read_as, note = value(SETTINGS[key], given.get(key, DEFAULTS[key]), before)
        except Refused as refusal:
            found |= Found(errors={key: str(refusal)})
        else:
            found |= Found({key: read_as}, {key: note} if note else {})
    return found


def readable(key: str, raw: object) -> bool:
    """Whether a setting can be read from `raw`, by itself; a function's meaning is not asked."""
    try:
        value(SETTINGS[key], raw, DEFAULTS)
    except Refused:
        return False
    return True


def value(setting: Setting | Choice | Text, raw: object, before: Mapping[str, Value]) -> tuple[Value, str]:
    """The canonical value of `raw`, and a note ('' for none); raises Refused."""
    if isinstance(setting, Choice):
        if isinstance(raw, str) and raw in setting.options:
            return raw, ""
        raise Refused(sentence(f"{quoted(raw)} is not one of {', '.join(setting.options)}"))
    if isinstance(setting, Text):
        if not isinstance(raw, str):
            raise Refused(sentence(f"{quoted(raw)} is not text"))
        if len(raw) > setting.longest:
            raise Refused(f"The text has {len(raw):,} characters; at most {setting.longest} are read.")
        return raw.strip(), ""
    if setting.blank and (raw is None or (isinstance(raw, str) and raw.strip().casefold() == setting.blank)):
        return None, ""
    scale = setting.scale_at(before)
    why = f", the number of {SETTINGS[setting.up_to].label.lower()}" if setting.up_to else ""
    return bounded(raw, scale.low, scale.high, whole=setting.whole, blank=setting.blank, why=why)


def text(setting: Setting | Choice | Text, value: Value) -> str:
    """What the field shows for a canonical value: the shortest text that reads back as the same number."""
    if value is None:
        return (isinstance(setting, Setting) and setting.blank) or ""
    return value if isinstance(value, str) else plain(value)
