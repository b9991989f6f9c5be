"""The addresses of forms on other sites, and of each list's own page."""

from flask import Blueprint

bp = Blueprint("embedding", __name__)
