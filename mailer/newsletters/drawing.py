"""The two Jinja environments of letters: what is drawn is data, never a template."""

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mailer.newsletters import markdown
from mailer.resources import folder

LOADER = FileSystemLoader(folder("templates") / "newsletters")


def _prose(source: str) -> Markup:
    return Markup(markdown.to_html(source))  # noqa: S704 - nh3 has just cleaned it


HTML = Environment(loader=LOADER, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
HTML.filters["prose"] = _prose

TEXT = Environment(loader=LOADER, undefined=StrictUndefined, trim_blocks=True)  # noqa: S701 - plain text
TEXT.filters["prose"] = markdown.to_text
TEXT.filters["wrapped"] = markdown.wrapped
