"""A worker with a job that never returns, and a grace of a second: run by test_run.py."""

import sys
import threading
from datetime import timedelta

from mailer.app import create_app
from mailer.worker import queue, run
from mailer.worker.queue import Queue
from mailer.worker.schedule import Job


def hang():
    threading.Thread(target=threading.Event().wait, daemon=False).start()
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    threading.Event().wait()


run.GRACE_SECONDS = run.WAY_OUT_SECONDS = 1
app = create_app()
app.extensions[queue.KEY] = Queue(app, (Job("hang", hang, timedelta(hours=1)),))
run.run(app)
