"""The domain's addresses share one name, for services that tell and for staff."""

from flask import Blueprint

bp = Blueprint("bounces", __name__)
