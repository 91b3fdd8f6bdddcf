"""Damage: what programs for mail, chat and the web do to a link on its way, and what it may have been before.

Signs of the sentence around it cling to its end, "&" becomes "&amp;", it is encoded twice or in quoted-printable,
broken into lines, and given parts that count visits. What is sound is never changed. Knows how a query is written; no
part of the page.
"""

import html
import re
from collections.abc import Collection, Iterator
from urllib.parse import unquote

DEEPEST = 4
"""Encodings of one text over another that are undone."""
MOST_CLINGING = 12
"""Signs at the end that are taken away one by one; after that all are."""
LONGEST_KEY = 40
MOST_PIECES = 3
"""Characters and number of parts without "=" that may be the beginning of a key."""
LONGEST = 4_000
"""Characters of a text that is looked at more than once."""

ENTITY = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|shy|hellip|[lr][sd]quo|[lrs]a?quo|[nm]dash|bull|middot|zwn?j|"
    r"[lr]rm|[lr]lm|(?:en|em|thin)sp|comma|period|semi|colon|excl|quest|[lr]par|[lr]sqb|ast|lowbar|equals|percnt|sol);",
    re.IGNORECASE | re.ASCII,
)
"""Signs as HTML writes them; "&le;" would be one, too, but here it is the beginning of a key."""
AMPERSAND = re.compile(r"^(?:amp;|#0*38;|#x0*26;)+", re.IGNORECASE)
UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]+")
"""Spaces, line breaks, hyphens and joiners of no width: what breaks a long line."""
FOREIGN = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa|mc|fb|ga|at|vero|oly|trk|guce|sc|wt|cvosrc|sms)[_.]\w+|[a-z]{0,8}clk?id|\w*clickid"
    r"|_+(?:ga|gl|gac|openstat|branch\w*|bta\w*|hs\w+|ke|kx|s|cft|cft__\[\d+\]|tn|tn__|twitter\w*)|igsh(?:id)?|mkt_tok|gclsrc"
    r"|gad_\w+|[gw]braid|li_fat_id|epik|yclid|spm|scm|si|ref|ref_?(?:src|url|er|errer)|referrer|referer|source|trk\w*"
    r"|guccounter|cmpid|cid|campaign\w*|action_\w+_map|wickedid|hsctatracking|ncid|nr_email_referer|xtor|zanpid|feature"
    r"|s_cid|rb_clid|srsltid|share\w*|from|isappinstalled",
    re.IGNORECASE | re.ASCII,
)
"""Keys that others put into links, to count visits: they are nobody's here, and nothing is said of them."""


def parts(query: str, keys: Collection[str]) -> Iterator[tuple[str, str, bool]]:
    """The parts of a query in order: the key, one of `keys` if it can be read as one; its text as it stands; and
    whether it has a "=": without one the text is all of it. Those that count visits are left out.
    """
    query = _joined(query)
    for _ in range(DEEPEST):
        if "=" in query:
            break
        query = _joined(unquote(query))  # a program has encoded its "&" and "=" as well
    before: list[str] = []
    for raw in filter(None, query.split("&")):
        key, assigned, text = raw.partition("=")
        name = _key(key, keys)
        if foreign(name):
            continue
        if assigned and name not in keys:  # an "&" or a "=" may have got into it
            wholes = ["".join((*before[place:], raw)) for place in range(len(before), -1, -1)]
            pairs = (one.partition("=") for whole in wholes for one in (whole, whole.replace("=", "", 1)))
            names = ((_key(key, keys), text) for key, _, text in pairs)
            name, text = next((pair for pair in names if pair[0] in keys), (name, text))
        yield name, text if assigned else raw, bool(assigned)
        before = [] if assigned else [*before, raw[:LONGEST_KEY]][-MOST_PIECES:]


