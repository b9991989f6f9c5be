"""The domain's addresses share one name, for visitors and for staff."""

from flask import Blueprint

bp = Blueprint("consent", __name__)
