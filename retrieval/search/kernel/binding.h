/* The doorway from Python to articles.h: checks every size, then searches without the GIL. */
#ifndef PULLQUOTE_PROPOSING_H
#define PULLQUOTE_PROPOSING_H

#include "articles.h"

enum { POSTINGS, TERM_STARTS, TERM_BLOCKS, TERM_POSTINGS, LENGTHS, FLOORS, STARTS, PARAGRAPH_OF,
       PARAGRAPH_LENGTHS, ARTICLE_LENGTHS, BUFFERS };

typedef struct {
    Py_buffer of[BUFFERS];
} Buffers;

/* A segment whose sizes were checked, with the buffers that it keeps alive. */
typedef struct {
    Buffers buffers;
    Search search; /* all that does not depend on a query */
} Segment;

#define CAPSULE "retrieval.search.segment"

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
    size_t slots = s->slots, blocks = s->blocks, classes = 64 + 32 + 32;
    size_t terms = size_of(b, TERM_BLOCKS) / 4, width = size_of(b, TERM_STARTS) / (terms + 1);
    if (slots > INT32_MAX || blocks > slots || !s->widest)
        return 0;
    if (s->length_width != 1 && s->length_width != 2 && s->length_width != 4)
        return 0;
    if (size_of(b, LENGTHS) != slots * s->length_width || size_of(b, FLOORS) != classes * 4)
        return 0;
    if (terms >= INT32_MAX || (width != 4 && width != 8) || size_of(b, TERM_POSTINGS) != terms * 4)
        return 0;
    return size_of(b, STARTS) == (blocks + 1) * 4 && size_of(b, PARAGRAPH_OF) == slots * 4 &&
           size_of(b, ARTICLE_LENGTHS) == blocks * 4 && size_of(b, PARAGRAPH_LENGTHS) % 4 == 0;
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
    return postings_open(postings, bytes_of(b, POSTINGS) + first, (size_t)(last - first));
}

static int rarer_first(const void *a, const void *b)
{
    const Postings *one = &((const Term *)a)->postings, *other = &((const Term *)b)->postings;
    if (one->blocks != other->blocks)
        return one->blocks < other->blocks ? -1 : 1;
    return (one->term > other->term) - (one->term < other->term);
}

static int prunable(const double *weight)
{
    for (uint32_t level = 0; level < LEVELS; level++)
        if (!(weight[level] >= 0 && weight[level] <= HEAVIEST))
            return 0;
    return weight[LEVELS - 1] >= LIGHTEST;
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
        memcpy(term->weight, query->weights + (size_t)n * LEVELS, LEVELS * sizeof(double));
        s->prune &= prunable(term->weight);
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
    Py_ssize_t hits = (Py_ssize_t)s->best.hits, size = hits * 8;
    PyObject *ids = PyBytes_FromStringAndSize(NULL, size);
    PyObject *scores = PyBytes_FromStringAndSize(NULL, size);
    PyObject *parts = PyBytes_FromStringAndSize(NULL, size * LEVELS);
    if (!ids || !scores || !parts) {
        Py_XDECREF(ids);
        Py_XDECREF(scores);
        Py_XDECREF(parts);
        return NULL;
    }
    char *id = PyBytes_AsString(ids), *score = PyBytes_AsString(scores);
    char *part = PyBytes_AsString(parts);
    for (Py_ssize_t n = 0; n < hits; n++) {
        int64_t number = s->best.hit[n].id;
        memcpy(id + 8 * n, &number, 8);
        memcpy(score + 8 * n, &s->best.hit[n].score, 8);
        for (Py_ssize_t level = 0; level < LEVELS; level++)
            memcpy(part + 8 * (level * hits + n), &s->best.hit[n].part[level], 8);
    }
    return Py_BuildValue("NNN", ids, scores, parts);
}

