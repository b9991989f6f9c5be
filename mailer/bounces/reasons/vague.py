"""What systems write when they say little: it counts when nothing more certain is said."""

from mailer.bounces.wording import Tables, phrases
from mailer.mail.returned import Reason

# Of programs that take the mail in, before what these say of users.
PROGRAM: Tables = (
    (
        Reason.MAILER_ERROR,
        phrases("""
            unknown mailer error | pipe to | command died | command output | command failed
            procmail | exec / | /bin/ | operating system error | mailer error | local delivery fail
            child process | local configuration error
        """),
    ),
)

LAST: Tables = (
    (
        Reason.NETWORK_ERROR,
        phrases("""
            too many hops | hop count exceeded | hops exceeded | mail loop | mail forwarding loop
            routing loop | loops back | loop detected | no route to host | lost connection
            connection refused | connection reset | connection dropped | network is unreachable
            network unreachable | host is unreachable | host is down | dns error | network error
        """),
    ),
    (
        Reason.SYSTEM_FULL,
        phrases("""
            insufficient system storage | insufficient system resources | no space left | disk full
            file system full | system full
        """),
    ),
    (
        Reason.EXPIRED,
        phrases("""
            expired | retry timeout exceeded | retry time not reached | timed out | time out
            timeout | delivered for + day | delivered for + hour | delivered for + minute
            could not deliver for | undelivered after | unable to deliver this message after
            been delayed | in the queue too long | too long in queue | failing for a long time
            giving up | delivery failed + attempts | maximum delivery attempts | number of attempts
            multiple retries | not been collected | not delivered within
            did not accept our requests to connect | will be retried | still being retried
            not responding | did not respond | unable to connect | not able to connect
            could not connect | cannot connect | conversation with + failed | within + days
            still undelivered | not yet been delivered | delivery attempts will continue
            delai + expire | try again later | resources temporarily unavailable
        """),
    ),
    (
        Reason.MAILER_ERROR,
        phrases("""
            temporary failure
        """),
    ),
    (
        Reason.SYSTEM_ERROR,
        phrases("""
            system error | queue file write error | service currently unavailable
            service unavailable | service temporarily unavailable | service refuse
            transaction failed | local error | internal error | server error | server configuration
            configuration error | cannot create | can't create | error in processing
            processing error | timeout waiting for client | unable to process | could not complete
            interface + not available | listen queue | proxy session
        """),
    ),
    (
        Reason.SYNTAX_ERROR,
        phrases("""
            improper sequence | bad sequence of commands | syntax error | command not recognized
            command unrecognized | unrecognized command | need rcpt | rcpt first | error: need
        """),
    ),
    (
        Reason.ON_HOLD,
        phrases("""
            on hold | awaiting approval | greylist | graylist
        """),
    ),
    (
        Reason.SECURITY_ERROR,
        phrases("""
            authentication required | smtp authentication | authenticate first | not authorized
            delivery not authorized | authrequired | not permitted | permission denied
            policy violation | authentication
        """),
    ),
)

# Single words of refusal.
FINALLY: Tables = (
    (
        Reason.SECURITY_ERROR,
        phrases("""
            access denied | denied
        """),
    ),
    (
        Reason.BLOCKED,
        phrases("""
            blocked | refused
        """),
    ),
    (
        Reason.REJECTED,
        phrases("""
            rejected
        """),
    ),
)
