"""What the columns of a file hold. The exports of known programs are described by tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a column is used for."""

    NONE = ""
    EMAIL = "email"
    STATUS = "status"
    LANGUAGE = "language"
    # When that person said yes, and from which network, where the file knows it row by row.
    GIVEN = "given_at"
    NETWORK = "network"


class Fate(StrEnum):
    """What the other program's status asks of us."""

    TAKE = "take"
    # Whoever left there, or never confirmed, or could not be reached, is not taken.
    LEAVE = "leave"
    # Whoever was never to be written to again, is not written to from here either.
    OBJECTED = "objected"
    COMPLAINED = "complained"
    # Left there by an act of their own: the record of consents keeps that, not the address.
    WITHDRAWN = "withdrawn"
    # No mail reaches them: they are suppressed here too.
    BOUNCED = "bounced"


# Any text at all in the cell.
ANY = "*"
Fates = Mapping[str, Fate]

# Words of status that need no context, in the languages that we meet.
COMMON: Fates = {
    "": Fate.TAKE,
    **dict.fromkeys(("active", "actif", "active subscriber", "abonné", "inscrit"), Fate.TAKE),
    **dict.fromkeys(("subscribed", "confirmed", "enabled", "confirmé", "1"), Fate.TAKE),
    **dict.fromkeys(("unsubscribed", "désabonné", "désinscrit", "inactive", "inactif"), Fate.LEAVE),
    **dict.fromkeys(("unconfirmed", "pending", "disabled", "non confirmé", "0"), Fate.LEAVE),
    **dict.fromkeys(("cleaned", "bounced", "hard bounce", "hardbounced"), Fate.LEAVE),
    **dict.fromkeys(("blocklisted", "blacklisted", "blocked", "bloqué"), Fate.OBJECTED),
    **dict.fromkeys(("complained", "complaint", "spam", "abuse"), Fate.COMPLAINED),
}


@dataclass(frozen=True)
class Proof:
    """The columns in which a program keeps when and from where somebody said yes.

    `also` must be filled too: without them, somebody else wrote the date.
    """

    given: str
    network: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Product:
    """The export of one program: columns by which it is known, and what its statuses mean."""

    name: str
    signs: frozenset[str]
    email: str
    statuses: Mapping[str, Fates]
    proof: Proof | None = None


YES_BLOCKS: Fates = {
    "": Fate.TAKE,
    **dict.fromkeys(("0", "false", "no", "non", "subscribed"), Fate.TAKE),
    **dict.fromkeys(("1", "true", "yes", "oui", "blocklisted", "blacklisted"), Fate.OBJECTED),
    "unsubscribed": Fate.WITHDRAWN,
}

# The sheet that `mailer move-in` makes of what is no table (mailer/move_in/listmonk.py).
MOVED_IN = Product(
    "move-in",
    frozenset({"email", "fate", "given_at", "network"}),
    "email",
    {"fate": {fate.value: fate for fate in Fate}},
    Proof("given_at", "network"),
)
PRODUCTS = (
    # listmonk, internal/subimporter and cmd/subscribers.go: uuid,email,name,attributes,status,…
    Product(
        "listmonk",
        frozenset({"uuid", "email", "attributes", "status"}),
        "email",
        {"status": {"enabled": Fate.TAKE, "disabled": Fate.LEAVE, "blocklisted": Fate.OBJECTED}},
    ),
    # Mailchimp gives one file per status; each is known by the column of its date.
    Product(
        "Mailchimp",
        frozenset({"leid", "euid"}),
        "email address",
        {
            "unsub_time": {"": Fate.TAKE, ANY: Fate.WITHDRAWN},
            "clean_time": {"": Fate.TAKE, ANY: Fate.BOUNCED},
        },
        # Whom a colleague added has a confirmation, at the time and from the network of theirs.
        Proof("confirm_time", "confirm_ip", also=("optin_time", "optin_ip", "confirm_ip")),
    ),
    Product(
        "Brevo",
        frozenset({"email", "added_time", "modified_time"}),
        "email",
        {
            "email_blacklisted": YES_BLOCKS,
            "emailblacklisted": YES_BLOCKS,
            "blocklisted": YES_BLOCKS,
            "email_marketing": YES_BLOCKS,
        },
        # A date is one; a yes is not: whoever brings a file in may tick it for everybody.
        Proof("double_opt-in"),
    ),
    # Mailtrain, shared/lists.js: SUBSCRIBED 1, UNSUBSCRIBED 2, BOUNCED 3, COMPLAINED 4.
    Product(
        "Mailtrain",
        frozenset({"cid", "email", "status"}),
        "email",
        {
            "status": {
                **dict.fromkeys(("1", "subscribed"), Fate.TAKE),
                **dict.fromkeys(("2", "unsubscribed"), Fate.WITHDRAWN),
                **dict.fromkeys(("3", "bounced"), Fate.BOUNCED),
                **dict.fromkeys(("4", "complained"), Fate.COMPLAINED),
            }
        },
    ),
    MOVED_IN,
)
BY_NAME = {product.name: product for product in PRODUCTS}

