/* The doorway from Python to what builds segments: numbering.h, grouping.h, inverting.h, setting.h. */
#ifndef PULLQUOTE_BUILDING_H
#define PULLQUOTE_BUILDING_H

#include "inverting.h"
#include "numbering.h"
#include "setting.h"

#define WORDS_CAPSULE "retrieval.engine.words"

/* Numbers that grow at their end. */
typedef struct {
    uint32_t *number;
    size_t size, room;
} Numbers;

static int append(Numbers *to, uint32_t number)
{
    if (to->size == to->room) {
        size_t room = 2 * to->room + 4096;
        uint32_t *wider = realloc(to->number, room * sizeof *wider);
        if (!wider) {
            PyErr_NoMemory();
            return 0;
        }
        to->number = wider;
        to->room = room;
    }
    to->number[to->size++] = number;
    return 1;
}

static void close_words(PyObject *capsule)
{
    Words *words = PyCapsule_GetPointer(capsule, WORDS_CAPSULE);
    if (words) {
        words_free(words);
        PyMem_Free(words);
    }
}

static PyObject *start_words(PyObject *module, PyObject *args)
{
    (void)module;
    unsigned long long seed;
    if (!PyArg_ParseTuple(args, "K", &seed))
        return NULL;
    Words *words = PyMem_Calloc(1, sizeof *words);
    if (!words || !words_start(words, seed)) {
        if (words)
            words_free(words);
        PyMem_Free(words);
        return PyErr_NoMemory();
    }
    PyObject *capsule = PyCapsule_New(words, WORDS_CAPSULE, close_words);
    if (!capsule) {
        words_free(words);
        PyMem_Free(words);
    }
    return capsule;
}

static int take_text(Words *words, const char *text, Py_ssize_t size, Numbers *numbers)
{
    int64_t number = words_number(words, (const uint8_t *)text, (size_t)size);
    if (number < 0) {
        PyErr_NoMemory();
        return 0;
    }
    return append(numbers, (uint32_t)number);
}

/* A lone surrogate, which UTF-8 has no place for, is kept as it is, as `spelled` does. */
static int take_odd_word(Words *words, PyObject *word, Numbers *numbers)
{
    if (!PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
        return 0;
    PyErr_Clear();
    PyObject *bytes = PyUnicode_AsEncodedString(word, "utf-8", "surrogatepass");
    char *text;
    Py_ssize_t size;
    int taken = bytes && !PyBytes_AsStringAndSize(bytes, &text, &size) &&
                take_text(words, text, size, numbers);
    Py_XDECREF(bytes);
    return taken;
}

static int take_word(Words *words, PyObject *word, Numbers *numbers)
{
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(word, &size);
    return text ? take_text(words, text, size, numbers) : take_odd_word(words, word, numbers);
}

static int is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Whether a line is UTF-8; an exception is set if not. */
static int is_utf8(const char *text, Py_ssize_t size)
{
    uint8_t any = 0;
    for (Py_ssize_t n = 0; n < size; n++)
        any |= (uint8_t)text[n];
    if (any < 0x80)
        return 1;
    PyObject *decoded = PyUnicode_DecodeUTF8(text, size, NULL);
    Py_XDECREF(decoded);
    return decoded != NULL;
}

/* Take the words of a line, which spaces divide. */
static int take_line(Words *words, PyObject *line, Numbers *numbers)
{
    char *text;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(line, &text, &size) || !is_utf8(text, size))
        return 0;
    for (Py_ssize_t at = 0; at < size;) {
        Py_ssize_t end = at;
        while (end < size && !is_space(text[end]))
            end++;
        if (end > at && !take_text(words, text + at, end - at, numbers))
            return 0;
        at = end + 1;
    }
    return 1;
}

static int take_list(Words *words, PyObject *list, Numbers *numbers)
{
    for (Py_ssize_t n = 0; n < PyList_Size(list); n++)
        if (!take_word(words, PyList_GetItem(list, n), numbers))
            return 0;
    return 1;
}

static int take_document(Words *words, PyObject *document, Numbers *numbers)
{
    if (PyBytes_Check(document))
        return take_line(words, document, numbers);
    if (PyList_CheckExact(document))
        return take_list(words, document, numbers);
    PyObject *list = PySequence_List(document);
    int taken = list && take_list(words, list, numbers);
    Py_XDECREF(list);
    return taken;
}

static PyObject *bytes_of_numbers(const Numbers *numbers)
{
    return PyBytes_FromStringAndSize((const char *)numbers->number,
                                     (Py_ssize_t)(numbers->size * sizeof *numbers->number));
}

