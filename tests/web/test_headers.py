import pytest

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

EXPECTED = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
    "Vary": "Cookie, Accept-Language",
}


@pytest.mark.parametrize("path", ["/essai", "/connexion", "/nulle-part", "/essai/panne/echec"])
@pytest.mark.parametrize("name", EXPECTED)
def test_every_page_carries_the_headers(visitor, path, name):
    assert visitor.get(path).headers[name] == EXPECTED[name]


def test_only_the_desk_may_frame_a_page_of_ours(staff):
    policy = staff("editor").get("/essai/bureau").headers["Content-Security-Policy"]

    assert policy == f"{POLICY}; frame-src 'self'"


def test_a_page_that_anyone_can_name_may_be_found(visitor):
    assert "X-Robots-Tag" not in visitor.get("/essai").headers


@pytest.mark.parametrize("path", ["/essai/fini/echec", "/essai/bureau"])
def test_a_page_with_a_token_or_of_the_desk_may_not(visitor, path):
    assert visitor.get(path).headers["X-Robots-Tag"] == "noindex"
