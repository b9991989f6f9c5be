"""Calls of one route: by whom, where, with what; most of it as the pages have it, some hostile."""

import re
from random import Random
from urllib.parse import quote, urlencode

from fuzz import hostile
from fuzz.forms import Field, Form
from fuzz.request import FORM, MULTIPART, Call, File, Pairs
from fuzz.seen import Seen
from hypothesis import strategies as st
from werkzeug.routing import Rule

from mailer.demo.people import PASSPHRASE
from mailer.web.access import API

# In the place of a form.
OTHER_TYPES = (
    "application/json",
    "text/plain",
    "",
    MULTIPART,
    FORM,
    "application/xml",
    "multipart/form-data",
)
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "POST", "GET")
PLAUSIBLE = {
    "email": "alix.morvan@exemple.fr",
    "date": "2026-12-01",
    "datetime-local": "2027-01-15T10:00",
    "time": "10:00",
    "month": "2026-12",
    "number": "3",
    "url": "https://exemple.fr/actualites",
    "password": PASSPHRASE,
    "tel": "0102030405",
    "checkbox": "on",
}
TICKED = 0.7
CSV = b"adresse;nom\nalix@exemple.fr;Alix\nzoe.martin@exemple.fr;Zo\xc3\xa9\n"
HEADERS = st.sampled_from(
    (
        (), (("HX-Request", "true"),), (("Accept-Language", "en"),),
        (("If-None-Match", "\xff, *"),),
        (("If-Modified-Since", "hier"),), (("Range", "bytes=9-2"),),
        (("Cookie", "session=a.b.c; langue=\xff"),),
        (("Accept-Language", "a" * 400 + ";q=nan"),), (("X-Forwarded-For", "a, b"),),
        (("User-Agent", "\xff" * 999),),
        (("Sec-Fetch-Site", "cross-site"),), (("Accept", "application/json"),),
        (("Authorization", "Basic ="),),
        (("Content-Encoding", "gzip"),), (("Origin", "null"),),
        (("HX-Request", "true"), ("HX-Target", "\xe9")),
    )
)  # fmt: skip
PARTS = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")


@st.composite
def calls(draw: st.DrawFn, seen: Seen, rule: Rule, method: str) -> Call:
    """A call of the route: the simplest is the one that its page would send."""
    who = draw(st.sampled_from(seen.readers(rule)))
    found = seen.forms_to(rule, method)
    form = draw(st.sampled_from(found)) if found else None
    path = draw(paths(seen, rule, form))
    query = draw(queries(seen, rule, form))
    headers = draw(st.just(()) | st.just(()) | HEADERS)
    if method == "GET":
        method = draw(st.sampled_from(("GET",) * 9 + METHODS))
        return Call(who, method, path, query, headers=headers)
    if rule.rule.startswith(API):
        body = draw(seen.document.bodies(rule, method))
        return Call(who, method, path, query, (), (), headers, OTHER_TYPES[0], body)
    if draw(st.integers(0, 11)) == 11:
        kind = draw(st.sampled_from(OTHER_TYPES))
        return Call(
            who, method, path, query, (), (), headers, kind, draw(hostile.JSON | hostile.BYTES)
        )
    fields = (
        form.fields if form else tuple(draw(st.lists(st.sampled_from(seen.fields), max_size=6)))
    )
    return Call(who, method, path, query, draw(filled(fields)), draw(files(fields)), headers)


def paths(seen: Seen, rule: Rule, form: Form | None) -> st.SearchStrategy[str]:
    """Where the form goes or a link leads; else an address of known parts, or of hostile ones."""
    known = [form.path] if form else seen.paths.get(rule.endpoint, [])
    made = _made(seen, rule, hostile.KNOWN[:0])
    if not known:
        return made | made | _made(seen, rule, hostile.KNOWN)
    leads = st.sampled_from(known)
    return leads | leads | made | _made(seen, rule, hostile.KNOWN)


def _made(seen: Seen, rule: Rule, strange: tuple[str, ...]) -> st.SearchStrategy[str]:
    names = [name for _, name in PARTS.findall(rule.rule)]
    values = [st.sampled_from((*seen.values(rule, name), *strange)) for name in names]
    return st.tuples(*values).map(lambda chosen: _written(rule.rule, chosen))


def _written(rule: str, chosen: tuple[str, ...]) -> str:
    left = iter(chosen)
    return PARTS.sub(lambda _: quote(next(left), safe="", errors="surrogatepass"), rule)


@st.composite
def queries(draw: st.DrawFn, seen: Seen, rule: Rule, form: Form | None) -> str:
    """What the links to it ask; some of it replaced."""
    known = seen.queries.get(rule.endpoint, {})
    base = form.query if form else ""
    names = sorted({*known, *seen.asked(rule)})
    if not names:
        return base
    some = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    pairs = [
        (name, draw(st.sampled_from(known.get(name) or [""]) | hostile.TEXTS)) for name in some
    ]
    return "&".join(filter(None, (base, urlencode(pairs, errors="surrogatepass"))))


@st.composite
def filled(draw: st.DrawFn, fields: tuple[Field, ...]) -> Pairs:
    """The fields as a person fills them, save at most three of them."""
    names = [each.name for each in fields]
    bent = draw(st.sets(st.sampled_from(names), max_size=3)) if names else set()
    pairs: list[tuple[str, str]] = []
    for each in fields:
        if each.kind == "file":
            continue
        values = draw(_strange(each) if each.name in bent else _usual(each))
        pairs += [(each.name, value) for value in values]
    return tuple(pairs)


def plainly(form: Form, who: str, random: Random) -> Call:
    """The form as a person sends it."""
    pairs: list[tuple[str, str]] = []
    for each in form.fields:
        values = each.values if each.is_chosen else (PLAUSIBLE.get(each.kind, "Un texte"),)
        if each.kind != "file" and values and (each.kind != "checkbox" or random.random() < TICKED):
            pairs.append((each.name, random.choice(values)))
    sent = tuple(
        File(each.name, "a.csv", "text/csv", CSV) for each in form.fields if each.kind == "file"
    )
    return Call(who, form.method, form.path, form.query, tuple(pairs), sent)


def _usual(each: Field) -> st.SearchStrategy[list[str]]:
    values = each.values or (PLAUSIBLE.get(each.kind, "Un texte"),)
    if each.kind == "checkbox":
        return st.lists(st.sampled_from(values), max_size=3, unique=True)
    if each.is_chosen:
        return st.sampled_from(values).map(lambda value: [value])
    typed = PLAUSIBLE.get(each.kind, "Un texte")
    return st.sampled_from((typed, *filter(None, values))).map(lambda value: [value])


def _strange(each: Field) -> st.SearchStrategy[list[str]]:
    """Left out, hostile, or said several times."""
    values = each.values or ("Un texte",)
    fit = st.sampled_from(hostile.BY_KIND.get(each.kind, hostile.KNOWN))
    return (
        st.just([])
        | fit.map(lambda text: [text])
        | hostile.TEXTS.map(lambda text: [text])
        | st.lists(st.sampled_from(values) | hostile.TEXTS, min_size=2, max_size=4)
    )


@st.composite
def files(draw: st.DrawFn, fields: tuple[Field, ...]) -> tuple[File, ...]:
    """A file for each field that takes one."""
    sent = [
        File(each.name, draw(hostile.NAMES), draw(hostile.TYPES), draw(hostile.BYTES))
        for each in fields
        if each.kind == "file"
    ]
    return tuple(sent)
