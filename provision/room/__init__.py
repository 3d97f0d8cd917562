"""The room takes part: questions that people answer on their phones."""
