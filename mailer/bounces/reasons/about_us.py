"""What systems write when the sender or the mail does not please them; nobody's mailbox is dead."""

from mailer.bounces.wording import Tables, phrases
from mailer.mail.returned import Reason

FIRST: Tables = (
    (
        Reason.SPAM_DETECTED,
        phrases("""
            spam classification | classified as spam | detected as spam | identified as spam
            scored as spam | considered spam | considered to be spam | is spam | message as spam
            likely spam
        """),
    ),
    (
        Reason.NOT_COMPLIANT_RFC,
        phrases("""
            not rfc + compliant | not + rfc 5322 compliant | not compliant with rfc
            is not compliant | multiple addresses in from | violates rfc | bare lf | bare newline
            bare carriage return | missing from header | from: header missing | no from header
            message-id header + missing | not conform
        """),
    ),
    (
        Reason.CONTENT_ERROR,
        phrases("""
            media error | duplicate header | headers too large | header size exceeds
            header too long | improper use of 8-bit | 8bit data in message header
            mime + malformed | invalid mime | illegal attachment | attachment + not allowed
            encrypted attachment
        """),
    ),
    (
        Reason.AUTH_FAILURE,
        phrases("""
            dmarc | unauthenticated email | sender is unauthenticated | authentication information
            authentication checks failed | spf check | spf record | spf fail | spf validation
            spf unauthorized | fails spf | did not pass spf | not pass + spf
            sender policy framework | spf: fail | dkim + fail | dkim + not pass | dkim signature
            required authentication level | not allowed to send from
            is not allowed to send mail from | not authorized to send + spf | domainkeys
        """),
    ),
    (
        Reason.REQUIRE_PTR,
        phrases("""
            reverse dns | reverse lookup | rdns | ptr record | ptr resource record | dns ptr
            no ptr | missing ptr | ptr lookup | unverifyable sending ip | unverifiable sending ip
            mismatches client ip | servers without a valid sender | cannot find your hostname
            cannot find your reverse hostname | cannot resolve your address
            client hostname not found | hostname does not resolve | reverse hostname | fcrdns
            all mail servers must have a ptr
        """),
    ),
    (
        Reason.BAD_REPUTATION,
        phrases("""
            low reputation | poor reputation | bad reputation | ip reputation | domain reputation
            sender reputation | reputation of the sending | unexpected volume or user complaints
            due to its reputation
        """),
    ),
    (
        Reason.SPEEDING,
        phrases("""
            too many recipients this hour | rate limited | sending rate | too fast | throttl
            receiving mail at a rate | too much mail | sent too many + messages | unusual rate
            too many messages
        """),
    ),
    (
        Reason.TOO_MANY_CONNECTIONS,
        phrases("""
            connection rate limit | too many connection | too many concurrent
            too many simultaneous | too many sessions | too many recipients | frequency limited
            connection limit | exceeded the maximum number of connections
            maximum number of recipients | trop de connexions
        """),
    ),
    (
        Reason.SPEEDING,
        phrases("""
            rate limit | hourly limit | sending limit | daily limit
        """),
    ),
    (
        Reason.VIRUS_DETECTED,
        phrases("""
            virus | malware | infected | phishing attempt | trojan
        """),
    ),
    (
        Reason.BLOCKED,
        phrases("""
            blocked using | banned sending ip | spamhaus | spamcop | sorbs | barracudacentral
            blacklist | black list | blocklist | block list | blocked list | dnsbl | rbl.
            blocked for abuse | open relay | client host rejected | client host + blocked
            use the smtp server of your isp | messages from + weren't sent | invalid ip for sending
            may not be mail exchanger | your ip + block | ip address + block | your host + block
            sending ip + block | ip + is blocked | blocked - see | is blocked by
            not allowed to connect | connection refused by policy | rejecting connection
            no access from mail server | access from ip address | bad sender ip | dynamic ip
            dial-up | dialup | invalid domain name | refuse mail from your
            not accept mail from your | no smtp service | you are not allowed to send mail | cdrbl
            aup# | ip blocked | helo command rejected | bad helo | invalid helo
            ip you're using to send | host is denied
        """),
    ),
    (
        Reason.SPAM_DETECTED,
        phrases("""
            spam | junk mail | , ube | unsolicited | message content rejected | content rejected
            rejected due to content | considered as bulk | bulk mail | looks like + unwanted
            mail rejete. mail rejected | pourriel
        """),
    ),
    (
        Reason.NO_RELAYING,
        phrases("""
            relay access denied | relaying denied | relaying not | relaying is not
            relaying prohibited | relay not | not configured to relay | unable to relay
            cannot relay | relay denied | we do not relay | relay operation rejected
            email address is not verified | not permitted to relay | not allowed to relay
            no relaying | will not relay | this domain is not hosted here
            that domain isn't in my list of allowed rcpthosts
        """),
    ),
    (
        Reason.FAILED_STARTTLS,
        phrases("""
            must issue a starttls | starttls is required | tls required | tls is required
            starttls failed | cannot start tls | tls handshake
        """),
    ),
    (
        Reason.MESSAGE_TOO_BIG,
        phrases("""
            message too large | message too big | message size exceeds + 5.3.4
            message is too large | message file too big | size limit exceeded | line limit exceeded
            exceeds maximum size | too large for | larger than the + limit | message larger than
            too big | taille maximale | exceeds size limit | exceeds the size limit
            exceeded maximum message size
        """),
    ),
)