/* Number the words of a list of documents: numbers, and how many of them each document has. */
static PyObject *number_words(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *capsule, *documents, *result = NULL;
    Numbers numbers = {0}, lengths = {0};
    if (!PyArg_ParseTuple(args, "OO!", &capsule, &PyList_Type, &documents))
        return NULL;
    Words *words = PyCapsule_GetPointer(capsule, WORDS_CAPSULE);
    int taken = words != NULL;
    for (Py_ssize_t n = 0; taken && n < PyList_Size(documents); n++) {
        size_t before = numbers.size;
        PyObject *document = PyList_GetItem(documents, n);
        taken = take_document(words, document, &numbers) &&
                append(&lengths, (uint32_t)(numbers.size - before));
    }
    if (taken)
        result = Py_BuildValue("NN", bytes_of_numbers(&numbers), bytes_of_numbers(&lengths));
    free(numbers.number);
    free(lengths.number);
    return result;
}

enum { TEXT, SPELLING_STARTS, RANKS, COUNTS, BUCKET_STARTS, VOCABULARY_PARTS };

/* Fill the parts of a vocabulary from sorted words. */
static void write_vocabulary(const Words *words, const Sorted *sorted, PyObject *const *part)
{
    char *text = PyBytes_AsString(part[TEXT]), *starts = PyBytes_AsString(part[SPELLING_STARTS]);
    char *ranks = PyBytes_AsString(part[RANKS]), *counts = PyBytes_AsString(part[COUNTS]);
    char *buckets = PyBytes_AsString(part[BUCKET_STARTS]);
    uint64_t start = 0;
    for (uint32_t rank = 0; rank < words->used; rank++) {
        const Sorted *word = &sorted[rank];
        memcpy(text + start, word->text, word->length);
        memcpy(starts + 8 * (size_t)rank, &start, 8);
        memcpy(ranks + 4 * (size_t)word->number, &rank, 4);
        memcpy(counts + 8 * (size_t)rank, &words->spelling[word->number].count, 8);
        start += word->length;
    }
    memcpy(starts + 8 * (size_t)words->used, &start, 8);
    for (uint32_t bucket = 0, rank = 0; bucket <= buckets_of(words->used); bucket++) {
        while (rank < words->used && sorted[rank].bucket < bucket)
            rank++;
        memcpy(buckets + 4 * (size_t)bucket, &rank, 4);
    }
}

/* The words by bucket and bytes: their text, where each begins in it (u64), the place of each
   number (u32), how often each came (u64), and how many stand before each bucket (u32). */
static PyObject *sort_vocabulary(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *capsule, *part[VOCABULARY_PARTS];
    if (!PyArg_ParseTuple(args, "O", &capsule))
        return NULL;
    const Words *words = PyCapsule_GetPointer(capsule, WORDS_CAPSULE);
    if (!words)
        return NULL;
    size_t used = words->used;
    const size_t size[] = {words->text_size, 8 * (used + 1), 4 * used, 8 * used,
                           4 * ((size_t)buckets_of(words->used) + 1)};
    int made = 1;
    for (int n = 0; n < VOCABULARY_PARTS; n++)
        made &= (part[n] = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size[n])) != NULL;
    Sorted *sorted = made ? words_sorted(words) : NULL;
    if (sorted) {
        write_vocabulary(words, sorted, part);
        free(sorted);
        return Py_BuildValue("NNNNN", part[TEXT], part[SPELLING_STARTS], part[RANKS], part[COUNTS],
                             part[BUCKET_STARTS]);
    }
    for (int n = 0; n < VOCABULARY_PARTS; n++)
        Py_XDECREF(part[n]);
    return PyErr_Occurred() ? NULL : PyErr_NoMemory();
}

/* Divide words by the ranges of their terms: pairs of slot and term, and how many in each range. */
static PyObject *divide(PyObject *module, PyObject *args)
{
    (void)module;
    Py_buffer terms = {0}, slots = {0}, range_of = {0};
    unsigned int ranges;
    if (!PyArg_ParseTuple(args, "y*y*y*I", &terms, &slots, &range_of, &ranges))
        return NULL;
    PyObject *pairs = PyBytes_FromStringAndSize(NULL, 2 * terms.len);
    PyObject *sizes = PyBytes_FromStringAndSize(NULL, 8 * (Py_ssize_t)ranges);
    uint64_t *work = calloc(2 * (size_t)ranges + 1, sizeof *work);
    int state = NO_ROOM;
    if (pairs && sizes && work && terms.len == slots.len) {
        uint8_t *to = (uint8_t *)PyBytes_AsString(pairs);
        Py_BEGIN_ALLOW_THREADS
        state = divide_words(terms.buf, slots.buf, (size_t)terms.len / 4, range_of.buf,
                             (size_t)range_of.len / 2, work, work + ranges, ranges, to);
        Py_END_ALLOW_THREADS
        memcpy(PyBytes_AsString(sizes), work, 8 * (size_t)ranges);
    }
    free(work);
    PyBuffer_Release(&terms);
    PyBuffer_Release(&slots);
    PyBuffer_Release(&range_of);
    if (state == PRESENT)
        return Py_BuildValue("NN", pairs, sizes);
    Py_XDECREF(pairs);
    Py_XDECREF(sizes);
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_ValueError, "words and their ranges do not fit together");
    return NULL;
}

