/* Sets of numbers in a mapped file, in the layout of sets.py: found, and read in order.

   A set's form follows from how many numbers it has, and of how many; so nothing tells it. A search
   walks through the shortest sets and looks into the others. */
#ifndef PULLQUOTE_SETS_H
#define PULLQUOTE_SETS_H

#include "bytes.h"

enum { LISTED, PAGED, SHORT_PAGED, MAPPED };

#define PAGE 65536u /* numbers of a page, which two bytes tell apart */
#define SHORT 256u  /* of a short page: one byte */

typedef struct {
    int form;
    uint32_t count, of;
    uint32_t width; /* bytes of a listed number, or of a page's start */
    uint32_t pages, shorts;
    const uint8_t *starts; /* of pages: numbers before each */
    const uint8_t *within; /* of short pages: numbers before each in its page */
    const uint8_t *numbers;
    const uint8_t *end; /* of what may be read */
} Set;

/* Choose the form of a set, mostly the shortest, and tell its bytes. A set is mapped only where
   nobody asks for places in it. */
static inline uint64_t set_size(Set *set, int placed)
{
    uint64_t count = set->count, listed_width = width_below(set->of);
    set->pages = (uint32_t)(((uint64_t)set->of + PAGE - 1) / PAGE);
    set->shorts = (uint32_t)(((uint64_t)set->of + SHORT - 1) / SHORT);
    uint64_t listed = count * listed_width, width = count < PAGE ? 2 : 4;
    uint64_t paged = set->pages * width + 2 * count;
    uint64_t brief = set->pages * 4u + set->shorts * 2u + count;
    uint64_t mapped = ((uint64_t)set->of + 63) / 64 * 8, least = listed;
    set->form = LISTED;
    set->width = (uint32_t)listed_width;
    if (paged < least) {
        set->form = PAGED;
        set->width = (uint32_t)width;
        least = paged;
    }
    if (brief < least) {
        set->form = SHORT_PAGED;
        set->width = 4;
        least = brief;
    }
    if (!placed && mapped < least + least / 2) { /* as it is read soonest, it may be longer */
        set->form = MAPPED;
        least = mapped;
    }
    return least;
}

/* Open the set of `count` numbers below `of` that begins at `at`: its bytes, or 0 where they would
   leave `end`. */
static inline uint64_t set_open(Set *set, uint32_t count, uint32_t of, const uint8_t *at,
                                const uint8_t *end, int placed)
{
    set->count = count;
    set->of = of;
    uint64_t size = set_size(set, placed);
    if (!count || count > of || size > (uint64_t)(end - at))
        return 0;
    set->starts = at;
    set->within = at + (size_t)set->pages * set->width;
    set->numbers = at;
    if (set->form == PAGED)
        set->numbers = set->within;
    if (set->form == SHORT_PAGED)
        set->numbers = set->within + 2 * (size_t)set->shorts;
    set->end = end;
    return size;
}

static inline uint32_t page_start(const Set *set, uint32_t page)
{
    if (page >= set->pages)
        return set->count;
    return set->width == 2 ? read16(set->starts + 2 * (size_t)page)
                           : read32(set->starts + 4 * (size_t)page);
}

static inline uint32_t short_start(const Set *set, uint32_t page)
{
    if (page >= set->shorts)
        return set->count;
    return page_start(set, page / (PAGE / SHORT)) + read16(set->within + 2 * (size_t)page);
}

/* Of `count` ascending numbers of two bytes, how many are below `number`. */
static inline uint32_t below16(const uint8_t *numbers, uint32_t count, uint32_t number)
{
    uint32_t low = 0;
    while (count) {
        uint32_t half = (count + 1) / 2;
        low += read16(numbers + 2 * (size_t)(low + half - 1)) < number ? half : 0;
        count -= half;
    }
    return low;
}

#define NEAR 32u

/* The same where they are spread evenly: mostly from few places. */
static inline uint32_t spread_below16(const uint8_t *numbers, uint32_t count, uint32_t number)
{
    if (count <= 2 * NEAR)
        return below16(numbers, count, number);
    uint32_t guess = (uint32_t)((uint64_t)number * count / PAGE);
    uint32_t low = guess > NEAR ? guess - NEAR : 0;
    uint32_t high = count - guess > NEAR ? guess + NEAR : count;
    if (low && read16(numbers + 2 * (size_t)(low - 1)) >= number)
        return below16(numbers, low, number);
    if (high < count && read16(numbers + 2 * (size_t)high) < number)
        return high + below16(numbers + 2 * (size_t)high, count - high, number);
    return low + below16(numbers + 2 * (size_t)low, high - low, number);
}

