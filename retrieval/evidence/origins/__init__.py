"""Which articles go back to one source: copies, rewrites, one agency, publisher or speaker."""

from retrieval.evidence.origins.credited import Credited, common_voice, read_credited
from retrieval.evidence.origins.reports import Counted, Report, count_origins
from retrieval.evidence.origins.signatures import Key, Signature, common_origin, key, signature

__all__ = [
    "Counted",
    "Credited",
    "Key",
    "Report",
    "Signature",
    "common_origin",
    "common_voice",
    "count_origins",
    "key",
    "read_credited",
    "signature",
]
