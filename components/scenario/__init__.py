"""The page of scenarios: controls, state, panels."""
