/* The doorway from Python to search.h: checks every size, then searches without the GIL. */
#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <float.h>

#if defined(FLT_EVAL_METHOD) && FLT_EVAL_METHOD != 0
#error "doubles must round after each operation, as numpy's do"
#endif

#include "search.h"

enum { POSTINGS, TERM_STARTS, TERM_BLOCKS, TERM_POSTINGS, LENGTHS, FLOORS,
       STARTS, PARAGRAPH_OF, PARAGRAPH_LENGTHS, ARTICLE_LENGTHS, /* of the segment */
       MODELS, NUMBERS, WEIGHTS, DELETED, ROOM, BUFFERS };

typedef struct {
    Py_buffer of[BUFFERS];
} Buffers;

static size_t size_of(const Buffers *buffers, int which)
{
    return buffers->of[which].buf ? (size_t)buffers->of[which].len : 0;
}

static const uint8_t *bytes_of(const Buffers *buffers, int which)
{
    return (const uint8_t *)buffers->of[which].buf;
}

/* Whether every buffer is as long as the segment's numbers say. */
static int sizes_fit(const Search *s, const Buffers *b)
{
    size_t slots = s->slots, blocks = s->blocks, classes = s->levels == 1 ? 64 : 64 + 32 + 32;
    int three = s->levels == 3;
    if ((s->levels != 1 && !three) || slots > INT32_MAX || blocks > slots || !s->widest)
        return 0;
    if (s->length_width != 1 && s->length_width != 2 && s->length_width != 4)
        return 0;
    if (size_of(b, LENGTHS) != slots * s->length_width || size_of(b, FLOORS) != classes * 4)
        return 0;
    if (size_of(b, MODELS) != s->levels * sizeof(Model) || size_of(b, NUMBERS) % 4)
        return 0;
    if (size_of(b, ROOM) / sizeof(float) < search_room(s->blocks) ||
        (uintptr_t)b->of[ROOM].buf % sizeof(float))
        return 0;
    size_t wanted = size_of(b, NUMBERS) / 4, terms = size_of(b, TERM_BLOCKS) / 4;
    size_t width = terms ? size_of(b, TERM_STARTS) / (terms + 1) : 4;
    if (wanted > INT32_MAX / sizeof(Term) || (width != 4 && width != 8) ||
        size_of(b, WEIGHTS) != wanted * s->levels * sizeof(double))
        return 0;
    if (size_of(b, TERM_STARTS) < (terms + 1) * width || size_of(b, TERM_POSTINGS) != terms * 4)
        return 0;
    if (bytes_of(b, DELETED) && size_of(b, DELETED) < (blocks + 7) / 8)
        return 0;
    if (three)
        return size_of(b, STARTS) == (blocks + 1) * 4 && size_of(b, PARAGRAPH_OF) == slots * 4 &&
               size_of(b, ARTICLE_LENGTHS) == blocks * 4 && size_of(b, PARAGRAPH_LENGTHS) % 4 == 0;
    return s->widest == BLOCK && blocks == (slots + BLOCK - 1) / BLOCK;
}

static uint64_t start_of(const Buffers *b, size_t number)
{
    const uint8_t *starts = bytes_of(b, TERM_STARTS);
    if (size_of(b, TERM_STARTS) / (size_of(b, TERM_BLOCKS) / 4 + 1) == 4)
        return read32(starts + 4 * number);
    return read32(starts + 8 * number) | (uint64_t)read32(starts + 8 * number + 4) << 32;
}

/* Open the postings of a term; DAMAGED where they do not lie in the section. */
static int open_term(const Search *s, const Buffers *b, uint32_t number, Postings *postings)
{
    if (number >= size_of(b, TERM_BLOCKS) / 4)
        return DAMAGED;
    uint64_t first = start_of(b, number), last = start_of(b, (size_t)number + 1);
    if (first > last || last > size_of(b, POSTINGS))
        return DAMAGED;
    postings->term = number;
    postings->blocks = read32(bytes_of(b, TERM_BLOCKS) + 4 * (size_t)number);
    postings->postings = read32(bytes_of(b, TERM_POSTINGS) + 4 * (size_t)number);
    postings->of = s->blocks;
    postings->levels = s->levels;
    return postings_open(postings, bytes_of(b, POSTINGS) + first, (size_t)(last - first),
                         s->slots);
}

static int rarer_first(const void *a, const void *b)
{
    const Postings *one = &((const Term *)a)->postings, *other = &((const Term *)b)->postings;
    if (one->blocks != other->blocks)
        return one->blocks < other->blocks ? -1 : 1;
    return (one->term > other->term) - (one->term < other->term);
}

