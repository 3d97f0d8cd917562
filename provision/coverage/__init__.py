"""Who is covered on a day, when that changes, and where the need is."""
