"""What a report shows of a package: it is verified, read, traced, and laid out as a view."""

from __future__ import annotations
