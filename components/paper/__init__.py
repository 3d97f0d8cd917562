"""What leaves the page: figures, downloads, citations."""
