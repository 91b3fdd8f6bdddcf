"""Damage: what programs do to a link on its way does not change what it opens, and never gives its readers more."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.lessons import LESSONS
from components.links import damage, locks, packing
from components.links import query as links
from components.links import state as states
from components.links.parts import KEYS
from components.links.state import DRAWERS, ITEMS, KEEPING, VIEW, mend
from tests.components.links.test_query import honest, views

LINKS = [
    "lr=.01&seed=9&lock=lr,seed",
    "lr=.02&embed=1",
    "lesson=one-step",
    "seed=9&show=noise,gradient_noise",
    "methods=SGD;Twice+as+hot@SGD,lr:.02;Adam,betas.1:.999/CosineAnnealing,period:10&step=300",
    "problem=own&formula=a*sin(b*x)",
    "problem=own&formula=a*x%5E2%2Bb&lock=formula",
    "points=3&data=1+2;3.5+-.25;4+5",
    "problem=sine&start=1,+2,+3.5",
    "period=10&problem=polynomial&panels=fit,loss&readout=0&tools=share&lessons=one-step,sgd",
    "noise=2.5&lens=0.1&theme=dark&off=0,3&panel=loss&range=5",
    "lr=.03&tools=-&lock=coordinates,true_a",
]
PACKED = [f"z={packing.pack(query)}" for query in LINKS[:2] + LINKS[4:6]]
ENDINGS = [
    ".", ")", ",", ">", "\u2026", "]", ";", "!", "?", '"', "'", "\u00bb", "\u201d", "\u2019", "*", "_", "}", "|", ":",
    "`", "\\", "...", ").", '").', ">,", "**", "__", "_*", ")\u201d.", "%22", "%3E", "%29.", "%2522", "%25252E",
    "%E2%80%A6", "%E2%80", "%", "%2", "&gt;", "&quot;", "&nbsp;", "&amp;", "&", "&&", "%20", "+", "%0A", "%0D%0A",
    "\u3002\u8c22\u8c22", "\u200b", "%E2%80%8B", "%C2%AD", "%20%20", "\n",
]
FOREIGN = [
    "fbclid=IwAR0x-y_Z", "utm_source=news", "utm_medium=email&utm_campaign=w3", "gclid=Cj0.x", "mc_cid=1a&mc_eid=2b",
    "ref=x", "igshid=MzR", "msclkid=9", "_ga=2.1.3", "_gl=1*a*b", "ref_src=twsrc%5Etfw", "yclid=1", "si=a",
    "wbraid=1", "dclid=1", "mkt_tok=a", "_hsenc=p2&_hsmi=1", "ttclid=1", "twclid=2", "li_fat_id=1", "igsh=a",
    "UTM_Source=x", "gad_source=1", "from=singlemessage&isappinstalled=0",
]


def state(query):
    opened = links.read(query)
    return opened.values, opened.view


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_clings_to_the_end_of_a_link_changes_nothing(ending):
    for query in LINKS + PACKED:
        assert state(query + ending) == state(query), query
        assert links.read(query + ending).changes == ()


def times(change, query, n):
    return query if n == 0 else times(change, change(query), n - 1)


def encoded(query):
    """As JavaScript's encodeURI and other careless programs do it: what is encoded once more is "%"."""
    return query.replace("%", "%25").replace(",", "%2C").replace(";", "%3B").replace("@", "%40")


DAMAGES = {
    "amp": lambda query: query.replace("&", "&amp;"),
    "amp twice": lambda query: query.replace("&", "&amp;amp;"),
    "amp as a number": lambda query: query.replace("&", "&#38;"),
    "amp encoded": lambda query: query.replace("&", "&amp%3B"),
    "encoded again": encoded,
    "encoded three times": lambda query: times(encoded, query, 2),
    "wholly encoded": lambda query: quote(query, safe=""),
    "wholly encoded twice": lambda query: quote(quote(query, safe=""), safe=""),
    "quoted-printable": lambda query: query.replace("=", "=3D"),
    "quoted-printable in lines": lambda query: "=\r\n".join(
        query.replace("=", "=3D")[place:place + 9] for place in range(0, len(query.replace("=", "=3D")), 9)),
    "large keys": lambda query: "&".join(f"{part.partition('=')[0].upper()}={part.partition('=')[2]}"
                                         for part in query.split("&")),
    "two question marks": lambda query: f"??{query}",
    "questions for and": lambda query: query.replace("&", "?"),
    "semicolons for and": lambda query: query.replace("&", ";"),
    "and encoded": lambda query: query.replace("&", "%26"),
    "spaces before and": lambda query: query.replace("&", "%20&"),
    "twice": lambda query: f"{query}&{query}",
    "visitors counted": lambda query: "&".join((FOREIGN[0], query, *FOREIGN[1:])),
}


