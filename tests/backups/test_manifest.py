"""What a backup says of itself is read as it was written, and nothing else is."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.backups import manifest
from mailer.backups.manifest import Manifest
from mailer.errors import Invalid


@given(
    st.builds(
        Manifest,
        st.datetimes(timezones=st.just(UTC)),
        st.sampled_from(["sqlite", "postgresql"]),
        st.text(),
        st.integers(min_value=0),
        st.text(),
        st.dictionaries(st.text(), st.integers(min_value=0)),
        st.dictionaries(st.text(), st.text()),
    )
)
def test_a_manifest_reads_as_it_was_written(made):
    assert manifest.read(manifest.written(made)) == made


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 2}', '{"format": 1, "made_at": "x"}'])
def test_another_text_is_no_manifest(text):
    with pytest.raises(Invalid):
        manifest.read(text)
