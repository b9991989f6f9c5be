"""`mailer dkim`: make the keys that sign mails, and say what to publish of them in the DNS."""

from collections.abc import Mapping

import click

from mailer import checks, settings
from mailer.clock import now, paris_day
from mailer.mail import dkim_keys, dkim_record
from mailer.mail.dkim_keys import SELECTOR, Kept, Kind
from mailer.settings import Value

BOTH = "both"
# A selector has one key: the second one of a pair needs its own.
SECOND = f"-{Kind.ED25519}"


class Selector(click.ParamType[str]):
    """The name of a key in the DNS."""

    name = "selector"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not SELECTOR.fullmatch(value.lower()):
            self.fail("write letters, digits and hyphens, like s2026", param, ctx)
        return value.lower()


@click.group()
def dkim() -> None:
    """The keys that sign every mail, and their records in the DNS (docs/dkim.md)."""


@dkim.command()
@click.option("--selector", type=Selector(), help="The name of the key; s and the month, if none.")
@click.option(
    "--type",
    "kind",
    type=click.Choice([BOTH, *(kind.value for kind in Kind)]),
    default=BOTH,
    show_default=True,
    help="RSA is read by every receiver; Ed25519 signs beside it.",
)
def new(selector: str | None, kind: str) -> None:
    """Make keys, and print the DNS records to publish before mailer is started again.

    EXAMPLE: mailer dkim new --selector s2026
    """
    found, at = _settings(), now()
    wanted = _wanted(selector or f"s{paris_day(at):%Y%m}", kind)
    known = {each.key.selector for each in dkim_keys.kept(found)}
    if taken := sorted(known & wanted.keys()):
        raise click.UsageError(
            f"{taken[0]} has its key already: give another with --selector. A name in use again"
            " would break what the old key has signed."
        )
    made = [dkim_keys.make(found, name, one, at) for name, one in wanted.items()]
    for each in made:
        click.echo(f"; {_told(each)}\n{dkim_record.line(each.key)}")
    click.echo(_what_next(made, found), err=True)


def _wanted(selector: str, kind: str) -> Mapping[str, Kind]:
    if kind != BOTH:
        return {selector: Kind(kind)}
    second = f"{selector}{SECOND}"
    if not SELECTOR.fullmatch(second):
        raise click.UsageError(f"{second} is too long for a name in the DNS: shorten {selector}.")
    return {selector: Kind.RSA, second: Kind.ED25519}


def _what_next(made: list[Kept], found: Mapping[str, Value]) -> str:
    key = made[0].key
    names = ", ".join(f'"{each.key.selector}"' for each in made)
    setting = f", with DKIM_SELECTORS = [{names}]" if found["DKIM_SELECTORS"] else ""
    return (
        f"\nThe private half stays in {dkim_keys.folder(found)}.\n"
        f"1. Paste the lines above into the zone of {key.domain}.\n"
        f"2. Wait until `dig +short TXT {dkim_record.name(key)}` shows the key.\n"
        f"3. Start mailer again{setting}: from then on it signs with the new keys."
    )


@dkim.command()
def show() -> None:
    """Print the DNS records of all keys again, and which of them sign.

    EXAMPLE: mailer dkim show
    """
    found = _settings()
    signing = dkim_keys.signing(found)
    keys = dkim_keys.kept(found)
    for each in keys:
        chosen = any(key.selector == each.key.selector for key in signing)
        state = "signs" if chosen else "signs no longer, or not yet"
        click.echo(f"; {_told(each)}, {state}\n{dkim_record.line(each.key)}")
    if not keys:
        click.echo("There is no key: mails leave unsigned. Make one with `mailer dkim new`.")


def _told(each: Kept) -> str:
    return f"{each.key.selector}, {each.key.algorithm}, made {paris_day(each.made):%Y-%m-%d}"


def _settings() -> Mapping[str, Value]:
    found = settings.load()
    checks.check(found)
    return found
