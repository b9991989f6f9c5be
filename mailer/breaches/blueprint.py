"""The domain's addresses share one name."""

from flask import Blueprint

bp = Blueprint("breaches", __name__)
