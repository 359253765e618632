/* The k best documents of a segment: blocks are bounded first, and only what may count is read.

   Terms are taken rarest first (MaxScore: Turtle and Flood, Query evaluation: strategies and
   optimizations, 1995), over blocks instead of documents (Ding and Suel, Faster top-k document
   retrieval using block-max indexes, 2011). Scores are summed in doubles in the order of the query,
   as reference.py does, so that both give the same bits. */
#ifndef PULLQUOTE_SEARCH_H
#define PULLQUOTE_SEARCH_H

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "postings.h"

#define LANES 8u /* that a compiler may work on at once */
#define NO_MEMORY (-2)
#define TABLE 256u
#define SMALL 64u /* lengths below it are reckoned once a query */

typedef struct {
    double k1, b, average, factor;
} Model;

typedef struct {
    Postings postings;
    double weight[LEVELS];
    uint32_t times; /* how often the query has it */
    float most;     /* no document has more of it */
    float least;    /* no block that has it, or a term before it, has less of it */
    float table[LEVELS][TABLE];
    /* of the block that is looked at */
    int found;
    uint32_t held;     /* the documents that have it, low bits first */
    uint32_t repeated; /* those whose `tf` was read; the others have it once */
    uint32_t number;
    Place place;
    float bound;
} Term;

typedef struct {
    double score;
    uint32_t id;
    double part[LEVELS];
} Hit;

typedef struct {
    /* the segment */
    const uint8_t *lengths;
    uint32_t length_width, slots, blocks, widest, levels, paragraphs;
    const uint8_t *starts, *paragraph_of, *paragraph_lengths, *article_lengths, *deleted;
    const uint8_t *floors;
    /* the query */
    Model model[LEVELS];
    Term *term; /* rarest first */
    uint32_t terms, wanted;
    uint32_t *order; /* the query: places in `term` */
    int prune;
    /* the work */
    float *bound, *chunk;
    uint32_t *tf;      /* terms x widest, 0 between blocks */
    float *slot_bound; /* widest, 0 between blocks */
    double small[SMALL]; /* what short lengths do to a sentence's terms */
    float once[SMALL];   /* and what a single occurrence adds there, before its weight */
    uint32_t *sums; /* one a term */
    uint32_t *first_in; /* terms x (chunks + 1) */
    Hit *hit;
    uint32_t hits, k;
    double floor;
} Search;

static const float HIGHEST_SENTENCE[] = {1, 2, 3, INFINITY};
static const float HIGHEST_WHOLE[] = {1, 2, 3, 4, 6, 9, 16, INFINITY};

static inline double norm_of(const Model *model, double length)
{
    if (model->average == 0)
        return model->k1 * (1 - model->b);
    return model->k1 * (1 - model->b + model->b * length / model->average);
}

static inline double saturate(const Model *model, double tf, double norm)
{
    return tf * (model->k1 + 1) / (tf + norm);
}

static inline uint32_t length_of(const Search *s, uint32_t slot)
{
    if (s->length_width == 1)
        return s->lengths[slot];
    if (s->length_width == 2)
        return read16(s->lengths + 2 * (size_t)slot);
    return read32(s->lengths + 4 * (size_t)slot);
}

static inline double sentence_norm(const Search *s, uint32_t length)
{
    return length < SMALL ? s->small[length] : norm_of(&s->model[0], length);
}

static inline double theta(const Search *s)
{
    return s->hits < s->k ? s->floor : s->hit[0].score;
}

