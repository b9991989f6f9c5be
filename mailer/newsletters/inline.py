"""The only use of premailer: the style of a letter goes onto its elements, once per letter."""

import logging
import re

from premailer import Premailer

DOCTYPE = "<!DOCTYPE html>\n"
# Outlook reads them on tables; elsewhere they are no HTML.
OUTSIDE_TABLES = re.compile(r"<(?!table\b|t[dhr]\b|body\b)[a-z][a-z0-9]*\b[^>]*>")
OF_TABLES = re.compile(r'\s(?:align|valign|bgcolor)="[^"]*"')


def inline(html: str) -> str:
    """The page with its style on its elements; <style data-premailer="ignore"> stays untouched."""
    inliner = Premailer(
        html.removeprefix(DOCTYPE),
        base_url=None,
        # What stands on the elements needs no sheet; the one for screens is kept all the same.
        keep_style_tags=False,
        align_floating_images=False,
        allow_network=False,
        # "width: 100%" as an attribute would overrule the number that Outlook needs.
        disable_basic_attributes=["width", "height"],
        cssutils_logging_level=logging.CRITICAL,
    )
    inlined: str = inliner.transform(pretty_print=False)
    # premailer loses the doctype, without which mail clients fall back to the rules of 1998.
    return DOCTYPE + OUTSIDE_TABLES.sub(lambda tag: OF_TABLES.sub("", tag[0]), inlined)
