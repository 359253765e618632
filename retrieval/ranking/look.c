/* Where a question's words stand in its candidates and around them: `looking.py` in one pass.

   Every array is a file's, so no number in one is trusted as a place in another. */
#ifndef Py_LIMITED_API
#define Py_LIMITED_API 0x030B0000
#endif
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

enum { SENTENCES, TERMS, EXACT, DERIVED, SYNONYMS, WORD_OF, FORMS, UNSTEMMED, /* the question's */
       WORDS, FORM_TERMS, CASES, FLAGS, PARAGRAPHS, OFFSETS, ARTICLE_SENTENCES, TITLE_OFFSETS,
       TITLE_WORDS, BUFFERS };
enum { OWN, BEFORE, AFTER, TITLE, AROUND, DERIVES, MEANS, WRITTEN, MARKS };
enum { CAPITAL = 1, WHOLE = 2, STOP = 1, REACH = 8, NOWHERE = 1 << 30, MOST_WORDS = 64 };
enum { SLOTS = 1 << 12, SEEN = 1 << 10 };

typedef struct {
    Py_buffer of[BUFFERS];
    int words; /* of the question */
    int16_t column[SLOTS], form[SLOTS]; /* by the low bits of a number, 1 + the first with them */
    int64_t seen[SEEN]; /* 1 + the sentence whose marks are kept here */
    uint64_t marks[SEEN];
} Look;

typedef struct {
    int64_t *row, *place, *asked;
    uint16_t *flags;
    uint8_t *capital;
    int64_t count;
} Spoken;

static const void *of(const Look *l, int which) { return l->of[which].buf; }

static int64_t size(const Look *l, int which, int64_t width)
{
    return (int64_t)l->of[which].len / width;
}

static int32_t at32(const Look *l, int which, int64_t n) { return ((const int32_t *)of(l, which))[n]; }
static int64_t at64(const Look *l, int which, int64_t n) { return ((const int64_t *)of(l, which))[n]; }

/* Number the few by their low bits; those that share them follow one another. */
static void scatter(int16_t *slots, const int32_t *few, int64_t count)
{
    for (int64_t n = 0; n < count; n++) {
        uint32_t slot = (uint32_t)few[n] % SLOTS;
        while (slots[slot])
            slot = (slot + 1) % SLOTS;
        slots[slot] = (int16_t)(n + 1);
    }
}

static int find(const int16_t *slots, const int32_t *few, int32_t wanted)
{
    for (uint32_t slot = (uint32_t)wanted % SLOTS; slots[slot]; slot = (slot + 1) % SLOTS)
        if (few[slots[slot] - 1] == wanted)
            return slots[slot] - 1;
    return -1;
}

/* The column of a form's term, -1 for none, -2 where there is no such form. */
static int column_of(const Look *l, int32_t form)
{
    if (form < 0 || form >= size(l, FORM_TERMS, 4))
        return -2;
    return find(l->column, of(l, TERMS), at32(l, FORM_TERMS, form));
}

/* From where up to where the words of a sentence stand; 0 where they cannot stand there. */
static int words_of(const Look *l, int64_t sentence, int64_t *first, int64_t *last)
{
    *first = at64(l, OFFSETS, sentence);
    *last = at64(l, OFFSETS, sentence + 1);
    return 0 <= *first && *first <= *last && *last <= size(l, WORDS, 4) &&
           *last - *first <= INT32_MAX;
}

/* The question's words that stand in a sentence, a bit each; 0 where that is damaged. */
static int marks_of(Look *l, int64_t sentence, uint64_t *marks)
{
    int64_t first, last, slot = sentence % SEEN;
    if (l->seen[slot] != sentence + 1) {
        uint64_t found = 0;
        if (!words_of(l, sentence, &first, &last))
            return 0;
        for (int64_t n = first; n < last; n++) {
            int column = column_of(l, at32(l, WORDS, n));
            if (column < -1)
                return 0;
            if (column >= 0)
                found |= (uint64_t)at64(l, EXACT, column);
        }
        l->seen[slot] = sentence + 1;
        l->marks[slot] = found;
    }
    *marks |= l->marks[slot];
    return 1;
}

/* The words of a title that the question names, and what share of its content words they are. */
static int title_of(const Look *l, int64_t article, uint64_t *marks, double *named)
{
    int64_t first = at32(l, TITLE_OFFSETS, article), last = at32(l, TITLE_OFFSETS, article + 1);
    int64_t content = 0, known = 0;
    if (first < 0 || first > last || last > size(l, TITLE_WORDS, 4))
        return 0;
    for (int64_t n = first; n < last; n++) {
        int32_t form = at32(l, TITLE_WORDS, n);
        int column = column_of(l, form);
        if (column < -1)
            return 0;
        if (column >= 0)
            *marks |= (uint64_t)at64(l, EXACT, column);
        if (!(((const uint16_t *)of(l, FLAGS))[form] & STOP)) {
            content++;
            known += column >= 0 && at64(l, WORD_OF, column) >= 0;
        }
    }
    *named = (double)known / (double)(content ? content : 1);
    return 1;
}

