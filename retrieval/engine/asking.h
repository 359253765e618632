/* The doorway from Python to plain.h: a segment of plain documents, and a whole query of them. */
#ifndef PULLQUOTE_ASKING_H
#define PULLQUOTE_ASKING_H

#include "plain.h"
#include "vocabulary.h"

enum { SETS, ENTRIES, BUCKETS, SPELLINGS, RUN_LENGTHS, RUN_STARTS, DOCUMENTS, PLAIN_PARTS };

/* A segment whose sizes were checked, with the buffers that it keeps alive. */
typedef struct {
    Py_buffer part[PLAIN_PARTS];
    Plain plain;
    Vocabulary vocabulary;
    double floor; /* what a term weighs whose inverse document frequency is negative */
    int sound;    /* whether bounds hold for its parameters */
} Opened;

#define MOST_WORDS 1024 /* of a query; kernel.py asks no more */
#define PLAIN_CAPSULE "retrieval.engine.plain"

static void close_opened(Opened *opened)
{
    for (int n = 0; n < PLAIN_PARTS; n++)
        if (opened->part[n].obj)
            PyBuffer_Release(&opened->part[n]);
    free(opened->plain.run_start);
    free(opened->plain.norm);
    free(opened->plain.adds);
    PyMem_Free(opened);
}

static void close_plain(PyObject *capsule)
{
    Opened *opened = PyCapsule_GetPointer(capsule, PLAIN_CAPSULE);
    if (opened)
        close_opened(opened);
}

/* Whether every part is as long as the segment's numbers say, and runs follow one another. */
static int is_whole(Opened *opened, size_t entry)
{
    const Py_buffer *part = opened->part;
    Plain *plain = &opened->plain;
    Vocabulary *v = &opened->vocabulary;
    size_t runs = (size_t)part[RUN_LENGTHS].len / 4;
    plain->documents = part[DOCUMENTS].buf;
    plain->document_width = width_below(plain->slots);
    *v = (Vocabulary){.text = part[SPELLINGS].buf, .text_size = (size_t)part[SPELLINGS].len,
                      .buckets = part[BUCKETS].buf, .entries = part[ENTRIES].buf, .entry = entry};
    if ((entry != 12 && entry != 16) || part[ENTRIES].len < (Py_ssize_t)entry ||
        (size_t)part[ENTRIES].len % entry)
        return 0;
    v->terms = (size_t)part[ENTRIES].len / entry - 1;
    v->of = v->terms > INT32_MAX ? 0 : buckets_of((uint32_t)v->terms);
    if (plain->slots > INT32_MAX || !v->of || (size_t)part[BUCKETS].len != 4 * ((size_t)v->of + 1) || runs > plain->slots ||
        (size_t)part[RUN_LENGTHS].len != 4 * runs || (size_t)part[RUN_STARTS].len != 4 * (runs + 1) ||
        (size_t)part[DOCUMENTS].len != (size_t)plain->slots * plain->document_width)
        return 0;
    const uint8_t *starts = part[RUN_STARTS].buf, *lengths = part[RUN_LENGTHS].buf;
    for (size_t n = 0; n < runs; n++)
        if (read32(starts + 4 * n) >= read32(starts + 4 * n + 4) ||
            (n && read32(lengths + 4 * n - 4) >= read32(lengths + 4 * n)))
            return 0;
    plain->runs = (uint32_t)runs;
    return read32(starts) == 0 && read32(starts + 4 * runs) == plain->slots;
}

/* Reckon what depends on the segment alone; 0 where there is no memory. */
static int prepare(Opened *opened)
{
    Plain *plain = &opened->plain;
    const Model *model = &plain->model;
    const uint8_t *starts = opened->part[RUN_STARTS].buf, *lengths = opened->part[RUN_LENGTHS].buf;
    size_t runs = plain->runs;
    plain->run_start = malloc((runs + 1) * sizeof *plain->run_start);
    plain->norm = malloc((runs + 1) * sizeof *plain->norm);
    plain->adds = malloc((runs + 1) * sizeof *plain->adds);
    if (!plain->run_start || !plain->norm || !plain->adds)
        return 0;
    for (size_t n = 0; n <= runs; n++)
        plain->run_start[n] = read32(starts + 4 * n);
    for (size_t n = 0; n < runs; n++) {
        plain->norm[n] = norm_of(model, read32(lengths + 4 * n));
        for (uint32_t tf = 1; tf <= TOLD; tf++)
            plain->adds[n][tf - 1] = (float)saturate(model, tf, plain->norm[n]);
    }
    opened->sound = model->k1 > 0 && model->k1 < 1e6 && model->b >= 0 && model->b <= 1 &&
                    model->average >= 0;
    return 1;
}

