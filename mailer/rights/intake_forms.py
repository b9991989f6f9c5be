"""A request that reached the officer by letter, call, visit or mail, as they type it in."""

from flask import current_app
from flask_babel import lazy_gettext as _
from wtforms import (
    DateField,
    EmailField,
    Field,
    FileField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from mailer import addresses, rulebook
from mailer.addresses import Address
from mailer.clock import now
from mailer.errors import Invalid
from mailer.rights.carriage import Via
from mailer.rights.deadlines import receipt_day
from mailer.rights.forms import NOT_TOO_LONG, Asked, RightBoxes, written
from mailer.rights.labels import CHANNELS, REQUESTERS, RIGHTS, VIAS
from mailer.rights.models import Channel
from mailer.rights.papers import ACCEPTED, is_paper
from mailer.rights.requesters import REPRESENTING, Requester
from mailer.web.forms import StaffForm

LONGEST_NAME = Length(max=200, message=_("Ce texte est trop long. Raccourcissez-le."))
NOT_A_PAPER = _("Choisissez un fichier PDF, JPEG ou PNG de %(megabytes)s Mo au plus.")
MAILBOX = {"spellcheck": "false", "autocomplete": "off"}


def parsed(text: str | None) -> Address | None:
    """The address, or None where nothing was typed; raises ValidationError."""
    if not (text or "").strip():
        return None
    try:
        return addresses.parse(text or "")
    except Invalid:
        raise ValidationError(
            _("Saisissez une adresse complète, au format nom@exemple.fr.")
        ) from None


class IntakeForm(Asked, StaffForm):
    """How it came, who asks, what is asked, and where to answer."""

    channel = SelectField(
        _("Arrivée par"),
        choices=[
            SelectChoice(each.value, label)
            for each, label in CHANNELS.items()
            if each != Channel.FORM
        ],
    )
    received_on = DateField(
        _("Reçue le"), [DataRequired(_("Indiquez le jour où la demande est arrivée."))]
    )
    heard_by = StringField(_("Ouverte ou entendue par"), [LONGEST_NAME], filters=[written])
    rights = RightBoxes(
        _("Droits exercés"),
        choices=[SelectChoice(right.value, label) for right, label in RIGHTS.items()],
    )
    verbatim = TextAreaField(
        _("Texte de la demande"),
        [DataRequired(_("Recopiez la demande, mot pour mot.")), NOT_TOO_LONG],
        filters=[written],
    )
    scan = FileField(_("Lettre numérisée"), render_kw={"accept": ACCEPTED})
    address = EmailField(_("Adresse e-mail de la personne"), render_kw=MAILBOX)
    requester = SelectField(
        _("Demande faite par"),
        choices=[SelectChoice(each.value, label) for each, label in REQUESTERS.items()],
        default=Requester.SELF.value,
    )
    representative = StringField(
        _("Nom de qui demande pour la personne"), [LONGEST_NAME], filters=[written]
    )
    contact = EmailField(_("Adresse e-mail de qui demande pour la personne"), render_kw=MAILBOX)
    mandate = FileField(_("Mandat ou acte, numérisé"), render_kw={"accept": ACCEPTED})
    answer_via = SelectField(
        _("Réponse par"),
        choices=[SelectChoice(each.value, label) for each, label in VIAS.items()],
        default=Via.EMAIL.value,
    )
    postal_address = TextAreaField(_("Adresse postale"), [NOT_TOO_LONG], filters=[written])
    language = SelectField(
        _("Langue de nos réponses"),
        choices=[SelectChoice("fr", "Français"), SelectChoice("en", "English")],
        default="fr",
    )

    def validate_received_on(self, field: Field) -> None:
        if field.data > receipt_day(now()):
            raise ValidationError(_("Choisissez aujourd’hui ou un jour passé."))
        if field.data < rulebook.load().figures.answer_months.valid_from:
            raise ValidationError(_("Vérifiez l’année."))

    def validate_address(self, field: Field) -> None:
        by_mail = self.answer_via.data == Via.EMAIL
        is_represented = self.requester.data in REPRESENTING and self.contact.data
        if parsed(field.data) is None and by_mail and not is_represented:
            raise ValidationError(
                _(
                    "Saisissez une adresse complète, au format nom@exemple.fr, ou répondez par"
                    " courrier."
                )
            )

    def validate_contact(self, field: Field) -> None:
        parsed(field.data)

    def validate_representative(self, field: Field) -> None:
        if self.requester.data in REPRESENTING and not field.data:
            raise ValidationError(_("Indiquez le nom de qui demande pour la personne."))

    def validate_postal_address(self, field: Field) -> None:
        if self.answer_via.data == Via.POST and not field.data:
            raise ValidationError(_("Indiquez où envoyer la réponse."))

    def validate_scan(self, field: Field) -> None:
        _check(field)

    def validate_mandate(self, field: Field) -> None:
        _check(field)


def _check(field: Field) -> None:
    megabytes = current_app.config["PAPER_MAX_MEGABYTES"]
    if content(field) and not is_paper(content(field), megabytes):
        raise ValidationError(NOT_A_PAPER % {"megabytes": megabytes})


def content(field: Field) -> bytes:
    """What was sent with the field; empty when nothing was."""
    if not field.data:
        return b""
    field.data.seek(0)
    sent: bytes = field.data.read()
    return sent
