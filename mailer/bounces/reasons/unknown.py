"""What systems write when there is no such host, or nobody of that name there."""

from mailer.bounces.wording import phrases

HOST = phrases("""
    host unknown | unknown host | host not found | host or domain name not found
    host name lookup failure | no such domain | no such host | name or service not known
    unknown domain | domain unknown | domain not found | domain name not found
    domain does not exist | domain doesn't exist | domain is not reachable
    domain + couldn't be found | domain + could not be found | domain invalid | invalid domain
    unrouteable address | unrouteable mail domain | unroutable address | illegal host
    dns lookup failure | name service error | nxdomain | recipient address + domain
    bad destination system | not a valid domain | invalid host | non-existent hosts
    no route to domain | domaine inconnu | domaine + inexistant | domain + does not exist
    cannot find + domain | host/domain
""")

USER = phrases("""
    user unknown | unknown user | unknown recipient | unknown or illegal | unknown address
    unknown local part | unknown mailbox | unknown account | userid unknown | no such user
    no such recipient | no such mailbox | no such address | no such account | no such person
    no such local | no such email | no mailbox here | no mailbox by that name
    no account by that name | no user | no valid recipients | no matches to nameserver
    user not found | user not exist | user not known | user does not exist | user invalid
    user id not found | not a valid user | not a valid mailbox | not a valid address
    not a valid recipient | not a known user | not known at this | isn't a known
    unrecognized recipient | name is not recognized | recipient unknown | recipient is unknown
    receiver not found | account + no longer valid | recipient + does not exist
    recipient no longer | recipientnotfound | recipnotfound | invalid recipient | invalid user
    invalid mailbox | invalid final delivery userid | bad address | bad destination | bad recipient
    address unknown | address not found | address + couldn't be found
    address + could not be found | address + wasn't found | address + does not exist
    address + doesn't exist | address + wrong | address + no longer valid | addressee unknown
    account does not exist | account doesn't exist | account + does not exist | account not found
    email account + does not exist | mailbox not found | mailbox unknown | mailbox does not exist
    mailbox doesn't exist | mailbox + does not exist | mailbox invalid | mailbox no longer
    does not have an account | not listed in | not our user | not in our | did not exactly match
    check if address is correct | verify that the recipient address | is not a user
    destinataire inconnu | destinataire + inconnu | destinataire + n'existe | destinataire invalide
    utilisateur inconnu | utilisateur + inconnu | adresse inconnue | adresse + inexistante
    adresse + n'existe | adresse + invalide | adresse + incorrecte | boite + inexistante
    boite + n'existe | compte + n'existe | inconnu | empfanger unbekannt | benutzer unbekannt
    unbekannter | unbekannt | existiert nicht | usuario desconocido | no existe | nie istnieje
    nieznany | utente sconosciuto | inesistente | gebruiker onbekend
""")

# They may be said of a living mailbox too.
PERHAPS = phrases("""
    recipient address rejected | recipient rejected | address rejected | invalid address
    mailbox unavailable | mailbox is unavailable | doesn't have a + account
    doesn't have an + account | recipient not found | recipient + not found | not exist
    not recognized | check the recipient's | 550 user | mailbox not available
    account not available | user + does not exist | recipient + is not | notfound
""")
