"""What goes to others and comes from them: the directory standard, and what changed between two
versions of the data."""
