"""How maps and charts mark their classes: colours, hatches, marks and words, told once for the
page, for paper and for the projector."""
