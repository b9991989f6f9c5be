"""Every setting of mailer, with a default that works.

Edit this file, or override one line by an environment variable of the same name with
MAILER_ before it: MAILER_BASE_URL=https://lettre.exemple.fr, MAILER_SMTP_PORT=2525.
A name that does not stand here refuses to start.
"""

# --- Who writes -------------------------------------------------------------------------------

# The organisation that sends, as the law and the mails name it (GDPR art. 13(1)(a)).
ORGANISATION = "Agence de l’Estran"

# Its postal address, one line, shown in every mail.
POSTAL_ADDRESS = "12 quai des Marées, 50000 Port-l’Estran"

# The address that mails come from, and the name beside it.
SENDER_ADDRESS = "lettre@exemple.fr"
SENDER_NAME = "Agence de l’Estran"

# The telephone of the controller, for the notice on personal data; empty for none.
PHONE = ""

# Who else handles the addresses, one text each ("Relais SA, Rennes : remise des courriels"), and
# what guarantees a transfer outside the European Union (GDPR art. 13(1)(e), (f)); empty for none.
PROCESSORS = []
TRANSFERS = ""

# The mailbox of the data-protection officer (GDPR art. 13(1)(b)).
DPO_ADDRESS = "dpo@exemple.fr"

# The mailbox of their deputy, who is told every day of the requests that are late; empty for none.
DPO_DEPUTY_ADDRESS = ""

# Where a processor is told by mail that somebody's data were corrected, erased or set aside (GDPR
# art. 19), by its text above; who is not named is told by a letter to print:
# {"Relais SA, Rennes : remise des courriels": "rgpd@relais.exemple"}.
PROCESSOR_MAILBOXES = {}

# Other places where addresses may lie and that this program cannot see ("Tableur de l’accueil").
# Each becomes something to look through before a request about data is granted.
OTHER_SYSTEMS = []

# Whether another officer than the one who decided must sign the answer to a request.
FOUR_EYES = False

# Other mailboxes that somebody reads every working day. A notice may name no other address than
# these, the officer's and the sender's: a request that reaches a mailbox starts its month, read or
# not, so one that nobody reads must not be given to people ("cil@exemple.fr" while it still works).
MONITORED_MAILBOXES = []

# The address for reports of weaknesses, shown in /.well-known/security.txt (RFC 9116).
SECURITY_ADDRESS = "securite@exemple.fr"

# Who answers people whom a page or a mail resists, and where the plan of several years for
# accessibility is published (its address; empty for none): both stand on /accessibilite.
ACCESSIBILITY_ADDRESS = "accessibilite@exemple.fr"
ACCESSIBILITY_PLAN = ""

# The public holidays that move a due date to the next working day: "metropole" or
# "alsace_moselle" (law of the place of the organisation; a day off too many makes answers late).
HOLIDAY_CALENDAR = "metropole"

# --- Where it is reached ----------------------------------------------------------------------

# The public address of this site. Every link in every mail begins with it.
BASE_URL = "http://127.0.0.1:8000"

# The host names that requests may carry beside that of BASE_URL; any other is refused with 400.
TRUSTED_HOSTS = ["127.0.0.1", "localhost"]

# How many proxies stand before the application and set X-Forwarded-For and -Proto.
PROXIES = 0

# --- Secrets ----------------------------------------------------------------------------------

# Signing keys, newest last: the last one signs, all of them verify. Left empty, one is made at
# the first start and kept in the data folder, readable by its owner alone.
SECRET_KEYS = []

# The key of address fingerprints. Losing it loses the do-not-write list: back it up apart.
# Left empty, it is made and kept like the signing key. The old ones are kept for look-ups, newest
# last: whoever was known under one stays known (docs/ledger.md, "Rotation").
FINGERPRINT_KEY = ""
FINGERPRINT_KEYS_OLD = []

# The key that chains the events of consent, and the old ones, which verify what they chained.
# Left empty, it is made and kept like the signing key; apart from the database it is worth most.
LEDGER_KEY = ""
LEDGER_KEYS_OLD = []

# --- Where data lies --------------------------------------------------------------------------

# The folder of the embedded database, the queue and the made secrets.
DATA_FOLDER = "instance"

# The folder of the themes of letters that are this installation’s own, each a folder of files that
# `mailer theme check` accepts (docs/themes.md); empty for themes in the data folder.
THEMES_FOLDER = ""

# The database: empty for the embedded SQLite file, or
# "postgresql+psycopg://user:password@host/name?sslmode=verify-full"; a server on another machine
# must be asked for so, or with sslmode=verify-ca, or sslmode=disable within a closed network.
DATABASE_URL = ""

