/* Words of consecutive terms -> the bytes of encoding.py, the same that assembling.py lays out. */
#ifndef PULLQUOTE_INVERTING_H
#define PULLQUOTE_INVERTING_H

#include "grouping.h"
#include "postings.h"

/* How a segment's documents are arranged; see layout.py. */
typedef struct {
    uint32_t slots, blocks, paragraphs;
    const uint8_t *classes[LEVELS]; /* of the length of each slot, paragraph, article */
    const uint8_t *starts, *block_of, *paragraph_of;
} Arrangement;

typedef struct {
    Arrangement of;
    Bytes out; /* the terms that are done, one after the other */
    Bytes samples, kept, extra; /* of the term that is being encoded */
} Inverter;

/* What a segment stores of a term beside its bytes. */
typedef struct {
    uint64_t size;
    uint32_t blocks, postings, held[LEVELS];
} Told;

/* One term's postings in a block. */
typedef struct {
    const uint32_t *slot, *tf;
    uint32_t count, block, first; /* the block's first slot */
} Run;

static int put_number(Bytes *bytes, uint32_t number)
{
    for (; number >= 0x80; number >>= 7)
        if (!put(bytes, (uint8_t)(number | 0x80)))
            return 0;
    return put(bytes, (uint8_t)number);
}

static inline uint32_t block_of(const Arrangement *of, uint32_t slot)
{
    return read32(of->block_of + 4 * (size_t)slot);
}

/* Take the postings of the next block; those of the term end at `count`. */
static Run run_at(const Arrangement *of, const uint32_t *slot, const uint32_t *tf, uint32_t count)
{
    uint32_t block = block_of(of, slot[0]), size = 1;
    while (size < count && block_of(of, slot[size]) == block)
        size++;
    uint32_t first = read32(of->starts + 4 * (size_t)block);
    return (Run){slot, tf, size, block, first};
}

static inline uint8_t sentence_bound(uint32_t tf, uint8_t length)
{
    return (uint8_t)((tf < 4 ? tf - 1 : 3) << 6 | length);
}

static uint8_t whole_bound(uint32_t tf, uint8_t length)
{
    static const uint32_t highest[] = {1, 2, 3, 4, 6, 9, 16};
    uint32_t top = 0;
    while (top < 7 && tf > highest[top])
        top++;
    return (uint8_t)(top << 5 | length);
}

/* The highest frequency and the least class of length so far. */
typedef struct {
    uint32_t tf;
    uint8_t length;
} Extremes;

static inline void meet(Extremes *extremes, uint32_t tf, uint8_t length)
{
    extremes->tf = tf > extremes->tf ? tf : extremes->tf;
    extremes->length = length < extremes->length ? length : extremes->length;
}

/* The bounds of an article, whose title stands in its first slot; DAMAGED where it has a paragraph
   that the segment has not. */
static int article_bounds(const Arrangement *of, const Run *run, uint8_t *bounds, Told *told)
{
    Extremes sentences = {0, 0xFF}, paragraphs = {0, 0xFF};
    uint32_t all = 0, within = 0, last = UINT32_MAX;
    for (uint32_t n = 0; n < run->count; n++) {
        uint32_t slot = run->slot[n], tf = run->tf[n];
        all += tf;
        if (slot == run->first)
            continue;
        uint32_t paragraph = read32(of->paragraph_of + 4 * (size_t)slot);
        if (paragraph >= of->paragraphs)
            return DAMAGED;
        told->held[0]++;
        told->held[1] += paragraph != last;
        within = paragraph == last ? within + tf : tf;
        last = paragraph;
        meet(&sentences, tf, of->classes[0][slot]);
        meet(&paragraphs, within, of->classes[1][paragraph]);
    }
    told->held[2]++;
    bounds[0] = sentences.tf ? sentence_bound(sentences.tf, sentences.length) : 0;
    bounds[1] = paragraphs.tf ? whole_bound(paragraphs.tf, paragraphs.length) : 0;
    bounds[2] = whole_bound(all, of->classes[2][run->block]);
    return PRESENT;
}

/* Keep the postings of a block. */
static int keep_run(Inverter *in, const Run *run)
{
    uint32_t next = run->first;
    for (uint32_t n = 0; n < run->count; n++) {
        uint32_t tf = run->tf[n], gap = run->slot[n] - next;
        uint32_t low = gap < GAP_ESCAPE ? gap : GAP_ESCAPE, high = tf < TF_ESCAPE ? tf : TF_ESCAPE;
        if (!put(&in->kept, (uint8_t)(low | (high - 1) << 5)))
            return NO_ROOM;
        if (low == GAP_ESCAPE && !put_number(&in->extra, gap - GAP_ESCAPE))
            return NO_ROOM;
        if (high == TF_ESCAPE && !put_number(&in->extra, tf - TF_ESCAPE))
            return NO_ROOM;
        next = run->slot[n] + 1;
    }
    in->kept.data[in->kept.size - 1] |= LAST;
    return PRESENT;
}

/* The byte of a posting that is alone in its block and needs no other, or 0. */
static uint8_t simple_byte(const Run *run)
{
    uint32_t place = run->slot[0] - run->first, tf = run->tf[0];
    if (run->count > 1 || place >= GAP_ESCAPE || tf >= TF_ESCAPE)
        return 0;
    return (uint8_t)(place | (tf - 1) << 5 | LAST);
}

