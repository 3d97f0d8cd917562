"""The pages about themes, partners and the pathway."""