/* The best score that each bound byte allows, for each term; a little more, for rounding. */
static void make_tables(Search *s)
{
    const uint8_t *floors = s->floors;
    float room = 1.0f + 2e-6f + 4e-7f * (float)s->terms;
    for (uint32_t level = 0; level < s->levels; level++) {
        uint32_t bits = level ? 5 : 6, classes = 1u << bits;
        const float *highest = level ? HIGHEST_WHOLE : HIGHEST_SENTENCE;
        const Model *model = &s->model[level];
        float shape[TABLE];
        double norms[64];
        for (uint32_t n = 0; n < classes; n++)
            norms[n] = norm_of(model, read32(floors + 4 * n));
        for (uint32_t byte = 0; byte < TABLE; byte++) {
            float tf = highest[byte >> bits];
            double norm = norms[byte & (classes - 1)];
            double best = isinf(tf) ? model->k1 + 1 : saturate(model, tf, norm);
            shape[byte] = (float)(best * model->factor) * room;
        }
        shape[0] = 0;
        float most = 0, least = shape[1];
        for (uint32_t byte = 0; byte < TABLE; byte++)
            most = shape[byte] > most ? shape[byte] : most;
        for (uint32_t byte = 1; byte < TABLE; byte++)
            least = shape[byte] < least ? shape[byte] : least;
        floors += 4 * classes;
        for (uint32_t t = 0; t < s->terms; t++) {
            Term *term = &s->term[t];
            float weight = (float)(term->weight[level] * term->times);
            for (uint32_t byte = 0; byte < TABLE; byte++)
                term->table[level][byte] = weight * shape[byte];
            term->most = level ? term->most + weight * most : weight * most;
            term->least = weight * least; /* only the last level has a bound for certain */
            if (t && term[-1].least < term->least)
                term->least = term[-1].least;
        }
    }
    for (uint32_t length = 0; length < SMALL; length++) {
        s->small[length] = norm_of(&s->model[0], length);
        s->once[length] = (float)saturate(&s->model[0], 1, s->small[length]);
    }
}

static size_t whole_chunks(uint32_t blocks)
{
    return ((size_t)blocks + CHUNK - 1) / CHUNK;
}

static inline void raise_to(float *highest, float value)
{
    *highest = value > *highest ? value : *highest;
}

/* Tell each chunk the highest bound of its blocks. */
static void raise_chunks(Search *s)
{
    const float *bound = s->bound;
    for (size_t chunk = 0; chunk < whole_chunks(s->blocks); chunk++, bound += CHUNK) {
        float highest[LANES], most = -INFINITY; /* lanes, so that none waits for another */
        memcpy(highest, bound, sizeof highest);
        for (uint32_t first = LANES; first < CHUNK; first += LANES)
            for (uint32_t l = 0; l < LANES; l++)
                highest[l] = bound[first + l] > highest[l] ? bound[first + l] : highest[l];
        for (uint32_t l = 0; l < LANES; l++)
            raise_to(&most, highest[l]);
        s->chunk[chunk] = most;
    }
}

/* Add what `bounds` allow at a level to every block of the segment. */
static void add_dense(float *restrict bound, const uint8_t *restrict bounds, uint32_t blocks,
                      const float *restrict table)
{
    for (uint32_t block = 0; block < blocks; block++)
        bound[block] += table[bounds[block]];
}

static inline float record_bound(const Term *term, const uint8_t *bounds, uint32_t levels)
{
    float sum = term->table[0][bounds[0]];
    for (uint32_t level = 1; level < levels; level++)
        sum += term->table[level][bounds[level]];
    return sum;
}

/* Add what their bounds allow to the blocks of records of four bytes, and note in `ends` after
   which record each chunk has no more; DAMAGED where there is no such block. */
static int add_narrow(float *restrict bound, const uint8_t *restrict records, uint32_t count,
                      uint32_t blocks, const float *restrict table, uint32_t *restrict ends)
{
    for (uint32_t n = 0; n < count; n++) {
        uint32_t record = read32(records + 4 * (size_t)n), block = record & 0xFFFFu;
        if (block >= blocks)
            return DAMAGED;
        bound[block] += table[record >> 16 & 0xFFu];
        ends[block / CHUNK] = n + 1;
    }
    return PRESENT;
}

