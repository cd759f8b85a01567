from __future__ import annotations

import socket
import urllib.request

import pytest

from tests.network import NetworkUsedError


def test_connect_to_another_machine_is_refused() -> None:
    with socket.socket() as client, pytest.raises(NetworkUsedError, match=r"192\.0\.2\.1"):
        client.connect(("192.0.2.1", 80))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(NetworkUsedError, match=r"example\.org"):
        urllib.request.urlopen("http://example.org/")


def test_connect_to_this_machine_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())

        assert client.getpeername() == server.getsockname()
