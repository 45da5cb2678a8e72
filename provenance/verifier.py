"""The story of a verification.

1. Open what is given: a package, a WARC or an ARC, anybody's. What cannot be opened at all is `unreadable`.
2. Let the archive storey check it: container, fixity, index, package, signatures.
3. Read every document again from its bytes, and compare its text and its articles with the records beside it.
4. Trace every quotation again, and compare with what the package says.
5. Compare the table of articles.
6. The verdict is computed from what was found and from what was covered (archive.findings.Report).
"""

from __future__ import annotations
