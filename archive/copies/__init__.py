"""Several copies of one archive: what tells them apart, and a sound one put together from damaged ones."""
