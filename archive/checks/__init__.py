"""The checks: a tuple of functions, each `(Package, Policy) -> Iterator[Finding | Covered]`."""
