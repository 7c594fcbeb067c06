"""Who is at the other end of a connection: an address, as far as it can be believed."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from starlette.requests import HTTPConnection

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_HOUSEHOLD = 64
"""Bits of an IPv6 address that tell networks apart: within one, anybody has as many addresses as they like."""


class Addresses:
    """Tells addresses. `trusted`: networks of reverse proxies, whose `X-Forwarded-For` is believed."""

    def __init__(self, trusted: Sequence[str]) -> None:
        self._trusted: list[Network] = [ipaddress.ip_network(name, strict=False) for name in trusted]

    def of(self, connection: HTTPConnection) -> str:
        """The address that rates are counted by."""
        host = _parsed(connection.client.host if connection.client is not None else "")
        if host is not None and self._is_trusted(host):
            # Each proxy adds whom it was asked by at the end: the last that is no proxy of ours is who asked.
            for name in reversed(connection.headers.get("x-forwarded-for", "").split(",")):
                further = _parsed(name.strip())
                if further is None:
                    break
                host = further
                if not self._is_trusted(further):
                    break
        if host is None:
            return "unknown"
        if isinstance(host, ipaddress.IPv6Address):
            return str(ipaddress.ip_network((host, _HOUSEHOLD), strict=False))
        return str(host)

    def is_local(self, connection: HTTPConnection) -> bool:
        """Whether somebody asks from this machine or its own network, not through a proxy."""
        host = _parsed(connection.client.host if connection.client is not None else "")
        forwarded = "x-forwarded-for" in connection.headers or "forwarded" in connection.headers
        return host is not None and not forwarded and (host.is_loopback or host.is_private)

    def _is_trusted(self, host: Address) -> bool:
        return any(host in network for network in self._trusted)


def _parsed(text: str) -> Address | None:
    try:
        host = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = host.ipv4_mapped if isinstance(host, ipaddress.IPv6Address) else None
    return mapped or host
