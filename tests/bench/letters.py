"""How long a letter of thirty articles takes to draw: `python -m bench.letters`.

Wholly, as at approval, its style inlined and its text part made; and as the composer shows it
after each change, its style in its head. Of each theme, the first time and the median of more.
"""

import statistics
import time
from collections.abc import Callable

from newsletters.themed import THEMES, thirty

from mailer.newsletters.compose import compose
from mailer.newsletters.render import marked, render

TIMES = 9


def milliseconds(draw: Callable[[], object]) -> list[float]:
    """What each drawing took of this processor, the first one first."""
    taken = []
    for _ in range(TIMES):
        began = time.process_time()
        draw()
        taken.append((time.process_time() - began) * 1000)
    return taken


def main() -> None:
    """Print a line for each theme."""
    for theme in THEMES:
        letter = thirty(theme)
        weight = len(render(letter).html.encode())
        wholly = milliseconds(lambda letter=letter: render(letter))
        shown = milliseconds(lambda letter=letter: compose(marked(letter)))
        print(
            f"{theme:<10} {weight:,} bytes  "
            f"wholly {wholly[0]:.0f} ms, then {statistics.median(wholly):.0f} ms  "
            f"live preview {shown[0]:.0f} ms, then {statistics.median(shown):.0f} ms"
        )


if __name__ == "__main__":
    main()