enum { CLASSES, PARAGRAPH_CLASSES, ARTICLE_CLASSES, FIRSTS, BLOCK_OF, PARAGRAPHS, ARRANGED };

/* Whether the arrays that tell how documents lie are as long as they must be. */
static int is_arranged(Arrangement *of, const Py_buffer *part)
{
    size_t slots = of->slots, blocks = of->blocks;
    of->paragraphs = (uint32_t)part[PARAGRAPH_CLASSES].len;
    for (int level = 0; level < LEVELS; level++)
        of->classes[level] = part[level].buf;
    of->starts = part[FIRSTS].buf;
    of->block_of = part[BLOCK_OF].buf;
    of->paragraph_of = part[PARAGRAPHS].buf;
    if ((size_t)part[CLASSES].len != slots)
        return 0;
    return (size_t)part[ARTICLE_CLASSES].len == blocks &&
           (size_t)part[FIRSTS].len == 4 * (blocks + 1) && (size_t)part[BLOCK_OF].len == 4 * slots &&
           (size_t)part[PARAGRAPHS].len == 4 * slots;
}

static PyObject *told_of(const Told *told, uint32_t count)
{
    PyObject *columns = PyBytes_FromStringAndSize(NULL, 8 * (Py_ssize_t)(3 + LEVELS) * count);
    if (!columns)
        return NULL;
    char *to = PyBytes_AsString(columns);
    for (uint32_t n = 0; n < count; n++) {
        uint64_t row[] = {told[n].size, told[n].blocks, told[n].postings,
                          told[n].held[0], told[n].held[1], told[n].held[2]};
        for (uint32_t column = 0; column < 3 + LEVELS; column++)
            memcpy(to + 8 * ((size_t)column * count + n), &row[column], 8);
    }
    return columns;
}

/* Invert a range of terms: its bytes, then for each term its bytes, blocks, postings, and the
   documents that hold it at each level: column by column (u64). */
static PyObject *invert(PyObject *module, PyObject *args)
{
    (void)module;
    Py_buffer pairs = {0}, part[ARRANGED] = {{0}};
    unsigned int first, count;
    Inverter in = {0};
    if (!PyArg_ParseTuple(args, "y*IIIIy*y*y*y*y*y*", &pairs, &first, &count, &in.of.slots,
                          &in.of.blocks, &part[CLASSES], &part[PARAGRAPH_CLASSES],
                          &part[ARTICLE_CLASSES], &part[FIRSTS], &part[BLOCK_OF],
                          &part[PARAGRAPHS]))
        return NULL;
    PyObject *result = NULL;
    Told *told = calloc((size_t)count + 1, sizeof *told);
    int state = told ? DAMAGED : NO_ROOM;
    if (told && is_arranged(&in.of, part)) {
        Py_BEGIN_ALLOW_THREADS
        state = invert_words(&in, pairs.buf, (size_t)pairs.len / 8, first, count, told);
        Py_END_ALLOW_THREADS
    }
    if (state == PRESENT)
        result = Py_BuildValue("NN", PyBytes_FromStringAndSize((const char *)in.out.data,
                                                               (Py_ssize_t)in.out.size),
                               told_of(told, count));
    else if (state == NO_ROOM)
        PyErr_NoMemory();
    else
        PyErr_SetString(PyExc_ValueError, "words and the arrangement do not fit together");
    inverter_free(&in);
    free(told);
    PyBuffer_Release(&pairs);
    for (int n = 0; n < ARRANGED; n++)
        if (part[n].obj)
            PyBuffer_Release(&part[n]);
    return result;
}

/* Invert a range of terms of plain documents: its bytes, then for each term its bytes and the
   documents that have it: column by column (u64). */
static PyObject *set_plain(PyObject *module, PyObject *args)
{
    (void)module;
    Py_buffer pairs = {0};
    unsigned int first, count, slots;
    Bytes out = {0};
    if (!PyArg_ParseTuple(args, "y*III", &pairs, &first, &count, &slots))
        return NULL;
    PyObject *result = NULL, *columns = PyBytes_FromStringAndSize(NULL, 16 * (Py_ssize_t)count);
    uint64_t *told = calloc(2 * (size_t)count + 1, sizeof *told);
    int state = NO_ROOM;
    if (columns && told) {
        Py_BEGIN_ALLOW_THREADS
        state = set_words(&out, slots, pairs.buf, (size_t)pairs.len / 8, first, count, told,
                          told + count);
        Py_END_ALLOW_THREADS
        memcpy(PyBytes_AsString(columns), told, 16 * (size_t)count);
    }
    if (state == PRESENT)
        result = Py_BuildValue("NO", PyBytes_FromStringAndSize((const char *)out.data,
                                                               (Py_ssize_t)out.size), columns);
    else if (state == NO_ROOM)
        PyErr_NoMemory();
    else
        PyErr_SetString(PyExc_ValueError, "words and the arrangement do not fit together");
    Py_XDECREF(columns);
    free(out.data);
    free(told);
    PyBuffer_Release(&pairs);
    return result;
}

#endif
