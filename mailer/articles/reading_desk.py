"""The editors' page of one reading: asked for here, done by the worker, watched meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta

from mailer.articles import operations, queries
from mailer.articles.blueprint import bp
from mailer.articles.failures import SENTENCES
from mailer.articles.models import Source
from mailer.clock import now
from mailer.db import transaction
from mailer.outgoing import configured
from mailer.web.access import staff
from mailer.web.parts import last_part, part


@dataclass(frozen=True)
class Wait:
    """Since when somebody waits, and how long the site has to answer once it is asked."""

    since: timedelta
    most: timedelta

    @property
    def is_long(self) -> bool:
        """Whether the site alone cannot be why nothing came."""
        return self.since > self.most

    @property
    def share(self) -> float:
        """How much of the longest wait is over, from 0 to 1."""
        return min(self.since / self.most, 1.0)


@bp.post("/bureau/sources/<int:source_id>/lecture")
@staff("editor")
def read_source(source_id: int) -> ResponseReturnValue:
    """Have the source read now."""
    with transaction():
        operations.ask(source_id, now())
    return redirect(url_for(".reading", source_id=source_id), 303)


@bp.get("/bureau/sources/<int:source_id>/lecture")
@staff("editor")
def reading(source_id: int) -> ResponseReturnValue:
    """How the reading goes, or what came of the last one."""
    source = queries.source(source_id)
    return render_template("articles/reading.html", **_standing(source, now()))


@bp.get("/bureau/sources/<int:source_id>/lecture/avancement")
@staff("editor")
def reading_progress(source_id: int) -> ResponseReturnValue:
    """The part of the page that moves; the whole page again once the reading is over."""
    source = queries.source(source_id)
    page = render_template("articles/reading_progress.html", **_standing(source, now()))
    return part(page) if source.asked_at else last_part(page)


def _standing(source: Source, at: datetime) -> dict[str, object]:
    most = configured().deadline
    return {
        "source": source,
        "wait": Wait(at - source.asked_at, most) if source.asked_at else None,
        "count": queries.count(source.id),
        "news": queries.news(source) if source.last_fetched_at else 0,
        "sentences": SENTENCES,
        "span": span,
    }


def span(length: timedelta) -> str:
    """The time in words, to the second."""
    return str(format_timedelta(length, granularity="second", threshold=1))
