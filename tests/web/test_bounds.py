import pytest

NO_ROW = "9" * 30


@pytest.mark.parametrize("path", ["/essai%00", "/?lang=%00", "/?lang=fr&lang=%00"])
def test_the_zero_character_in_an_address_is_refused(visitor, path):
    assert visitor.get(path).status_code == 400


@pytest.mark.parametrize("nom", ["Cam\0ille", ["Camille", "\0"]])
def test_the_zero_character_in_a_field_is_refused(visitor, nom):
    answer = visitor.submit("/essai", nom=nom)

    assert answer.status_code == 400
    assert "recommencez" in answer.text


@pytest.mark.parametrize("path", [f"/bureau/lettres/{NO_ROW}", f"/bureau/envois/{NO_ROW}"])
def test_a_number_that_no_row_can_have_is_not_found(staff, path):
    assert staff("editor", "sender").get(path).status_code == 404


def test_a_page_after_a_row_that_cannot_be_is_the_first_page(staff):
    assert staff("dpo").get(f"/bureau/demandes?apres={NO_ROW}").status_code == 200