# Where jobs are queued: empty for a SQLite file beside the data, "postgresql://…" for PostgreSQL,
# with sslmode as above.
QUEUE_URL = ""

# Where `mailer backup` puts its folders; empty for `backups` in the data folder. Better another
# disk, or another machine: a disk that breaks takes both.
BACKUP_FOLDER = ""

# --- Mail -------------------------------------------------------------------------------------

# The relay that takes the mails.
SMTP_HOST = "127.0.0.1"
SMTP_PORT = 2525

# "verify": STARTTLS, or nothing is said; "tls": encrypted from the start; both check that the
# certificate is the relay's own. "opportunistic": STARTTLS where it is offered, with whatever
# certificate; for hosts that nobody vouches for, and never with an account. "plain": a relay on
# this machine.
SMTP_SECURITY = "plain"

# The account at the relay; empty for none.
SMTP_USER = ""
SMTP_PASSWORD = ""

# Connections held open to the relay while a campaign runs.
SMTP_CONNECTIONS = 4

# Seconds that the relay may take for one mail before it is given up for later.
SMTP_SECONDS_PER_MAIL = 60

# Several relays instead of the one above, each a line such as
# {"name": "a", "host": "relais.exemple.fr", "port": 587, "security": "verify", "user": "lettre",
#  "password_from": "RELAY_A_PASSWORD"}, where the last names a variable of the environment; or
# "password". Each may also have: connections, seconds_per_mail, mails_per_connection (0: as many as
# there are); weight, its share among equals; senders and recipients, the only domains that it
# carries from or to; per_second, per_hour, per_day (0: no limit); warm_up_from, the first day of
# SENDING_WARM_UP for it ("2026-03-02"). docs/pace.md says how they are chosen among.
SMTP_RELAYS = []

# "pipelined": many mails at once, in as few turns as the relay allows. "smtplib": the standard
# library's client, one connection a relay and a mail at a time, for a relay that the first one
# cannot speak to.
SMTP_CARRIER = "pipelined"

# Whether a letter that left without an answer of the relay, and may have been received, is sent
# once more by itself, 15 minutes later, with the same Message-ID. False: somebody decides it on
# the page of the campaign.
REDELIVER_UNCERTAIN = False

# --- Pace (docs/pace.md) ------------------------------------------------------------------------

# The most mails a second, an hour and a day (in Paris), over all relays; 0 for no limit.
# Confirmations and answers to people count, and are never held back.
SENDING_PER_SECOND = 0
SENDING_PER_HOUR = 0
SENDING_PER_DAY = 0

# The same by the domain of the recipient; domains of one house together, with spaces between, and
# "*" for each domain not named: {"orange.fr wanadoo.fr": {"per_second": 5, "per_hour": 2000}}.
SENDING_TO_DOMAINS = {}

# The most mails on the first day of a relay whose address the providers do not know yet, on its
# second day, and so on; after the last, its own limits alone. Providers ask for a slow rise, and
# each has its figures (https://support.google.com/a/answer/81126, "Sending volume"); here it
# about doubles each day.
SENDING_WARM_UP = [200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000]

# When campaigns do not send, by the clock of Paris: "22:00-07:00"; empty for never. Confirmations
# and answers to people leave at any hour.
QUIET_HOURS = ""

# A letter to a list with more readers than this is approved by somebody who did not write it and
# holds the role "approver"; up to it, its author may approve it alone. 0: always somebody else.
APPROVAL_ABOVE = 5000

# --- Return paths and signatures -----------------------------------------------------------------

# The domain of return-paths, where bounces come back to.
RETURN_PATH_DOMAIN = "rebond.exemple.fr"

# The domain that signs every mail (DKIM, RFC 6376), once `mailer dkim new` has made a key
# (docs/dkim.md). Empty for that of SENDER_ADDRESS; otherwise one above or below it.
DKIM_DOMAIN = ""

# The selectors of the keys that sign: ["s2026", "s2026-ed25519"]. Empty for the newest of each
# kind.
DKIM_SELECTORS = []

# The folder of the keys, which the user that runs mailer alone may read; empty for dkim in the
# data folder.
DKIM_FOLDER = ""

# --- Mailboxes that are read for requests --------------------------------------------------------

# The server (IMAP) of the mailboxes that people write to about their data; empty: none is read.
# What comes there waits at the desk as a draft, and its month runs (docs/incoming.md).
IMAP_HOST = ""
IMAP_PORT = 993