EMAIL_NAMES = frozenset(
    {
        *("email", "e-mail", "mail", "courriel", "adresse", "email_address", "emailaddress"),
        *("email address", "adresse_email", "adresse e-mail", "adresse email", "adresse mail"),
        "adresse électronique",
    }
)
STATUS_NAMES = frozenset({"status", "statut", "state", "état", "etat"})
LANGUAGE_NAMES = frozenset({"language", "langue", "lang", "locale"})
GIVEN_NAMES = frozenset({"given_at", "consent_date", "date_consentement", "date du consentement"})
ELSEWHERE = {
    Role.LANGUAGE: LANGUAGE_NAMES,
    Role.GIVEN: GIVEN_NAMES,
    Role.NETWORK: frozenset({"network"}),
}


@dataclass(frozen=True)
class Layout:
    """What each column is used for, and the program that the file comes from."""

    roles: tuple[Role, ...]
    product: str = ""

    @property
    def is_usable(self) -> bool:
        """Whether exactly one column holds the addresses."""
        return self.roles.count(Role.EMAIL) == 1


def guess(header: Sequence[str]) -> Layout:
    """What the columns of that header hold, as far as their names tell."""
    names = [plain(name) for name in header]
    product = next((one for one in PRODUCTS if one.signs <= set(names)), None)
    roles = [_role(name, product) for name in names]
    if Role.EMAIL in roles:
        first = roles.index(Role.EMAIL)
        roles = [
            Role.NONE if role == Role.EMAIL and place != first else role
            for place, role in enumerate(roles)
        ]
    return Layout(tuple(roles), product.name if product else "")


def _role(name: str, product: Product | None) -> Role:
    if product is not None:
        if name == product.email:
            return Role.EMAIL
        if name in product.statuses:
            return Role.STATUS
        if product.proof and name in {product.proof.given, product.proof.network}:
            return Role.GIVEN if name == product.proof.given else Role.NETWORK
    elif name in EMAIL_NAMES:
        return Role.EMAIL
    elif name in STATUS_NAMES:
        return Role.STATUS
    return next((role for role, names in ELSEWHERE.items() if name in names), Role.NONE)


def also(layout: Layout) -> tuple[str, ...]:
    """The columns without which the program's date of a yes shows nothing."""
    product = BY_NAME.get(layout.product)
    return product.proof.also if product and product.proof else ()


def plain(name: str) -> str:
    """The name of a column as it is compared."""
    return " ".join(name.replace("\ufeff", "").casefold().split())


def fates(layout: Layout, name: str) -> Fates:
    """What the statuses of the column of that name mean."""
    product = BY_NAME.get(layout.product)
    return (product.statuses.get(plain(name)) if product else None) or COMMON