static PyObject *open_plain(PyObject *module, PyObject *args)
{
    (void)module;
    Opened *opened = PyMem_Calloc(1, sizeof *opened);
    if (!opened)
        return PyErr_NoMemory();
    Py_buffer *part = opened->part;
    Plain *plain = &opened->plain;
    unsigned int entry;
    plain->model.factor = 1;
    PyObject *capsule = NULL;
    if (PyArg_ParseTuple(args, "y*y*y*y*y*y*y*II(dddd)", &part[SETS], &part[ENTRIES],
                         &part[BUCKETS], &part[SPELLINGS], &part[RUN_LENGTHS], &part[RUN_STARTS], &part[DOCUMENTS],
                         &plain->slots, &entry, &plain->model.k1, &plain->model.b,
                         &plain->model.average, &opened->floor)) {
        if (!is_whole(opened, entry))
            PyErr_SetString(PyExc_ValueError, "the sizes of its parts do not fit together");
        else if (!prepare(opened))
            PyErr_NoMemory();
        else
            capsule = PyCapsule_New(opened, PLAIN_CAPSULE, close_plain);
    }
    if (!capsule)
        close_opened(opened);
    return capsule;
}

/* The UTF-8 of a word of a list; a lone surrogate, which it has no place for, is kept as it is.
   The list keeps the bytes. NULL with an exception set. */
