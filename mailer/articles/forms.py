"""What the desk's forms of sources and articles take."""

from collections.abc import Mapping
from datetime import datetime, time

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length, Optional

from mailer.articles import markup
from mailer.articles.images import Picture
from mailer.articles.models import Article
from mailer.articles.writing import Written
from mailer.clock import PARIS, paris_day
from mailer.web.forms import StaffForm

ONE_OF_THEM = _("Donnez l’adresse d’un site ou d’un flux, ou choisissez un fichier")
WEB = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif"
LONGEST_ALTERNATIVE = 300
LONG_TITLE = _("Raccourcissez : un titre tient en 300 caractères")
LONG_SUMMARY = _("Raccourcissez : un résumé tient en 600 caractères")
NOON = time(12, tzinfo=PARIS)


class SourceForm(StaffForm):
    """The address of a site, a feed or a page, or a file that holds one."""

    url = StringField(
        _("Adresse du site ou du flux"), render_kw=WEB | {"size": 40, "maxlength": markup.MAX_URL}
    )
    file = FileField(_("Ou un fichier de flux"))

    @property
    def address(self) -> str:
        """What was typed."""
        return (self.url.data or "").strip()

    def validate_url(self, field: StringField) -> None:
        if not self.address and not self.file.data:
            field.errors = [*field.errors, ONE_OF_THEM]

    def validate(self, extra_validators: object = None) -> bool:
        """Whether there is something to read."""
        return bool(super().validate(extra_validators)) and not self.url.errors


def alternative_field(*validators: object) -> StringField:
    long = Length(max=LONGEST_ALTERNATIVE, message=_("Dites-le en 300 caractères au plus"))
    return StringField(_("Texte de remplacement"), [*validators, long], render_kw={"class": "wide"})


class AlternativeForm(StaffForm):
    """The text that stands for an image."""

    alternative = alternative_field(
        DataRequired(_("Dites en une phrase ce que l’image montre, pour qui ne la voit pas"))
    )

    def validate_alternative(self, field: StringField) -> None:
        field.data = markup.line(field.data)


class ArticleForm(StaffForm):
    """An article that an editor types; `has_picture` says whether one is there already."""

    title = StringField(
        _("Titre"),
        [
            DataRequired(_("Donnez un titre à l’article")),
            Length(max=markup.MAX_TITLE, message=LONG_TITLE),
        ],
        render_kw={"class": "wide"},
    )
    summary = TextAreaField(
        _("Résumé"),
        [
            Length(
                max=markup.MAX_SUMMARY,
                message=LONG_SUMMARY,
            )
        ],
        render_kw={"rows": 4},
    )
    url = StringField(
        _("Adresse de la page"),
        [DataRequired(_("Donnez l’adresse où mène l’article"))],
        render_kw=WEB | {"class": "wide", "maxlength": markup.MAX_URL},
    )
    published_on = DateField(_("Date"), [Optional()])
    picture = FileField(_("Image"), render_kw={"accept": ACCEPTED})
    alternative = alternative_field()
    without_picture = BooleanField(_("Retirer l’image"))

    has_picture = False

    @staticmethod
    def values(article: Article) -> Mapping[str, object]:
        """What the form shows of an article that is there."""
        at = article.published_at
        return {
            "title": article.title,
            "summary": article.summary,
            "url": article.url,
            "published_on": paris_day(at) if at else None,
            "alternative": article.image_alt,
        }

    def written(self, picture: Picture | None) -> Written:
        """What was typed, with the picture that was chosen."""
        day = self.published_on.data
        return Written(
            title=markup.line(self.title.data),
            summary=markup.line(self.summary.data or ""),
            url=self.address,
            published_at=datetime.combine(day, NOON) if day else None,
            alternative=markup.line(self.alternative.data or "") if self.shows_picture else "",
            picture=picture,
        )

    @property
    def address(self) -> str:
        """The address, with what people leave out."""
        typed = (self.url.data or "").strip()
        return markup.page_url(typed if "://" in typed else f"https://{typed}")

    @property
    def shows_picture(self) -> bool:
        """Whether the article will have a picture."""
        return bool(self.picture.data) or (self.has_picture and not self.without_picture.data)

    def validate_url(self, field: StringField) -> None:
        del field
        if not self.address:
            raise ValidationError(
                _("Ce n’est pas une adresse web. Recopiez-la depuis votre navigateur.")
            )

    def validate_alternative(self, field: StringField) -> None:
        text = (field.data or "").strip()
        if text and not self.has_picture and not self.picture.data:
            raise ValidationError(_("Choisissez l’image que ce texte décrit, ou videz ce champ"))
        if self.shows_picture and not text:
            raise ValidationError(
                _("Dites en une phrase ce que l’image montre, pour qui ne la voit pas")
            )