/* The same of records of any size. */
static int add_any(Search *s, const Term *term, uint32_t *restrict ends)
{
    const Postings *p = &term->postings;
    for (uint32_t n = 0; n < p->blocks; n++) {
        uint32_t block = block_at(p, n);
        if (block >= s->blocks)
            return DAMAGED;
        s->bound[block] += record_bound(term, record_at(p, n) + p->width, s->levels);
        ends[block / CHUNK] = n + 1;
    }
    return PRESENT;
}

#define FEW 16u /* to tell a chunk of one record takes as long as to pass over so many blocks */

/* Add what its bounds allow to the blocks of a term's records, and note where chunks begin. */
static int add_records(Search *s, Term *term, uint32_t *first_in)
{
    Postings *p = &term->postings;
    size_t chunks = whole_chunks(s->blocks);
    memset(first_in, 0, (chunks + 1) * sizeof *first_in);
    int state = s->levels == 1 && p->width == 2
                    ? add_narrow(s->bound, p->records, p->blocks, s->blocks, term->table[0],
                                 first_in + 1)
                    : add_any(s, term, first_in + 1);
    if (state == DAMAGED)
        return DAMAGED;
    for (size_t chunk = 0; chunk < chunks; chunk++) /* a chunk without records ends where it begins */
        if (first_in[chunk + 1] < first_in[chunk])
            first_in[chunk + 1] = first_in[chunk];
    p->first_in = first_in;
    if (p->blocks > s->blocks / FEW)
        raise_chunks(s);
    for (uint32_t n = 0; p->blocks <= s->blocks / FEW && n < p->blocks; n++)
        raise_to(&s->chunk[block_at(p, n) / CHUNK], s->bound[block_at(p, n)]);
    return PRESENT;
}

/* Add a term's bound to every block that it stands in; no chunk has a higher one than it knows. */
static int add_bounds(Search *s, uint32_t t)
{
    Term *term = &s->term[t];
    size_t chunks = whole_chunks(s->blocks);
    if (!term->postings.dense)
        return add_records(s, term, s->first_in + t * (chunks + 1));
    for (uint32_t level = 0; level < s->levels; level++)
        add_dense(s->bound, term->postings.bound[level], s->blocks, term->table[level]);
    raise_chunks(s);
    return PRESENT;
}

static inline int better(const Hit *a, const Hit *b)
{
    return a->score > b->score || (a->score == b->score && a->id < b->id);
}

/* Keep a hit if it is among the k best; the worst of them stands first (a heap). */
static void keep(Search *s, Hit hit)
{
    Hit *heap = s->hit;
    uint32_t at;
    if (s->hits < s->k) {
        at = s->hits++;
        while (at && better(&heap[(at - 1) / 2], &hit)) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
    } else {
        if (!better(&hit, &heap[0]))
            return;
        at = 0;
        for (uint32_t child = 1; child < s->hits; child = 2 * at + 1) {
            if (child + 1 < s->hits && better(&heap[child], &heap[child + 1]))
                child++;
            if (!better(&hit, &heap[child]))
                break;
            heap[at] = heap[child];
            at = child;
        }
    }
    heap[at] = hit;
}

/* The exact score of a document at the level of sentences. */
static double sentence_score(const Search *s, uint32_t place, uint32_t slot)
{
    double sum = 0, norm = sentence_norm(s, length_of(s, slot));
    for (uint32_t n = 0; n < s->wanted; n++) {
        uint32_t tf = s->tf[(size_t)s->order[n] * s->widest + place];
        if (tf)
            sum += s->term[s->order[n]].weight[0] * saturate(&s->model[0], tf, norm);
    }
    return sum;
}

