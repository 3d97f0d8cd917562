"""Whether the record holds what its source says, read a second time."""
