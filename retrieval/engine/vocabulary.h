/* The terms of plain documents: where each one's bytes stand, found by its UTF-8.

   Terms stand in buckets by their hash, and in order within a bucket, so that a look-up reads few
   parts of the file that are not in the processor's cache. */
#ifndef PULLQUOTE_VOCABULARY_H
#define PULLQUOTE_VOCABULARY_H

#include "bytes.h"

#define BUCKET 8u /* terms in a bucket, about */

typedef struct {
    const uint8_t *text; /* the terms' UTF-8, one after the other */
    size_t text_size;
    const uint8_t *buckets; /* how many terms stand before each, and before the end, u32 */
    uint32_t of;            /* how many buckets */
    const uint8_t *entries; /* a term's spelling's start, its documents, its postings' start */
    size_t terms, entry;    /* bytes of an entry; one more than there are terms tells the ends */
} Vocabulary;

typedef struct {
    uint32_t held; /* documents that have it */
    uint64_t first, last; /* where its postings begin and end */
} Listed;

/* A term that is looked up. */
typedef struct {
    const uint8_t *text;
    size_t size;
    uint32_t bucket;
} Sought;

static inline uint32_t buckets_of(uint32_t terms)
{
    return terms / BUCKET + 1;
}

/* FNV-1a (Fowler, Noll, Vo), its bits mixed, as a share of `buckets`. */
static inline uint32_t bucket_of(const uint8_t *text, size_t size, uint32_t buckets)
{
    uint32_t hash = 2166136261u;
    for (size_t byte = 0; byte < size; byte++)
        hash = (hash ^ text[byte]) * 16777619u;
    hash = (hash ^ hash >> 15) * 2654435769u;
    return (uint32_t)((uint64_t)hash * buckets >> 32);
}

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

/* Compare a term with a sought one, as memcmp does. */
static int compare(const Vocabulary *v, size_t term, const Sought *sought)
{
    size_t first = read32(entry_of(v, term)), last = read32(entry_of(v, term + 1));
    if (first > last || last > v->text_size)
        return 1; /* damaged: no such term */
    size_t size = last - first;
    int order = memcmp(v->text + first, sought->text, size < sought->size ? size : sought->size);
    return order ? order : (size > sought->size) - (size < sought->size);
}

/* Where a sought term's bucket begins and ends. */
static inline void bounds_of_bucket(const Vocabulary *v, const Sought *sought, size_t *low,
                                    size_t *high)
{
    *low = read32(v->buckets + 4 * (size_t)sought->bucket);
    *high = read32(v->buckets + 4 * (size_t)sought->bucket + 4);
    *high = *high < v->terms ? *high : v->terms;
}

/* Ask for the memory that a look-up needs, in three steps, each of which needs the one before. */
static inline void foresee_bucket(const Vocabulary *v, const Sought *sought)
{
    FETCH(v->buckets + 4 * (size_t)sought->bucket);
}

static inline void foresee_entries(const Vocabulary *v, const Sought *sought)
{
    size_t low, high;
    bounds_of_bucket(v, sought, &low, &high);
    if (low < high) {
        FETCH(entry_of(v, low));
        FETCH(entry_of(v, high));
    }
}

static inline void foresee_text(const Vocabulary *v, const Sought *sought)
{
    size_t low, high;
    bounds_of_bucket(v, sought, &low, &high);
    if (low < high && read32(entry_of(v, low)) < v->text_size)
        FETCH(v->text + read32(entry_of(v, low)));
}

/* A term's number, or -1. */
static int64_t number_of(const Vocabulary *v, const Sought *sought)
{
    size_t low, high;
    bounds_of_bucket(v, sought, &low, &high);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(v, middle, sought);
        if (!order)
            return (int64_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

#endif
