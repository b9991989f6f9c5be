"""What may be wrong with a letter, in words that say how to mend it."""

from flask_babel import lazy_gettext as _

from mailer.newsletters.checks.rules import Finding, Rule, Topic

TOPICS = {
    Topic.ENVELOPE: _("Objet et aperçu"),
    Topic.FIELDS: _("Champs de fusion"),
    Topic.LINKS: _("Liens"),
    Topic.PICTURES: _("Images"),
    Topic.STRUCTURE: _("Titres et ordre de lecture"),
    Topic.DATES: _("Dates"),
    Topic.TYPOGRAPHY: _("Typographie"),
    Topic.LOOKS: _("Poids et contrastes"),
    Topic.CLIENTS: _("Messageries"),
    Topic.LEGAL: _("Mentions légales et expéditeur"),
    Topic.ARTICLES: _("Articles"),
}

RULES = {
    Rule.NO_SUBJECT: _("La lettre n’a pas d’objet. Écrivez-en un."),
    Rule.LONG_SUBJECT: _(
        "L’objet fait %(detail)s caractères. Les téléphones en montrent environ 60 : mettez "
        "l’essentiel au début."
    ),
    Rule.SHORT_SUBJECT: _(
        "L’objet ne fait que %(detail)s caractères. Dites ce que la lettre apporte cette fois."
    ),
    Rule.SHOUTED_SUBJECT: _(
        "L’objet est en capitales : il semble crier, et les filtres s’en méfient. Écrivez-le en "
        "minuscules."
    ),
    Rule.EXCLAIMED_SUBJECT: _(
        "L’objet s’exclame plusieurs fois, comme un courriel indésirable. Gardez un signe au plus."
    ),
    Rule.WORDLESS_SUBJECT: _(
        "L’objet « %(detail)s » ne contient aucun mot. Écrivez de quoi il s’agit."
    ),
    Rule.MANY_EMOJI: _(
        "L’objet contient beaucoup d’émojis, que les lecteurs d’écran énoncent un à un. "
        "Gardez-en deux au plus."
    ),
    Rule.FALSE_REPLY: _(
        "L’objet commence par « %(detail)s » comme une réponse qu’il n’est pas. Retirez ce début."
    ),
    Rule.PLACEHOLDER: _("« %(detail)s » attendait d’être remplacé. Écrivez le texte définitif."),
    Rule.NO_PREHEADER: _(
        "Il n’y a pas de texte d’aperçu. Il suit l’objet dans la boîte de réception et donne "
        "envie d’ouvrir."
    ),
    Rule.PREHEADER_LENGTH: _(
        "Le texte d’aperçu fait %(detail)s caractères. Entre 40 et 110, il se lit en entier."
    ),
    Rule.PREHEADER_REPEATS: _(
        "Le texte d’aperçu répète l’objet. Dites autre chose : le second sujet, une date, un lieu."
    ),
    Rule.UNKNOWN_FIELD: _(
        "Le champ {{%(detail)s}} n’existe pas : rien ne le remplacera. Retirez-le."
    ),
    Rule.NO_DEFAULT: _(
        "Aucun prénom n’est demandé ni gardé. Écrivez ce qui se lira à sa place : "
        "{{%(detail)s|à vous}}, ou retirez-le."
    ),
    Rule.EMPTY_DEFAULT: _(
        "Aucun prénom n’est demandé ni gardé, et l’on lira un vide. Écrivez ce qui se lira à sa"
        " place : {{%(detail)s|à vous}}, ou retirez-le."
    ),
    Rule.FIELD_IN_ADDRESS: _(
        "Le champ %(detail)s est dans l’adresse d’un lien : il y livrerait une donnée de la "
        "personne. Retirez-le."
    ),
    Rule.BROKEN_FIELD: _(
        "« %(detail)s » ressemble à un champ, mais rien ne le remplacera. Retirez-le, ou "
        "mettez deux accolades de chaque côté."
    ),
    Rule.NO_ADDRESS: _("Il manque l’adresse où mène ce lien. Ajoutez-la."),
    Rule.NO_LABEL: _("Ce bouton ne dit rien. Écrivez ce qui se passe quand on le presse."),
    Rule.EMPTY_LINK: _(
        "Le lien vers %(detail)s n’a pas de mots. Écrivez entre les crochets ce qu’il ouvre."
    ),
    Rule.DEAD_LINK: _(
        "La page %(detail)s n’existe pas ou plus. Corrigez l’adresse, ou retirez le lien."
    ),
    Rule.FOREIGN_LETTERS: _(
        "Le nom du site %(detail)s a des lettres d’un autre alphabet, qui peuvent ressembler aux "
        "nôtres. Vérifiez que c’est bien le site voulu."
    ),
    Rule.UNKNOWN_SITE: _(
        "Le site de %(detail)s est introuvable. Vérifiez que son nom est bien écrit."
    ),
    Rule.SILENT_LINK: _(
        "%(detail)s n’a pas répondu, ou refuse les robots. Ouvrez le lien vous-même avant "
        "d’envoyer."
    ),
    Rule.LOCAL_LINK: _(
        "L’adresse %(detail)s ne s’ouvre que chez vous. Donnez celle que le public peut ouvrir."
    ),
    Rule.DESK_LINK: _(
        "Le lien %(detail)s mène à votre bureau, fermé au public. Donnez l’adresse d’une page "
        "publique."
    ),
    Rule.RELATIVE_LINK: _(
        "L’adresse « %(detail)s » est incomplète. Écrivez-la en entier, avec https://."
    ),
    Rule.PERSONAL_LINK: _(
        "Le lien %(detail)s est celui d’une seule personne : tous agiraient en son nom. Écrivez "
        "{{unsubscribe_url}} ou {{manage_url}}, qui diffèrent pour chacun."
    ),
    Rule.SECRET_IN_LINK: _(
        "Le lien %(detail)s contient ce qui semble une clé ou une session. Donnez l’adresse "
        "publique, sans elle."
    ),
    Rule.CREDENTIALS: _(
        "Le lien %(detail)s contient un nom ou un mot de passe. Retirez ce qui précède le signe @."
    ),
    Rule.BAD_MAILTO: _(
        "L’adresse « %(detail)s » n’ouvrira aucun courriel. Écrivez-la ainsi : "
        "mailto:nom@exemple.fr."
    ),
    Rule.PLAIN_HTTP: _(
        "Le lien %(detail)s n’est pas chiffré. Préférez https si le site le permet."
    ),
    Rule.VAGUE_LINK: _("Le lien « %(detail)s » ne dit pas où il mène. Nommez la page qu’il ouvre."),
    Rule.ADDRESS_AS_LABEL: _(
        "Le lien montre son adresse, %(detail)s, qu’un lecteur d’écran épelle. Nommez plutôt la "
        "page."
    ),
    Rule.SAME_LABEL: _(
        "Deux liens « %(detail)s » mènent à des pages différentes. Donnez à chacun ses mots."
    ),
    Rule.NOT_A_LINK: _(
        "L’adresse %(detail)s n’est pas un lien partout. Écrivez [la page](%(detail)s), ou "
        "confiez-la à un bouton."
    ),
    Rule.NO_LINK: _("Rien dans cette lettre ne mène plus loin. Est-ce voulu ?"),
    Rule.NO_PICTURE: _("Ce bloc n’a pas d’image. Donnez-en une, ou retirez le bloc."),
    Rule.NO_ALT: _(
        "Cette image n’a pas de texte de remplacement. Dites ce qu’elle montre, ou cochez "
        "« image décorative »."
    ),
    Rule.FILE_NAME_ALT: _(
        "Le texte de remplacement « %(detail)s » est un nom de fichier. Dites ce que l’image "
        "montre."
    ),
    Rule.PICTURE_OF_ALT: _(
        "« %(detail)s » : les lecteurs d’écran disent déjà que c’est une image. Dites seulement "
        "ce qu’elle montre."
    ),
    Rule.LONG_ALT: _(
        "Ce texte de remplacement dépasse 150 caractères. Gardez l’essentiel ; le reste va dans "
        "le texte."
    ),
    Rule.SAME_ALT: _(
        "« %(detail)s » décrit aussi l’image précédente. Dites ce que celle-ci montre de plus."
    ),
    Rule.ALT_IS_TITLE: _(
        "Le texte de remplacement répète le titre, qui serait lu deux fois. Dites ce que l’image "
        "montre."
    ),
    Rule.DECORATIVE_LINK: _(
        "Une image décorative ne porte pas de lien : %(detail)s se perdrait. Décrivez l’image, "
        "ou retirez le lien."
    ),
    Rule.PICTURE_FORMAT: _(
        "Le format %(detail)s ne s’affiche pas dans Outlook. Prenez une image PNG ou JPEG."
    ),
    Rule.SMALL_PICTURE: _(
        "L’image n’a que %(detail)s pixels de large : elle sera floue ou perdue. Prenez-en une "
        "de 1 100 pixels."
    ),
    Rule.FEW_WORDS: _(
        "La lettre a des images et seulement %(detail)s mots. Sans images, on n’y lit presque "
        "rien : écrivez ce qu’elles disent."
    ),
    Rule.NO_BLOCK: _("La lettre est vide. Ajoutez au moins un bloc."),
    Rule.NO_TITLE: _("Ce bloc n’a pas de titre. Écrivez-en un."),
    Rule.EMPTY_BLOCK: _("Ce bloc est vide. Écrivez-y quelque chose, ou retirez-le."),
    Rule.EMPTY_PART: _(
        "Le titre « %(detail)s » n’introduit rien. Placez un bloc dessous, ou retirez-le."
    ),
    Rule.NO_PARTS: _(
        "Ce sommaire n’a rien à annoncer : la lettre n’a pas de titre de partie. Ajoutez-en, ou "
        "retirez le sommaire."
    ),
    Rule.FALSE_HEADING: _(
        "« %(detail)s » est en gras comme un titre, mais n’en est pas un pour un lecteur "
        "d’écran. Prenez un bloc « Titre de partie »."
    ),
    Rule.SHOUTED_TEXT: _(
        "« %(detail)s » est tout en capitales, ce qui se lit mal. Écrivez en minuscules."
    ),
    Rule.HEADING_ORDER: _(
        "Les titres de la lettre sautent un rang (%(detail)s). Si le thème est le vôtre, "
        "corrigez ses niveaux de titres."
    ),
    Rule.EMPTY_HEADING: _("Un titre de la lettre est vide. Écrivez-le, ou retirez son bloc."),
    Rule.READING_ORDER: _(
        "Le thème place des éléments hors de leur ordre de lecture. Retirez-en les tableaux sans "
        "role=« presentation » et les positions."
    ),
    Rule.NO_LANGUAGE: _(
        "Le thème ne dit pas la langue de la lettre. Mettez l’attribut lang sur la page et sur "
        "le bloc qui l’entoure."
    ),
    Rule.NEVER_FILLED: _(
        "Cette partie demande plus d’articles qu’elle n’en montre (%(detail)s) : elle restera "
        "vide. Baissez le minimum."
    ),
    Rule.NO_DAY: _("Cette date d’agenda n’a pas de jour. Choisissez-le."),
    Rule.PAST_EVENT: _("Cet évènement sera passé (%(detail)s). Changez la date, ou retirez-le."),
    Rule.ENDS_FIRST: _(
        "Cet évènement finit avant de commencer. Corrigez la date ou l’heure de fin."
    ),
    Rule.WRONG_WEEKDAY: _(
        "« %(detail)s » ne tombe pas ce jour de la semaine. Vérifiez le jour et la date."
    ),
    Rule.NO_SUCH_DAY: _("Le « %(detail)s » n’existe pas au calendrier. Corrigez la date."),
    Rule.NO_BREAK_SPACE: _(
        "« %(detail)s » : il faut une espace insécable devant : ; ? ! et dans les guillemets."
    ),
    Rule.QUOTES: _("« %(detail)s » : mettez les guillemets de la langue, « » en français."),
    Rule.DOTS: _("« %(detail)s » : trois points se composent en un seul signe, …."),
    Rule.APOSTROPHE: _("« %(detail)s » : prenez l’apostrophe typographique, ’."),
    Rule.ACCENTED_CAPITAL: _("« %(detail)s » : les capitales portent leurs accents (À, É, Î)."),
    Rule.LIGATURE: _("« %(detail)s » : œ s’écrit en une lettre."),
    Rule.DOUBLE_SPACE: _("« %(detail)s » : deux espaces se suivent."),
    Rule.UNIT_SPACE: _("« %(detail)s » : une espace insécable tient le nombre et son unité."),
    Rule.SPACE_BEFORE: _("« %(detail)s » : retirez l’espace devant ce signe."),
    Rule.TOO_BIG: _(
        "La lettre pèse %(detail)s octets ; au-delà de 100 000, Gmail la coupe et cache le lien "
        "de désinscription. Retirez des blocs."
    ),
    Rule.BIG: _(
        "La lettre pèse %(detail)s octets. Gmail coupe à partir de 100 000 : gardez de la marge."
    ),
    Rule.PALE_TEXT: _(
        "Un texte se lit mal sur son fond (%(detail)s ; il faut 4,5, ou 3 s’il est grand). "
        "Changez une couleur du thème."
    ),
    Rule.PALE_TEXT_IN_THE_DARK: _(
        "En mode sombre, un texte se lit mal sur son fond (%(detail)s ; il faut 4,5, ou 3 s’il "
        "est grand). Changez une couleur sombre du thème."
    ),
    Rule.CLIENT_GAP: _(
        "Une messagerie ne montre pas tout ce que le thème emploie : %(detail)s. Vérifiez que la "
        "lettre se lit sans, ou changez le thème."
    ),
    Rule.NO_ORGANISATION: _(
        "Le nom de l’organisme manque au pied de la lettre, en HTML ou en texte. Remettez-le "
        "dans le thème et dans les réglages."
    ),
    Rule.NO_POSTAL_ADDRESS: _(
        "L’adresse postale manque au pied de la lettre, en HTML ou en texte. Remettez-la dans le "
        "thème et dans les réglages."
    ),
    Rule.NO_REASON: _(
        "Le pied de la lettre ne dit pas pourquoi on la reçoit. Remettez cette ligne dans le thème."
    ),
    Rule.NO_WAY_OUT: _(
        "Le lien de désinscription manque à la lettre, en HTML ou en texte. Remettez-le dans le "
        "thème."
    ),
    Rule.SAMPLE_SENDER: _(
        "L’expéditeur est encore celui de l’exemple (%(detail)s). Écrivez le vôtre dans les "
        "réglages avant un véritable envoi."
    ),
    Rule.NOT_ALIGNED: _(
        "Ni la signature ni l’adresse de retour ne sont du domaine %(detail)s : Gmail, Yahoo et "
        "Outlook refuseraient la lettre. Accordez DKIM_DOMAIN ou RETURN_PATH_DOMAIN."
    ),
    Rule.ARTICLE_TWICE: _("L’article « %(detail)s » figure deux fois."),
    Rule.ARTICLE_CHANGED: _(
        "L’article « %(detail)s » a changé sur son site depuis que la lettre l’a copié. Reprenez "
        "la nouvelle version, ou gardez la vôtre."
    ),
    Rule.ARTICLE_GONE: _(
        "L’article « %(detail)s » a disparu de son site. Vérifiez que sa page existe encore, ou "
        "retirez-le."
    ),
    Rule.ALREADY_SENT: _(
        "La liste a déjà reçu cet article, dans « %(detail)s ». Retirez-le, sauf si c’est voulu."
    ),
}


def of_finding(finding: Finding) -> str:
    """The finding in words."""
    return str(RULES[finding.rule]) % {"detail": finding.detail}
