"""The commands that the manual has somebody type, as its blocks of the shell have them."""

import re

BLOCK = re.compile(r"^```(?:sh|bash)?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def lines(page):
    """Each line of those blocks, one that goes on below as a single one."""
    for block in BLOCK.findall(page.file.read_text()):
        yield from block.replace("\\\n", " ").splitlines()
