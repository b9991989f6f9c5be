"""Two hundred texts that try to end a header field and begin another one."""

# All that some program takes for the end of a line, and what another decodes to one.
ENDS = (
    *("\r\n", "\n", "\r", "\0", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85"),
    *("\u2028", "\u2029", "\r\n\t", "\n ", "\r\0\n", "%0d%0a", "\\r\\n", "=0D=0A"),
    # Whoever keeps the lower eight bits of each of these has CR and LF.
    *("\u560d\u560a", "=?utf-8?q?=0D=0A?="),
)
FIELDS = (
    "Bcc: intrus@ailleurs.fr",
    "To: intrus@ailleurs.fr",
    "From: intrus@ailleurs.fr",
    "Subject: Autre chose",
    "Content-Type: text/html",
    "List-Unsubscribe: <https://ailleurs.fr/>",
    "DKIM-Signature: v=1; d=ailleurs.fr",
    "X-Long: " + "o" * 200,
    "> <intrus@ailleurs.fr>",
)
PAYLOADS = (
    *(f"Bonjour{end}{field}" for end in ENDS for field in FIELDS),
    # An empty line, which would begin the body.
    *(f"Bonjour{end}{end}<p>Autre corps</p>" for end in ENDS),
)
# No form takes the zero character (web/bounds.py), and PostgreSQL keeps none.
WITHOUT_ZERO = tuple(text for text in PAYLOADS if "\0" not in text)
