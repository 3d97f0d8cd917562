"""The trials of an attack from outside, one bounded run on this machine alone: ``make attack``."""