/* Beyond these a weight could leave what a bound, a float, can hold. */
#define LIGHTEST 1e-9
#define HEAVIEST 1e9

static int prunable(const double *weight, uint32_t levels)
{
    for (uint32_t level = 0; level < levels; level++)
        if (!(weight[level] >= 0 && weight[level] <= HEAVIEST))
            return 0;
    return weight[levels - 1] >= LIGHTEST;
}

/* Take the distinct terms of the query, rarest first, and the query as places among them. */
static int take_terms(Search *s, const Buffers *b)
{
    s->prune = 1;
    for (uint32_t n = 0; n < s->wanted; n++) {
        uint32_t number = read32(bytes_of(b, NUMBERS) + 4 * (size_t)n), t = 0;
        while (t < s->terms && s->term[t].postings.term != number)
            t++;
        Term *term = &s->term[t];
        if (term->times++)
            continue;
        s->terms++;
        size_t size = s->levels * sizeof(double);
        memcpy(term->weight, bytes_of(b, WEIGHTS) + n * size, size);
        s->prune &= prunable(term->weight, s->levels);
        if (open_term(s, b, number, &term->postings) == DAMAGED)
            return DAMAGED;
    }
    qsort(s->term, s->terms, sizeof *s->term, rarer_first);
    for (uint32_t n = 0; n < s->wanted; n++) {
        uint32_t number = read32(bytes_of(b, NUMBERS) + 4 * (size_t)n);
        while (s->term[s->order[n]].postings.term != number)
            s->order[n]++;
    }
    return PRESENT;
}

static PyObject *hits_of(const Search *s)
{
    Py_ssize_t hits = (Py_ssize_t)s->hits, size = hits * 8;
    PyObject *ids = PyBytes_FromStringAndSize(NULL, size);
    PyObject *scores = PyBytes_FromStringAndSize(NULL, size);
    PyObject *parts = PyBytes_FromStringAndSize(NULL, size * (Py_ssize_t)s->levels);
    if (!ids || !scores || !parts) {
        Py_XDECREF(ids);
        Py_XDECREF(scores);
        Py_XDECREF(parts);
        return NULL;
    }
    char *id = PyBytes_AsString(ids), *score = PyBytes_AsString(scores);
    char *part = PyBytes_AsString(parts);
    for (Py_ssize_t n = 0; n < hits; n++) {
        int64_t number = s->hit[n].id;
        memcpy(id + 8 * n, &number, 8);
        memcpy(score + 8 * n, &s->hit[n].score, 8);
        for (Py_ssize_t level = 0; level < (Py_ssize_t)s->levels; level++)
            memcpy(part + 8 * (level * hits + n), &s->hit[n].part[level], 8);
    }
    return Py_BuildValue("NNN", ids, scores, parts);
}

static PyObject *run(Search *s, const Buffers *b)
{
    int state = NO_MEMORY;
    s->wanted = (uint32_t)(size_of(b, NUMBERS) / 4);
    s->paragraphs = (uint32_t)(size_of(b, PARAGRAPH_LENGTHS) / 4);
    s->k = s->k < s->slots ? s->k : s->slots;
    s->term = calloc((size_t)s->wanted + 1, sizeof *s->term);
    s->order = calloc((size_t)s->wanted + 1, sizeof *s->order);
    s->hit = calloc((size_t)s->k + 1, sizeof *s->hit);
    if (s->term && s->order && s->hit) {
        Py_BEGIN_ALLOW_THREADS
        state = take_terms(s, b);
        if (state != DAMAGED && s->k)
            state = search_run(s, (float *)b->of[ROOM].buf);
        Py_END_ALLOW_THREADS
    }
    PyObject *result = NULL;
    if (state == NO_MEMORY)
        PyErr_NoMemory();
    else if (state == DAMAGED)
        PyErr_SetString(PyExc_ValueError, "a term's postings are damaged");
    else
        result = hits_of(s);
    free(s->term);
    free(s->order);
    free(s->hit);
    return result;
}

static void release(Buffers *buffers)
{
    for (int n = 0; n < BUFFERS; n++)
        if (buffers->of[n].obj)
            PyBuffer_Release(&buffers->of[n]);
}

