"""The domain's addresses share one name, for visitors and for the officer."""

from flask import Blueprint

bp = Blueprint("rights", __name__)
