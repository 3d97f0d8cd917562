"""Where phones on the room's own network reach this machine."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from ipaddress import ip_address

from provision.links.published import published

ENVIRONMENT = "PROVISION_ROOM_ADDRESS"
ROOM_ONLY = "PROVISION_ROOM_ONLY"
_OUTSIDE = ("192.0.2.1", 9)  # an address of documentation: nothing is sent there


def network_address() -> str:
    """This machine's address (IPv4) on the network that it is connected to.

    Returns
    -------
    str
        Empty where it is connected to none. Nothing is sent: the system only says from where it
        would send.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_OUTSIDE)
            found = str(probe.getsockname()[0])
        except OSError:
            return ""
    return "" if is_this_machine(found) or found == "0.0.0.0" else found  # noqa: S104


def is_this_machine(address: str) -> bool:
    """Whether an address, in figures, is this machine's own for itself (loopback)."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def room_address(here: str, port: int, environment: Mapping[str, str] = os.environ) -> str:
    """The address that phones open, without the code.

    Parameters
    ----------
    here
        The address of the app as the facilitator's browser has it, with a slash at its end.
    port
        The port that the app listens on.
    environment
        ``PROVISION_ROOM_ADDRESS`` goes before everything; then ``PROVISION_ADDRESS``.

    Returns
    -------
    str
        With a slash at its end; empty where only this machine could open it.
    """
    if given := environment.get(ENVIRONMENT, "").strip().rstrip("/"):
        return f"{given}/"
    if out := published(environment):
        return f"{out}/"
    host = here.partition("://")[2].partition("/")[0].rsplit(":", 1)[0].strip("[]")
    if host and host != "localhost" and not is_this_machine(host):
        return here
    found = network_address()
    return f"http://{found}:{port}/" if found else ""


def room_only(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether other devices reach the pages of the room alone."""
    return environment.get(ROOM_ONLY, "").strip().lower() in ("1", "on", "yes", "true")
