"""IP addresses: of anybody's, no more is kept than the network."""

from ipaddress import IPv6Address, ip_address, ip_network

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
