"""The address of a view: its text, its fields, and where the explorer is published."""
