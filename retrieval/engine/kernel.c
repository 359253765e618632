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

#include "building.h"
#include "search.h"

enum { POSTINGS, TERM_STARTS, TERM_BLOCKS, TERM_POSTINGS, HELD, LENGTHS, FLOORS, VOCABULARY,
       VOCABULARY_STARTS, STARTS, PARAGRAPH_OF, PARAGRAPH_LENGTHS, ARTICLE_LENGTHS, BUFFERS };

typedef struct {
    Py_buffer of[BUFFERS];
} Buffers;

/* A segment whose sizes were checked, with the buffers that it keeps alive. */
typedef struct {
    Buffers buffers;
    Search search; /* all that does not depend on a query */
    uint64_t *guide; /* how each GUIDED-th term of the vocabulary begins */
    size_t guides;
} Opened;

#define CAPSULE "retrieval.engine.segment"
#define GUIDED 128u

/* A query: the term of each word, and its weight at each level. */
typedef struct {
    const uint32_t *numbers;
    const double *weights;
    uint32_t count;
} Query;

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
    size_t terms = size_of(b, TERM_BLOCKS) / 4, width = size_of(b, TERM_STARTS) / (terms + 1);
    int three = s->levels == 3;
    if ((s->levels != 1 && !three) || slots > INT32_MAX || blocks > slots || !s->widest)
        return 0;
    if (s->length_width != 1 && s->length_width != 2 && s->length_width != 4)
        return 0;
    if (size_of(b, LENGTHS) != slots * s->length_width || size_of(b, FLOORS) != classes * 4)
        return 0;
    if (terms >= INT32_MAX || (width != 4 && width != 8) || size_of(b, TERM_POSTINGS) != terms * 4)
        return 0;
    if (size_of(b, HELD) != terms * 4 || size_of(b, VOCABULARY_STARTS) != (terms + 1) * 4)
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
static int take_terms(Search *s, const Buffers *b, const Query *query)
{
    s->prune = 1;
    for (uint32_t n = 0; n < query->count; n++) {
        uint32_t t = 0;
        while (t < s->terms && s->term[t].postings.term != query->numbers[n])
            t++;
        Term *term = &s->term[t];
        if (term->times++)
            continue;
        s->terms++;
        memcpy(term->weight, query->weights + (size_t)n * s->levels, s->levels * sizeof(double));
        s->prune &= prunable(term->weight, s->levels);
        if (open_term(s, b, query->numbers[n], &term->postings) == DAMAGED)
            return DAMAGED;
    }
    qsort(s->term, s->terms, sizeof *s->term, rarer_first);
    for (uint32_t n = 0; n < query->count; n++)
        while (s->term[s->order[n]].postings.term != query->numbers[n])
            s->order[n]++;
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

/* Search; `s` has the models, k and the floor. */
static PyObject *run(Search *s, const Buffers *b, const Query *query, const Py_buffer *room)
{
    int state = NO_MEMORY;
    if ((size_t)room->len / sizeof(float) < search_room(s->blocks) ||
        (uintptr_t)room->buf % sizeof(float)) {
        PyErr_SetString(PyExc_ValueError, "the working memory is too small");
        return NULL;
    }
    s->wanted = query->count;
    s->k = s->k < s->slots ? s->k : s->slots;
    s->term = calloc((size_t)s->wanted + 1, sizeof *s->term);
    s->order = calloc((size_t)s->wanted + 1, sizeof *s->order);
    s->hit = malloc(((size_t)s->k + 1) * sizeof *s->hit);
    if (s->term && s->order && s->hit) {
        Py_BEGIN_ALLOW_THREADS
        state = take_terms(s, b, query);
        if (state != DAMAGED && s->k)
            state = search_run(s, (float *)room->buf);
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

static void close_segment(PyObject *capsule)
{
    Opened *opened = PyCapsule_GetPointer(capsule, CAPSULE);
    if (opened) {
        release(&opened->buffers);
        PyMem_Free(opened->guide);
        PyMem_Free(opened);
    }
}

static void take_segment(Search *s, const Buffers *b)
{
    s->lengths = bytes_of(b, LENGTHS);
    s->floors = bytes_of(b, FLOORS);
    s->starts = bytes_of(b, STARTS);
    s->paragraph_of = bytes_of(b, PARAGRAPH_OF);
    s->paragraph_lengths = bytes_of(b, PARAGRAPH_LENGTHS);
    s->article_lengths = bytes_of(b, ARTICLE_LENGTHS);
    s->paragraphs = (uint32_t)(size_of(b, PARAGRAPH_LENGTHS) / 4);
}

/* The first eight bytes of a text as a number, which compares as they do. */
static uint64_t beginning(const uint8_t *text, size_t size)
{
    uint64_t begun = 0;
    for (size_t byte = 0; byte < 8; byte++)
        begun = begun << 8 | (byte < size ? text[byte] : 0u);
    return begun;
}

/* Note how every GUIDED-th term begins, so that a look-up reads few cold parts of the vocabulary;
   0 where there is no memory. */
static int guide_to(Opened *opened)
{
    const Buffers *b = &opened->buffers;
    const uint8_t *text = bytes_of(b, VOCABULARY), *starts = bytes_of(b, VOCABULARY_STARTS);
    size_t size = size_of(b, VOCABULARY), terms = size_of(b, TERM_BLOCKS) / 4;
    opened->guides = (terms + GUIDED - 1) / GUIDED;
    opened->guide = PyMem_Malloc((opened->guides + 1) * sizeof *opened->guide);
    for (size_t n = 0; opened->guide && n < opened->guides; n++) {
        size_t first = read32(starts + 4 * n * GUIDED), last = read32(starts + 4 * n * GUIDED + 4);
        int lies = first <= last && last <= size; /* otherwise it is damaged */
        opened->guide[n] = lies ? beginning(text + first, last - first) : 0;
    }
    return opened->guide != NULL;
}

static PyObject *open_segment(PyObject *module, PyObject *args)
{
    (void)module;
    Opened *opened = PyMem_Calloc(1, sizeof *opened);
    if (!opened)
        return PyErr_NoMemory();
    Py_buffer *of = opened->buffers.of;
    Search *s = &opened->search;
    PyObject *capsule = NULL;
    if (PyArg_ParseTuple(args, "y*y*y*y*y*y*y*y*y*z*z*z*z*IIIII", &of[POSTINGS], &of[TERM_STARTS],
                         &of[TERM_BLOCKS], &of[TERM_POSTINGS], &of[HELD], &of[LENGTHS],
                         &of[FLOORS], &of[VOCABULARY], &of[VOCABULARY_STARTS], &of[STARTS],
                         &of[PARAGRAPH_OF], &of[PARAGRAPH_LENGTHS], &of[ARTICLE_LENGTHS],
                         &s->levels, &s->slots, &s->blocks, &s->widest, &s->length_width)) {
        take_segment(s, &opened->buffers);
        if (!sizes_fit(s, &opened->buffers))
            PyErr_SetString(PyExc_ValueError, "the sizes of its parts do not fit together");
        else if (!guide_to(opened))
            PyErr_NoMemory();
        else
            capsule = PyCapsule_New(opened, CAPSULE, close_segment);
    }
    if (!capsule) {
        release(&opened->buffers);
        PyMem_Free(opened->guide);
        PyMem_Free(opened);
    }
    return capsule;
}

static PyObject *find(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *capsule, *result = NULL;
    Py_buffer models = {0}, numbers = {0}, weights = {0}, deleted = {0}, room = {0};
    unsigned int k;
    double floor;
    if (!PyArg_ParseTuple(args, "Oy*y*y*z*w*Id", &capsule, &models, &numbers, &weights, &deleted,
                          &room, &k, &floor))
        return NULL;
    Opened *opened = PyCapsule_GetPointer(capsule, CAPSULE);
    if (opened) {
        Search s = opened->search;
        Query query = {numbers.buf, weights.buf, (uint32_t)(numbers.len / 4)};
        s.k = k;
        s.floor = floor;
        s.deleted = deleted.buf;
        if ((size_t)models.len != s.levels * sizeof(Model) || numbers.len > 1 << 20 ||
            weights.len != numbers.len / 4 * (Py_ssize_t)(s.levels * sizeof(double)) ||
            (deleted.buf && (size_t)deleted.len < ((size_t)s.blocks + 7) / 8)) {
            PyErr_SetString(PyExc_ValueError, "the parts of the query do not fit together");
        } else {
            memcpy(s.model, models.buf, (size_t)models.len);
            result = run(&s, &opened->buffers, &query, &room);
        }
    }
    PyBuffer_Release(&models);
    PyBuffer_Release(&numbers);
    PyBuffer_Release(&weights);
    PyBuffer_Release(&room);
    if (deleted.obj)
        PyBuffer_Release(&deleted);
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

/* How many of the guides begin below `begun`, or as it does where `same` is set. */
static size_t guides_below(const Opened *opened, uint64_t begun, int same)
{
    size_t low = 0, high = opened->guides;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (opened->guide[middle] < begun || (same && opened->guide[middle] == begun))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A term's number in the vocabulary, or -1. */
static int64_t number_of(const Opened *opened, const char *wanted, size_t length)
{
    const Buffers *b = &opened->buffers;
    const uint8_t *text = bytes_of(b, VOCABULARY), *starts = bytes_of(b, VOCABULARY_STARTS);
    uint64_t begun = beginning((const uint8_t *)wanted, length);
    size_t size = size_of(b, VOCABULARY), terms = size_of(b, TERM_BLOCKS) / 4;
    size_t low = guides_below(opened, begun, 0), high = guides_below(opened, begun, 1) * GUIDED;
    low = low ? (low - 1) * GUIDED : 0;
    high = high < terms ? high : terms;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(text, size, starts, middle, wanted, length) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < terms && !compare(text, size, starts, low, wanted, length) ? (int64_t)low : -1;
}

#define WORDS 64 /* that `ask` takes at once */

/* Find the words of a query in the vocabulary and weigh them; -1 with an exception set. */
static int weigh(const Opened *opened, PyObject *words, double least, uint32_t *numbers,
                 double *weights, uint32_t *count)
{
    const Buffers *b = &opened->buffers;
    Py_ssize_t size = PyList_Size(words);
    if (size > WORDS) {
        PyErr_SetString(PyExc_ValueError, "too many words");
        return -1;
    }
    for (Py_ssize_t n = 0; n < size; n++) {
        char *word;
        Py_ssize_t length;
        if (PyBytes_AsStringAndSize(PyList_GetItem(words, n), &word, &length))
            return -1;
        int64_t number = number_of(opened, word, (size_t)length);
        if (number < 0)
            continue;
        double held = read32(bytes_of(b, HELD) + 4 * (size_t)number);
        if (held > opened->search.slots) {
            PyErr_SetString(PyExc_ValueError, "a term stands in more documents than there are");
            return -1;
        }
        double weight = log(opened->search.slots - held + 0.5) - log(held + 0.5);
        numbers[*count] = (uint32_t)number;
        weights[(*count)++] = weight < 0 ? least : weight;
    }
    return 0;
}

/* A whole query of plain documents: the words, as UTF-8, are looked up and weighed here. */
static PyObject *ask(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *capsule, *words, *result = NULL;
    Py_buffer room = {0};
    Model model = {0, 0, 0, 1};
    double least;
    unsigned int k;
    if (!PyArg_ParseTuple(args, "OO!(ddd)dw*I", &capsule, &PyList_Type, &words, &model.k1,
                          &model.b, &model.average, &least, &room, &k))
        return NULL;
    Opened *opened = PyCapsule_GetPointer(capsule, CAPSULE);
    uint32_t numbers[WORDS], count = 0;
    double weights[WORDS];
    if (opened && opened->search.levels == 1 &&
        !weigh(opened, words, least, numbers, weights, &count)) {
        Search s = opened->search;
        Query query = {numbers, weights, count};
        s.model[0] = model;
        s.k = k;
        s.floor = -INFINITY;
        result = run(&s, &opened->buffers, &query, &room);
    } else if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_ValueError, "these are no plain documents");
    }
    PyBuffer_Release(&room);
    return result;
}

static PyObject *room(PyObject *module, PyObject *args)
{
    (void)module;
    unsigned int blocks;
    if (!PyArg_ParseTuple(args, "I", &blocks))
        return NULL;
    return PyLong_FromSize_t(search_room(blocks) * sizeof(float));
}

/* Raised with every change of these functions; kernel.py does without a kernel of another one. */
#define KERNEL_VERSION 1

static PyMethodDef METHODS[] = {
    {"room", room, METH_VARARGS, "Bytes of working memory that a search of so many blocks needs."},
    {"open", open_segment, METH_VARARGS, "A segment, its sizes checked."},
    {"find", find, METH_VARARGS, "The k best documents of a segment: ids, scores, parts."},
    {"ask", ask, METH_VARARGS, "The same from words, in a segment of plain documents."},
    {"words", start_words, METH_VARARGS, "An empty set of words; its seed is any number."},
    {"number", number_words, METH_VARARGS, "The numbers of documents' words, and their lengths."},
    {"sorted", sort_vocabulary, METH_VARARGS, "Words by their bytes: text, starts, ranks, counts."},
    {"divide", divide, METH_VARARGS, "Words by ranges of terms: pairs, and the size of each."},
    {"invert", invert, METH_VARARGS, "The bytes of consecutive terms, and what is told of each."},
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
