"""The cross-cutting themes, the partners and the pathway: their data, reach, sentences and
tables."""
