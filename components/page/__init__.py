"""What every page stands in: frame, view, markup, tables and the server's guard."""
