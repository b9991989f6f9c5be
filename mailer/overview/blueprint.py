"""The pages that look across all domains: what is to be done today, and one person whole."""

from flask import Blueprint

bp = Blueprint("overview", __name__)