/* Write how much stands before the record, or block, of each stride up to `place`. */
static int sample_to(Inverter *in, uint32_t place, uint32_t stride)
{
    while ((in->samples.size / SAMPLE + 1) * stride <= place) {
        if (!widen(&in->samples, SAMPLE))
            return NO_ROOM;
        write_narrow(in->samples.data + in->samples.size, (uint32_t)in->kept.size, 4);
        write_narrow(in->samples.data + in->samples.size + 4, (uint32_t)in->extra.size, 4);
        in->samples.size += SAMPLE;
    }
    return PRESENT;
}

static int encode_sparse(Inverter *in, const uint32_t *slot, const uint32_t *tf, Told *told)
{
    const Arrangement *of = &in->of;
    uint32_t width = of->blocks > NARROW ? 4 : 2, record = width + LEVELS + 1;
    uint32_t postings = told->postings;
    if (!widen(&in->out, (size_t)told->blocks * record))
        return NO_ROOM;
    for (uint32_t at = 0, place = 0; at < postings; place++) {
        Run run = run_at(of, slot + at, tf + at, postings - at);
        uint8_t *to = in->out.data + in->out.size;
        int state = sample_to(in, place, SPARSE_STRIDE);
        if (state == PRESENT)
            state = article_bounds(of, &run, to + width, told);
        write_narrow(to, run.block, width);
        to[record - 1] = simple_byte(&run);
        if (state == PRESENT && !to[record - 1])
            state = keep_run(in, &run);
        if (state != PRESENT)
            return state;
        in->out.size += record;
        at += run.count;
    }
    return sample_to(in, ((told->blocks - 1) / SPARSE_STRIDE + 1) * SPARSE_STRIDE, SPARSE_STRIDE);
}

static int encode_dense(Inverter *in, const uint32_t *slot, const uint32_t *tf, Told *told)
{
    const Arrangement *of = &in->of;
    uint32_t postings = told->postings;
    size_t size = (size_t)of->blocks * LEVELS;
    if (!widen(&in->out, size))
        return NO_ROOM;
    uint8_t *body = in->out.data + in->out.size;
    memset(body, 0, size);
    in->out.size += size;
    for (uint32_t at = 0; at < postings;) {
        Run run = run_at(of, slot + at, tf + at, postings - at);
        uint8_t bounds[LEVELS];
        int state = sample_to(in, run.block, DENSE_STRIDE);
        if (state == PRESENT)
            state = article_bounds(of, &run, bounds, told);
        if (state == PRESENT)
            state = keep_run(in, &run);
        if (state != PRESENT)
            return state;
        for (uint32_t level = 0; level < LEVELS; level++)
            body[(size_t)level * of->blocks + run.block] = bounds[level];
        at += run.count;
    }
    return sample_to(in, ((of->blocks - 1) / DENSE_STRIDE + 1) * DENSE_STRIDE, DENSE_STRIDE);
}

/* Encode a term of `told->postings` postings, ascending, at least one. */
static int encode_term(Inverter *in, const uint32_t *slot, const uint32_t *tf, Told *told)
{
    const Arrangement *of = &in->of;
    size_t before = in->out.size;
    in->samples.size = in->kept.size = in->extra.size = 0;
    for (uint32_t n = 0, last = UINT32_MAX; n < told->postings; n++) {
        uint32_t block = block_of(of, slot[n]);
        if (block >= of->blocks)
            return DAMAGED;
        told->blocks += block != last;
        last = block;
    }
    int dense = (uint64_t)told->blocks * (LEVELS + 2) > (uint64_t)of->blocks * LEVELS;
    int state = dense ? encode_dense(in, slot, tf, told) : encode_sparse(in, slot, tf, told);
    if (state != PRESENT)
        return state;
    if (in->kept.size && !(put_all(&in->out, &in->samples) && put_all(&in->out, &in->kept) &&
                           put_all(&in->out, &in->extra)))
        return NO_ROOM;
    told->size = in->out.size - before;
    return PRESENT;
}

/* Encode words, pairs of a slot and a term (u32 each), of `count` terms from `first` on. */
static int invert_words(Inverter *in, const uint8_t *pairs, size_t words, uint32_t first,
                        uint32_t count, Told *told)
{
    Grouped grouped = {0};
    int state = widen(&in->out, words) ? PRESENT : NO_ROOM;
    if (state == PRESENT)
        state = group_words(&grouped, in->of.slots, pairs, words, first, count);
    for (uint32_t term = 0; state == PRESENT && term < count; term++) {
        size_t begin = group_start(&grouped, term);
        uint32_t *slots = grouped.slots + begin;
        told[term].postings = join(slots, grouped.tf, grouped.ends[term] - begin, in->of.slots);
        if (told[term].postings)
            state = encode_term(in, slots, grouped.tf, &told[term]);
    }
    grouped_free(&grouped);
    return state;
}

static void inverter_free(Inverter *in)
{
    free(in->out.data);
    free(in->samples.data);
    free(in->kept.data);
    free(in->extra.data);
}

#endif