static inline int find_paged(const Set *set, uint32_t number, uint32_t *place)
{
    uint32_t first = page_start(set, number / PAGE), last = page_start(set, number / PAGE + 1);
    if (first > last || last > set->count)
        return DAMAGED;
    const uint8_t *numbers = set->numbers + 2 * (size_t)first;
    uint32_t at = spread_below16(numbers, last - first, number % PAGE);
    *place = first + at;
    return first + at < last && read16(numbers + 2 * (size_t)at) == number % PAGE;
}


static inline int find_short(const Set *set, uint32_t number, uint32_t *place)
{
    uint32_t first = short_start(set, number / SHORT), last = short_start(set, number / SHORT + 1);
    if (first > last || last > set->count)
        return DAMAGED;
    uint64_t wanted = (number % SHORT) * EACH;
    const uint8_t *at = set->numbers + first, *stop = set->numbers + last;
    for (; at < stop && set->end - at >= 8; at += 8) {
        uint64_t other = read64(at) ^ wanted, equal = (other - EACH) & ~other & 0x80 * EACH;
        if (equal) { /* the lowest one is right */
            at += lowest_bit(equal) / 8;
            *place = (uint32_t)(at - set->numbers);
            return at < stop;
        }
    }
    for (; at < stop; at++) {
        if (*at == number % SHORT) {
            *place = (uint32_t)(at - set->numbers);
            return PRESENT;
        }
    }
    return ABSENT;
}

static inline int find_listed(const Set *set, uint32_t number, uint32_t *place)
{
    uint32_t low = 0, count = set->count, width = set->width;
    while (count) {
        uint32_t half = (count + 1) / 2;
        low += read_narrow(set->numbers + (size_t)(low + half - 1) * width, width) < number ? half : 0;
        count -= half;
    }
    *place = low;
    return low < set->count &&
           read_narrow(set->numbers + (size_t)low * width, width) == number;
}

/* Find a number, which is below `of`: PRESENT, ABSENT or DAMAGED. `place`, where the set is not
   mapped, becomes how many numbers stand before it. */
static inline int set_find(const Set *set, uint32_t number, uint32_t *place)
{
    switch (set->form) {
    case MAPPED:
        return set->numbers[number / 8] >> number % 8 & 1;
    case SHORT_PAGED:
        return find_short(set, number, place);
    case PAGED:
        return find_paged(set, number, place);
    default:
        return find_listed(set, number, place);
    }
}

/* How far a set was read. */
typedef struct {
    uint32_t place; /* numbers before it, where the set is not mapped */
    uint32_t page;  /* where it is paged or mapped: the page or word that is next */
} Walk;

static inline int64_t read_listed(const Set *set, Walk *walk, uint32_t *numbers, uint32_t room)
{
    uint32_t left = set->count - walk->place, size = left < room ? left : room;
    const uint8_t *at = set->numbers + (size_t)walk->place * set->width;
    for (uint32_t n = 0; n < size; n++, at += set->width)
        numbers[n] = read_narrow(at, set->width);
    walk->place += size;
    return size;
}

static inline int64_t read_pages(const Set *set, Walk *walk, uint32_t *numbers, uint32_t room)
{
    int brief = set->form == SHORT_PAGED;
    uint32_t size = 0, pages = brief ? set->shorts : set->pages;
    while (size < room && walk->page < pages) {
        uint32_t first = walk->place, base = walk->page * (brief ? SHORT : PAGE);
        uint32_t last = brief ? short_start(set, walk->page + 1) : page_start(set, walk->page + 1);
        if (first > last || last > set->count)
            return DAMAGED;
        uint32_t count = last - first < room - size ? last - first : room - size;
        if (brief)
            for (uint32_t n = 0; n < count; n++)
                numbers[size + n] = base + set->numbers[first + n];
        else
            for (uint32_t n = 0; n < count; n++)
                numbers[size + n] = base + read16(set->numbers + 2 * (size_t)(first + n));
        size += count;
        walk->place += count;
        walk->page += walk->place == last;
    }
    return size;
}

#define WORD 64u

static inline int64_t read_mapped(const Set *set, Walk *walk, uint32_t *numbers, uint32_t room)
{
    uint32_t size = 0, words = (uint32_t)(((uint64_t)set->of + WORD - 1) / WORD);
    while (size + WORD <= room && walk->page < words) {
        uint64_t word = read64(set->numbers + 8 * (size_t)walk->page);
        for (; word; word &= word - 1)
            numbers[size++] = walk->page * WORD + lowest_bit(word);
        walk->page++;
    }
    return size;
}

/* Read the next numbers, `room` (at least WORD) at most: how many, 0 at the end, or DAMAGED. They
   ascend, and are below `of`, where the file is whole: who uses them sees to it. */
static inline int64_t set_read(const Set *set, Walk *walk, uint32_t *numbers, uint32_t room)
{
    if (set->form == LISTED)
        return read_listed(set, walk, numbers, room);
    if (set->form == MAPPED)
        return read_mapped(set, walk, numbers, room);
    return read_pages(set, walk, numbers, room);
}

#endif
