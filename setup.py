"""What is compiled: optional, so that the package installs without a compiler too."""

from setuptools import Extension, setup  # type: ignore[import-untyped] # it ships no types

KERNEL = Extension(
    "retrieval.search.kernel._kernel",
    sources=["retrieval/search/kernel/kernel.c"],
    depends=[
        f"retrieval/search/kernel/{name}.h"
        for name in ("articles", "binding", "bounds", "bytes", "hits", "okapi", "postings")
    ],
    define_macros=[("Py_LIMITED_API", "0x030B0000")],
    # Doubles must round as numpy's do: no multiplication and addition joined into one.
    extra_compile_args=["-std=c99", "-O2", "-ftree-vectorize", "-ffp-contract=off"],
    py_limited_api=True,
    optional=True,
)

# One wheel serves every Python from 3.11 on.
setup(ext_modules=[KERNEL], options={"bdist_wheel": {"py_limited_api": "cp311"}})
