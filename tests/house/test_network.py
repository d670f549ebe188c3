"""No test may lean on somebody else's server."""

import socket

import pytest


def test_tests_cannot_reach_the_network():
    with pytest.raises(ConnectionRefusedError, match="do not reach"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_tests_can_reach_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()
