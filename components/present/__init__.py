"""The stage and the desk behind it."""