# "plain" (loopback only), "starttls" or "tls"; both of the latter check the certificate.
IMAP_SECURITY = "tls"

# The accounts whose mailbox is read, ["dpo@exemple.fr", "cil@exemple.fr"], and the password of
# each, in the same order.
IMAP_USERS = []
IMAP_PASSWORDS = []

# The folder that is read, and the one that a mail is moved to once it is read; the second empty:
# it stays, flagged as seen. No mail is ever deleted there.
IMAP_FOLDER = "INBOX"
IMAP_DONE_FOLDER = ""

# Of a mail that is larger, in millions of bytes, only the beginning is read.
IMAP_MAX_MEGABYTES = 25

# --- The mailbox that mails come back to ---------------------------------------------------------

# The server of the mailbox that takes what comes to RETURN_PATH_DOMAIN; empty: none is read
# (docs/returns.md). One of the requests, above, must not be the same.
BOUNCE_MAILBOX_HOST = ""
BOUNCE_MAILBOX_PORT = 993

# "imap": each mail stays, flagged as seen. "pop3": each is deleted once what it tells is kept.
BOUNCE_MAILBOX_PROTOCOL = "imap"

# "plain" (loopback only), "starttls" or "tls"; both of the latter check the certificate.
BOUNCE_MAILBOX_SECURITY = "tls"

# The account there.
BOUNCE_MAILBOX_USER = ""
BOUNCE_MAILBOX_PASSWORD = ""

# By IMAP, the folder that is read, and the one that a mail is moved to once it is read; the second
# empty: it stays where it is.
BOUNCE_MAILBOX_FOLDER = "INBOX"
BOUNCE_MAILBOX_DONE_FOLDER = ""

# Where `mailer bounces listen` takes mails by LMTP from a mail server on this machine: a port of
# 127.0.0.1 (0: none), or the path of a socket (empty: none).
LMTP_PORT = 0
LMTP_SOCKET = ""

# Of a mail that is larger, in millions of bytes, only the beginning is read; by LMTP it is refused.
BOUNCE_MAX_MEGABYTES = 25

# --- What sending services tell -----------------------------------------------------------------

# The services that may post to /retours/<service> what became of our mails, with what each shows
# for it, at least 16 characters: {"postmark": ["retours:un mot de passe long"]}. Known are
# "brevo", "mailgun", "mailjet", "postmark", "sendgrid", "ses" and "sparkpost". A text with a colon
# is a user and a password; "arn:aws:sns:…" a topic of Amazon SNS whose signature is checked; any
# other the signing key of Mailgun, the public key of SendGrid, or a bearer token. All kinds that
# are listed must be shown, one of each kind: an old secret and a new one may stand side by side.
# docs/returns-webhooks.md says how to set up each. Left empty, nobody can tell anything.
BOUNCE_WEBHOOKS = {}

# The largest request of such a service, in millions of bytes.
WEBHOOK_MAX_MEGABYTES = 10

# --- Measuring --------------------------------------------------------------------------------

# The most that may be measured of what people open and follow, whatever a list or a letter asks:
# "none", "aggregate", "last_open_date" or "individual" (docs/tracking.md says what each is, and
# on which ground of the law).
TRACKING = "none"

# What an individual measure is for, as the form says it after "pour" (loi 78-17 art. 82).
TRACKING_PURPOSE = "savoir quels sujets vous intéressent et améliorer nos lettres"

# The same for forms and notices in English, after "to".
TRACKING_PURPOSE_EN = "learn which subjects interest you and improve our letters"

# --- Feeds --------------------------------------------------------------------------------------

# Networks inside the house that feeds and images may be read from, on any port, besides the
# public web: ["10.20.0.0/16"]. Left empty, a feed can never point inside.
OUTGOING_ALLOWED_NETWORKS = []

# --- Public forms -----------------------------------------------------------------------------

# A form sent sooner than this was not filled by a person; later than the other, it is stale.
FORM_MIN_SECONDS = 2
FORM_MAX_HOURS = 12

# Mails that a stranger can cause to one address (confirmations, links, acknowledgements), all
# kinds together: at least this many minutes apart, and so many a day. What is more is not sent,
# and the page does not tell.
CONFIRMATION_MINUTES_APART = 10
CONFIRMATIONS_A_DAY = 3

# Such mails to one domain, and to all of them: an hour. Above, visitors are asked to come back;
# from half of it on, SECURITY_ADDRESS is told.
MAILS_TO_A_DOMAIN_AN_HOUR = 300
MAILS_ASKED_AN_HOUR = 1000

