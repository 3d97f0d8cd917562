"""Whom a hub serves, and where the next hubs would do most."""
