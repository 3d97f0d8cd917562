"""Tools for those who keep the record; the app does not need them."""
