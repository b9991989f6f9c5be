import hmac

from hypothesis import given
from hypothesis import strategies as st

from mailer.keyed import keyed


@given(key=st.binary(max_size=200), message=st.binary())
def test_it_gives_the_hmac_of_the_library(key, message):
    assert keyed(key).hex(message) == hmac.digest(key, message, "sha256").hex()
