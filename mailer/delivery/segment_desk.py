"""Segments at the desk: drawn by buttons or by hand, counted while one types, kept under a name."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.audit.operations import record
from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import segment_counts, segment_words
from mailer.delivery.blueprint import bp
from mailer.delivery.segment_form import ALL, SegmentForm
from mailer.errors import Conflict
from mailer.subscriptions.segments import editing, operations, queries
from mailer.subscriptions.segments.models import Segment
from mailer.subscriptions.segments.predicate import Node, asks_engagement
from mailer.web.access import staff
from mailer.web.bounds import row_key

SAVE, COUNT, COUNT_ALL, SHOW, GATHER, REMOVE = "save", "count", "all", "show", "gather", "remove-"
ADDING = {
    "choice": SegmentForm.chosen,
    "day": SegmentForm.dated,
    "deed": SegmentForm.measured,
}


@bp.get("/bureau/segments", endpoint="segments")
@staff("subscribers", "sender")
def index() -> ResponseReturnValue:
    return render_template(
        "delivery/segments.html",
        segments=queries.all_segments(),
        vocabulary=queries.vocabulary(),
        segment_words=segment_words,
    )


@bp.get("/bureau/segments/nouveau")
@staff("subscribers", "sender")
def new_segment() -> ResponseReturnValue:
    return _page(_form(), None, None)


@bp.post("/bureau/segments")
@staff("subscribers", "sender")
def create_segment() -> ResponseReturnValue:
    return _act(_form(), None)


@bp.get("/bureau/segments/<int:segment_id>")
@staff("subscribers", "sender")
def edit_segment(segment_id: int) -> ResponseReturnValue:
    row = queries.segment(segment_id)
    form = _form()
    form.name.data = row.name
    form.write(row.where)
    return _page(form, row, row.where, segment_counts.live(row.where, now()))


@bp.post("/bureau/segments/<int:segment_id>")
@staff("subscribers", "sender")
def change_segment(segment_id: int) -> ResponseReturnValue:
    return _act(_form(), queries.segment(segment_id))


@bp.get("/bureau/segments/<int:segment_id>/suppression")
@staff("subscribers", "sender")
def removing_segment(segment_id: int) -> ResponseReturnValue:
    """What is lost with it, before it is."""
    return render_template("delivery/remove_segment.html", row=queries.segment(segment_id))


@bp.post("/bureau/segments/<int:segment_id>/suppression")
@staff("subscribers", "sender")
def remove_segment(segment_id: int) -> ResponseReturnValue:
    with transaction():
        operations.remove(segment_id, g.account.id)
    flash(_("Le segment est supprimé."))
    return redirect(url_for("delivery.segments"), 303)


@bp.post("/bureau/segments/compte")
@staff("subscribers", "sender")
def count_segment() -> ResponseReturnValue:
    """The part of the page that follows what is typed."""
    form = _form()
    where = None if form.is_blank else form.read()
    count = segment_counts.live(where, now()) if where else None
    return render_template(
        "delivery/segment_count.html",
        form=form,
        where=where,
        count=count,
        segment_words=segment_words,
        asks_engagement=where is not None and asks_engagement(where),
    )


def _form() -> SegmentForm:
    return SegmentForm().knowing(queries.vocabulary())


def _act(form: SegmentForm, row: Segment | None) -> ResponseReturnValue:
    """What the pressed button asks; the text is kept whatever becomes of it."""
    asked = request.form.get("do", SAVE)
    if asked in ADDING:
        return _add(form, row, asked)
    where = form.read()
    if asked == SAVE:
        return _save(form, row, where)
    if where is None:
        return _page(form, row, None), 422
    if asked == GATHER or asked.startswith(REMOVE):
        where = _rearranged(where, asked)
        form.write(where)
    return _counted(form, row, where, asked)


def _add(form: SegmentForm, row: Segment | None, asked: str) -> ResponseReturnValue:
    where = None if form.is_blank else form.read()
    if form.text.errors:
        return _page(form, row, None), 422
    part = ADDING[asked](form)
    if part is None:
        return _page(form, row, where), 422
    where = editing.add(where, part, to_all=form.joining.data == ALL)
    form.write(where)
    # What is too large together is told of the text that it makes.
    if form.read() is None:
        return _page(form, row, None), 422
    return _counted(form, row, where, COUNT)


def _rearranged(where: Node, asked: str) -> Node | None:
    if asked == GATHER:
        return editing.gather(where, set(request.form.getlist("part", type=row_key)))
    try:
        return editing.remove(where, row_key(asked.removeprefix(REMOVE)))
    except ValueError:
        return where


def _counted(
    form: SegmentForm, row: Segment | None, where: Node | None, asked: str
) -> ResponseReturnValue:
    at = now()
    if where is None:
        return _page(form, row, None)
    if asked == COUNT_ALL:
        found = segment_counts.exact(where, at)
        return _page(form, row, where, segment_counts.Count(found, found))
    people = segment_counts.some(where, at) if asked == SHOW else None
    count = segment_counts.live(where, at)
    if people:
        with transaction():
            record(g.account.actor, "list", f"segment:{row.id if row else 0}")
    return _page(form, row, where, count, people)


def _save(form: SegmentForm, row: Segment | None, where: Node | None) -> ResponseReturnValue:
    name = form.named()
    if name is None or where is None:
        return _page(form, row, where), 422
    at, number = now(), row.id if row else None
    try:
        with transaction():
            if number is None:
                number = operations.create(name, where, g.account.id, at).id
            else:
                operations.change(number, name, where, g.account.id, at)
    except Conflict:
        form.refuse_name()
        return _page(form, db.session.get(Segment, number) if number else None, where), 422
    flash(_("Le segment est enregistré."))
    return redirect(url_for("delivery.edit_segment", segment_id=number), 303)


def _page(
    form: SegmentForm,
    row: Segment | None,
    where: Node | None,
    count: segment_counts.Count | None = None,
    people: object = None,
) -> str:
    return render_template(
        "delivery/segment.html",
        form=form,
        row=row,
        where=where,
        parts=[segment_words.said(part, form.vocabulary) for part in editing.top(where)],
        count=count,
        people=people,
        awaiting=segment_counts.awaiting(row.id) if row else [],
        segment_words=segment_words,
        asks_engagement=where is not None and asks_engagement(where),
    )
