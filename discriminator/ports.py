"""Ports of this machine: which a server may be told, and whether it can have it."""

from __future__ import annotations

import errno
import socket
from argparse import ArgumentTypeError

HIGHEST = 65535


class PortError(RuntimeError):
    """A server cannot start; the message says why and what to do."""


def number(text: str) -> int:
    """Read the number of a port from the command line.

    Raises:
        ArgumentTypeError: it is none.
    """
    if text.isdecimal() and 1 <= int(text) <= HIGHEST:
        return int(text)
    message = f"{text!r} is not a whole number from 1 to {HIGHEST}"
    raise ArgumentTypeError(message)


def taken(ip: str, port: int) -> socket.socket:
    """Take a port, and return the socket that holds it.

    Raises:
        PortError: somebody else has it, or it is not for this user, or the address is not ours.
    """
    held = socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET)
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        held.bind((ip, port))
    except OSError as error:
        held.close()
        raise PortError(_reason(ip, port, error)) from error
    return held


def _reason(ip: str, port: int, error: OSError) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{ip} is no address of this machine: leave out --ip, or say 0.0.0.0 for all it has."
    return (
        f"Port {port} cannot be used ({error.strerror}): stop what runs there, "
        f"or choose another with --port {port + 1}."
    )
