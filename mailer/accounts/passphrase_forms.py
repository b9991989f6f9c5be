"""Choosing a passphrase: the fields, and what to do about one that would be found soon."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from wtforms import EmailField, Form, PasswordField
from wtforms.validators import InputRequired

from mailer.accounts.forms import AddressField, NameField
from mailer.accounts.guesses import Fault
from mailer.accounts.passphrases import LONGEST, SHORTEST
from mailer.web.forms import StaffForm, VisitorForm

FAULTS: dict[Fault, LazyString] = {
    Fault.SHORT: _(
        "Il faut %(least)s caractères au moins. Trois ou quatre mots sans rapport y suffisent.",
        least=SHORTEST,
    ),
    Fault.LONG: _("Il en faut moins : %(most)s caractères au plus.", most=LONGEST),
    Fault.COMMON: _(
        "Beaucoup de gens prennent celle-ci, elle serait essayée d’abord. Prenez des mots qui ne"
        " vont pas ensemble et qu’aucune chanson ni aucun proverbe ne réunit."
    ),
    Fault.REPEATED: _(
        "Elle répète le même motif, ce qui se devine vite. Prenez des mots différents."
    ),
    Fault.WALK: _(
        "Elle suit l’ordre du clavier ou de l’alphabet, ce qui se devine vite. Prenez des mots."
    ),
    Fault.OWN: _(
        "Elle tient à votre nom, à votre adresse ou au nom de l’organisme, que chacun peut lire."
        " Prenez des mots qui n’ont rien à voir avec vous."
    ),
    Fault.LEAKED: _(
        "Elle figure parmi les phrases de passe volées ailleurs, que l’on essaie d’abord. Prenez-en"
        " une qui n’a jamais servi."
    ),
}


class NewPassphrase(PasswordField):  # type: ignore[misc]  # WTForms ships no types
    """A passphrase to choose, which a password manager may make."""

    def __init__(self, **more: object) -> None:
        super().__init__(
            _("Nouvelle phrase de passe"),
            [InputRequired(_("Saisissez la phrase de passe que vous choisissez"))],
            render_kw={"autocomplete": "new-password", "data-passphrase": ""},
            **more,
        )


def refuse(form: Form, fault: Fault) -> None:
    """Say at the field what is wrong with the choice, and how to mend it."""
    form.new.errors = [str(FAULTS[fault])]


class ChooseForm(VisitorForm):
    """A passphrase chosen by the link of a mail."""

    new = NewPassphrase()


class ChangeForm(StaffForm):
    """The present passphrase, and the one that takes its place."""

    present = PasswordField(
        _("Phrase de passe actuelle"),
        [InputRequired(_("Saisissez votre phrase de passe actuelle"))],
        render_kw={"autocomplete": "current-password"},
    )
    new = NewPassphrase()


class NameForm(StaffForm):
    """How the desk names its owner."""

    name = NameField(_("Saisissez votre nom, tel que vos collègues le liront"), "name")


class ForgottenForm(VisitorForm):
    """The address of an account."""

    email: EmailField = AddressField()