/* Read the postings that follow the samples into `tf`. */
static int read_group(Term *term, uint32_t *tfs, uint32_t size, uint32_t *held)
{
    uint32_t at = 0, gap, tf;
    int more;
    if (go_to(&term->postings, term->number, &term->place) == DAMAGED)
        return DAMAGED;
    do {
        more = read_posting(&term->postings, &term->place, &gap, &tf);
        if (more == DAMAGED || gap >= size - at)
            return DAMAGED;
        at += gap;
        tfs[at] = tf;
        if (held)
            *held |= 1u << at;
        at++;
    } while (more && at < size);
    if (more)
        return DAMAGED;
    stay_at(&term->postings, term->number, &term->place);
    return PRESENT;
}

/* Read a term's postings in a block of `size` slots into `tf`; where `held` is not NULL, set the
   bits of their slots there. */
static int read_block(Search *s, uint32_t t, uint32_t size, uint32_t *held)
{
    Term *term = &s->term[t];
    uint32_t *tfs = s->tf + (size_t)t * s->widest, single = term->place.single;
    if (!(single & LAST))
        return read_group(term, tfs, size, held);
    uint32_t at = single & 0x1Fu;
    if (at >= size)
        return DAMAGED;
    tfs[at] = (single >> 5 & 3u) + 1;
    if (held)
        *held |= 1u << at;
    return PRESENT;
}

static inline uint32_t block_start(const Search *s, uint32_t block)
{
    if (s->starts)
        return read32(s->starts + 4 * (size_t)block);
    return block * BLOCK;
}

static inline uint32_t block_end(const Search *s, uint32_t block)
{
    if (s->starts)
        return read32(s->starts + 4 * (size_t)block + 4);
    uint32_t left = s->slots - block * BLOCK;
    return block * BLOCK + (left < BLOCK ? left : BLOCK);
}

static inline uint32_t lowest_bit(uint32_t word)
{
#if defined(__GNUC__)
    return (uint32_t)__builtin_ctz(word);
#else
    uint32_t bit = 0;
    for (; !(word & 1u); word >>= 1)
        bit++;
    return bit;
#endif
}

/* Which documents of a block have a term; those that have it more than once get their `tf`. */
static int hold(Search *s, uint32_t t, uint32_t size)
{
    Term *term = &s->term[t];
    uint32_t listed = 0;
    term->repeated = ~0u;
    if (!term->postings.bitmap) {
        term->held = 0;
        return read_block(s, t, size, &term->held);
    }
    if (term->place.bound[0] < 64) {
        term->repeated = 0;
        return PRESENT;
    }
    if (read_block(s, t, size, &listed) == DAMAGED)
        return DAMAGED;
    term->repeated = listed;
    return PRESENT;
}

static inline uint32_t tf_of(const Search *s, uint32_t t, uint32_t place)
{
    const Term *term = &s->term[t];
    if (!(term->held >> place & 1u))
        return 0;
    return term->repeated >> place & 1u ? s->tf[(size_t)t * s->widest + place] : 1;
}

/* The exact score of a document. */
static double document_score(const Search *s, uint32_t place, uint32_t slot)
{
    double sum = 0, norm = sentence_norm(s, length_of(s, slot));
    for (uint32_t n = 0; n < s->wanted; n++) {
        uint32_t t = s->order[n], tf = tf_of(s, t, place);
        if (tf)
            sum += s->term[t].weight[0] * saturate(&s->model[0], tf, norm);
    }
    return sum;
}

/* Add what a term gives to the documents in `mask`; those in `fresh` have nothing yet. */
static void add_term(Search *s, uint32_t t, uint32_t first, uint32_t mask, uint32_t fresh)
{
    const Term *term = &s->term[t];
    float weight = (float)(term->weight[0] * term->times * s->model[0].factor);
    for (; mask; mask &= mask - 1) {
        uint32_t place = lowest_bit(mask), length = length_of(s, first + place);
        uint32_t tf = tf_of(s, t, place);
        float shape = tf == 1 && length < SMALL
                          ? s->once[length]
                          : (float)saturate(&s->model[0], tf, sentence_norm(s, length));
        float before = fresh >> place & 1u ? 0 : s->slot_bound[place];
        s->slot_bound[place] = before + weight * shape;
    }
}

