"""The compiled kernel, where it could be built: the same hits as numpy finds, sooner."""

from __future__ import annotations

from typing import Any

VERSION = 4  # of the kernel's functions, as `kernel.c` has it

_kernel: Any
try:
    from retrieval.search.kernel import _kernel
except ImportError:  # no compiler was there when the package was installed
    _kernel = None
if getattr(_kernel, "VERSION", None) != VERSION:
    _kernel = None  # it was compiled from older sources; installing again mends that

compiled: Any = _kernel  # its functions; None where it is not

AVAILABLE = _kernel is not None
LOWEST = float("-inf")
