"""What a build has promised to keep: a chained journal beside the unfinished file, and going on from it."""