/* The documents of `mask` that may still come among the best. */
static uint32_t still_hopeful(const Search *s, uint32_t mask, float rest)
{
    uint32_t left = mask;
    for (; mask; mask &= mask - 1) {
        uint32_t place = lowest_bit(mask);
        if ((s->slot_bound[place] + rest) * 1.00001f < theta(s))
            left &= ~(1u << place);
    }
    return left;
}

/* Score a block of plain documents, whose terms' bounds together are `sum`. */
static int score_documents(Search *s, uint32_t block, uint32_t first, uint32_t size, float sum)
{
    uint32_t all = size < 32 ? (1u << size) - 1 : ~0u, needed = all, mask = 0, seen = 0;
    float rest = sum, limit = s->prune ? (float)theta(s) : -INFINITY;
    for (uint32_t t = 0; t < s->terms; t++) {
        Term *term = &s->term[t];
        term->held = 0;
        if (!term->found || !term->postings.bitmap)
            continue;
        term->held = read32(term->postings.bitmap + 4 * (size_t)block) & all;
        if ((sum - term->bound) * 1.00001f < limit)
            needed &= term->held;
    }
    for (uint32_t t = 0; t < s->terms && needed; t++) {
        Term *term = &s->term[t];
        if (!term->found)
            continue;
        if (hold(s, t, size) == DAMAGED)
            return DAMAGED;
        if (!s->prune) {
            mask |= term->held;
            continue;
        }
        uint32_t reach = term->held & needed;
        if (rest * 1.00001f < limit) /* without the terms before it, a document comes too late */
            reach &= mask;
        else
            mask |= reach;
        if ((sum - term->bound) * 1.00001f < limit) {
            needed &= term->held;
            mask &= needed;
        }
        add_term(s, t, first, reach, reach & ~seen);
        seen |= reach;
        rest -= term->bound;
        mask = still_hopeful(s, mask, rest);
        if (!mask && rest * 1.00001f < limit)
            return PRESENT;
    }
    for (mask &= needed; mask; mask &= mask - 1) {
        uint32_t place = lowest_bit(mask);
        double score = document_score(s, place, first + place);
        Hit hit = {s->model[0].factor * score, first + place, {score, 0, 0}};
        if (hit.score >= theta(s))
            keep(s, hit);
    }
    return PRESENT;
}

/* What a level says of text in which term t stands sums[t] times. */
static double whole_score(const Search *s, uint32_t level, const uint32_t *sums, uint32_t length)
{
    double sum = 0, norm = norm_of(&s->model[level], length);
    for (uint32_t n = 0; n < s->wanted; n++) {
        uint32_t tf = sums[s->order[n]];
        if (tf)
            sum += s->term[s->order[n]].weight[level] * saturate(&s->model[level], tf, norm);
    }
    return sum;
}

static void sum_places(const Search *s, uint32_t from, uint32_t to, uint32_t *sums)
{
    for (uint32_t t = 0; t < s->terms; t++) {
        const uint32_t *tf = s->tf + (size_t)t * s->widest;
        uint32_t sum = 0;
        for (uint32_t place = from; place < to; place++)
            sum += tf[place];
        sums[t] = sum;
    }
}

/* Score every sentence of an article at three levels. */
static int score_article(Search *s, uint32_t block, uint32_t first, uint32_t size)
{
    uint32_t *sums = s->sums;
    sum_places(s, 0, size, sums);
    double article = whole_score(s, 2, sums, read32(s->article_lengths + 4 * (size_t)block));
    for (uint32_t place = 1, end; place < size; place = end) {
        uint32_t paragraph = read32(s->paragraph_of + 4 * (size_t)(first + place));
        for (end = place + 1; end < size; end++)
            if (read32(s->paragraph_of + 4 * (size_t)(first + end)) != paragraph)
                break;
        if (paragraph >= s->paragraphs)
            return DAMAGED;
        sum_places(s, place, end, sums);
        uint32_t length = read32(s->paragraph_lengths + 4 * (size_t)paragraph);
        double whole = whole_score(s, 1, sums, length);
        for (uint32_t at = place; at < end; at++) {
            double score = sentence_score(s, at, first + at);
            double total = s->model[0].factor * score;
            total = total + s->model[1].factor * whole;
            total = total + s->model[2].factor * article;
            Hit hit = {total, first + at - block - 1, {score, whole, article}};
            if (total >= theta(s))
                keep(s, hit);
        }
    }
    return PRESENT;
}

