"""A report in words, as JSON lines, as a page to look at."""
