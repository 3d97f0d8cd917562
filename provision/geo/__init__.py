"""Outlines as maps draw them, and the plane that distances are measured in."""
