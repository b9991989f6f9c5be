"""What an administrator must know and no page asks for: jobs left undone, settings left unsaid."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import gettext as _

from mailer.overview.first_run import EXAMPLES
from mailer.worker.labels import WORKS
from mailer.worker.schedule import JOBS

# A job may wait for its lane, and a worker for its beat: so late, something is wrong.
TIMES, AT_LEAST = 3, timedelta(minutes=15)


def overdue(turns: Mapping[str, datetime], at: datetime) -> Iterator[str]:
    """The jobs that were begun before, and not when they should have been since."""
    for job in JOBS:
        last = turns.get(job.name)
        if last and at - last > max(TIMES * job.every, AT_LEAST):
            yield str(WORKS[job.name])


def settings() -> Iterator[str]:
    """What readers would see wrong, one sentence each."""
    config = current_app.config
    if config["DEMO"]:
        return
    if not config["BASE_URL"].startswith("https:"):
        yield str(
            _("BASE_URL n’est pas une adresse https : les liens des lettres n’ouvriront rien")
        )
    if config["DPO_ADDRESS"].endswith(EXAMPLES):
        yield str(_("DPO_ADDRESS est encore celle de l’exemple : personne ne lira ce qui y arrive"))
    if config["RETURN_PATH_DOMAIN"].endswith(EXAMPLES):
        yield str(_("RETURN_PATH_DOMAIN est encore celui de l’exemple : rien ne reviendra"))
