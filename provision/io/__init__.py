"""Read what a region is made of: files, their places and what is wrong with them."""
