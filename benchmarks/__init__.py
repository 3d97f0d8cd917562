"""What is fast, against what, and how it was measured. Run with ``make bench``."""