/* Search; `s` has the models, k and the floor. */
static PyObject *run(Search *s, const Buffers *b, const Query *query, const Py_buffer *room)
{
    int state = NO_ROOM;
    if ((size_t)room->len / sizeof(float) < search_room(s->blocks) ||
        (uintptr_t)room->buf % sizeof(float)) {
        PyErr_SetString(PyExc_ValueError, "the working memory is too small");
        return NULL;
    }
    s->wanted = query->count;
    s->best.k = s->best.k < s->slots ? s->best.k : s->slots;
    s->term = calloc((size_t)s->wanted + 1, sizeof *s->term);
    s->order = calloc((size_t)s->wanted + 1, sizeof *s->order);
    s->best.hit = malloc(((size_t)s->best.k + 1) * sizeof *s->best.hit);
    if (s->term && s->order && s->best.hit) {
        Py_BEGIN_ALLOW_THREADS
        state = take_terms(s, b, query);
        if (state != DAMAGED && s->best.k)
            state = search_run(s, (float *)room->buf);
        Py_END_ALLOW_THREADS
    }
    PyObject *result = NULL;
    if (state == NO_ROOM)
        PyErr_NoMemory();
    else if (state == DAMAGED)
        PyErr_SetString(PyExc_ValueError, "a term's postings are damaged");
    else
        result = hits_of(s);
    free(s->term);
    free(s->order);
    free(s->best.hit);
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
    Segment *segment = PyCapsule_GetPointer(capsule, CAPSULE);
    if (segment) {
        release(&segment->buffers);
        PyMem_Free(segment);
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

static PyObject *open_segment(PyObject *module, PyObject *args)
{
    (void)module;
    Segment *segment = PyMem_Calloc(1, sizeof *segment);
    if (!segment)
        return PyErr_NoMemory();
    Py_buffer *of = segment->buffers.of;
    Search *s = &segment->search;
    PyObject *capsule = NULL;
    if (PyArg_ParseTuple(args, "y*y*y*y*y*y*y*y*y*y*IIII", &of[POSTINGS], &of[TERM_STARTS],
                         &of[TERM_BLOCKS], &of[TERM_POSTINGS], &of[LENGTHS], &of[FLOORS],
                         &of[STARTS], &of[PARAGRAPH_OF], &of[PARAGRAPH_LENGTHS],
                         &of[ARTICLE_LENGTHS], &s->slots, &s->blocks, &s->widest,
                         &s->length_width)) {
        take_segment(s, &segment->buffers);
        if (!sizes_fit(s, &segment->buffers))
            PyErr_SetString(PyExc_ValueError, "the sizes of its parts do not fit together");
        else
            capsule = PyCapsule_New(segment, CAPSULE, close_segment);
    }
    if (!capsule) {
        release(&segment->buffers);
        PyMem_Free(segment);
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
    Segment *segment = PyCapsule_GetPointer(capsule, CAPSULE);
    if (segment) {
        Search s = segment->search;
        Query query = {numbers.buf, weights.buf, (uint32_t)(numbers.len / 4)};
        s.best.k = k;
        s.best.floor = floor;
        s.deleted = deleted.buf;
        if ((size_t)models.len != LEVELS * sizeof(Model) || numbers.len > 1 << 20 ||
            weights.len != numbers.len / 4 * (Py_ssize_t)(LEVELS * sizeof(double)) ||
            (deleted.buf && (size_t)deleted.len < ((size_t)s.blocks + 7) / 8)) {
            PyErr_SetString(PyExc_ValueError, "the parts of the query do not fit together");
        } else {
            memcpy(s.model, models.buf, (size_t)models.len);
            result = run(&s, &segment->buffers, &query, &room);
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

static PyObject *room(PyObject *module, PyObject *args)
{
    (void)module;
    unsigned int blocks;
    if (!PyArg_ParseTuple(args, "I", &blocks))
        return NULL;
    return PyLong_FromSize_t(search_room(blocks) * sizeof(float));
}

#endif
