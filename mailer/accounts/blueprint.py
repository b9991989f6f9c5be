"""The routes of the people who work at the desk."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
