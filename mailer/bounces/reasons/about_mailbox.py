"""What systems write about a mailbox that is there, and about who may write to it."""

from mailer.bounces.wording import Tables, phrases
from mailer.mail.returned import Reason

MAILBOX: Tables = (
    (
        Reason.MAILBOX_FULL,
        phrases("""
            mailbox full | inbox full | exceeded the local limit | skrzynka + pelna
            mailbox is full | mailbox + is full | mailbox exceeds | mailbox size limit
            mailbox over | mail box space not enough | over quota | overquota | over the quota
            over its quota | over their quota | over his quota | over disk quota | overdrawn
            out of quota | exceeded quota | quota exceed | quota violation
            quota has been exceeded | quota full | exceeds quota | exceed the quota
            exceed + quota | disk quota | storage quota | disk space | mailfolder is full
            folder is full | inbox is full | box is full | account is full | account full
            user is full | user full | out of storage | storage limit | exceededquota
            quotaexceeded | shutoffquota | maildir over | insufficient + space to store | is full
            boite + pleine | boite + saturee | quota + depasse | quota + atteint
            espace + insuffisant | postfach + voll | speicherplatz | buzon lleno | casella piena
        """),
    ),
    (
        Reason.SUSPEND,
        phrases("""
            account is disabled | account has been disabled | account has been suspended
            account + is disabled | account + suspended | account + deactivated | account + locked
            account + blocked | account + inactive | account + not active | account + on hold
            account + expired | account + terminated | account + closed | user + is disabled
            user + suspended | user + locked | user + inactive | mailbox + disabled
            mailbox + suspended | mailbox + inactive | mailbox + frozen | mailbox not active
            mailbox currently + unavailable | temporarily disabled | tried to reach is disabled
            tried to reach is inactive | disabled recipient | recipient + suspended
            recipient + inactive | recipient + disabled | is a deactivated mailbox
            compte + bloque | compte + suspendu | compte + desactive | compte + inactif
            inactive user | invalid/inactive | disabled or discontinued
        """),
    ),
    (
        Reason.HAS_MOVED,
        phrases("""
            has moved | no longer on server | not our customer | has been replaced by
            user not local; please try | address has changed | new address | a change d'adresse
            no longer uses this | nouvelle adresse
        """),
    ),
    (
        Reason.FILTERED,
        phrases("""
            recipient preferences | email preferences of | message filtered
            rejected by the recipient domain | due to extended inactivity
            not accepting mail from you
            we failed to deliver mail because the following address recipient id refuse to receive
            refuse to receive
        """),
    ),
    (
        Reason.NOT_ACCEPT,
        phrases("""
            does not accept mail | doesn't accept mail | doesn't receive email
            does not receive mail | not accepting network messages | null mx | nullmx
            no mx record | no mx found | couldn't find a mail exchanger
            couldn't find any host by that name | no mail exchanger | no longer accepting mail
            this server is not accepting
        """),
    ),
)

SENDER: Tables = (
    (
        Reason.REJECTED,
        phrases("""
            sender address rejected | rejected due to sender | sender rejected | sender denied
            sender not | sender address | sender + does not exist | invalid sender
            sender + unknown | bad sender | mail from + does not exist | expediteur inconnu
            unroutable sender | domain of sender | sender domain | sender verify failed
            sender verification | sender is not | return address | not a member | are not member
            only members | not allowed to post | permission to post | post by non-member
            may not exist, or you may not have permission | all recipient addresses rejected
            address of sender | envelope sender | mail from domain | fix your from | from address
            moderator | not a registered gateway user | access denied - invalid
            you are not permitted | expediteur + refuse | expediteur + rejete | backscatter
            mailing list | google groups | send mail as
        """),
    ),
    (
        Reason.POLICY_VIOLATION,
        phrases("""
            denied by policy | local policy violation | policy reasons | policy reason
            potential + security issue | content presents a potential | not allowed by policy
            against policy | violates policy | violation of policy | administrative prohibition
            administratively | security polic | rejected by policy | rejected for policy
            email policy | host network not allowed | prohibited by | message refused
            transport rules | transport.rules | rejected by header | rejected by + rule
        """),
    ),
)
