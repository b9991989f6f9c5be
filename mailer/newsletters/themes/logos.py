"""The logo of letters: drawn anew, kept among our pictures, shown at half its pixels."""

from mailer.articles import images
from mailer.newsletters.themes.theme import Logo
from mailer.subscriptions.embedding import logos

# As large as a masthead bears; screens with two pixels to one get twice as many.
WIDEST, HIGHEST = 200, 60


def kept(content: bytes) -> Logo:
    """The logo of that file; raises Invalid when it is no picture that we take."""
    picture = images.kept(logos.redrawn(content))
    scale = min(WIDEST / picture.width, HIGHEST / picture.height, 1)
    width, height = (max(1, round(side * scale)) for side in (picture.width, picture.height))
    return Logo(picture.path, width, height)
