"""No page of the desk that lists something asks the database more often for more rows."""

from overview.rows import fill
from statements import statements

from mailer.accounts.roles import Role

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
)


def counted(desk):
    found = {}
    for page in PAGES:
        with statements() as seen:
            assert desk.get(page).status_code == 200, page
        found[page] = len(seen)
    return found


def test_thirty_rows_take_as_many_statements_as_three(staff):
    desk = staff(*Role)
    fill(0, FEW)
    # The first look at a page is recorded; those soon after are the same look.
    counted(desk)
    few = counted(desk)
    fill(FEW, MANY - FEW)

    assert counted(desk) == few
