"""Which articles go back to one source: near-copies, one wire, one family of publishers."""

from retrieval.origins.signatures import Signature, independent, same_origin, signature

__all__ = ["Signature", "independent", "same_origin", "signature"]
