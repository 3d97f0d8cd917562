"""A region is a folder: how it is made from the files that people have, checked, and packed."""
