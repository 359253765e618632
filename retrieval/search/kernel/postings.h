/* A term's postings in a segment of articles: the layout of encoding.py, every read within bounds. */
#ifndef PULLQUOTE_POSTINGS_H
#define PULLQUOTE_POSTINGS_H

#include "bytes.h"
#include "hits.h"

#define LAST 0x80u
#define GAP_ESCAPE 31u
#define TF_ESCAPE 4u
#define SPARSE_STRIDE 64u
#define DENSE_STRIDE 32u
#define SAMPLE 8u
#define NARROW 65536u
#define CHUNK 64u /* blocks that are passed over together */


typedef struct {
    uint32_t term;   /* its number */
    uint32_t blocks; /* in how many blocks it stands */
    uint32_t of;     /* blocks of the segment */
    uint32_t width;  /* bytes of a block number */
    uint32_t record; /* bytes of a record */
    int dense;
    const uint8_t *sample;
    const uint8_t *records;
    const uint8_t *bound[LEVELS];
    const uint8_t *posting;
    uint32_t postings; /* that follow the samples, once it is open */
    uint32_t samples;
    const uint8_t *extra;
    size_t extras;
    uint32_t *first_in; /* the first record of each chunk of blocks, and of the end; or NULL */
    /* where the last look ended: blocks are mostly looked at in order */
    uint32_t near;        /* a place in the list */
    uint32_t next;        /* the block number or list place whose postings come next */
    uint32_t next_posting;
    size_t next_extra;
} Postings;

/* Where a block's postings begin. */
typedef struct {
    uint32_t posting;
    size_t extra;
    uint8_t bound[LEVELS];
    uint8_t single; /* all postings in the block, or 0 */
} Place;

static inline const uint8_t *record_at(const Postings *term, uint32_t place)
{
    return term->records + (size_t)place * term->record;
}

static inline uint32_t block_at(const Postings *term, uint32_t place)
{
    const uint8_t *record = record_at(term, place);
    return term->width == 2 ? read16(record) : read32(record);
}

/* Divide a term's bytes into their parts; DAMAGED where they are too few. */
static int postings_open(Postings *term, const uint8_t *data, size_t size)
{
    uint64_t blocks = term->blocks, of = term->of, kept = 0, samples = 0;
    if (blocks == 0 || blocks > of || term->postings < blocks)
        return DAMAGED;
    term->dense = blocks * (LEVELS + 2) > of * LEVELS;
    term->width = of > NARROW ? 4 : 2;
    term->record = term->width + LEVELS + 1;
    uint64_t body = term->dense ? of * LEVELS : blocks * term->record;
    if (body > size)
        return DAMAGED;
    if (body < size) { /* the last sample tells how many postings follow */
        samples = (term->dense ? (of - 1) / DENSE_STRIDE : (blocks - 1) / SPARSE_STRIDE) + 1;
        if (samples * SAMPLE > size - body)
            return DAMAGED;
        kept = read32(data + body + (samples - 1) * SAMPLE);
        if (kept > size - body - samples * SAMPLE)
            return DAMAGED;
    }
    term->postings = (uint32_t)kept;
    term->records = data;
    for (uint64_t level = 0; level < LEVELS; level++)
        term->bound[level] = data + level * of;
    term->sample = data + body;
    term->samples = (uint32_t)samples;
    term->posting = term->sample + samples * SAMPLE;
    term->extra = term->posting + kept;
    term->extras = (size_t)(size - body - samples * SAMPLE - kept);
    return PRESENT;
}

static inline uint32_t bytes_set(uint64_t ones)
{
    return (uint32_t)((ones * EACH) >> 56);
}

/* How many of `count` bytes are not 0. */
static inline uint32_t count_present(const uint8_t *bytes, uint32_t count)
{
    uint32_t found = 0, at = 0;
    for (; at + 8 <= count; at += 8) {
        uint64_t word = read64(bytes + at);
        uint64_t high = ((word & 0x7F * EACH) + 0x7F * EACH) | word;
        found += bytes_set(high >> 7 & EACH);
    }
    for (; at < count; at++)
        found += bytes[at] != 0;
    return found;
}

/* How many extra numbers the postings in a word of eight have. */
static inline uint32_t count_escapes(uint64_t word)
{
    uint64_t gaps = ((word & 0x1F * EACH) + EACH) >> 5 & EACH;
    uint64_t tfs = word >> 5 & word >> 6 & EACH;
    return bytes_set(gaps) + bytes_set(tfs);
}

static inline uint32_t escapes_of(uint8_t posting)
{
    return (uint32_t)((posting & 0x1Fu) == GAP_ESCAPE) + (uint32_t)((posting & 0x60u) == 0x60u);
}

/* Step over `groups` blocks' postings. */
static inline int skip_groups(const Postings *term, Place *at, uint32_t groups)
{
    uint32_t p = at->posting, escapes = 0;
    while (p + 8 <= term->postings) {
        uint64_t word = read64(term->posting + p);
        uint32_t ends = bytes_set(word >> 7 & EACH);
        if (ends >= groups)
            break;
        groups -= ends;
        escapes += count_escapes(word);
        p += 8;
    }
    while (groups) {
        if (p >= term->postings)
            return DAMAGED;
        uint8_t byte = term->posting[p++];
        escapes += escapes_of(byte);
        groups -= byte >> 7;
    }
    at->posting = p;
    for (; escapes; at->extra++) {
        if (at->extra >= term->extras)
            return DAMAGED;
        escapes -= term->extra[at->extra] < 0x80;
    }
    return PRESENT;
}

