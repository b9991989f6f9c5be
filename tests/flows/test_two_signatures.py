"""Where two must sign: who decided is sent away with the reason, a colleague signs."""

import pytest
from demonstration import part
from flows.asking import ask
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.xdist_group("requests")]

LOU = "lou@exemple.fr"


def test_who_decided_may_not_sign_and_another_officer_may(app, site, reader, desk_of):
    app.config["FOUR_EYES"] = True
    reference = ask(reader, LOU, "Ne plus recevoir aucune lettre")
    known = len(site.mails_to(LOU))
    anne, bruno = desk_of("Anne"), desk_of("Bruno")

    anne.goto(f"/bureau/demandes/{reference}")
    anne.get_by_role("button", name="Relire les lettres").click()
    expect(anne.get_by_role("button", name="Signer, envoyer et clore")).to_have_count(0)
    anne.get_by_role("button", name="Soumettre à la signature").click()
    expect(anne.get_by_role("status")).to_contain_text("La réponse attend sa signature.")
    anne.get_by_role("link", name="Relire et signer").click()
    anne.get_by_role("button", name="Signer, envoyer et clore").click()
    expect(anne.get_by_role("status")).to_have_text(
        "Une autre personne que celle qui a décidé doit signer. Demandez à un collègue."
    )
    assert len(site.mails_to(LOU)) == known

    bruno.goto(f"/bureau/demandes/{reference}")
    bruno.get_by_role("link", name="Relire et signer").click()
    expect(bruno.get_by_role("article")).to_contain_text("plus aucun envoi ne part")
    bruno.get_by_role("button", name="Signer, envoyer et clore").click()
    expect(bruno.get_by_role("status")).to_have_text("La réponse part, et la demande est close.")
    assert "Plus aucun envoi ne partira" in str(site.next_mail(LOU, known)["Subject"])
    assert "plus aucun envoi ne part" in part(site.next_mail(LOU, known), "plain")