@pytest.mark.parametrize("damaged", DAMAGES.values(), ids=DAMAGES)
def test_what_was_done_to_a_link_is_undone(damaged):
    for query in LINKS:
        assert state(damaged(query)) == state(query), damaged(query)
        assert links.read(damaged(query)).changes == ()


BREAKS = ["\n", "\r\n ", "%0A", "%0D%0A", "\u00ad", "%C2%AD", "\u200b", "%E2%80%8B", "\u2060", "=\n"]


@pytest.mark.parametrize("broken", BREAKS)
def test_a_line_break_anywhere_in_a_short_link_changes_nothing(broken):
    for query in ("lr=.0125&seed=9&lock=lr,seed", "lesson=one-step", "embed=1&show=gradient_noise", PACKED[0]):
        damaged = query if broken != "=\n" else query.replace("=", "=3D")
        for place in range(len(damaged) + 1):
            inside = [damaged[place - back:place - back + 3] == "=3D" for back in (1, 2) if place >= back]
            if not any(inside):
                whole = f"{damaged[:place]}{broken}{damaged[place:]}"
                assert state(whole) == state(query), whole


@pytest.mark.parametrize("foreign", FOREIGN)
def test_what_counts_visits_passes_without_a_word(foreign):
    for query in (f"{foreign}&lr=.01", f"lr=.01&{foreign}", f"lr=.01&{foreign}."):
        assert state(query) == state("lr=.01")
        assert links.read(query).changes == ()
    assert links.read(foreign).changes == ()
    assert state(f"lesson=one-step&{foreign}") == state("lesson=one-step")


def test_no_part_of_a_link_is_called_as_one_of_those():
    assert [key for key in KEYS if damage.foreign(key)] == []
    assert links.read("foo=1").changes == ("Nothing here is called “foo”: ignored.",)


def test_a_damaged_link_does_what_the_sound_one_does():
    assert links.read("lr=.02&seed=9&lock=lr,seed)").view == {"lock": "lr,seed"}
    assert links.read("embed=1.").view == {"embed": "1"}
    assert links.read("lesson=one-step.").view["lesson"] == "one-step"
    assert links.read("lesson=one-step.").values["lr"] == LESSONS["one-step"].settings["lr"]
    assert links.read(f"{PACKED[0]}\u2026.").values["lr"] == 0.01


EVERYTHING = frozenset(ITEMS)


@pytest.mark.parametrize("query", [
    "lock=lr,moon", "lock=lr,see", "lock=", "lock", "lr=.01&lock", "lock=lr+seed", "lock=lr%2Fseed", "lock=%FF",
    "lock=all", "lock=1", "lock:lr=", "show=", "show=moon", "show", "embed", "embed=", "embed=yes", "embed=true",
    "embed=1%20x", "embed=01", "embed=1&show=moon", "z=AAAA&lock=moon", "lock=lr&lock=moon", "show=lr&show=seed",
    "Lock=moon", "lr=.01;lock=moon", "lr=.01?embed=1", "lr=.01%26lock%3Dmoon", "foo=1;lock=x",
    "methods=SGD%26lock%3Dmoon", "x=" + 8_000 * "y" + "&lock=lr", "fbclid=" + 8_000 * "y" + "&embed=1",
])
def test_what_cannot_be_understood_keeps_everything(query):
    assert locks.fixed(links.read(query).view) >= EVERYTHING, links.read(query).view


@pytest.mark.parametrize(("query", "fixed"), [
    ("lock=lr&lock=seed", {"lr", "seed"}),
    ("lock=lr,&seed", {"lr", "seed"}),
    ("lock=beta&1", {"beta1"}),
    ("lock=lr;seed", {"lr", "seed"}),
    ("LOCK=LR,SEED", {"lr", "seed"}),
    ("amp;lock=seed", {"seed"}),
    ("show=lr,seed&show=seed,noise", EVERYTHING - {"seed"}),
    ("show=lr&lock=seed&show=lr,noise", EVERYTHING - {"lr"}),
    ("embed=0&embed=1", EVERYTHING),
    ("embed=0", set()),
    ("show=adam_,lr", EVERYTHING - {"adam_lr"}),
    ("show=beta,1", EVERYTHING - {"beta1"}),
    (f"z={packing.pack('lr=.02&lock=seed')}&lock=noise", {"seed", "noise"}),
    (f"z={packing.pack('lr=.02&lock=seed')}).", {"seed"}),
    ("z=AAAA&lock=seed", {"seed"}),
])
def test_of_two_readings_the_stricter_holds(query, fixed):
    found = locks.fixed(links.read(query).view)
    assert found >= fixed
    assert found - fixed <= {"methods", "data", "formula"}


