"""Which segment of its list a letter goes to: counted first, then sent to the same."""

from flask_babel import get_locale
from wtforms import Form, HiddenField, IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from mailer.db import db
from mailer.delivery.models import Campaign
from mailer.subscriptions.segments import queries
from mailer.subscriptions.segments.models import Segment
from mailer.subscriptions.segments.narrowing import Narrowing, digest
from mailer.subscriptions.segments.writing import written


class SegmentChoice(Form):  # type: ignore[misc]  # WTForms ships no types
    """The number of the segment, and the digest of the predicate that the page counted."""

    segment = IntegerField(widget=HiddenInput(), validators=[Optional()])
    counted = HiddenField()

    def narrowing(self) -> Narrowing | None:
        """The segment as it is now; None for the whole list. Raises NotFound when it is gone."""
        if not self.segment.data:
            return None
        row = queries.segment(self.segment.data)
        text = written(row.where, queries.vocabulary(), str(get_locale()))
        return Narrowing(row.id, row.name, text, row.where)

    def was_counted(self, now_meant: Narrowing | None) -> bool:
        """Whether the page showed how many that is."""
        return self.counted.data in {None, "", now_meant.digest if now_meant else ""}


def has_changed(campaign: Campaign) -> bool:
    """Whether its segment means other people by now than it did when the campaign was decided."""
    if campaign.where is None or campaign.segment_id is None:
        return False
    row = db.session.get(Segment, campaign.segment_id)
    return row is not None and digest(row.where) != digest(campaign.where)
