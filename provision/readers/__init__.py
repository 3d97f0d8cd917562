"""Readers: one for each kind of file that people have.

Each gives plain values that know where they came from.
"""
