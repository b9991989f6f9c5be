"""Static files: their address carries a checksum, so that a browser may keep them for a year."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, request

YEAR = 31_536_000
HOUR = 3600


@cache
def checksum(path: Path) -> str:
    """The first characters of the file's SHA-256; enough to tell one version from the next."""
    return sha256(path.read_bytes()).hexdigest()[:12]


def keep(response: Response) -> Response:
    """Let the browser keep a static file: a year under its checksum, an hour without."""
    if request.endpoint == "static" and response.status_code < 400:  # noqa: PLR2004 - no error
        lifetime = f"{YEAR}, immutable" if "v" in request.args else str(HOUR)
        response.headers["Cache-Control"] = f"public, max-age={lifetime}"
    return response


def install(app: Flask) -> None:
    """Put the checksum into every address of a static file."""

    @app.url_defaults
    def version(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("v", checksum(Path(app.root_path, "static", str(values["filename"]))))

    app.after_request(keep)
