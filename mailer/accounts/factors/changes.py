"""What can happen to somebody's factors: the verb of the record, and the sentence of the mail."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


class Change(StrEnum):
    """One change, as the record calls it."""

    SET_TOTP = "set-totp"
    REMOVE_TOTP = "remove-totp"
    ADD_PASSKEY = "add-passkey"
    REMOVE_PASSKEY = "remove-passkey"
    RENEW_CODES = "renew-recovery-codes"
    USE_CODE = "use-recovery-code"
    RESET = "reset-factors"


SENTENCES: dict[Change, LazyString] = {
    Change.SET_TOTP: _("Une application qui donne des codes est maintenant liée à votre compte."),
    Change.REMOVE_TOTP: _("L’application qui donnait des codes n’est plus liée à votre compte."),
    Change.ADD_PASSKEY: _("Une clé d’accès est maintenant liée à votre compte."),
    Change.REMOVE_PASSKEY: _("Une clé d’accès n’est plus liée à votre compte."),
    Change.RENEW_CODES: _("Vos codes de secours ont été remplacés par de nouveaux."),
    Change.USE_CODE: _("Un de vos codes de secours a servi à se connecter."),
    Change.RESET: _(
        "L’administration du service a retiré de votre compte l’application, les clés d’accès et"
        " les codes de secours. Vos sessions sont fermées. À votre prochaine connexion, votre"
        " phrase de passe suffit, et la page vous aide à en mettre de nouveaux."
    ),
}
