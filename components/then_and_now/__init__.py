"""The panels of the page Then and now."""