# Posts to one public form from one network (/24 or /56): a minute, an hour.
POSTS_A_MINUTE = 5
POSTS_AN_HOUR = 30

# A proof of work on strangers’ forms, found by the visitor’s own browser; without script, a wait of
# a minute stands for it: "off", "attack" (while a ceiling above is near), "always".
PROOF_OF_WORK = "attack"

# Among how many numbers the browser looks; 50000 take about a second.
PROOF_OF_WORK_NUMBERS = 50000

# The ceilings of posts where a link that we signed is needed (to confirm, to leave). The servers
# of a large mailbox provider leave lists for many people from one network.
LINK_POSTS_A_MINUTE = 600
LINK_POSTS_AN_HOUR = 10000

# The same for a service that tells what became of mails; some send one request for each mail.
WEBHOOK_POSTS_A_MINUTE = 10000
WEBHOOK_POSTS_AN_HOUR = 300000

# How often one key of the API may ask, a minute: ten times a second in the mean.
API_REQUESTS_A_MINUTE = 600

# The same for signing in to the desk, which also slows down after failures by itself. A town hall
# is one network: the hour holds sixty full minutes, so that nobody waits long for what one did.
SIGN_INS_A_MINUTE = 120
SIGN_INS_AN_HOUR = 7200

# The largest paper of a request (a scan, a mandate, a document of identity), in millions of bytes.
PAPER_MAX_MEGABYTES = 10

# The largest picture that an editor gives to a letter, in millions of bytes; it is drawn smaller.
PICTURE_MAX_MEGABYTES = 10

# The socket of the antivirus (clamd) that judges what people sent before an officer takes it away,
# such as "/run/clamav/clamd.ctl"; empty for none. While it does not answer, nothing is given.
ANTIVIRUS_SOCKET = ""

# --- Imports and exports ------------------------------------------------------------------------

# The largest file of addresses that the desk takes, in millions of bytes, and the most rows in it.
IMPORT_MAX_MEGABYTES = 200
IMPORT_MAX_ROWS = 2_000_000

# --- Watching -----------------------------------------------------------------------------------

# What is proposed to the officer as a possible breach: so many failed sign-ins within an hour, and
# an export of more addresses than that. Nothing is opened by itself.
ALERT_FAILED_SIGN_INS = 50
ALERT_EXPORTED_ADDRESSES = 5000

# Somebody of the desk who looked at more people than that within an hour stands on the
# administrator's page of the record, and the officer is told once a day.
ALERT_PEOPLE_SEEN_AN_HOUR = 100

# --- Signing in to the desk (docs/sign-in.md) ----------------------------------------------------

# Who must show a second factor beside the passphrase, by role: an account that holds one of these
# and has none sets one before anything else opens.
SECOND_FACTOR_ROLES = ["dpo", "admin"]

# A file of the SHA-1 of leaked passphrases, a line each in ascending order ("HASH:COUNT", as Have I
# Been Pwned gives its list away); one that stands there cannot be chosen. Empty for none: the list
# of common ones that ships with mailer is asked in any case.
LEAKED_PASSPHRASES = ""

# The provider of OpenID Connect that people may sign in with, exactly as it names itself
# ("https://connexion.exemple.fr/realms/ville"); empty for none. One inside the house needs its
# network in OUTGOING_ALLOWED_NETWORKS.
OIDC_ISSUER = ""

# How this site is registered there; the redirect address is BASE_URL/connexion/openid/retour.
OIDC_CLIENT_ID = ""
OIDC_CLIENT_SECRET = ""

# The name on the button ("Se connecter avec …").
OIDC_NAME = "ProConnect"

# How the provider says things of people: "proconnect", "keycloak", or "standard".
OIDC_SHAPE = "standard"

# The roles that a group or a realm role of the provider gives here, {"redaction": ["editor"]}. Who
# is in one of them gets an account by signing in, and its roles follow the groups. Empty: only who
# has an account already, under the same address, may sign in.
OIDC_ROLES = {}

# The words of the provider (`acr` or `amr`) that say that it saw a second factor: ["eidas2",
# "eidas3"], ["mfa"]. Empty: its word never counts, and ours is asked for.
OIDC_SECOND_FACTOR = []

# --- Watching it (docs/running.md) ---------------------------------------------------------------

# What Prometheus shows to read /metrics ("Authorization: Bearer …"); empty: there is no such page.
METRICS_TOKEN = ""

# --- Demonstration ----------------------------------------------------------------------------

# True only in `mailer demo`: shows the captured mails at /dev/mail and the banner, and refuses
# any relay but the built-in mailbox.
DEMO = False
