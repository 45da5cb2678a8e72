"""The selftest: what the tracer would miss and whom it would accuse, on the user's own material."""
