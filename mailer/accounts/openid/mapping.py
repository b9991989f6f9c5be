"""Groups of the provider, and the roles that they give here."""

from collections.abc import Collection, Mapping

from mailer.accounts.roles import Role


def roles(groups: Collection[str], table: Mapping[str, Collection[str]]) -> frozenset[Role]:
    """The roles that the table gives for these groups."""
    return frozenset(Role(name) for group in groups for name in table.get(group, ()))
