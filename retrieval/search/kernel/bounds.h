/* The best that the blocks of a segment of articles can score: the bounds of the terms, added up.

   Ding and Suel, Faster top-k document retrieval using block-max indexes, 2011; a block here is an
   article. */
#ifndef PULLQUOTE_BOUNDS_H
#define PULLQUOTE_BOUNDS_H

#include <float.h>

#include "okapi.h"
#include "postings.h"

#define LANES 8u /* that a compiler may work on at once */
#define TABLE 256u
#define BITS 32u /* terms that a sentence is known to hold or not; any more share the last */
#define SMALL 64u /* lengths below it are reckoned once a query */

typedef struct {
    Postings postings;
    double weight[LEVELS];
    uint32_t times; /* how often the query has it */
    float heft;     /* weight x times x factor at the level of sentences */
    uint32_t bit;   /* of the terms that a sentence holds */
    float most;     /* no document has more of it */
    float least;    /* no block that has it, or a term before it, has less of it */
    float table[LEVELS][TABLE];
    /* of the block that is looked at */
    int found;
    uint32_t number;
    Place place;
    float bound;
} Term;

typedef struct {
    /* the segment */
    const uint8_t *lengths;
    uint32_t length_width, slots, blocks, widest, paragraphs;
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
    uint32_t *tf;        /* terms x widest, 0 between blocks */
    uint32_t *held;      /* the terms that each place of the block has; 0 between blocks */
    float *said;         /* what they score there as a sentence, about; 0 between blocks */
    double small[SMALL]; /* what short lengths do to a sentence's terms */
    float once[SMALL];   /* and what a single occurrence adds there, before its weight */
    uint32_t *sums;      /* one a term */
    uint32_t *first_in;  /* terms x (chunks + 1) */
    Best best;
} Search;

static const float HIGHEST_SENTENCE[] = {1, 2, 3, INFINITY};
static const float HIGHEST_WHOLE[] = {1, 2, 3, 4, 6, 9, 16, INFINITY};

/* The best score that each bound byte allows, for each term; a little more, for rounding. */
static void make_tables(Search *s)
{
    const uint8_t *floors = s->floors;
    float room = 1.0f + 2e-6f + 4e-7f * (float)s->terms;
    for (uint32_t level = 0; level < LEVELS; level++) {
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
    for (uint32_t t = 0; t < s->terms; t++) {
        Term *term = &s->term[t];
        term->heft = (float)(term->weight[0] * term->times * s->model[0].factor);
        term->bit = (uint32_t)1 << (t < BITS ? t : BITS - 1);
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

static inline float record_bound(const Term *term, const uint8_t *bounds)
{
    float sum = term->table[0][bounds[0]];
    for (uint32_t level = 1; level < LEVELS; level++)
        sum += term->table[level][bounds[level]];
    return sum;
}

/* Add what their bounds allow to the blocks of records, and note in `ends` after which record each
   chunk has no more; DAMAGED where there is no such block. */
static int add_each(Search *s, const Term *term, uint32_t *restrict ends)
{
    const Postings *p = &term->postings;
    for (uint32_t n = 0; n < p->blocks; n++) {
        uint32_t block = block_at(p, n);
        if (block >= s->blocks)
            return DAMAGED;
        s->bound[block] += record_bound(term, record_at(p, n) + p->width);
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
    if (add_each(s, term, first_in + 1) == DAMAGED)
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
    for (uint32_t level = 0; level < LEVELS; level++)
        add_dense(s->bound, term->postings.bound[level], s->blocks, term->table[level]);
    raise_chunks(s);
    return PRESENT;
}

#endif
