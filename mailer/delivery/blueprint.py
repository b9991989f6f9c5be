"""The domain's addresses share one name, for readers and for staff."""

from flask import Blueprint

bp = Blueprint("delivery", __name__)