/* Read the words of a candidate. */
static int speak(Look *l, int64_t row, int64_t sentence, uint64_t *marks, int64_t *firsts,
                 Spoken *spoken)
{
    int64_t first, last, place = 0;
    if (!words_of(l, sentence, &first, &last))
        return 0;
    for (int64_t n = first; n < last; n++) {
        int32_t form = at32(l, WORDS, n);
        int column = column_of(l, form), written = find(l->form, of(l, FORMS), form);
        uint8_t word_case = ((const uint8_t *)of(l, CASES))[n];
        int64_t asked = -1;
        if (column < -1)
            return 0;
        if (written >= 0)
            marks[WRITTEN] |= (uint64_t)at64(l, UNSTEMMED, written);
        if (column >= 0) {
            marks[OWN] |= (uint64_t)at64(l, EXACT, column);
            marks[DERIVES] |= (uint64_t)at64(l, DERIVED, column);
            marks[MEANS] |= (uint64_t)at64(l, SYNONYMS, column);
            asked = at64(l, WORD_OF, column);
        }
        if (word_case & WHOLE)
            continue;
        if (asked >= 0 && asked < l->words && firsts[asked] == NOWHERE)
            firsts[asked] = place;
        spoken->row[spoken->count] = row;
        spoken->place[spoken->count] = place++;
        spoken->flags[spoken->count] = ((const uint16_t *)of(l, FLAGS))[form];
        spoken->capital[spoken->count] = word_case & CAPITAL;
        spoken->asked[spoken->count++] = asked;
    }
    return 1;
}

