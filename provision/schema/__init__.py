"""What may stand in the data: one schema for each file, which validates it and types the domain."""
