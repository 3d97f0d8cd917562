"""What is fast, against what, and how it was measured. Run with ``python -m benchmarks.click_to_paint``."""