static const char *spell(PyObject *list, Py_ssize_t place, Py_ssize_t *size)
{
    PyObject *word = PyList_GetItem(list, place);
    const char *text = PyUnicode_AsUTF8AndSize(word, size);
    char *kept;
    if (text || !PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return text;
    PyErr_Clear();
    PyObject *odd = PyUnicode_AsEncodedString(word, "utf-8", "surrogatepass");
    if (!odd || PyList_SetItem(list, place, odd))
        return NULL;
    return PyBytes_AsStringAndSize(odd, &kept, size) ? NULL : kept;
}

/* Find where the words of a list may stand; 0 with an exception set. */
static int seek(const Vocabulary *v, PyObject *list, Sought *sought, Py_ssize_t count)
{
    for (Py_ssize_t n = 0; n < count; n++) {
        Py_ssize_t size;
        const uint8_t *text = (const uint8_t *)spell(list, n, &size);
        if (!text)
            return 0;
        sought[n] = (Sought){text, (size_t)size, bucket_of(text, (size_t)size, v->of)};
        foresee_bucket(v, &sought[n]);
    }
    for (Py_ssize_t n = 0; n < count; n++)
        foresee_entries(v, &sought[n]);
    for (Py_ssize_t n = 0; n < count; n++)
        foresee_text(v, &sought[n]);
    return 1;
}

/* Take a word that was found into the query; DAMAGED where its entry cannot be right. */
static int take_found(const Opened *opened, Quest *q, uint32_t *order, uint32_t number)
{
    uint32_t n = 0;
    while (n < q->words && q->word[n].number != number)
        n++;
    order[q->wanted++] = n;
    if (n < q->words) {
        q->word[n].times++;
        return PRESENT;
    }
    Listed told = listed(&opened->vocabulary, number);
    if (told.first > told.last || told.last > (uint64_t)opened->part[SETS].len ||
        told.held > opened->plain.slots)
        return DAMAGED;
    Word *word = &q->word[q->words++];
    memset(word, 0, sizeof *word);
    double weight = log(opened->plain.slots - (double)told.held + 0.5) - log(told.held + 0.5);
    word->weight = weight < 0 ? opened->floor : weight;
    word->number = number;
    word->times = 1;
    return word_open(word, &opened->plain, told.held,
                     (const uint8_t *)opened->part[SETS].buf + told.first,
                     (size_t)(told.last - told.first));
}

static int may_prune(const Opened *opened, Quest *q)
{
    int may = opened->sound && q->words <= MOST_PRUNED;
    for (uint32_t n = 0; n < q->words; n++) {
        Word *word = &q->word[n];
        may = may && word->weight >= LIGHTEST && word->weight <= HEAVIEST;
        word->heft = (float)(word->weight * word->times);
    }
    return may;
}

/* The hits as two bytes objects: numbers (i64) and scores (f64). */
static PyObject *tell_hits(const Best *best)
{
    Py_ssize_t hits = (Py_ssize_t)best->hits;
    PyObject *ids = PyBytes_FromStringAndSize(NULL, 8 * hits);
    PyObject *scores = PyBytes_FromStringAndSize(NULL, 8 * hits);
    if (!ids || !scores) {
        Py_XDECREF(ids);
        Py_XDECREF(scores);
        return NULL;
    }
    char *id = PyBytes_AsString(ids), *score = PyBytes_AsString(scores);
    for (Py_ssize_t n = 0; n < hits; n++) {
        int64_t number = best->hit[n].id;
        memcpy(id + 8 * n, &number, 8);
        memcpy(score + 8 * n, &best->hit[n].score, 8);
    }
    return Py_BuildValue("NN", ids, scores);
}

static PyObject *answer(const Opened *opened, Quest *q)
{
    int state = PRESENT, pruned = may_prune(opened, q);
    if (q->words && q->best.k) {
        Py_BEGIN_ALLOW_THREADS
        state = pruned ? walk_all(q) : score_all(q);
        sort_hits(&q->best);
        Py_END_ALLOW_THREADS
    }
    if (state == NO_ROOM)
        return PyErr_NoMemory();
    if (state != DAMAGED)
        return tell_hits(&q->best);
    PyErr_SetString(PyExc_ValueError, "a term's postings are damaged");
    return NULL;
}

/* Find the words of a query; DAMAGED where the segment cannot be right. */
static int take_words(const Opened *opened, Quest *q, uint32_t *order, const Sought *sought,
                      Py_ssize_t count)
{
    for (Py_ssize_t n = 0; n < count; n++) {
        int64_t number = number_of(&opened->vocabulary, &sought[n]);
        if (number >= 0 && take_found(opened, q, order, (uint32_t)number) == DAMAGED)
            return DAMAGED;
    }
    return PRESENT;
}

/* Find the words of a query and search for the best documents. */
static PyObject *ask_words(const Opened *opened, PyObject *list, uint32_t k)
{
    Py_ssize_t count = PyList_Size(list);
    size_t room = (size_t)count + 1;
    uint32_t *order = malloc(room * sizeof *order);
    Sought *sought = malloc(room * sizeof *sought);
    Quest q = {.of = &opened->plain, .order = order};
    q.word = malloc(room * sizeof *q.word);
    q.best.k = k < opened->plain.slots ? k : opened->plain.slots;
    q.best.floor = -INFINITY;
    q.best.hit = malloc(((size_t)q.best.k + 1) * sizeof *q.best.hit);
    PyObject *result = NULL;
    if (!q.word || !order || !sought || !q.best.hit)
        PyErr_NoMemory();
    else if (seek(&opened->vocabulary, list, sought, count)) {
        if (take_words(opened, &q, order, sought, count) == PRESENT)
            result = answer(opened, &q);
        else
            PyErr_SetString(PyExc_ValueError, "a term's postings are damaged");
    }
    free(order);
    free(sought);
    free(q.word);
    free(q.best.hit);
    return result;
}

/* A whole query of plain documents: the words are looked up and weighed here. */
static PyObject *ask(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *capsule, *words;
    unsigned int k;
    if (!PyArg_ParseTuple(args, "OOI", &capsule, &words, &k))
        return NULL;
    const Opened *opened = PyCapsule_GetPointer(capsule, PLAIN_CAPSULE);
    PyObject *list = opened ? PySequence_List(words) : NULL; /* nobody else changes it */
    PyObject *result = NULL;
    if (list && PyList_Size(list) > MOST_WORDS)
        PyErr_SetString(PyExc_OverflowError, "too many words");
    else if (list)
        result = ask_words(opened, list, k);
    Py_XDECREF(list);
    return result;
}

#endif
