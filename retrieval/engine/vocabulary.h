/* The terms of plain documents: where each one's bytes stand, found by its UTF-8. */
#ifndef PULLQUOTE_VOCABULARY_H
#define PULLQUOTE_VOCABULARY_H

#include <stdlib.h>

#include "bytes.h"

#define GUIDED 64u

typedef struct {
    const uint8_t *text; /* the terms' UTF-8, one after the other, ascending */
    size_t text_size;
    const uint8_t *entries; /* a term's spelling's start, its documents, its postings' start */
    size_t terms, entry;    /* bytes of an entry; one more than there are terms tells the ends */
    uint64_t *guide;        /* how each GUIDED-th term begins */
    size_t guides;
} Vocabulary;

typedef struct {
    uint32_t held; /* documents that have it */
    uint64_t first, last; /* where its postings begin and end */
} Listed;

static inline const uint8_t *entry_of(const Vocabulary *v, size_t term)
{
    return v->entries + term * v->entry;
}

static inline Listed listed(const Vocabulary *v, size_t term)
{
    const uint8_t *entry = entry_of(v, term), *next = entry + v->entry;
    if (v->entry == 12)
        return (Listed){read32(entry + 4), read32(entry + 8), read32(next + 8)};
    return (Listed){read32(entry + 4), read64(entry + 8), read64(next + 8)};
}

/* The first eight bytes of a text as a number, which compares as they do. */
static uint64_t beginning(const uint8_t *text, size_t size)
{
    uint64_t begun = 0;
    for (size_t byte = 0; byte < 8; byte++)
        begun = begun << 8 | (byte < size ? text[byte] : 0u);
    return begun;
}

/* A term's UTF-8; NULL where the file is damaged. */
static inline const uint8_t *spelling_of(const Vocabulary *v, size_t term, size_t *size)
{
    size_t first = read32(entry_of(v, term)), last = read32(entry_of(v, term + 1));
    if (first > last || last > v->text_size)
        return NULL;
    *size = last - first;
    return v->text + first;
}

/* Note how every GUIDED-th term begins, so that a look-up reads few cold parts of the vocabulary;
   0 where there is no memory. */
static int guide_to(Vocabulary *v)
{
    v->guides = (v->terms + GUIDED - 1) / GUIDED;
    v->guide = malloc((v->guides + 1) * sizeof *v->guide);
    for (size_t n = 0; v->guide && n < v->guides; n++) {
        size_t size = 0;
        const uint8_t *text = spelling_of(v, n * GUIDED, &size);
        v->guide[n] = text ? beginning(text, size) : 0;
    }
    return v->guide != NULL;
}

/* How many of the guides begin below `begun`, or as it does where `same` is set. */
static size_t guides_below(const Vocabulary *v, uint64_t begun, int same)
{
    size_t low = 0, count = v->guides;
    while (count) {
        size_t half = (count + 1) / 2;
        uint64_t guide = v->guide[low + half - 1];
        low += guide < begun || (same && guide == begun) ? half : 0;
        count -= half;
    }
    return low;
}

/* Compare a term with `wanted`, as memcmp does. */
static int compare(const Vocabulary *v, size_t term, const uint8_t *wanted, size_t length)
{
    size_t size = 0;
    const uint8_t *text = spelling_of(v, term, &size);
    if (!text)
        return 1; /* damaged: no such term */
    int order = memcmp(text, wanted, size < length ? size : length);
    return order ? order : (size > length) - (size < length);
}

/* A term's number, or -1. */
static int64_t number_of(const Vocabulary *v, const uint8_t *wanted, size_t length)
{
    uint64_t begun = beginning(wanted, length);
    size_t low = guides_below(v, begun, 0), high = low;
    if (low < v->guides && v->guide[low] == begun)
        high = guides_below(v, begun, 1);
    low = low ? (low - 1) * GUIDED : 0;
    high = high * GUIDED < v->terms ? high * GUIDED : v->terms;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(v, middle, wanted, length);
        if (!order)
            return (int64_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < v->terms && !compare(v, low, wanted, length) ? (int64_t)low : -1;
}

#endif
