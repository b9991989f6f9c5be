"""The routes of the people who work at the desk."""

from flask import Blueprint

from mailer.accounts.role_words import names

bp = Blueprint("accounts", __name__)
bp.add_app_template_global(names, "role_names")
