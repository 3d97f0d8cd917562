"""Your data: what a person brings, for their own session."""