static inline float bound_in(const Search *s, const Term *term)
{
    return record_bound(term, term->place.bound, s->levels);
}

/* Read the terms of an article and score its sentences. */
static int read_article(Search *s, uint32_t block, uint32_t first, uint32_t size)
{
    int state = PRESENT;
    uint32_t read = 0;
    for (; read < s->terms && state != DAMAGED; read++) {
        Term *term = &s->term[read];
        if (!term->found)
            continue;
        state = read_block(s, read, size, NULL);
    }
    if (state != DAMAGED)
        state = score_article(s, block, first, size);
    for (uint32_t t = 0; t < read; t++)
        if (s->term[t].found)
            memset(s->tf + (size_t)t * s->widest, 0, size * sizeof *s->tf);
    return state;
}

/* Read a block in which all terms were looked for, and score it. */
static int read_terms(Search *s, uint32_t block, float sum)
{
    uint32_t first = block_start(s, block), end = block_end(s, block);
    if (end > s->slots || first >= end || end - first > s->widest)
        return DAMAGED;
    if (s->levels == 1)
        return score_documents(s, block, first, end - first, sum);
    return read_article(s, block, first, end - first);
}

/* Look at a block: `known` terms are in its bound already, the rest are looked up now. */
static int look_at(Search *s, uint32_t block, uint32_t known, float rest)
{
    float bound = s->bound[block];
    s->bound[block] = -INFINITY; /* never again */
    if (s->deleted && s->deleted[block >> 3] >> (block & 7) & 1)
        return PRESENT;
    float sum = 0, left = bound, error = s->prune ? bound * 2.5e-7f * (float)(s->terms + 1) : INFINITY;
    for (uint32_t n = s->terms; n-- > 0;) {
        Term *term = &s->term[n];
        if (n < known && left < term->least - error) { /* those found make up its bound */
            for (n++; n-- > 0;)
                s->term[n].found = 0;
            break;
        }
        term->found = find_block(&term->postings, block, &term->number, &term->place);
        term->bound = term->found ? bound_in(s, term) : 0;
        sum += term->bound;
        if (n < known) {
            left -= term->bound;
            continue;
        }
        rest -= term->most;
        bound += term->bound;
        if (s->prune && (bound + (n > known ? rest : 0)) * 1.00001f < theta(s))
            return PRESENT;
    }
    return read_terms(s, block, sum);
}

/* The chunk with the highest bound. */
static uint32_t best_chunk(const Search *s, uint32_t chunks)
{
    uint32_t best = 0;
    float highest = s->chunk[0];
    for (uint32_t first = 0; first < chunks; first += LANES) {
        int any = 0; /* lanes at once, and a branch that is seldom taken */
        for (uint32_t l = 0; l < LANES; l++)
            any |= s->chunk[first + l] > highest;
        for (uint32_t l = 0; any && l < LANES; l++) {
            if (s->chunk[first + l] > highest) {
                best = first + l;
                highest = s->chunk[best];
            }
        }
    }
    return best;
}

