"""Sending an answer to an address that a client named, and never to one inside.

A name is resolved once, its addresses are checked, and the connection goes to a checked address: a
name that means another machine a moment later leads nowhere. Redirects are not followed.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from app.model.errors import BadInput, FieldError

TIMEOUT: Final = 10.0
_PORTS: Final = {"http": 80, "https": 443}
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotSent(Exception):
    """The other side did not take the answer; ``str()`` of it says why."""


@dataclass(frozen=True, slots=True)
class Callbacks:
    """Where answers may be sent.

    ``hosts`` are names of hosts; empty allows every host. ``private`` allows addresses that are
    not public: loopback, private networks, link-local and the like.
    """

    hosts: tuple[str, ...] = ()
    private: bool = False

    def check(self, url: str) -> None:
        """Raise BadInput for an address that nothing is sent to."""
        self._resolved(self._parts(url))

    def post(self, url: str, body: bytes) -> None:
        """Send JSON to an address.

        Raises BadInput for one that nothing is sent to, and :class:`NotSent` where the other side
        can't be reached or answers with anything but success.
        """
        parts = self._parts(url)
        address = self._resolved(parts)[0]
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = None
        try:
            connection = _connection(parts, address)
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise NotSent(f"the callback can't be reached: {error}") from error
        finally:
            if connection is not None:
                connection.close()
        if not http.HTTPStatus.OK <= status < http.HTTPStatus.MULTIPLE_CHOICES:
            raise NotSent(f"the callback answered {status}")

    def _parts(self, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise _refused(f"is no address: {error}") from error
        if parts.scheme not in _PORTS or not host or port == 0:
            raise _refused("must begin with http:// or https:// and name a host")
        if parts.username is not None or parts.password is not None:
            raise _refused("must not hold credentials")
        if any(char.isspace() or not char.isprintable() for char in url):
            raise _refused("must not hold blanks or control characters")
        if self.hosts and host.lower() not in self.hosts:
            raise _refused(f"names {host}, which is no host that answers are sent to here")
        return parts

    def _resolved(self, parts: SplitResult) -> Sequence[Address]:
        host = parts.hostname or ""
        port = parts.port or _PORTS[parts.scheme]
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise _refused(f"names {host}, which can't be resolved") from error
        addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
        if not self.private:
            for address in addresses:
                if not is_public(address):
                    raise _refused(f"leads to {address}, which is not a public address")
        return addresses


def is_public(address: Address) -> bool:
    """Tell whether an address is of the public network, also once it is translated to IPv4."""
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return all(is_public(each) for each in inner if each is not None)


def _connection(parts: SplitResult, address: Address) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    plain = socket.create_connection((str(address), port), timeout=TIMEOUT)
    connection.sock = plain
    if parts.scheme == "https":
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    return connection


def _refused(why: str) -> BadInput:
    return BadInput(f"The callback {why}.", [FieldError("/callback", why)])
