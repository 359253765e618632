/* The module `_kernel`: what Python finds in the doorways. */
#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <float.h>

#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
#error "doubles must round after each operation, as numpy's do"
#endif

#include "asking.h"
#include "building.h"
#include "proposing.h"

/* Raised with every change of these functions; kernel.py does without a kernel of another one. */
#define KERNEL_VERSION 3

static PyMethodDef METHODS[] = {
    {"room", room, METH_VARARGS, "Bytes of working memory that a search of so many blocks needs."},
    {"open", open_segment, METH_VARARGS, "A segment of articles, its sizes checked."},
    {"find", find, METH_VARARGS, "The k best sentences of a segment: ids, scores, parts."},
    {"open_plain", open_plain, METH_VARARGS, "A segment of plain documents, its sizes checked."},
    {"ask", ask, METH_VARARGS, "The k best plain documents for some words: ids, scores."},
    {"words", start_words, METH_VARARGS, "An empty set of words; its seed is any number."},
    {"number", number_words, METH_VARARGS, "The numbers of documents' words, and their lengths."},
    {"sorted", sort_vocabulary, METH_VARARGS, "Words by bucket: text, starts, ranks, counts."},
    {"divide", divide, METH_VARARGS, "Words by ranges of terms: pairs, and the size of each."},
    {"invert", invert, METH_VARARGS, "The bytes of consecutive terms, and what is told of each."},
    {"set_plain", set_plain, METH_VARARGS, "The same of plain documents."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {
    PyModuleDef_HEAD_INIT, "retrieval.engine._kernel", NULL, 0, METHODS, NULL, NULL, NULL, NULL,
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
