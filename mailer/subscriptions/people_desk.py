"""The staff's pages of subscribers: those that stand so, or whose address has what was typed."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import lazy_gettext as _

from mailer.addresses import masked
from mailer.audit.looks import Why, looks, seen
from mailer.clock import paris_day
from mailer.subscriptions import counting, people, queries
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.forms import SearchForm
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.people import Filter, Source
from mailer.subscriptions.states import State
from mailer.web.access import staff
from mailer.web.bounds import row_key
from mailer.web.pages import Page, how_many

# How the desk says where a subscription stands, and the colour of its chip.
STATES = {
    State.ACTIVE: (_("inscrit(e)"), "done"),
    State.PENDING: (_("à confirmer"), "due"),
    State.UNPROVEN: (_("sans preuve"), "late"),
    State.ENDED: (_("parti(e)"), ""),
}
SOURCES = {Source.FORM: _("Un formulaire"), Source.FILE: _("Un fichier importé")}


@bp.get("/bureau/abonnes")
@staff("subscribers")
@looks(Why.LISTS)
def subscribers() -> ResponseReturnValue:
    """Everyone, or those that are asked for, newest first, in pages, their addresses masked."""
    which, before = _asked(), request.args.get("avant", type=row_key)
    page = people.newest(before, which)
    return _people(SearchForm(), page, which, Shown(is_first=before is None))


@bp.post("/bureau/abonnes/recherche")
@staff("subscribers")
@looks(Why.LISTS)
def search() -> ResponseReturnValue:
    """Those whose address has what was typed; posted, because an address stands in no URL."""
    typed = SearchForm()
    if not typed.validate():
        return _people(typed, people.newest(None), people.ALL, LIST), 422
    return _people(typed, _found(typed), people.ALL, Shown(is_search=True))


@bp.post("/bureau/abonnes/adresses")
@staff("subscribers")
@looks(Why.LISTS)
def reveal() -> ResponseReturnValue:
    """The same page with its addresses whole; everybody on it stands in the record as seen."""
    typed, which = SearchForm(), _asked()
    if not typed.text.data:
        before = request.args.get("avant", type=row_key)
        page = people.newest(before, which)
        _note(page)
        return _people(
            SearchForm(None), page, which, Shown(is_first=before is None, is_revealed=True)
        )
    if not typed.validate():
        return _people(typed, people.newest(None), people.ALL, LIST), 422
    page = _found(typed)
    _note(page)
    return _people(typed, page, people.ALL, Shown(is_search=True, is_revealed=True))


def _note(page: Page[Subscriber]) -> None:
    for person in page.rows:
        seen("reveal-address", f"subscriber:{person.id}")


def _found(typed: SearchForm) -> Page[Subscriber]:
    find = people.beginning if typed.is_beginning else people.containing
    return find(typed.asked, typed.last)


def _asked() -> Filter:
    """What the address of the page asks for; what nobody offers is not asked."""
    args = request.args
    return Filter(
        list_id=args.get("liste", type=row_key),
        state=args.get("etat", type=State),
        since=args.get("depuis", type=date.fromisoformat),
        source=args.get("source", type=Source),
    )


@dataclass(frozen=True)
class Shown:
    """How the people came onto the page, and whether their addresses stand whole on it."""

    is_search: bool = False
    is_first: bool = True
    is_revealed: bool = False


LIST = Shown()


def _people(typed: SearchForm, page: Page[Subscriber], which: Filter, shown: Shown) -> str:
    return render_template(
        "subscriptions/subscribers.html",
        form=typed,
        page=page,
        which=which,
        asked=_told(which),
        before=request.args.get("avant", type=row_key),
        counts=counting.by_state(counting.by_list()),
        lists=queries.all_lists(),
        states=STATES,
        sources=SOURCES,
        shown=str if shown.is_revealed else masked,
        how_many=how_many,
        day=day,
        **vars(shown),
    )


def _told(which: Filter) -> dict[str, str]:
    """The filter, as the address of a page says it."""
    names = {"list_id": "liste", "state": "etat", "since": "depuis", "source": "source"}
    return {names[name]: str(value) for name, value in asdict(which).items() if value is not None}


def day(at: datetime) -> str:
    """The civil date, in the reader's language."""
    return str(format_date(paris_day(at), "long"))
