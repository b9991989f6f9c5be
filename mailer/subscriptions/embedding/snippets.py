"""What an agency pastes into its own pages: three ways, and what its own policy must allow."""

from dataclasses import dataclass
from html import escape

from mailer.subscriptions.shown import Box, ShownForm

SCRIPT = "/integration/ml-subscribe.js"


@dataclass(frozen=True)
class Place:
    """The list's name in addresses, our public address, and the form as it is shown today."""

    slug: str
    base: str
    shown: ShownForm

    @property
    def target(self) -> str:
        return f"{self.base}/integration/{self.slug}"


def absolute(html: str, base: str) -> str:
    """The same text, its links leading to us from any page."""
    # As a plain text: Markup would escape what it is given.
    return str(html).replace('href="/', f'href="{base}/')


def form(place: Place) -> str:
    """A plain form: it works in any page, without script."""
    shown, slug = place.shown, escape(place.slug)
    boxes = [
        _choice(f"ml-{slug}-{number}", "lists", box.value, _said(box))
        for number, box in enumerate(shown.boxes, 1)
    ]
    if asked := shown.measure:
        boxes.append(_choice(f"ml-{slug}-measure", "measure", asked.value, _said(asked)))
    if asked := shown.age:
        boxes.append(_choice(f"ml-{slug}-age", "age", asked.value, _said(asked)))
    choices = "\n".join(boxes)
    return f"""\
<form method="post" action="{escape(place.target)}" accept-charset="utf-8">
  <p><label for="ml-{slug}-email">{escape(shown.label)}</label>
  <input type="email" id="ml-{slug}-email" name="email" autocomplete="email" required></p>
  <fieldset><legend>{escape(shown.legend)}</legend>
{choices}
  </fieldset>
  <input type="hidden" name="notice" value="{shown.short.sha256}">
  <input type="hidden" name="shown" value="{shown.digest}">
  <input type="hidden" name="locale" value="{shown.locale}">
  <p hidden><input name="website" aria-label="-" tabindex="-1" autocomplete="off"></p>
  <button>{escape(shown.button)}</button>
{absolute(shown.short.html, place.base)}</form>
"""


def _choice(number: str, name: str, value: str, label: str) -> str:
    return (
        f'  <p><input type="checkbox" id="{number}" name="{name}" value="{escape(value)}">'
        f' <label for="{number}">{escape(label)}</label></p>'
    )


def _said(box: Box) -> str:
    return f"{box.label} ({box.hint})"


def component(place: Place) -> str:
    """A web component: the newest notice by itself, errors without leaving the page."""
    slug, lang = escape(place.slug), place.shown.locale
    return (
        f'<script type="module" src="{escape(place.base)}{SCRIPT}"></script>\n'
        f'<ml-subscribe list="{slug}" lang="{lang}">'
        f'<a href="{escape(place.base)}/listes/{slug}">{escape(place.shown.title)}</a>'
        "</ml-subscribe>\n"
    )


def frame(place: Place, title: str) -> str:
    """A frame: our own page within the agency's."""
    return (
        f'<iframe src="{escape(place.target)}" title="{escape(title)}" height="560"'
        ' style="width: 100%; border: 0" loading="lazy"></iframe>\n'
    )


def policy(base: str) -> dict[str, str]:
    """What a page with a Content-Security-Policy of its own must add, by way."""
    return {
        "form": f"form-action {base};",
        "component": f"script-src {base}; connect-src {base}; form-action {base};",
        "frame": f"frame-src {base};",
    }
