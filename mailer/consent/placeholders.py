"""What stands between braces in a notice, and what it stands for here and now.

{organisme} is the name in the settings, {durees} the whole list of the rulebook's times. Nothing
else of a text is computed: an officer may write what they like around it.
"""

import re
from collections.abc import Mapping

from flask import current_app

from mailer import rulebook
from mailer.consent.bases import all_rest_on_consent, closed
from mailer.consent.lists import aims, measured, purpose_of_measuring

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def values(locale: str) -> dict[str, str]:
    """What each placeholder stands for, in that language."""
    # Not render_template, which asks for a request: the worker shows notices too.
    template = current_app.jinja_env.get_template(f"consent/notices/{locale}/parts.txt")
    macros = vars(template.make_module(_known(locale)))
    return {name: str(macro()).strip("\n") for name, macro in macros.items() if callable(macro)}


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled in; what is not one stays as it is."""
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def _known(locale: str) -> dict[str, object]:
    config, rules, lists = current_app.config, rulebook.load(), aims()
    return {
        "organisation": config["ORGANISATION"],
        "postal_address": config["POSTAL_ADDRESS"],
        "phone": config["PHONE"],
        "dpo": config["DPO_ADDRESS"],
        "processors": config["PROCESSORS"],
        "transfers": config["TRANSFERS"],
        "measure": measured(lists),
        "measure_purpose": purpose_of_measuring(locale),
        "aims": lists,
        "consent_only": all_rest_on_consent(lists),
        "narrowed": [(aim.name, shut) for aim in lists if (shut := closed(aim.basis))],
        "figures": rules.figures,
        "authority": rules.authority,
        "cite": lambda name: rules.cite(name, locale),
    }