/* Look at the most promising block of the most promising chunks, so that theta is high early. */
static int probe(Search *s, uint32_t known, float rest, uint32_t tries)
{
    uint32_t chunks = (s->blocks + CHUNK - 1) / CHUNK;
    while (tries) {
        uint32_t best = best_chunk(s, chunks), block = best * CHUNK, end = block + CHUNK;
        float told = s->chunk[best], highest = -INFINITY, second = -INFINITY;
        if (!(told > 0) || (told + rest) * 1.00001f < theta(s))
            break;
        for (uint32_t n = best * CHUNK; n < end && n < s->blocks; n++) {
            if (s->bound[n] > highest) {
                second = highest;
                highest = s->bound[n];
                block = n;
            } else if (s->bound[n] > second) {
                second = s->bound[n];
            }
        }
        s->chunk[best] = highest < told ? highest : second;
        if (highest < told)
            continue; /* its best one was looked at before */
        tries--;
        if (look_at(s, block, known, rest) == DAMAGED)
            return DAMAGED;
    }
    return PRESENT;
}

/* The least bound of a block without the terms in `rest` that may count; always above 0. */
static inline float least_bound(const Search *s, float rest)
{
    float least = (float)(theta(s) * 0.99999) - rest * 1.00001f;
    return rest > 0 || least > FLT_MIN ? least : FLT_MIN;
}

#define SAMPLED 4u /* one chunk of so many is counted */

/* Whether about so many blocks may still count, or fewer: what is saved does not pay for more. */
static int are_few(const Search *s, float rest, uint32_t enough)
{
    uint32_t count = 0;
    float least = least_bound(s, rest);
    for (uint32_t first = 0; first < s->blocks && count * SAMPLED <= enough;
         first += CHUNK * SAMPLED) {
        if (s->chunk[first / CHUNK] < least)
            continue;
        for (uint32_t n = first; n < first + CHUNK; n++)
            count += s->bound[n] >= least;
    }
    return count * SAMPLED <= enough;
}

#if defined(__GNUC__)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address) ((void)(address))
#endif

/* Ask for the memory that a look at a block will need. */
static void foresee(const Search *s, uint32_t block)
{
    FETCH(s->lengths + (size_t)block_start(s, block) * s->length_width);
    for (uint32_t t = 0; t < s->terms; t++) {
        const Postings *p = &s->term[t].postings;
        if (!p->dense)
            continue;
        for (uint32_t level = 0; level < s->levels; level++)
            FETCH(p->bound[level] + block);
        if (p->bitmap)
            FETCH(p->bitmap + 4 * (size_t)block);
    }
}

#define AHEAD 16u /* blocks whose memory is asked for before the first of them is looked at */

static int look_at_all(Search *s, const uint32_t *blocks, uint32_t count, uint32_t known, float rest)
{
    for (uint32_t n = 0; n < count; n++)
        if ((s->bound[blocks[n]] + rest) * 1.00001f >= theta(s) &&
            look_at(s, blocks[n], known, rest) == DAMAGED)
            return DAMAGED;
    return PRESENT;
}

typedef struct {
    uint32_t blocks[AHEAD + LANES], count;
} Ahead;

/* Put the blocks from `first` on that may count into `ahead`, LANES of them at most. */
static inline void note(const Search *s, uint32_t first, float least, Ahead *ahead)
{
    const float *bound = s->bound + first;
    int any = 0; /* lanes at once, and a branch that is seldom taken */
    for (uint32_t l = 0; l < LANES; l++)
        any |= bound[l] >= least;
    if (!any)
        return;
    for (uint32_t l = 0; l < LANES && first + l < s->blocks; l++) {
        if (bound[l] >= least) {
            foresee(s, first + l);
            ahead->blocks[ahead->count++] = first + l;
        }
    }
}

/* Look at every block that may count, in order. */
static int sweep(Search *s, uint32_t known, float rest)
{
    Ahead ahead = {{0}, 0};
    for (uint32_t n = 0; n * CHUNK < s->blocks; n++) {
        float least = least_bound(s, rest);
        if (s->chunk[n] < least)
            continue;
        for (uint32_t first = n * CHUNK; first < (n + 1) * CHUNK; first += LANES) {
            note(s, first, least, &ahead);
            if (ahead.count < AHEAD)
                continue;
            if (look_at_all(s, ahead.blocks, ahead.count, known, rest) == DAMAGED)
                return DAMAGED;
            ahead.count = 0;
        }
    }
    return look_at_all(s, ahead.blocks, ahead.count, known, rest);
}

