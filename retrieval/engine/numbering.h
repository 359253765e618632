/* Words -> numbers, in the order in which they first come: a hash table of their UTF-8. */
#ifndef PULLQUOTE_NUMBERING_H
#define PULLQUOTE_NUMBERING_H

#include <stdlib.h>

#include "vocabulary.h"

typedef struct {
    uint64_t start; /* of its UTF-8 in `text` */
    uint64_t count; /* how often it came */
    uint32_t length, hash;
} Spelling;

typedef struct {
    uint32_t hash;
    uint32_t number; /* from 1; 0 where there is none */
} Entry;

typedef struct {
    uint64_t seed; /* so that nobody can choose words that collide */
    Entry *table;
    uint32_t mask; /* entries of the table - 1 */
    Spelling *spelling;
    uint32_t used, room;
    uint8_t *text;
    size_t text_size, text_room;
} Words;

#define FIRST_WORDS 1024u
#define MOST_TERMS 0x7FFFFFFEu

static inline uint64_t mixed(uint64_t word)
{
    word *= 0x9E3779B97F4A7C15u;
    word ^= word >> 32;
    word *= 0xD6E8FEB86659FD93u;
    return word ^ word >> 29;
}

static inline uint32_t hash_of(uint64_t seed, const uint8_t *text, size_t length)
{
    uint64_t hash = seed ^ length, word;
    for (; length >= 8; length -= 8, text += 8) {
        memcpy(&word, text, 8);
        hash = mixed(hash ^ word);
    }
    word = 0;
    memcpy(&word, text, length);
    return (uint32_t)mixed(hash ^ word);
}

static void words_free(Words *words)
{
    free(words->table);
    free(words->spelling);
    free(words->text);
}

/* An empty set of words; 0 where there is no memory. */
static int words_start(Words *words, uint64_t seed)
{
    memset(words, 0, sizeof *words);
    words->seed = seed;
    words->room = FIRST_WORDS;
    words->mask = 2 * FIRST_WORDS - 1;
    words->text_room = 16 * FIRST_WORDS;
    words->table = calloc((size_t)words->mask + 1, sizeof *words->table);
    words->spelling = malloc(words->room * sizeof *words->spelling);
    words->text = malloc(words->text_room);
    return words->table && words->spelling && words->text;
}

/* Give the table room for twice as many words. */
static int words_widen(Words *words)
{
    size_t room = 2 * (size_t)words->room, size = 2 * room;
    Spelling *spelling = realloc(words->spelling, room * sizeof *spelling);
    if (!spelling)
        return 0;
    words->spelling = spelling;
    Entry *table = calloc(size, sizeof *table);
    if (!table)
        return 0;
    free(words->table);
    words->table = table;
    words->room = (uint32_t)room;
    words->mask = (uint32_t)(size - 1);
    for (uint32_t n = 0; n < words->used; n++) {
        uint32_t at = spelling[n].hash & words->mask;
        while (table[at].number)
            at = (at + 1) & words->mask;
        table[at] = (Entry){spelling[n].hash, n + 1};
    }
    return 1;
}

static int keep_text(Words *words, const uint8_t *text, size_t length)
{
    if (length > words->text_room - words->text_size) {
        size_t room = 2 * words->text_room + length;
        uint8_t *wider = room > length ? realloc(words->text, room) : NULL;
        if (!wider)
            return 0;
        words->text = wider;
        words->text_room = room;
    }
    memcpy(words->text + words->text_size, text, length);
    words->text_size += length;
    return 1;
}

/* The number of a word that just came; -1 where there is no memory. */
static int64_t words_number(Words *words, const uint8_t *text, size_t length)
{
    uint32_t hash = hash_of(words->seed, text, length), at = hash & words->mask;
    for (; words->table[at].number; at = (at + 1) & words->mask) {
        if (words->table[at].hash != hash)
            continue;
        Spelling *known = &words->spelling[words->table[at].number - 1];
        if (known->length == length && !memcmp(words->text + known->start, text, length)) {
            known->count++;
            return (int64_t)words->table[at].number - 1;
        }
    }
    if (words->used == words->room) {
        if (words->used > MOST_TERMS / 2 || !words_widen(words))
            return -1;
        for (at = hash & words->mask; words->table[at].number;)
            at = (at + 1) & words->mask;
    }
    Spelling fresh = {words->text_size, 1, (uint32_t)length, hash};
    if (length > UINT32_MAX || !keep_text(words, text, length))
        return -1;
    words->spelling[words->used++] = fresh;
    words->table[at] = (Entry){hash, words->used};
    return (int64_t)words->used - 1;
}

typedef struct {
    uint64_t prefix; /* its first eight bytes, so that most comparisons need no more */
    const uint8_t *text;
    uint32_t length, number, bucket;
} Sorted;

static int by_bucket(const void *a, const void *b)
{
    const Sorted *one = a, *other = b;
    if (one->bucket != other->bucket)
        return one->bucket < other->bucket ? -1 : 1;
    if (one->prefix != other->prefix)
        return one->prefix < other->prefix ? -1 : 1;
    uint32_t shorter = one->length < other->length ? one->length : other->length;
    int order = memcmp(one->text, other->text, shorter);
    return order ? order : (one->length > other->length) - (one->length < other->length);
}

/* All words, by their bucket, then by their bytes; NULL where there is no memory. */
static Sorted *words_sorted(const Words *words)
{
    Sorted *sorted = malloc(((size_t)words->used + 1) * sizeof *sorted);
    for (uint32_t n = 0; sorted && n < words->used; n++) {
        const Spelling *of = &words->spelling[n];
        const uint8_t *text = words->text + of->start;
        Sorted one = {0, text, of->length, n, bucket_of(text, of->length, buckets_of(words->used))};
        for (uint32_t byte = 0; byte < 8; byte++)
            one.prefix = one.prefix << 8 | (byte < of->length ? one.text[byte] : 0u);
        sorted[n] = one;
    }
    if (sorted)
        qsort(sorted, words->used, sizeof *sorted, by_bucket);
    return sorted;
}

#endif
