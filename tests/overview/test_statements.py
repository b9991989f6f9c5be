"""No page of the desk that lists something asks the database more often for more rows."""

from api import office
from overview.more_rows import fill_more
from overview.rows import fill
from statements import statements

from mailer.accounts.roles import Role
from mailer.db import transaction

FEW, MANY = 3, 30
PAGES = (
    "/bureau",
    "/bureau/abonnes",
    "/bureau/abonnes?etat=pending",
    "/bureau/abonnes?source=formulaire",
    "/bureau/abonnes/1",
    "/bureau/abonnes/importation",
    "/bureau/listes/1",
    "/bureau/lettres",
    "/bureau/envois",
    "/bureau/envois/1",
    "/bureau/envois/1/incertains",
    "/bureau/envois/1/retours",
    "/bureau/retours",
    "/bureau/retours/a-voir",
    "/bureau/demandes",
    "/bureau/demandes?vue=closes",
    "/bureau/demandes/registre",
    "/bureau/travaux",
    "/bureau/journal",
    "/bureau/comptes",
    "/bureau/articles",
    "/bureau/sources",
    "/bureau/listes",
    "/bureau/segments",
    "/bureau/courriels",
    "/bureau/approbations",
    "/bureau/lettres/corbeille",
    "/bureau/lettres/nouvelle",
    "/bureau/webhooks",
    "/bureau/webhooks/1",
    "/bureau/cles",
    "/bureau/groupes-essai",
    "/bureau/elections",
    "/bureau/demandes/reste-a-faire",
    "/bureau/conformite",
    "/",
    "/archives",
    "/archives?q=travaux",
    "/archives/atom.xml",
    "/archives/feed.json",
)
# What programs read: the lists of the interface.
LISTS = (
    "articles",
    "campaigns",
    "consents",
    "letters",
    "lists",
    "requests",
    "subscribers",
    "subscriptions",
    "suppressions",
    "webhook-deliveries",
    "webhooks",
)


def counted(ask, pages):
    """How many statements each page takes."""
    found = {}
    for page in pages:
        with statements() as seen:
            assert ask(page).status_code == 200, page
        found[page] = len(seen)
    return found


def test_thirty_rows_take_as_many_statements_as_three(staff):
    desk = staff(*Role)
    fill(0, FEW)
    fill_more(0, FEW)
    # The first look at a page is recorded; those soon after are the same look.
    counted(desk.get, PAGES)
    few = counted(desk.get, PAGES)
    fill(FEW, MANY - FEW)
    fill_more(FEW, MANY - FEW)

    assert counted(desk.get, PAGES) == few


def test_a_program_that_reads_thirty_rows_takes_as_many_as_for_three(staff, visitor):
    staff(*Role)
    with transaction():
        bearer = {"Authorization": f"Bearer {office.secret(1)}"}

    def ask(name):
        return visitor.get(f"/api/v1/{name}", headers=bearer)

    fill(0, FEW)
    fill_more(0, FEW)
    counted(ask, LISTS)
    few = counted(ask, LISTS)
    fill(FEW, MANY - FEW)
    fill_more(FEW, MANY - FEW)

    assert counted(ask, LISTS) == few
