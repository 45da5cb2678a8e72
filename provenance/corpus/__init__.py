"""Many inputs as one body of sources: documents read from wherever they lie, and the passages to trace in."""
