/* Words of consecutive terms -> the bytes of plain documents, as sets.py and plain.py have them. */
#ifndef PULLQUOTE_SETTING_H
#define PULLQUOTE_SETTING_H

#include "grouping.h"
#include "plain.h"

/* Append the starts of pages: how many of the numbers stand before each. */
static void put_starts(uint8_t *at, uint32_t width, uint32_t pages, uint32_t size,
                       const uint32_t *number, uint32_t count)
{
    for (uint32_t page = 0, n = 0; page < pages; page++) {
        write_narrow(at + (size_t)page * width, n, width);
        while (n < count && number[n] / size == page)
            n++;
    }
}

/* The same of short pages, from the start of their page on. */
static void put_short_starts(uint8_t *at, const Set *set, const uint32_t *number)
{
    for (uint32_t page = 0, n = 0, base = 0; page < set->shorts; page++) {
        if (page % (PAGE / SHORT) == 0)
            base = n;
        write_narrow(at + 2 * (size_t)page, n - base, 2);
        while (n < set->count && number[n] / SHORT == page)
            n++;
    }
}

/* Append a set of ascending numbers below `of`; 0 where there is no memory. */
static int put_set(Bytes *out, const uint32_t *number, uint32_t count, uint32_t of, int placed)
{
    Set set = {.count = count, .of = of};
    uint64_t size = set_size(&set, placed);
    if (size > SIZE_MAX / 2 || !widen(out, (size_t)size))
        return 0;
    uint8_t *at = out->data + out->size;
    out->size += (size_t)size;
    if (set.form == MAPPED) {
        memset(at, 0, (size_t)size);
        for (uint32_t n = 0; n < count; n++)
            at[number[n] / 8] |= (uint8_t)(1u << number[n] % 8);
        return 1;
    }
    if (set.form != LISTED) {
        put_starts(at, set.width, set.pages, PAGE, number, count);
        at += (size_t)set.pages * set.width;
    }
    if (set.form == SHORT_PAGED) {
        put_short_starts(at, &set, number);
        at += 2 * (size_t)set.shorts;
    }
    uint32_t width = set.form == LISTED ? set.width : set.form == PAGED ? 2 : 1;
    for (uint32_t n = 0; n < count; n++)
        write_narrow(at + (size_t)n * width, number[n], width);
    return 1;
}

/* Append what stands of the documents that have a term more than once. `slot` is used up. */
static int put_repeats(Bytes *out, uint32_t *slot, uint32_t *tf, uint32_t count, uint32_t of)
{
    uint32_t repeats = 0, most = 1;
    for (uint32_t n = 0; n < count; n++) {
        if (tf[n] < 2)
            continue;
        most = tf[n] > most ? tf[n] : most;
        slot[repeats] = slot[n];
        tf[repeats++] = tf[n];
    }
    if (!repeats)
        return 1;
    uint32_t width = most < 256 ? 1 : 4;
    if (!widen(out, REPEATS))
        return 0;
    write_narrow(out->data + out->size, repeats, 4);
    write_narrow(out->data + out->size + 4, most, 4);
    out->size += REPEATS;
    if (!put_set(out, slot, repeats, of, 1) || !widen(out, (size_t)repeats * width))
        return 0;
    for (uint32_t n = 0; n < repeats; n++, out->size += width)
        write_narrow(out->data + out->size, tf[n], width);
    return 1;
}

/* Encode words of `count` terms from `first` on, and tell how many bytes and documents (u64 each)
   each of them has. */
static int set_words(Bytes *out, uint32_t of, const uint8_t *pairs, size_t words, uint32_t first,
                     uint32_t count, uint64_t *sizes, uint64_t *held)
{
    Grouped grouped = {0};
    int state = group_words(&grouped, of, pairs, words, first, count);
    for (uint32_t term = 0; state == PRESENT && term < count; term++) {
        size_t begin = group_start(&grouped, term), before = out->size;
        uint32_t *slots = grouped.slots + begin;
        uint32_t postings = join(slots, grouped.tf, grouped.ends[term] - begin, of);
        if (postings && !(put_set(out, slots, postings, of, 0) &&
                          put_repeats(out, slots, grouped.tf, postings, of)))
            state = NO_ROOM;
        sizes[term] = out->size - before;
        held[term] = postings;
    }
    grouped_free(&grouped);
    return state;
}

#endif