def forms(text: str, *, clinging: bool = True) -> Iterator[str]:
    """What a part's text may have been before, the text as it is first and what changes more of it later.

    clinging: whether signs at its end may be none of its own.
    """
    if len(text) > LONGEST:
        yield text
        return
    for again in _levels(text):
        whole = UNSEEN.sub("", again)
        whole_too = (whole,) if whole != again else ()
        assigned = tuple(one[2:] for one in (again, whole) if one[:2].upper() == "3D")  # "=" in quoted-printable
        for one in (again, *whole_too, *assigned):
            yield from _shorter(one) if clinging else (one,)


def words(text: str) -> list[str]:
    """The words of a list with commas, in small letters, without any sign that no word of a link has."""
    pieces = (re.sub("[^a-z0-9_-]", "", piece) for piece in re.split("[,;]", text.casefold()))
    return [piece for piece in pieces if piece]


def decoded(text: str) -> str:
    """The text without any of the encodings of a URL or of HTML that lie over it."""
    return _levels(text)[-1]


def foreign(key: str) -> bool:
    """Whether a key is one of those that programs add to other people's links."""
    return FOREIGN.fullmatch(key) is not None


def sayable(key: str) -> bool:
    """Whether there is a name in it, and not only signs that an "&" has cut off."""
    return re.search("[0-9A-Za-z]", key) is not None


def divided(text: str, keys: Collection[str]) -> list[str]:
    """The text of a part, and "key=text" of those behind another sign than "&" that were taken for its end."""
    pieces = re.split(rf"[^0-9A-Za-z_](?=(?:{'|'.join(sorted(keys))})=)", decoded(text), flags=re.IGNORECASE)
    return pieces if len(pieces) > 1 else [text]


def _levels(text: str) -> list[str]:
    """The text, and what is left of it as one encoding after another is taken off."""
    found = [text]
    while len(found) < DEEPEST and (again := _unescaped(unquote(found[-1]))) != found[-1]:
        found.append(again)
    return found


def _joined(query: str) -> str:
    """The query in one line, with "&" and "=" as they were."""
    query = query.lstrip("?&")
    if "=3D" in query.upper():
        query = re.sub(r"=(?:\s|%0D|%0A)+", "", query, flags=re.IGNORECASE)  # where quoted-printable breaks a line
    for _ in range(DEEPEST):
        again = _unescaped(query)
        if again == query:
            break
        query = again
    if query.count("=") == query.upper().count("=3D"):
        # A method may be called "3D": of that part `forms` decides.
        query = re.sub("(?<!methods)=3D", "=", query, flags=re.IGNORECASE)
    return query


def _key(raw: str, keys: Collection[str]) -> str:
    """The one of `keys` that is meant, or that of a part that counts visits; for any other, the text."""
    text = decoded(raw)
    typed = AMPERSAND.sub("", text.strip()).casefold()
    whole = re.sub("[^a-z0-9_]", "", typed)
    if text in keys or foreign(text) or foreign(whole):
        return text if text in keys else whole
    first = re.findall(r"^[^a-z0-9_]*(\w*)", typed)[0]
    bare = re.sub("^(?:[0-9][0-9a-f])+", "", whole)  # of an encoded sign that is broken itself
    alike = {one.replace("_", ""): one for one in keys}
    crude = re.sub("[^a-z0-9_]", "", raw.casefold())  # with a "%" that encodes nothing
    found = next((one for one in (whole, first, bare, crude) if one in keys), None)
    return found or alike.get(whole.replace("_", "")) or text


def _unescaped(text: str) -> str:
    """The text without HTML's names of signs; "&degree=4" holds none, for want of a semicolon."""
    return ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _shorter(text: str) -> Iterator[str]:
    """The text, and the text without what clings to its end."""
    yield text
    for _ in range(MOST_CLINGING):
        if not _clings(text[-1:]) and not re.fullmatch("%[0-9A-Fa-f]", text[-2:]):
            return
        text = text[:-1] if _clings(text[-1:]) else text[:-2]
        yield text
    end = len(text)
    while _clings(text[end - 1:end]):
        end -= 1
    yield text[:end]


def _clings(sign: str) -> bool:
    """Whether no text of a link but a name or a function can end in this sign."""
    return bool(sign) and not (sign.isascii() and sign.isalnum())
