"""Which articles go back to one source: near-copies, one wire, one family of publishers."""

from retrieval.evidence.origins.signatures import Signature, independent, signature

__all__ = ["Signature", "independent", "signature"]
