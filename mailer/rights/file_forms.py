"""What the officer fills in around a case: corrections, complaint, hold, sequel, archive."""

from flask_babel import lazy_gettext as _
from wtforms import DateField, EmailField, Field, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired

from mailer.clock import now
from mailer.rights.deadlines import receipt_day
from mailer.rights.forms import NOT_TOO_LONG, an_address, written
from mailer.rights.intake_forms import LONGEST_NAME, MAILBOX
from mailer.web.forms import StaffForm

WHY = [DataRequired(_("Écrivez pourquoi : la raison reste au dossier.")), NOT_TOO_LONG]


class MailboxForm(StaffForm):
    """The mailbox that letters are to move to."""

    moved_to = EmailField(_("Nouvelle adresse e-mail"), [an_address], render_kw=MAILBOX)


class AddressForm(StaffForm):
    """The address that was learnt after the request."""

    learnt = EmailField(_("Adresse e-mail de la personne"), [an_address], render_kw=MAILBOX)


class CorrectionForm(StaffForm):
    """What was wrong, and what it is now."""

    before = StringField(
        _("Ce qui était inexact"),
        [DataRequired(_("Écrivez ce qui était inexact.")), NOT_TOO_LONG],
        filters=[written],
    )
    after = StringField(
        _("Ce qui est exact"),
        [DataRequired(_("Écrivez ce qui est exact.")), NOT_TOO_LONG],
        filters=[written],
    )


class ComplaintForm(StaffForm):
    """The number that the authority gave to a complaint."""

    number = StringField(
        _("Numéro du dossier de la CNIL"),
        [DataRequired(_("Saisissez le numéro du dossier de la CNIL.")), LONGEST_NAME],
        filters=[written],
    )


class HoldForm(StaffForm):
    """Why the file is kept, or let go."""

    held_because = TextAreaField(_("Pourquoi"), WHY, filters=[written])


class FollowUpForm(StaffForm):
    """What the person wrote after the case was closed, and when."""

    follows_on = DateField(
        _("Reçue le"), [DataRequired(_("Indiquez le jour où la demande est arrivée."))]
    )
    follows = TextAreaField(
        _("Texte de la demande"),
        [DataRequired(_("Recopiez la demande, mot pour mot.")), NOT_TOO_LONG],
        filters=[written],
    )

    def validate_follows_on(self, field: Field) -> None:
        if field.data > receipt_day(now()):
            raise ValidationError(_("Choisissez aujourd’hui ou un jour passé."))


class ArchiveForm(StaffForm):
    """Why an archived file is opened."""

    motive = TextAreaField(_("Pourquoi ouvrir ce dossier"), WHY, filters=[written])
