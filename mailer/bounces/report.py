"""A mail that came back, sorted: who reports, what they say, and the mail that it is about."""

import re
from dataclasses import dataclass, replace

from mailer.bounces import mime, originals
from mailer.bounces.addressing import addresses, is_daemon, only
from mailer.bounces.mime import Headers, Part, first, words

# RFC 3464, 2; RFC 6533, 6.2 for those with addresses beyond ASCII.
STATUS = frozenset({"message/delivery-status", "message/global-delivery-status"})
# RFC 5965, 2.
FEEDBACK = frozenset({"message/feedback-report"})
ORIGINAL = frozenset(
    {"message/rfc822", "message/global", "message/partial", "text/rfc822-headers"}
    | {"message/global-headers", "text/rfc822-header", "message/rfc822-headers"}
)
MDN = frozenset({"message/disposition-notification", "message/global-disposition-notification"})

FAILED = re.compile(
    r"undeliver|non[- ]?remis|non distribu|returned (?:mail|message|to sender)|delivery (?:status|"
    r"fail|notif|report|problem|error)|fail(?:ed|ure|ing)? (?:mail|notice|deliver|message|to deliv)"
    r"|mail (?:deliver|fail|system error|error|could not|not deliv)|could not be (?:deliver|sent)"
    r"|not be delivered|notification d'etat|message delivery|cannot send message|mail delayed"
    r"|delayed mail|returning (?:message|to)|message (?:status|undeliver|delayed)|echec de"
    r"|unzustell"
    r"|processing error|error sending your mail|(?:was|were) not delivered|non[- ]delivery|"
    r"message has been delayed|warning: message|nicht zugestellt|error condition|error report"
    r"|(?:you are|are) not (?:a )?member|automatically rejected|delayed \d+ hours|postmaster notif"
    r"|permanent (?:error|failure)|rejected (?:mail|message)|message not sent|no se puede entregar"
    r"|rebond|remise (?:impossible|retard)|distribution (?:impossible|echou)|bounce|invalid address"
)
ANSWER = re.compile(r"(?:re|tr|fwd?|aw|wg|rep) ?:")
DESTINATIONS = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-rcpt-to", "to")
# Something after a plus that is too much for a name: what a return-path carries.
CARRYING = re.compile(r"[^+@\s]{1,40}\+[^@\s]*\d[^@\s]*@[^@\s]+")


@dataclass(frozen=True, slots=True)
class Report:
    """`text` is what people are to read of it, without the mail that it brings back."""

    headers: Headers
    subject: str
    sender: str
    text: str
    status: str
    feedback: str
    original: Headers
    is_report: bool

    @property
    def failed(self) -> tuple[str, ...]:
        """The recipients that the header names (X-Failed-Recipients, of Exim and Google)."""
        named = ",".join(self.headers.get("x-failed-recipients", []))[:4000]
        return tuple(dict.fromkeys(address for address, _start, _end in addresses(named)))

    def looks_like_one(self) -> bool:
        """Whether a program that carries mail wrote it about a mail that did not arrive."""
        if self.status or self.failed or (self.is_report and not self.feedback):
            return True
        return is_daemon(self.sender) or (self._says_failed() and not self._is_answer())

    def _says_failed(self) -> bool:
        """Whether the subject does, or nobody signs it."""
        anonymous = self.headers.get("from") is not None and not self.sender
        return anonymous or FAILED.search(self.subject.lower()) is not None

    def _is_answer(self) -> bool:
        """Whether a person's program marked it as an answer, or as passed on."""
        is_manual = first(self.headers, "auto-submitted").lower() in {"", "no"}
        is_reply = "in-reply-to" in self.headers or "references" in self.headers
        return is_manual and is_reply and ANSWER.match(self.subject.lower()) is not None

    def senders(self) -> frozenset[str]:
        """In small letters: those whom the report was sent to, and who sent the original."""
        named = [*self.headers.get("to", []), *self.headers.get("delivered-to", [])]
        for name in ("from", "sender", "reply-to", "return-path", "errors-to"):
            named += self.original.get(name, [])
        named += self.headers.get("reply-to", []) + self.headers.get("from", [])
        return frozenset(
            address.lower() for each in named[:20] for address, _s, _e in addresses(each[:1000])
        )

    def written_to(self) -> frozenset[str]:
        """In small letters: whom the header of the original names as its recipients."""
        named = self.original.get("to", []) + self.original.get("cc", [])
        return frozenset(
            address.lower() for each in named[:5] for address, _s, _e in addresses(each[:2000])
        )

    def return_path(self) -> str:
        """The address that it was sent to, when it looks like one made for a single mail."""
        named = [each for name in DESTINATIONS for each in self.headers.get(name, [])]
        named += self.original.get("return-path", [])
        found = (CARRYING.fullmatch(only(each[:1000])) for each in named)
        return next((match[0] for match in found if match), "")


def sort(part: Part) -> Report:
    """The parts of the mail under the names that a report has for them.

    A gateway may pass a report on as a mail within its own: then that one is read.
    """
    outer = _sorted(part)
    inner = next((leaf for leaf in part.leaves() if leaf.kind in ORIGINAL), None)
    if inner is None or outer.status or outer.feedback or not outer.looks_like_one():
        return outer
    within = mime.split(inner.content)
    if within.kind != "multipart/report":
        return outer
    return replace(_sorted(within), headers=part.headers)


def _sorted(part: Part) -> Report:
    leaves = list(part.leaves())
    text, quoted = originals.cut(_said(leaves))
    original = next((_original(leaf) for leaf in leaves if leaf.kind in ORIGINAL), {})
    return Report(
        headers=part.headers,
        subject=words(first(part.headers, "subject")),
        sender=only(first(part.headers, "from")[:1000]),
        text=text,
        status="\n\n".join(leaf.text() for leaf in leaves if leaf.kind in STATUS),
        feedback="\n".join(leaf.text() for leaf in leaves if leaf.kind in FEEDBACK),
        original=original or quoted,
        is_report=part.kind == "multipart/report",
    )


def _said(leaves: list[Part]) -> str:
    """The plain text before whatever is attached; the HTML when there is none."""
    ends = (n for n, leaf in enumerate(leaves) if leaf.kind in STATUS | FEEDBACK | ORIGINAL)
    end = next(ends, len(leaves))
    told = leaves[:end] or leaves
    # A multipart of which no boundary was found is text as it stands.
    plain = [leaf.text() for leaf in told if leaf.kind.startswith(("text/plain", "multipart/"))]
    if any(each.strip() for each in plain):
        return "\n".join(plain)
    return "\n".join(mime.without_markup(leaf.text()) for leaf in told if leaf.kind == "text/html")


def _original(leaf: Part) -> Headers:
    """The header of the mail in that part, which is not read further."""
    content = leaf.content.lstrip(b"\n")
    return mime.headers(content.partition(b"\n\n")[0])
