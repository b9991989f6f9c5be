"""Whether the mailboxes that are read can be opened; nothing in them is touched."""

from collections.abc import Iterator

from mailer.doctor.finding import Finding, fault, good
from mailer.mail import imap, pop3
from mailer.mail.imap import Mailbox, RefusedError, UnreachableError

OPEN = {"imap": imap.opened, "pop3": pop3.opened}


def mailbox(check: str, box: Mailbox, protocol: str, prefix: str) -> Iterator[Finding]:
    """Whether it lets us in; `prefix` is what its settings begin with."""
    where = f"{box.host}:{box.port}"
    try:
        with OPEN[protocol](box):
            pass
    except RefusedError:
        said = f"{where} refuses the account, its password or its folder"
        yield fault(check, said, f"correct what {prefix}… say of user, password and folder")
    except UnreachableError as error:
        yield _shut(check, where, str(error), prefix)
    else:
        yield good(check, f"{where} lets us read")


def _shut(check: str, where: str, why: str, prefix: str) -> Finding:
    if "SSL" in why:
        said = f"{where} shows a certificate that is not its own, or does not encrypt"
        return fault(check, said, f"correct {prefix}SECURITY, or have its certificate renewed")
    said = f"{where} cannot be reached ({why})"
    return fault(check, said, f"start it, or correct {prefix}HOST and {prefix}PORT")