#define WORTH_A_PROBE 4096u /* blocks of a term that theta may save us from adding */
#define LOOK 16u /* to look a block up in a term's list takes as long as to add so many */

/* Whether the next term's bounds need not be added: no block without it can count, or few do. */
static int may_wait(const Search *s, uint32_t known, float rest)
{
    uint32_t enough = s->term[known].postings.blocks / LOOK;
    return rest * 1.00001f < theta(s) && are_few(s, rest, enough);
}

static int search_pruned(Search *s)
{
    float rest = 0;
    uint32_t known = 0, tries = s->k < 8 ? 8 : s->k > 64 ? 64 : s->k;
    for (uint32_t t = 0; t < s->terms; t++)
        rest += s->term[t].most;
    for (; known < s->terms; known++) {
        if (known && s->term[known].postings.blocks >= WORTH_A_PROBE) {
            if (probe(s, known, rest, tries) == DAMAGED)
                return DAMAGED;
            tries = 4; /* theta is known by now, and rises a little */
        }
        if (may_wait(s, known, rest))
            break;
        if (add_bounds(s, known) == DAMAGED)
            return DAMAGED;
        rest -= s->term[known].most;
    }
    if (known == s->terms)
        rest = 0;
    if (probe(s, known, rest, tries) == DAMAGED)
        return DAMAGED;
    return sweep(s, known, rest);
}

/* Read every block that has a term: weights may be 0 or negative. */
static int search_all(Search *s)
{
    for (uint32_t t = 0; t < s->terms; t++) {
        const Postings *p = &s->term[t].postings;
        for (uint32_t n = 0; n < (p->dense ? p->of : p->blocks); n++) {
            uint32_t block = p->dense ? n : block_at(p, n);
            if (block >= s->blocks)
                return DAMAGED;
            if (!p->dense || p->bound[s->levels - 1][n])
                s->bound[block] = 1;
        }
    }
    for (uint32_t block = 0; block < s->blocks; block++)
        if (s->bound[block] > 0 && look_at(s, block, s->terms, 0) == DAMAGED)
            return DAMAGED;
    return PRESENT;
}

static int worst_first(const void *a, const void *b)
{
    return better((const Hit *)a, (const Hit *)b) ? -1 : 1;
}

/* Floats of working memory that grow with the segment. */
static size_t search_room(uint32_t blocks)
{
    return whole_chunks(blocks) * (CHUNK + 1) + LANES;
}

/* Run a search that is set up; the hits stand best first after it.

   `room`: `search_room` floats. It is the caller's because the system's own takes longer to give
   this much than a search does. */
static int search_run(Search *s, float *room)
{
    s->bound = room;
    s->chunk = room + whole_chunks(s->blocks) * CHUNK;
    s->tf = calloc((size_t)s->terms * s->widest + 1, sizeof *s->tf);
    s->slot_bound = malloc(((size_t)s->widest + 1) * sizeof *s->slot_bound);
    s->sums = malloc(((size_t)s->terms + 1) * sizeof *s->sums);
    s->first_in = malloc(((size_t)s->terms * (whole_chunks(s->blocks) + 1) + 1) * 4);
    int state = NO_MEMORY;
    if (s->tf && s->slot_bound && s->sums && s->first_in) {
        memset(room, 0, search_room(s->blocks) * sizeof *room);
        make_tables(s);
        state = s->prune ? search_pruned(s) : search_all(s);
        if (state != DAMAGED)
            qsort(s->hit, s->hits, sizeof *s->hit, worst_first);
    }
    free(s->tf);
    free(s->slot_bound);
    free(s->sums);
    free(s->first_in);
    return state;
}

#endif
