"""What each task may cost, and how it is done: the figures that the tasks are held to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """The most that a task may take; None where it is not limited."""

    task: str
    clicks: int | None = None
    pages: int | None = None
    # By the keystroke-level model, without the time that a mail is on its way.
    seconds: float | None = None
    # From the last act until it is done.
    effect: float | None = None
    # What its test asks besides.
    also: str = ""


SUBSCRIBE = Figure("Subscribe", clicks=3, pages=3, seconds=25)
LEAVE_BY_HEADER = Figure("Unsubscribe in the mail program", clicks=0, pages=0)
LEAVE_BY_LETTER = Figure("Unsubscribe from the letter", clicks=2, pages=1, also="no sign-in")
ASK = Figure("Exercise a right", clicks=5, seconds=60)
OBJECT = Figure("Object to every letter", clicks=2, effect=5)
MOST_URGENT = Figure("Find the most urgent request", clicks=0, also="said on the first page")
CLOSE_ACCESS = Figure("Close a request for access", clicks=6, seconds=180)
PROOF = Figure("Take the file of proof", clicks=1, effect=5)
FIVE_ARTICLES = Figure("From five articles to a trial in the mailbox", clicks=14, seconds=120)
SCHEDULE = Figure("From the trial to a planned sending", clicks=4)
STOP_AT_ONCE = Figure("Stop a wrong sending in its first minute", clicks=1, also="none was sent")
STOP_LATER = Figure("Stop a wrong sending on its way", clicks=2, effect=5)
RECOVER = Figure("Find a draft after a crash", clicks=1, also="all but the last 2 s of typing")
IMPORT = Figure("Import 10,000 rows with 37 errors", clicks=4, also="each row told with its cure")
FIRST_LETTER = Figure("From one command to the first letter", seconds=180, also="start included")

FIGURES = (
    *(SUBSCRIBE, LEAVE_BY_HEADER, LEAVE_BY_LETTER, ASK, OBJECT),
    *(MOST_URGENT, CLOSE_ACCESS, PROOF),
    *(FIVE_ARTICLES, SCHEDULE, STOP_AT_ONCE, STOP_LATER, RECOVER, IMPORT),
    FIRST_LETTER,
)
