"""The live record, other versions of it, and its sources."""
