"""Networks: no more of an IP address is kept, and who else is on the way to a server."""

from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult

BITS = {4: 24, 6: 56}


def network_of(address: str) -> str:
    """The network of an address, or of a part of it: /24, or /56 in IPv6; empty for neither."""
    try:
        found = ip_address(address.partition("/")[0])
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ip_network((found.packed, BITS[found.version]), strict=False))


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_safe(url: SplitResult) -> bool:
    """Whether nobody on the way reads or changes what is said there: https, or this machine."""
    return url.scheme == "https" or (url.scheme == "http" and is_loopback(url.hostname or ""))
