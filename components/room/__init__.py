"""The pages that phones open, and what the stage shows of their answers."""
