"""`mailer register` and `mailer data-map` print what the installation keeps, and for what."""

import json

import pytest


def test_the_record_of_processing_is_printed_as_data(mailer):
    printed = mailer("register", "--format", "json")

    assert printed.exit_code == 0
    assert json.loads(printed.output)


@pytest.mark.parametrize(("form", "begins"), [("csv", '"'), ("html", "<!doctype html>")])
def test_it_is_printed_as_a_table_or_a_page(mailer, form, begins):
    printed = mailer("register", "--format", form)

    assert printed.exit_code == 0
    assert printed.output.lstrip("\ufeff").lower().startswith(begins)


def test_the_map_of_data_names_its_systems(mailer):
    printed = mailer("data-map", "--format", "fideslang")

    assert printed.exit_code == 0
    assert 'fides_key: "mailer_database"' in printed.output
