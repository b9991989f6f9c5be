"""How often one network may post to the public forms."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, current_app, request
from flask_limiter import Limiter

NETWORK_BITS = {4: 24, 6: 56}
UNKNOWN = "0.0.0.0/24"


def network() -> str:
    """The network that the request comes from: /24, or /56 in IPv6."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network((address.packed, NETWORK_BITS[address.version]), strict=False))


def posts() -> str:
    """The ceiling of public forms, as the settings have it."""
    config = current_app.config
    return f"{config['POSTS_A_MINUTE']}/minute;{config['POSTS_AN_HOUR']}/hour"


limiter = Limiter(key_func=network, storage_uri="memory://")
public_posts = limiter.limit(posts, methods=["POST"])


def install(app: Flask) -> None:
    """Count the posts of each network, in this process."""
    limiter.init_app(app)
