"""A text as a QR code that a telephone reads from the screen, light or dark."""

import segno

# Cells of four units, and the quiet zone that the standard asks for (ISO/IEC 18004, 9.1).
SCALE, BORDER = 4, 4


def svg(text: str) -> str:
    """The code as an SVG to stand in a page: dark on white in both looks, without a style."""
    code = segno.make(text, error="m", micro=False)
    return code.svg_inline(scale=SCALE, border=BORDER, dark="#000", light="#fff", omitsize=False)