/* Of the `size` records from `low` on, the first whose block is not below `block`, or the last. */
static inline uint32_t halve(const Postings *term, uint32_t block, uint32_t low, uint32_t size)
{
    while (size > 1) {
        uint32_t half = size / 2;
        low += block_at(term, low + half - 1) < block ? half : 0;
        size -= half;
    }
    return low;
}

/* The first record whose block is not below `block`, or the last one: from the last look on. */
static inline uint32_t gallop(Postings *term, uint32_t block)
{
    uint32_t low = 0, size = term->blocks, step = 1;
    if (block_at(term, term->near) <= block) {
        low = term->near;
        while (low + step < term->blocks && block_at(term, low + step) < block) {
            low += step;
            step *= 2;
        }
        size = term->blocks - low < step + 1 ? term->blocks - low : step + 1;
    }
    term->near = halve(term, block, low, size);
    return term->near;
}

/* Find the record of a block; PRESENT or ABSENT. */
static inline int find_record(Postings *term, uint32_t block, uint32_t *place)
{
    if (term->first_in) {
        uint32_t low = term->first_in[block / CHUNK], end = term->first_in[block / CHUNK + 1];
        if (low == end)
            return ABSENT;
        *place = halve(term, block, low, end - low);
    } else {
        *place = gallop(term, block);
    }
    return block_at(term, *place) == block ? PRESENT : ABSENT;
}

static inline int start_at(const Postings *term, uint32_t sample, Place *at)
{
    at->posting = 0;
    at->extra = 0;
    if (sample >= term->samples)
        return DAMAGED;
    if (sample) {
        at->posting = read32(term->sample + (size_t)(sample - 1) * SAMPLE);
        at->extra = read32(term->sample + (size_t)(sample - 1) * SAMPLE + 4);
    }
    return at->posting > term->postings || at->extra > term->extras ? DAMAGED : PRESENT;
}

/* Find a block of a term, and what its record tells of it; PRESENT or ABSENT. */
static inline int find_block(Postings *term, uint32_t block, uint32_t *number, Place *at)
{
    at->single = 0;
    if (term->dense) {
        if (!term->bound[LEVELS - 1][block])
            return ABSENT;
        for (uint32_t level = 0; level < LEVELS; level++)
            at->bound[level] = term->bound[level][block];
        *number = block;
        return PRESENT;
    }
    if (find_record(term, block, number) == ABSENT)
        return ABSENT;
    const uint8_t *bounds = record_at(term, *number) + term->width;
    for (uint32_t level = 0; level < LEVELS; level++)
        at->bound[level] = bounds[level];
    at->single = bounds[LEVELS];
    return PRESENT;
}

/* How many of the blocks from place `first` on have postings that follow the samples. */
static inline uint32_t count_groups(const Postings *term, uint32_t first, uint32_t count)
{
    if (term->dense)
        return count_present(term->bound[LEVELS - 1] + first, count);
    uint32_t found = 0;
    const uint8_t *single = record_at(term, first) + term->record - 1;
    for (uint32_t n = 0; n < count; n++)
        found += !(single[(size_t)n * term->record] & LAST);
    return found;
}

/* Go to the postings of the block that `find_block` found. */
static inline int go_to(const Postings *term, uint32_t number, Place *at)
{
    uint32_t stride = term->dense ? DENSE_STRIDE : SPARSE_STRIDE;
    uint32_t sample = number / stride, first = sample * stride;
    if (term->next <= number && term->next >= first) {
        first = term->next;
        at->posting = term->next_posting;
        at->extra = term->next_extra;
    } else if (start_at(term, sample, at) == DAMAGED) {
        return DAMAGED;
    }
    uint32_t groups = count_groups(term, first, number - first);
    return groups ? skip_groups(term, at, groups) : PRESENT;
}

/* Remember where the postings after those of `number` begin. */
static inline void stay_at(Postings *term, uint32_t number, const Place *at)
{
    term->next = number + 1;
    term->next_posting = at->posting;
    term->next_extra = at->extra;
}

static inline int read_number(const Postings *term, size_t *at, uint32_t *number)
{
    uint64_t value = 0;
    for (uint32_t shift = 0; shift < 35; shift += 7) {
        if (*at >= term->extras)
            return DAMAGED;
        uint8_t byte = term->extra[(*at)++];
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            if (value > 0x7FFFFFFFu)
                return DAMAGED;
            *number += (uint32_t)value;
            return PRESENT;
        }
    }
    return DAMAGED;
}

/* Read the posting at `at`: slots after the last one, frequency, and whether it ends its block. */
static inline int read_posting(const Postings *term, Place *at, uint32_t *gap, uint32_t *tf)
{
    if (at->posting >= term->postings)
        return DAMAGED;
    uint8_t byte = term->posting[at->posting++];
    *gap = byte & 0x1Fu;
    *tf = (byte >> 5 & 3u) + 1;
    if (*gap == GAP_ESCAPE && read_number(term, &at->extra, gap) == DAMAGED)
        return DAMAGED;
    if (*tf == TF_ESCAPE && read_number(term, &at->extra, tf) == DAMAGED)
        return DAMAGED;
    return byte & LAST ? ABSENT : PRESENT;
}

#endif
