"""All that is wrong with the settings, each with where it is mended."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mailer import checks, settings
from mailer.bounces import mailbox
from mailer.configuration import origins
from mailer.configuration.origins import Kind, Origin
from mailer.mail import allowances, dkim_keys, relay_settings, watched
from mailer.settings import PREFIX, BadSetting, Fault, Value

NAME = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b")


def every(environ: Mapping[str, str]) -> list[Fault]:
    """Each thing that keeps mailer from starting with these settings; empty when nothing does."""
    try:
        values, wrong = settings.gather(environ)
    except BadSetting as error:
        return [_told(each) for each in error.args]
    wrong += checks.faults(values)
    if not wrong:
        wrong += [_told(each) for check in _parts(environ) for each in _refusals(check, values)]
    places = origins.found(values, environ)
    return [_placed(fault, places) for fault in wrong]


def _parts(environ: Mapping[str, str]) -> Iterator[Callable[[Mapping[str, Any]], object]]:
    """What reads several settings at once, and may refuse them together."""
    yield lambda values: allowances.policy(
        values, tuple(relay_settings.configured(values, environ).values())
    )
    yield dkim_keys.signing
    yield watched.configured
    yield mailbox.read
    yield refuse_demonstration


def refuse_demonstration(values: Mapping[str, Any]) -> None:
    """Raise BadSetting for a site whose doors everybody opens: that is no office."""
    if values["DEMO"]:
        cure = "unset it to run `mailer up` or `mailer web`"
        raise BadSetting(Fault("DEMO", "DEMO is for `mailer demo`", cure))


def _refusals(
    check: Callable[[Mapping[str, Any]], object], values: Mapping[str, Value]
) -> tuple[object, ...]:
    try:
        check(values)
    except BadSetting as error:
        return error.args
    return ()


def _told(said: object) -> Fault:
    """The fault; of a sentence alone, under the first setting that it names."""
    if isinstance(said, Fault):
        return said
    named = NAME.search(str(said))
    return Fault(named[0] if named else "", str(said))


def _placed(fault: Fault, places: Mapping[str, Origin]) -> Fault:
    """The fault with its cure: what it says of it, else where the value stands."""
    origin = places.get(fault.setting.removeprefix(PREFIX))
    if fault.cure or origin is None:
        return fault
    if origin.kind is Kind.ENVIRONMENT:
        cure = f"change or unset {origin.place} in the environment"
    else:
        cure = f"change it in {origin}"
    return Fault(fault.setting, fault.said, cure)
