"""Maps, panels and charts of coverage and of one area."""
