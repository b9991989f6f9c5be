"""The words of an HTML mail as lines of text; what it quotes begins with ">", as in plain mails."""

from lxml import etree

from mailer.articles.markup import INLINE, MAX_BODY, SILENT, tree

QUOTED = frozenset({"blockquote"})
PARTED_BY_SPACE = frozenset({"td", "th"})
# Deeper, a quotation of a quotation of a quotation is one.
MOST_DEPTH = 5


class Lines:
    """Text that grows piece by piece, its lines marked as deep as they are quoted."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._words: list[str] = []
        self.depth = 0

    def add(self, text: str | None) -> None:
        # Line ends in the source are spaces on the page.
        self._words += (text or "").split()

    def end(self) -> None:
        """Begin a new line, unless this one is empty."""
        if self._words:
            mark = ">" * min(self.depth, MOST_DEPTH)
            self.lines.append(f"{mark} {' '.join(self._words)}".strip())
            self._words = []


def text(html: str) -> str:
    """What a reader would see of it; nothing is fetched, run or expanded."""
    root = tree(html[:MAX_BODY])
    if root is None:
        return ""
    found = Lines()
    silent: etree._Element | None = None
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if silent is None and node.tag in SILENT:
            silent = node
        if silent is None:
            _add(found, event, node)
        elif silent is node and event == "end":
            silent = None
            found.add(node.tail)
    found.end()
    return "\n".join(found.lines)


def _add(found: Lines, event: str, node: etree._Element) -> None:
    is_block = node.tag not in INLINE and node.tag not in PARTED_BY_SPACE
    if is_block:
        found.end()
    if node.tag in QUOTED:
        found.depth += 1 if event == "start" else -1
    found.add(node.text if event == "start" else node.tail)
