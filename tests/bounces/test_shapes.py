"""Reports in words: how each family of systems says who could not be reached, and why."""

import pytest

from mailer.bounces.parse import read
from mailer.bounces.returned import Kind, Reason

ZOE, MAX = "zoe@example.org", "max@example.net"
ORIGINAL = """Received: from relais.exemple.fr by mx.example.org; Wed, 12 Mar 2025 07:00:00 +0100
Message-ID: <c12.r345@exemple.fr>
From: La lettre <lettre@exemple.fr>
To: quelqu-un@ailleurs.example
Subject: Lettre

Bonjour
"""


def report(text, sender="MAILER-DAEMON@mx.example.org", subject="Undelivered Mail", kind="plain"):
    head = f"Return-Path: <>\nFrom: {sender}\nTo: lettre@exemple.fr\nSubject: {subject}\n"
    return f"{head}Content-Type: text/{kind}; charset=utf-8\n\n{text}".encode()


def told(mail):
    return {each.recipient: each.reason for each in read(mail)}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "qmail",
            f"""Hi. This is the qmail-send program at mx.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<{ZOE}>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 <{ZOE}>: Recipient address rejected: User unknown
Giving up on 192.0.2.1.

<{MAX}>:
Sorry, I couldn't find any host named example.net. (#5.1.2)

--- Below this line is a copy of the message.

{ORIGINAL}""",
            {ZOE: Reason.USER_UNKNOWN, MAX: Reason.HOST_UNKNOWN},
        ),
        (
            "exim",
            f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {ZOE}
    SMTP error from remote mail server after RCPT TO:<{ZOE}>:
    host mx.example.org [192.0.2.1]: 552 5.2.2 <{ZOE}>: mailbox full
  {MAX}
    retry timeout exceeded

------ This is a copy of the message, including all the headers. ------

{ORIGINAL}""",
            {ZOE: Reason.MAILBOX_FULL, MAX: Reason.EXPIRED},
        ),
        (
            "postfix",
            f"""This is the mail system at host mx.example.org.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

For further assistance, please send mail to postmaster.

                   The mail system

<{ZOE}>: host mx.example.org[192.0.2.1] said: 550 5.1.1
    <{ZOE}>: Recipient address rejected: User unknown in
    virtual mailbox table (in reply to RCPT TO command)
""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "sendmail",
            f"""The original message was received at Wed, 12 Mar 2025 07:00:00 +0100
from relais.exemple.fr [192.0.2.9]

   ----- The following addresses had permanent fatal errors -----
<{ZOE}>
    (reason: 550 5.1.1 <{ZOE}>... User unknown)

   ----- Transcript of session follows -----
... while talking to mx.example.org.:
>>> RCPT To:<{ZOE}>
<<< 550 5.1.1 <{ZOE}>... User unknown
550 5.1.1 <{ZOE}>... User unknown

   ----- Message header follows -----
{ORIGINAL}""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "sendmail of old",
            f"""   ----- Transcript of session follows -----
While talking to mx.example.org:
>>> RCPT To:<{ZOE}>
<<< 550 <{ZOE}>... User unknown
550 <{ZOE}>... User unknown
550 {MAX}... Host unknown

   ----- Unsent message follows -----
{ORIGINAL}""",
            {ZOE: Reason.USER_UNKNOWN, MAX: Reason.HOST_UNKNOWN},
        ),
        (
            "exchange",
            f"""Your message

  To:      quelqu-un@ailleurs.example
  Subject: Lettre
  Sent:    Wed, 12 Mar 2025 07:00:00 +0100

did not reach the following recipient(s):

{ZOE} on Wed, 12 Mar 2025 07:00:01 +0100
    The recipient name is not recognized
    MSEXCH:IMS:ORG:SITE:SERVER 0 (000C05A6) Unknown Recipient
""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "exchange online",
            f"""Delivery has failed to these recipients or groups:

Zoe (zoe)<mailto:{ZOE}>
The recipient's mailbox is full and can't accept messages now.

Diagnostic information for administrators:
Generating server: AM0.eurprd01.prod.outlook.com
{ZOE}
Remote Server returned '554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceeded'

Original message headers:
{ORIGINAL}""",
            {ZOE: Reason.MAILBOX_FULL},
        ),
        (
            "domino",
            f"""Your message

  Subject: Lettre

was not delivered to:

  {ZOE}

because:

  User zoe ({ZOE}) not listed in Domino Directory
""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "groupwise",
            f"""The message that you sent was undeliverable to the following:
    {ZOE} (user not found)

Possibly truncated original message follows:

{ORIGINAL}""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "google",
            f"""** Address not found **

Your message wasn't delivered to {ZOE} because the address couldn't be found, or is unable
to receive mail.

The response was:

550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking
the recipient's email address for typos. https://support.google.com/mail/?p=NoSuchUser - gsmtp
""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "yahoo",
            f"""Sorry, we were unable to deliver your message to the following address.

<{ZOE}>:
Remote host said:
552 1 Requested mail action aborted, mailbox not found [RCPT_TO]

--- Below this line is a copy of the message.

{ORIGINAL}""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "opensmtpd",
            f"""    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

{ZOE}: 550 5.2.1 The user you are trying to contact is disabled

    Below is a copy of the original message:

{ORIGINAL}""",
            {ZOE: Reason.SUSPEND},
        ),
        (
            "imail",
            f"User mailbox exceeds allowed size: {ZOE}\n\nOriginal message follows.\n\n{ORIGINAL}",
            {ZOE: Reason.MAILBOX_FULL},
        ),
        (
            "courier",
            f"""This is a delivery status notification from mx.example.org,
running the Courier mail server, version 0.65.

The original message was received on Wed, 12 Mar 2025 07:00:00 +0100

---------------------------------------------------------------------------

                           UNDELIVERABLE MAIL

Your message to the following recipients cannot be delivered:

<{ZOE}>:
    mx.example.org [192.0.2.1]:
>>> RCPT TO:<{ZOE}>
<<< 550 5.1.1 <{ZOE}>... User unknown

---------------------------------------------------------------------------
""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "hmailserver",
            f"""Your message did not reach some or all of the intended recipients.

   Sent: Wed, 12 Mar 2025 07:00:00 +0100
   Subject: Lettre

The following recipient(s) could not be reached:

{ZOE}
   Error Type: SMTP
   Remote server (192.0.2.1) issued an error.
   hMailServer sent: RCPT TO:<{ZOE}>
   Remote server replied: 550 Unknown user

hMailServer
""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "a French server",
            f"""Votre message n'a pas pu être remis au destinataire suivant :

    {ZOE}

Raison : la boîte aux lettres du destinataire est pleine.

----- Message d'origine -----
{ORIGINAL}""",
            {ZOE: Reason.MAILBOX_FULL},
        ),
        (
            "a French postmaster",
            f"Bonjour,\n\nL'adresse {ZOE} n'existe pas ou plus. Votre message n'a pas été remis.\n",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "a German server",
            f"""Ihre Nachricht konnte nicht zugestellt werden an folgende Empfänger:

<{ZOE}>: 550 5.1.1 Empfänger unbekannt
""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "1&1",
            f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address(es)
failed:

{ZOE}:
SMTP error from remote server for RCPT TO command, host: smtp-in.orange.fr (192.0.2.1) reason:
550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]

--- The header of the original message is following. ---

{ORIGINAL}""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "mdaemon",
            f"""The following data may contain attachments.

The following addresses had delivery problems:

<{ZOE}>
   Permanent Failure: 550_5.1.1_User_unknown

--- Session Transcript ---
 Wed 2025-03-12 07:00:00: --> RCPT To:<{ZOE}>
 Wed 2025-03-12 07:00:00: <-- 550 5.1.1 User unknown
--- End Transcript ---
""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "zimbra, in French",
            f"""Ceci est le système de messagerie de mx.example.org.

Votre message n'a pas pu être délivré à un ou plusieurs destinataires.

<{ZOE}>: l'hôte mx.example.org[192.0.2.1] a dit : 550 5.7.1 Message refusé,
    voir la politique anti-spam
""",
            {ZOE: Reason.SPAM_DETECTED},
        ),
        (
            "mimecast",
            f"""Your message to {ZOE} could not be delivered.

The reason: 554 5.4.14 Hop count exceeded - possible mail loop
""",
            {ZOE: Reason.NETWORK_ERROR},
        ),
        (
            "barracuda",
            f"""Your message to:
    {ZOE}
was blocked by our Spam Firewall. The email you sent with the following subject has NOT BEEN
DELIVERED:

Subject: Lettre
""",
            {ZOE: Reason.SPAM_DETECTED},
        ),
        (
            "aol",
            f"""The mail you sent could not be delivered to:

550 {ZOE} MAILBOX NOT FOUND
""",
            # Nobody says at which command: a filter may have spoken, after the mailbox was taken.
            {ZOE: Reason.FILTERED},
        ),
        (
            "an expansion",
            f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  an undisclosed address
    (generated from {ZOE})
    mailbox is full

------ This is a copy of the message, including all the headers. ------
{ORIGINAL}""",
            {ZOE: Reason.MAILBOX_FULL},
        ),
        (
            "usa.net",
            f"""Sorry, unable to deliver your message to {ZOE} for
the following reason:

 552 Quota violation for {ZOE}

A copy of the original message below this line:

{ORIGINAL}""",
            {ZOE: Reason.MAILBOX_FULL},
        ),
        (
            "symantec",
            f"""This is the mail delivery agent at messagelabs.com.

I was unable to deliver your message to the following addresses:

{ZOE}

Reason: 550 5.4.1 [{ZOE}]: Recipient address rejected: Access denied
""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
        (
            "surgemail",
            f"""Your message to <{ZOE}> was rejected.
I said : RCPT TO:<{ZOE}>
And mx.example.org [192.0.2.1] responded with : 550 No such user here
""",
            {ZOE: Reason.USER_UNKNOWN},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 30 else "",
)
def test_the_recipients_and_reasons_of_each_system_are_read(name, text, expected):
    assert told(report(text)) == expected


def test_a_report_in_html_is_read_as_text():
    text = (
        "<html><head><style>p {color: red}</style></head><body><p>Delivery has failed to these"
        f" recipients:</p><table><tr><td><a href='mailto:{ZOE}'>{ZOE}</a></td></tr></table>"
        "<p>The email address wasn&#39;t found: 550 5.1.10 RecipientNotFound</p></body></html>"
    )
    assert told(report(text, kind="html")) == {ZOE: Reason.USER_UNKNOWN}


def test_recipients_in_the_header_count_before_those_in_words():
    mail = report(f"The following address(es) failed:\n\n  zoe\n    mailbox is full\n\n{ORIGINAL}")
    named = mail.replace(b"Subject:", f"X-Failed-Recipients: {ZOE}\nSubject:".encode(), 1)
    assert told(named) == {ZOE: Reason.MAILBOX_FULL}


def test_a_report_that_names_nobody_is_about_the_recipient_of_what_it_brings_back():
    text = f"Message could not be delivered: mailbox full.\n\nOriginal message follows.\n{ORIGINAL}"
    assert told(report(text)) == {"quelqu-un@ailleurs.example": Reason.MAILBOX_FULL}


def test_a_list_that_the_original_was_sent_to_is_no_recipient():
    original = ORIGINAL.replace("quelqu-un@ailleurs.example", "liste@exemple.fr")
    text = f"Message could not be delivered: mailbox full.\n\nOriginal message follows.\n{original}"
    assert told(report(text)).keys() <= {"MAILER-DAEMON@mx.example.org"}


def test_whom_to_ask_for_help_is_no_recipient():
    text = "Your mail was not delivered.\nFor further assistance, contact <aide@example.org>.\n"
    assert "aide@example.org" not in told(report(text))


def test_the_return_of_a_mail_sent_by_ses_is_read_from_its_event():
    event = (
        '{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":'
        f'[{{"emailAddress":"{ZOE}","action":"failed","status":"5.1.1","diagnosticCode":'
        '"smtp; 550 5.1.1 user unknown"}]},"mail":{}}'
    )
    mail = report(event, sender="no-reply@sns.amazonaws.com", subject="AWS Notification Message")
    assert told(mail) == {ZOE: Reason.USER_UNKNOWN}


def test_the_complaint_of_somebody_who_got_a_mail_by_ses_is_read_from_its_event():
    event = (
        '{"notificationType":"Complaint","complaint":{"complainedRecipients":'
        f'[{{"emailAddress":"{ZOE}"}}]}}}}'
    )
    mail = report(event, sender="no-reply@sns.amazonaws.com", subject="AWS Notification Message")
    assert [(e.kind, e.feedback_type) for e in read(mail)] == [(Kind.COMPLAINT, "abuse")]


def test_a_warning_is_a_delay_and_not_the_end():
    text = f"This is a warning message only.\nThe following address is delayed:\n\n  {ZOE}\n"
    [returned] = read(report(text))
    assert (returned.kind, returned.is_permanent) == (Kind.DELAYED, False)


def test_a_persons_mail_about_an_address_is_no_report():
    text = f"Bonjour, mon adresse {ZOE} n'existe plus, merci d'utiliser {MAX}. Zoé"
    mail = f"From: Zoe <{ZOE}>\nTo: lettre@exemple.fr\nSubject: Re: Lettre\n\n{text}".encode()
    assert [each.kind for each in read(mail)] == [Kind.REPLY]