static PyObject *find(PyObject *module, PyObject *args)
{
    (void)module;
    Search s = {0};
    Buffers b = {0};
    PyObject *segment, *result = NULL;
    if (!PyArg_ParseTuple(args, "O!y*y*y*z*w*Id", &PyTuple_Type, &segment, &b.of[MODELS],
                          &b.of[NUMBERS], &b.of[WEIGHTS], &b.of[DELETED], &b.of[ROOM], &s.k, &s.floor))
        return NULL;
    if (!PyArg_ParseTuple(segment, "y*y*y*y*y*y*z*z*z*z*IIIII", &b.of[POSTINGS],
                          &b.of[TERM_STARTS], &b.of[TERM_BLOCKS], &b.of[TERM_POSTINGS],
                          &b.of[LENGTHS], &b.of[FLOORS], &b.of[STARTS], &b.of[PARAGRAPH_OF],
                          &b.of[PARAGRAPH_LENGTHS], &b.of[ARTICLE_LENGTHS], &s.levels, &s.slots,
                          &s.blocks, &s.widest, &s.length_width)) {
        release(&b);
        return NULL;
    }
    s.lengths = bytes_of(&b, LENGTHS);
    s.floors = bytes_of(&b, FLOORS);
    s.starts = bytes_of(&b, STARTS);
    s.paragraph_of = bytes_of(&b, PARAGRAPH_OF);
    s.paragraph_lengths = bytes_of(&b, PARAGRAPH_LENGTHS);
    s.article_lengths = bytes_of(&b, ARTICLE_LENGTHS);
    s.deleted = bytes_of(&b, DELETED);
    if (sizes_fit(&s, &b)) {
        memcpy(s.model, b.of[MODELS].buf, (size_t)b.of[MODELS].len);
        result = run(&s, &b);
    } else {
        PyErr_SetString(PyExc_ValueError, "the sizes of the parts do not fit together");
    }
    release(&b);
    return result;
}

/* Compare a term of the vocabulary with `wanted`, as memcmp does. */
static int compare(const uint8_t *text, size_t size, const uint8_t *starts, size_t term,
                   const char *wanted, size_t length)
{
    size_t first = read32(starts + 4 * term), last = read32(starts + 4 * term + 4);
    if (first > last || last > size)
        return 1; /* damaged: no such term */
    size_t shorter = last - first < length ? last - first : length;
    int order = memcmp(text + first, wanted, shorter);
    return order ? order : (last - first > length) - (last - first < length);
}

static Py_ssize_t number_of(const Py_buffer *text, const Py_buffer *starts, const char *wanted,
                            size_t length)
{
    size_t low = 0, terms = (size_t)starts->len / 4, high = terms ? terms - 1 : 0;
    terms = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(text->buf, (size_t)text->len, starts->buf, middle, wanted, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == terms || compare(text->buf, (size_t)text->len, starts->buf, low, wanted, length))
        return -1;
    return (Py_ssize_t)low;
}

static PyObject *numbers(PyObject *module, PyObject *args)
{
    (void)module;
    Py_buffer text = {0}, starts = {0};
    PyObject *terms;
    if (!PyArg_ParseTuple(args, "y*y*O!", &text, &starts, &PyList_Type, &terms))
        return NULL;
    PyObject *found = PyList_New(PyList_Size(terms));
    for (Py_ssize_t n = 0; found && n < PyList_Size(terms); n++) {
        char *wanted;
        Py_ssize_t length;
        PyObject *number = NULL;
        if (!PyBytes_AsStringAndSize(PyList_GetItem(terms, n), &wanted, &length))
            number = PyLong_FromSsize_t(number_of(&text, &starts, wanted, (size_t)length));
        if (!number || PyList_SetItem(found, n, number)) {
            Py_DECREF(found);
            found = NULL;
        }
    }
    PyBuffer_Release(&text);
    PyBuffer_Release(&starts);
    return found;
}

static PyObject *room(PyObject *module, PyObject *args)
{
    (void)module;
    unsigned int blocks;
    if (!PyArg_ParseTuple(args, "I", &blocks))
        return NULL;
    return PyLong_FromSize_t(search_room(blocks) * sizeof(float));
}

static PyMethodDef METHODS[] = {
    {"room", room, METH_VARARGS, "Bytes of working memory that a search of so many blocks needs."},
    {"find", find, METH_VARARGS, "The k best documents of a segment: ids, scores, parts."},
    {"numbers", numbers, METH_VARARGS, "The number of each term in a vocabulary, or -1."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {
    PyModuleDef_HEAD_INIT, "retrieval.engine._kernel", NULL, 0, METHODS, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__kernel(void)
{
    return PyModule_Create(&MODULE);
}
