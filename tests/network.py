"""Keeps the suite off the network: what works here works in a closed office network too."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any


class NetworkUsedError(RuntimeError):
    """Something tried to reach another machine."""


def is_loopback(host: str | bytes | None) -> bool:
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else host
    if name in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def allow_loopback_only() -> None:
    """Replaces the ways out of this process for its rest; called once, by conftest."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
            raise NetworkUsedError(f"A test connects to {address[0]}.")
        connect(self, address)

    def guarded_look_up(host: str | bytes | None, *args: Any, **kwargs: Any) -> Any:
        if not is_loopback(host):
            raise NetworkUsedError(f"A test looks up {host!r}.")
        return look_up(host, *args, **kwargs)

    socket.socket.connect = guarded_connect  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = guarded_look_up
