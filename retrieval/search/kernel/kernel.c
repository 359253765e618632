/* The module `_kernel`: what Python finds in binding.h. */
#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <float.h>

#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
#error "doubles must round after each operation, as numpy's do"
#endif

#include "binding.h"

/* Raised with every change of these functions; kernel.py does without a kernel of another one. */
#define KERNEL_VERSION 4

static PyMethodDef METHODS[] = {
    {"room", room, METH_VARARGS, "Bytes of working memory that a search of so many blocks needs."},
    {"open", open_segment, METH_VARARGS, "A segment of articles, its sizes checked."},
    {"find", find, METH_VARARGS, "The k best sentences of a segment: ids, scores, parts."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {
    PyModuleDef_HEAD_INIT, "retrieval.search.kernel._kernel", NULL, 0, METHODS, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__kernel(void)
{
    PyObject *module = PyModule_Create(&MODULE);

    if (module != NULL && PyModule_AddIntConstant(module, "VERSION", KERNEL_VERSION) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
