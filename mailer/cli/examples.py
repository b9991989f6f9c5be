"""An example for each command that gives none of its own, shown at the end of its help."""

from collections.abc import Mapping

import click

# By the words of the command.
EXAMPLES: Mapping[str, str] = {
    "account close": "mailer account close camille@exemple.fr",
    "account create": 'mailer account create maud@exemple.fr --name "Maud Hautmesnil" --role admin',
    "account end-sessions": "mailer account end-sessions camille@exemple.fr",
    "account invite": 'mailer account invite yves@exemple.fr --name "Yves Rioult" --role editor',
    "account key create": "mailer account key create maud@exemple.fr --name CMS --scope lists:read",
    "account key list": "mailer account key list --json",
    "account key revoke": "mailer account key revoke 3",
    "account list": "mailer account list --json",
    "account reset-factors": "mailer account reset-factors camille@exemple.fr",
    "bench bodies": "mailer bench bodies",
    "bench enumeration": "mailer bench enumeration",
    "bench import": "mailer bench import",
    "bench ledger": "mailer bench ledger",
    "bench mails": "mailer bench mails",
    "bench people": "mailer bench people",
    "bench requests": "mailer bench requests",
    "bench restore": "mailer bench restore --people 5000",
    "bench signatures": "mailer bench signatures",
    "bench signups": "mailer bench signups --seconds 60",
    "bounces listen": "mailer bounces listen",
    "completion": "mailer completion bash > ~/.local/share/bash-completion/completions/mailer",
    "data-map": "mailer data-map --language en > data-map.yml",
    "demo": "mailer demo --port 8080",
    "ledger anchor": "mailer ledger anchor",
    "ledger prove": "mailer ledger prove zoe@exemple.fr --json",
    "ledger rebuild": "mailer ledger rebuild",
    "ledger rotate": "mailer ledger rotate chain",
    "ledger verify": "mailer ledger verify --json",
    "notice check": "mailer notice check",
    "notice file": "mailer notice file --kind short --name 2024 --from 2024-01-01 notice.md",
    "notice publish": "mailer notice publish --kind short notice.md",
    "purge": "mailer purge --dry-run",
    "register": "mailer register > registre.md",
    "theme check": "mailer theme check instance/themes/ville --json",
    "up": "mailer up --host 127.0.0.1 --port 8000",
    "worker": "mailer worker",
}


def show(command: click.Command, path: tuple[str, ...] = ()) -> None:
    """Let the command, and each below it, show its example."""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            show(below, (*path, name))
    elif (example := EXAMPLES.get(" ".join(path))) and not command.epilog:
        command.epilog = f"\b\nExamples:\n  {example}"