/* The article that a sentence stands in: the last that begins at it or before. */
static int64_t article_of(const Look *l, int64_t sentence)
{
    int64_t low = 0, high = size(l, ARTICLE_SENTENCES, 4);
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (at32(l, ARTICLE_SENTENCES, middle) <= sentence)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

/* Mark what stands around a candidate; -1 where the part is damaged. */
static int64_t around(Look *l, int64_t sentence, uint64_t *marks, double *named)
{
    int64_t article = article_of(l, sentence), paragraph = at32(l, PARAGRAPHS, sentence);
    if (article < 0 || article + 1 >= size(l, ARTICLE_SENTENCES, 4))
        return -1;
    int64_t first = at32(l, ARTICLE_SENTENCES, article);
    int64_t last = at32(l, ARTICLE_SENTENCES, article + 1), before = 0, after = 0;
    if (first < 0 || first > sentence || last <= sentence || last > size(l, PARAGRAPHS, 4))
        return -1;
    for (int64_t n = 1; n <= REACH; n++) {
        before += sentence - n >= first && at32(l, PARAGRAPHS, sentence - n) == paragraph;
        after += sentence + n < last && at32(l, PARAGRAPHS, sentence + n) == paragraph;
    }
    for (int64_t n = sentence - before; n <= sentence + after; n++)
        if (!marks_of(l, n, &marks[AROUND]))
            return -1;
    if (sentence > first && !marks_of(l, sentence - 1, &marks[BEFORE]))
        return -1;
    if (sentence + 1 < last && !marks_of(l, sentence + 1, &marks[AFTER]))
        return -1;
    return title_of(l, article, &marks[TITLE], named) ? sentence - first : -1;
}

/* Whether the sizes of all arrays fit together. */
static int sizes_fit(const Look *l)
{
    int64_t few = size(l, TERMS, 4), forms = size(l, FORMS, 4), sentences = size(l, PARAGRAPHS, 4);
    return l->words >= 0 && l->words <= MOST_WORDS && few < SLOTS / 2 && forms < SLOTS / 2 &&
           size(l, EXACT, 8) == few && size(l, DERIVED, 8) == few && size(l, SYNONYMS, 8) == few &&
           size(l, WORD_OF, 8) == few && size(l, UNSTEMMED, 8) == forms &&
           size(l, FLAGS, 2) == size(l, FORM_TERMS, 4) &&
           size(l, CASES, 1) == size(l, WORDS, 4) && size(l, OFFSETS, 8) == sentences + 1 &&
           size(l, TITLE_OFFSETS, 4) == size(l, ARTICLE_SENTENCES, 4);
}

/* How many words the candidates have; -1 where one cannot be. */
static int64_t total(const Look *l)
{
    int64_t count = size(l, SENTENCES, 8), sum = 0, first, last;
    for (int64_t row = 0; row < count; row++) {
        int64_t sentence = at64(l, SENTENCES, row);
        if (sentence < 0 || sentence >= size(l, PARAGRAPHS, 4) ||
            !words_of(l, sentence, &first, &last) || (sum += last - first) > INT32_MAX)
            return -1;
    }
    return sum;
}

typedef struct {
    PyObject *marks, *firsts, *numbers, *named, *words, *flags, *capital;
} Results;

static int look_at(Look *l, Results *r, int64_t most, int64_t *count)
{
    int64_t rows = size(l, SENTENCES, 8), width = l->words;
    uint8_t *marked = (uint8_t *)PyBytes_AsString(r->marks);
    int64_t *firsts = (int64_t *)(void *)PyBytes_AsString(r->firsts);
    int64_t *opening = (int64_t *)(void *)PyBytes_AsString(r->numbers), *lengths = opening + rows;
    double *named = (double *)(void *)PyBytes_AsString(r->named);
    int64_t *words = (int64_t *)(void *)PyBytes_AsString(r->words);
    Spoken spoken = {words, words + most, words + 2 * most,
                     (uint16_t *)(void *)PyBytes_AsString(r->flags),
                     (uint8_t *)PyBytes_AsString(r->capital), 0};
    for (int64_t n = 0; n < rows * width; n++)
        firsts[n] = NOWHERE;
    for (int64_t row = 0; row < rows; row++) {
        uint64_t marks[MARKS] = {0};
        int64_t sentence = at64(l, SENTENCES, row), before = spoken.count;
        opening[row] = around(l, sentence, marks, &named[row]);
        if (opening[row] < 0 || !speak(l, row, sentence, marks, firsts + row * width, &spoken))
            return 0;
        lengths[row] = spoken.count - before;
        for (int kind = 0; kind < MARKS; kind++)
            for (int64_t word = 0; word < width; word++)
                marked[(kind * rows + row) * width + word] = marks[kind] >> word & 1;
    }
    *count = spoken.count;
    return 1;
}

static PyObject *made(Look *l)
{
    Results r = {0};
    PyObject *result = NULL;
    int64_t rows = size(l, SENTENCES, 8), most = sizes_fit(l) ? total(l) : -1, count = 0;
    if (most < 0) {
        PyErr_SetString(PyExc_ValueError, "its parts do not fit together");
        return NULL;
    }
    r.marks = PyBytes_FromStringAndSize(NULL, MARKS * rows * l->words);
    r.firsts = PyBytes_FromStringAndSize(NULL, rows * l->words * 8);
    r.numbers = PyBytes_FromStringAndSize(NULL, rows * 16);
    r.named = PyBytes_FromStringAndSize(NULL, rows * 8);
    r.words = PyBytes_FromStringAndSize(NULL, most * 24);
    r.flags = PyBytes_FromStringAndSize(NULL, most * 2);
    r.capital = PyBytes_FromStringAndSize(NULL, most);
    if (r.marks && r.firsts && r.numbers && r.named && r.words && r.flags && r.capital) {
        scatter(l->column, of(l, TERMS), size(l, TERMS, 4));
        scatter(l->form, of(l, FORMS), size(l, FORMS, 4));
        if (look_at(l, &r, most, &count))
            result = Py_BuildValue("OOOOOOOnn", r.marks, r.firsts, r.numbers, r.named, r.words,
                                   r.flags, r.capital, (Py_ssize_t)most, (Py_ssize_t)count);
        else
            PyErr_SetString(PyExc_ValueError, "a sentence lies outside of its article");
    }
    Py_XDECREF(r.marks);
    Py_XDECREF(r.firsts);
    Py_XDECREF(r.numbers);
    Py_XDECREF(r.named);
    Py_XDECREF(r.words);
    Py_XDECREF(r.flags);
    Py_XDECREF(r.capital);
    return result;
}

static PyObject *look(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *result = NULL;
    Look *l = PyMem_Calloc(1, sizeof *l);
    if (!l)
        return PyErr_NoMemory();
    Py_buffer *b = l->of;
    if (PyArg_ParseTuple(args, "iy*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*y*", &l->words, &b[0], &b[1], &b[2],
                         &b[3], &b[4], &b[5], &b[6], &b[7], &b[8], &b[9], &b[10], &b[11], &b[12],
                         &b[13], &b[14], &b[15], &b[16]))
        result = made(l);
    for (int n = 0; n < BUFFERS; n++)
        if (l->of[n].obj)
            PyBuffer_Release(&l->of[n]);
    PyMem_Free(l);
    return result;
}

static PyMethodDef METHODS[] = {
    {"look", look, METH_VARARGS, "Look at candidates; see retrieval/ranking/looking.py."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef MODULE = {
    PyModuleDef_HEAD_INIT, "retrieval.ranking._look", NULL, 0, METHODS, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__look(void)
{
    PyObject *module = PyModule_Create(&MODULE);
    if (module && PyModule_AddIntConstant(module, "VERSION", 1) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
