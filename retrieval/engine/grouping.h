/* Words, pairs of a slot and a term (u32 each), grouped by term, and bytes that grow at their end. */
#ifndef PULLQUOTE_GROUPING_H
#define PULLQUOTE_GROUPING_H

#include <stdlib.h>

#include "bytes.h"

typedef struct {
    uint8_t *data;
    size_t size, room;
} Bytes;

static int widen(Bytes *bytes, size_t more)
{
    if (more <= bytes->room - bytes->size)
        return 1;
    size_t room = bytes->room + bytes->room / 2 + more + 256;
    uint8_t *data = room > more ? realloc(bytes->data, room) : NULL;
    if (!data)
        return 0;
    bytes->data = data;
    bytes->room = room;
    return 1;
}

static int put(Bytes *bytes, uint8_t byte)
{
    if (!widen(bytes, 1))
        return 0;
    bytes->data[bytes->size++] = byte;
    return 1;
}

static int put_all(Bytes *bytes, const Bytes *from)
{
    if (!widen(bytes, from->size))
        return 0;
    if (from->size)
        memcpy(bytes->data + bytes->size, from->data, from->size);
    bytes->size += from->size;
    return 1;
}

/* The slots of consecutive terms, term after term. */
typedef struct {
    size_t *ends; /* where each term's slots end; the next one's begin there */
    uint32_t *slots, *tf; /* `tf`: room for as many as any term has */
} Grouped;

static void grouped_free(Grouped *grouped)
{
    free(grouped->ends);
    free(grouped->slots);
    free(grouped->tf);
}

static inline size_t group_start(const Grouped *grouped, uint32_t term)
{
    return term ? grouped->ends[term - 1] : 0;
}

/* Group words of `count` terms from `first` on; a term's slots keep their order. */
static int group_words(Grouped *grouped, uint32_t of, const uint8_t *pairs, size_t words,
                       uint32_t first, uint32_t count)
{
    size_t most = 0;
    grouped->ends = calloc((size_t)count + 1, sizeof *grouped->ends);
    grouped->slots = malloc((words + 1) * sizeof *grouped->slots);
    if (!grouped->ends || !grouped->slots)
        return NO_ROOM;
    size_t *ends = grouped->ends;
    for (size_t n = 0; n < words; n++) {
        uint32_t term = read32(pairs + 8 * n + 4) - first;
        if (term >= count || read32(pairs + 8 * n) >= of)
            return DAMAGED;
        ends[term + 1]++;
    }
    for (uint32_t term = 0; term < count; term++) {
        most = ends[term + 1] > most ? ends[term + 1] : most;
        ends[term + 1] += ends[term];
    }
    for (size_t n = 0; n < words; n++)
        grouped->slots[ends[read32(pairs + 8 * n + 4) - first]++] = read32(pairs + 8 * n);
    grouped->tf = malloc((most + 1) * sizeof *grouped->tf);
    return grouped->tf ? PRESENT : NO_ROOM;
}

#define DIGIT 11u /* bits of a slot that are sorted at a time */

/* Put numbers in order; `spare` has room for as many. */
static void sort_numbers(uint32_t *number, uint32_t *spare, size_t count, uint32_t of)
{
    for (uint32_t shift = 0; shift < 32 && (of - 1) >> shift; shift += DIGIT) {
        size_t at[1u << DIGIT] = {0}, before = 0;
        for (size_t n = 0; n < count; n++)
            at[number[n] >> shift & ((1u << DIGIT) - 1)]++;
        for (uint32_t digit = 0; digit < 1u << DIGIT; digit++) {
            size_t here = at[digit];
            at[digit] = before;
            before += here;
        }
        for (size_t n = 0; n < count; n++)
            spare[at[number[n] >> shift & ((1u << DIGIT) - 1)]++] = number[n];
        memcpy(number, spare, count * sizeof *number);
    }
}

static int by_number(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

#define FEW_SLOTS 1024u /* fewer are sorted sooner by comparing them */

/* Join equal slots, which are ascending afterwards, into postings; how many there are. `tf` has room
   for all slots. */
static uint32_t join(uint32_t *slot, uint32_t *tf, size_t count, uint32_t of)
{
    uint32_t size = 0;
    for (size_t n = 1; n < count; n++) {
        if (slot[n] >= slot[n - 1])
            continue;
        if (count < FEW_SLOTS)
            qsort(slot, count, sizeof *slot, by_number);
        else
            sort_numbers(slot, tf, count, of);
        break;
    }
    for (size_t n = 0; n < count; n++) {
        if (n && slot[n] == slot[size - 1]) {
            tf[size - 1]++;
            continue;
        }
        slot[size] = slot[n];
        tf[size++] = 1;
    }
    return size;
}

/* Put words in order of the range of their term, as pairs of slot and term; `sizes` is 0 before. */
static int divide_words(const uint8_t *terms, const uint8_t *slots, size_t words,
                        const uint8_t *range_of, size_t known, uint64_t *sizes, uint64_t *at,
                        size_t ranges, uint8_t *pairs)
{
    for (size_t n = 0; n < words; n++) {
        uint32_t term = read32(terms + 4 * n);
        if (term >= known || read16(range_of + 2 * (size_t)term) >= ranges)
            return DAMAGED;
        sizes[read16(range_of + 2 * (size_t)term)]++;
    }
    for (size_t range = 1; range < ranges; range++)
        at[range] = at[range - 1] + sizes[range - 1];
    for (size_t n = 0; n < words; n++) {
        uint32_t term = read32(terms + 4 * n);
        uint8_t *to = pairs + 8 * (size_t)at[read16(range_of + 2 * (size_t)term)]++;
        memcpy(to, slots + 4 * n, 4);
        memcpy(to + 4, terms + 4 * n, 4);
    }
    return PRESENT;
}

#endif
