import pytest

from mailer.rights.papers import ending


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7 scan", ".pdf"),
        (b"\xff\xd8\xff\xe0 photograph", ".jpg"),
        (b"\x89PNG\r\n\x1a\n picture", ".png"),
        (b"From: nadia.k@exemple.fr", ""),
        (b"", ""),
    ],
)
def test_the_name_of_a_paper_ends_as_its_bytes_begin(content, expected):
    assert ending(content) == expected