def test_a_lock_that_is_packed_holds_also_where_the_rest_of_it_is_lost():
    query = "lr=.02&lock=seed,noise&" + "&".join(f"{key}=3" for key in ("degree", "units", "epochs", "points", "batch"))
    whole = packing.pack(query)
    kept = [locks.fixed(links.read(f"z={whole[:cut]}").view) for cut in range(60, len(whole))]
    assert kept
    assert all(found >= {"seed", "noise"} for found in kept)
    assert packing.beginning(packing.pack("a" * 10**7)) == "a" * packing.LARGEST


def test_settings_of_a_link_that_names_none_in_capitals_stay_methods():
    assert state("methods=sgd;ADAM/cosineannealing") == state("methods=SGD;Adam/CosineAnnealing")


def offers(view):
    """What a view gives its readers: items that can be changed, drawers, panels, lessons, the readout."""
    offered = locks.offered(view)
    if offered is None:
        return set(ITEMS), set(DRAWERS), None, None, True
    free = set(ITEMS) - set(offered["fixed"])
    return free, set(DRAWERS) - set(offered["withheld"]), offered["panels"], offered["lessons"], offered["readout"]


def within(one, other):
    return other is None or (one is not None and set(one) <= set(other))


def no_more(damaged, sound):
    free, drawers, panels, lessons, readout = offers(damaged)
    before = offers(sound)
    return (free <= before[0] and drawers <= before[1] and within(panels, before[2]) and within(lessons, before[3])
            and readout <= before[4])


keeping = st.fixed_dictionaries({}, optional={
    "lock": st.lists(st.sampled_from(ITEMS), min_size=1, max_size=4, unique=True).map(",".join),
    "show": st.lists(st.sampled_from(ITEMS), max_size=4, unique=True).map(lambda items: ",".join(items) or "-"),
    "embed": st.just("1"),
    "readout": st.sampled_from(["0", "1"]),
    "panels": st.sampled_from(["fit", "fit,loss", "-"]),
    "tools": st.sampled_from(["-", "share", "problem,theory"]),
    "lessons": st.sampled_from(["-", "one-step", "one-step,sgd"]),
})
junk = st.sampled_from([
    *".,;:!?)]}>*_-'\"\\|/%+& \n\t", "\u00ad", "\u200b", "\u2026", "\u201d", "\ufeff", "%20", "%0A", "%2C", "%22",
    "%252C", "&amp;", "&quot;", "&#38;", "\r\n", "%3D", "&&", "??", "&fbclid=1&", "&utm_source=x&",
])


@given(honest, keeping, st.data())
def test_no_damage_gives_a_readers_more(values, view, data):
    sound = mend(values, view)
    query = links.write(sound.values, sound.view)
    places = data.draw(st.lists(st.integers(0, len(query)), min_size=1, max_size=4, unique=True))
    damaged = query
    for place in sorted(places, reverse=True):
        damaged = f"{damaged[:place]}{data.draw(junk)}{damaged[place:]}"
    assert no_more(links.read(damaged).view, sound.view), damaged


@given(honest, keeping, st.lists(st.sampled_from(ENDINGS), min_size=1, max_size=4).map("".join))
def test_no_ending_changes_what_a_link_says(values, view, ending):
    sound = mend(values, view)
    query = links.write(sound.values, sound.view)
    assert links.read(query + ending).view == sound.view


@given(honest, views | keeping, st.sampled_from(list(DAMAGES)))
def test_nothing_that_programs_do_gives_readers_more(values, view, name):
    sound = mend(values, view)
    query = links.write(sound.values, sound.view)
    assert no_more(links.read(DAMAGES[name](query)).view, sound.view), DAMAGES[name](query)


@given(st.dictionaries(st.sampled_from(KEEPING), st.text(max_size=30), min_size=1, max_size=3))
def test_any_text_of_what_keeps_something_is_read_strictly(view):
    found = mend({}, view).view
    assert all(VIEW[key](text) == text for key, text in found.items())
    if set(view.get("lock", "").split(",")) - {*ITEMS, states.NONE} and "lock" in view:
        assert locks.fixed(found) >= EVERYTHING
