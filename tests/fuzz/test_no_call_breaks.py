"""Every route, called as its pages do and with what nobody types: none breaks.

`make fuzz` does the same for as long as it is told, on either database.
"""

import pytest
from cheap_hashes import CHEAP
from fuzz import hunting, seen
from fuzz.world import SQLiteFile, World

from mailer.accounts import passphrases

EXAMPLES_A_ROUTE = 2


# Of a call with a long text, what is told when it breaks is long too.
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@pytest.mark.timeout(300)
def test_no_call_of_any_route_breaks_it(tmp_path, monkeypatch):
    monkeypatch.setattr(passphrases, "_hasher", CHEAP)
    world = World(SQLiteFile(tmp_path), tmp_path)
    profile = hunting.profile(EXAMPLES_A_ROUTE, is_quick=True)
    with world.app.app_context():
        world.enter()
        walked = seen.walk(world)
        for route in hunting.routes(world.app):
            hunting.hunt(world, walked, route, profile)
        world.close()
