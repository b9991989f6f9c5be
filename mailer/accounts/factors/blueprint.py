"""The routes of second factors."""

from flask import Blueprint

bp = Blueprint("factors", __name__)
