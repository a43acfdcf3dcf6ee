"""The one door through which this program asks other hosts for anything: a POST of JSON to a host on a list.

An address that somebody typed must not lead the server to its own neighbours: https only, a host that the settings
name, every address of that host public, the connection made to the very address that was looked at, no redirect
followed, little time, a short answer.
"""

import http.client
import ipaddress
import json
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

TIMEOUT, LONGEST, LARGEST = 5, 15, 4096  # seconds a step, seconds in all, bytes


class NotAllowedAddress(ValueError):
    """The address is not one that the settings allow."""


class NotReached(OSError):
    """Nothing was sent: the host has no public address, or no connection came about."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


def dialect_of(url: str) -> str:
    """The dialect of the host that an address names. Raises NotAllowedAddress."""
    return settings.LINLI_WEBHOOK_HOSTS[checked(url).hostname]


def checked(url: str) -> SplitResult:
    """The parts of an allowed address. Raises NotAllowedAddress."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotAllowedAddress from error
    plain = parts.scheme == "https" and port in (None, 443) and not (parts.username or parts.password)
    printable = url.isascii() and url.isprintable() and " " not in url
    if not plain or not printable or parts.hostname not in settings.LINLI_WEBHOOK_HOSTS:
        raise NotAllowedAddress
    return parts


def public_address(host: str) -> str:
    """An address of the host; all of them must lie in the public network. Raises NotReached."""
    found = {entry[4][0] for entry in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    if not found or not all(ipaddress.ip_address(address).is_global for address in found):
        raise NotReached("The host has no public address.")
    return sorted(found, key=lambda address: (":" in address, address))[0]


class PinnedConnection(http.client.HTTPSConnection):
    """A connection to one address, with the certificate of the host."""

    def __init__(self, host: str, address: str):
        super().__init__(host, 443, timeout=TIMEOUT)
        self.address = address

    def connect(self):
        raw = socket.create_connection((self.address, self.port), self.timeout)
        self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)


def connect(host: str, address: str) -> http.client.HTTPConnection:
    """An open connection. The edge of the program: tests put a server of their own here."""
    connection = PinnedConnection(host, address)
    connection.connect()
    return connection


def post_json(url: str, body: dict) -> Answer:
    """Send; the answer, whatever its status. Raises NotAllowedAddress, NotReached before anything was sent, and
    another OSError or http.client.HTTPException when nobody knows how far it came."""
    parts = checked(url)
    try:
        connection = connect(parts.hostname, public_address(parts.hostname))
    except OSError as error:
        raise NotReached(str(type(error).__name__)) from None
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Linli"}
        connection.request("POST", path, json.dumps(body, ensure_ascii=False).encode(), headers)
        response = connection.getresponse()
        return Answer(response.status, _read(response))
    finally:
        connection.close()


def _read(response: http.client.HTTPResponse) -> bytes:
    """The beginning of the answer. Raises TimeoutError when it trickles for too long."""
    ends, found = time.monotonic() + LONGEST, b""
    while len(found) < LARGEST and (part := response.read1(LARGEST - len(found))):
        found += part
        if time.monotonic() > ends:
            raise TimeoutError
    return found
