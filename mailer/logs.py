"""Logs: one line of key=value per event, to standard error.

What is written is a static event and ids. Libraries write sentences with values in them: of
theirs, only the template, the place and the kind of the exception pass.
"""

import logging
import sys

import structlog


class Bridge(logging.Handler):
    """Turns the record of a library into an event of ours, without its values."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        structlog.get_logger().log(
            record.levelno,
            "library",
            logger=record.name,
            template=str(record.msg).partition("\n")[0],
            **({"kind": kind} if kind else {}),
        )


def configure() -> None:
    """Send our events and the warnings of libraries to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        # Read at each event: a test or a server may have put another stream in its place.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, handlers=[Bridge()])
