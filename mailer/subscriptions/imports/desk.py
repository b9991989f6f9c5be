"""The staff's pages of an import: a file, its columns, its faults, one button, the result."""

from contextlib import closing
from itertools import islice

from flask import (
    Response,
    abort,
    g,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer.audit.looks import Why, looks, seen
from mailer.audit.operations import record
from mailer.clock import now
from mailer.db import transaction
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.imports import (
    forms,
    operations,
    progress,
    queries,
    rejects,
    storage,
    tables,
    words,
)
from mailer.subscriptions.imports.columns import Layout
from mailer.subscriptions.imports.faults import Unreadable
from mailer.subscriptions.imports.forms import FileForm, OriginForm
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.stages import WORKING, Stage, Step, after
from mailer.subscriptions.queries import all_lists, open_lists
from mailer.web.access import staff
from mailer.web.bounds import row_key, takes_a_file
from mailer.web.parts import last_part, part

PREVIEW_ROWS = 10
FAULTS_A_PAGE = 50
PAGES = {
    Stage.READ: "check",
    Stage.READING: "working",
    Stage.WRITING: "working",
    Stage.UNDOING: "working",
}


@bp.get("/bureau/abonnes/importation")
@staff("subscribers")
def imports() -> ResponseReturnValue:
    """A place to drop a file, and the imports."""
    return _start(FileForm())


@bp.post("/bureau/abonnes/importation")
@staff("subscribers")
@takes_a_file("IMPORT_MAX_MEGABYTES")
def receive() -> ResponseReturnValue:
    form = FileForm()
    if not form.validate():
        return _start(form), 422
    try:
        with (
            closing(form.file.data) as upload,
            storage.arrived(upload.stream) as file,
            transaction(),
        ):
            import_id = operations.receive(file, upload.filename, g.account.actor, now()).id
    except Unreadable as error:
        form.file.errors = [words.trouble(error.trouble, error.line)]
        return _start(form), 422
    return _to(import_id)


@bp.get("/bureau/abonnes/importation/<int:import_id>")
@staff("subscribers")
@looks(Why.LISTS)
def import_page(import_id: int) -> ResponseReturnValue:
    """Where the import stands: its columns, its work, its faults or its result."""
    row = queries.find(import_id)
    if row.stage == Stage.RECEIVED or (row.stage == Stage.READ and "colonnes" in request.args):
        return _columns(row, OriginForm(data=_said(row)), operations.layout(row))
    return render_template(
        f"subscriptions/imports/{PAGES.get(row.stage, 'result')}.html", **_standing(row)
    )


@bp.post("/bureau/abonnes/importation/<int:import_id>/colonnes")
@staff("subscribers")
def describe(import_id: int) -> ResponseReturnValue:
    row = queries.find(import_id)
    form = OriginForm().offering(open_lists(), queries.notices())
    layout = forms.layout(request.form.getlist("roles"), len(row.header), row.product)
    if not form.validate() or not layout.is_usable:
        return _columns(row, form, layout, wants_email=not layout.is_usable), 422
    with transaction():
        operations.describe(import_id, form.list_id.data, layout, form.origin(), now())
        record(g.account.actor, "describe-import", f"import:{import_id}")
    return _to(import_id)


@bp.get("/bureau/abonnes/importation/<int:import_id>/avancement")
@staff("subscribers")
def import_progress(import_id: int) -> ResponseReturnValue:
    """The part of the page that moves; the whole page again once the work is done."""
    row = queries.find(import_id)
    page = render_template("subscriptions/imports/progress.html", **_standing(row))
    return part(page) if request.args.get("etape") == row.stage else last_part(page)


@bp.get("/bureau/abonnes/importation/<int:import_id>/rejets")
@staff("subscribers")
@looks(Why.LISTS)
def import_rejects(import_id: int) -> ResponseReturnValue:
    """The rows that were set aside, as a sheet."""
    if not storage.rejects(queries.find(import_id).id).exists():
        abort(404)
    seen("read-rejects", f"import:{import_id}")
    answer = Response(stream_with_context(rejects.sheet(import_id)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="rejets-{import_id}.csv"'
    return answer


@bp.post("/bureau/abonnes/importation/<int:import_id>/validation")
@staff("subscribers")
def approve_import(import_id: int) -> ResponseReturnValue:
    with transaction():
        operations.approve(import_id, g.account.actor, now())
    return _to(import_id)


@bp.get("/bureau/abonnes/importation/<int:import_id>/abandon")
@staff("subscribers")
def discarding(import_id: int) -> ResponseReturnValue:
    """What is lost, before it is; of an import that can be given up."""
    row = queries.find(import_id)
    after(row.stage, Step.DROP)
    return render_template("subscriptions/imports/discard.html", row=row)


@bp.post("/bureau/abonnes/importation/<int:import_id>/abandon")
@staff("subscribers")
def discard_import(import_id: int) -> ResponseReturnValue:
    with transaction():
        operations.discard(import_id, g.account.actor)
    return redirect(url_for(".imports"), 303)


@bp.get("/bureau/abonnes/importation/<int:import_id>/annulation")
@staff("subscribers")
def undoing(import_id: int) -> ResponseReturnValue:
    """How many addresses would leave the list, and what stays."""
    row = queries.find(import_id)
    if not operations.is_undoable(row):
        return _to(import_id)
    return render_template(
        "subscriptions/imports/undo.html",
        row=row,
        made=words.addresses(operations.made(row)),
    )


@bp.post("/bureau/abonnes/importation/<int:import_id>/annulation")
@staff("subscribers")
def undo_import(import_id: int) -> ResponseReturnValue:
    with transaction():
        operations.undo(import_id, g.account.actor, now())
    return _to(import_id)


@bp.post("/bureau/abonnes/importation/<int:import_id>/demandes")
@staff("subscribers")
def ask_imported(import_id: int) -> ResponseReturnValue:
    with transaction():
        operations.ask(import_id, g.account.actor, now())
    return _to(import_id)


def _to(import_id: int) -> ResponseReturnValue:
    return redirect(url_for(".import_page", import_id=import_id), 303)


def _start(form: FileForm) -> str:
    page = queries.newest(request.args.get("avant", type=row_key))
    return render_template("subscriptions/imports/start.html", form=form, page=page, words=words)


def _columns(row: Import, form: OriginForm, layout: Layout, *, wants_email: bool = False) -> str:
    lists = all_lists()
    form.offering(lists, queries.notices())
    return render_template(
        "subscriptions/imports/columns.html",
        row=row,
        form=form,
        layout=layout,
        rows=_preview(row),
        lists=lists,
        roles=words.roles(),
        wants_email=wants_email,
    )


def _preview(row: Import) -> list[list[str]]:
    """The first rows; what cannot be read will be said when the file is read."""
    path = storage.table(row.id)
    if not path.exists():
        return []
    try:
        return list(islice(tables.rows(path, operations.table(row)), 1, PREVIEW_ROWS + 1))
    except Unreadable:
        return []


def _said(row: Import) -> dict[str, object]:
    return {
        "list_id": row.list_id,
        "source": row.source,
        "collected_on": row.collected_on,
        "notice": row.notice_sha256 or forms.NONE,
        "answerable": row.answerable or g.account.name,
    }


def _standing(row: Import) -> dict[str, object]:
    """Where the import stands, for its page and for the part of it that moves."""
    number = request.args.get("page", 1, type=row_key)
    skip = max(number - 1, 0) * FAULTS_A_PAGE
    faults = list(rejects.read(row.id, skip, FAULTS_A_PAGE + 1))
    return {
        "row": row,
        "faults": [(fault, *words.explain(fault)) for fault in faults[:FAULTS_A_PAGE]],
        "page": max(number, 1),
        "has_more": len(faults) > FAULTS_A_PAGE,
        "is_moving": row.stage in WORKING,
        "is_undoable": operations.is_undoable(row),
        "has_rejects": storage.rejects(row.id).exists(),
        "unproven": queries.still_unproven(row) if row.stage == Stage.DONE else 0,
        "left": progress.time_left(row.rows_done, row.rows_total, now(), row.began_at),
        "words": words,
        "title": _("Import de « %(name)s »", name=row.file_name),
    }
