/* The k best sentences of a segment of articles, at three levels: articles are bounded first, and
   only what may count is read.

   Terms are taken rarest first (MaxScore: Turtle and Flood, Query evaluation: strategies and
   optimizations, 1995). Scores are summed in doubles in the order of the query, as reference.py
   does, so that both give the same bits. */
#ifndef PULLQUOTE_ARTICLES_H
#define PULLQUOTE_ARTICLES_H

#include "bounds.h"

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

/* Note a posting of a term: what it says of its sentence, in floats. */
static inline void note_posting(Search *s, const Term *term, uint32_t first, uint32_t at, uint32_t tf)
{
    uint32_t length = length_of(s, first + at);
    float shape = tf == 1 && length < SMALL
                      ? s->once[length]
                      : (float)saturate(&s->model[0], tf, sentence_norm(s, length));
    s->held[at] |= term->bit;
    s->said[at] += term->heft * shape;
}

/* Read the postings that follow the samples. */
static int read_group(Search *s, Term *term, uint32_t *tfs, uint32_t first, uint32_t size)
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
        note_posting(s, term, first, at, tf);
        tfs[at++] = tf;
    } while (more && at < size);
    if (more)
        return DAMAGED;
    stay_at(&term->postings, term->number, &term->place);
    return PRESENT;
}

/* Read a term's postings in a block of `size` slots. */
static int read_block(Search *s, uint32_t t, uint32_t first, uint32_t size)
{
    Term *term = &s->term[t];
    uint32_t *tfs = s->tf + (size_t)t * s->widest, single = term->place.single;
    if (!(single & LAST))
        return read_group(s, term, tfs, first, size);
    uint32_t at = single & 0x1Fu;
    if (at >= size)
        return DAMAGED;
    tfs[at] = (single >> 5 & 3u) + 1;
    note_posting(s, term, first, at, tfs[at]);
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

/* The most that the terms in `held` add at a level. */
static double most_of(const Search *s, uint32_t held, uint32_t level)
{
    double sum = 0;
    for (uint32_t t = 0; t < s->terms && held; t++) {
        const Term *term = &s->term[t];
        if (term->found && held & term->bit)
            sum += term->table[level][term->place.bound[level]];
    }
    return sum;
}

/* The most that a sentence of these places scores as such. */
static inline float most_said(const Search *s, uint32_t from, uint32_t to)
{
    float most = 0;
    for (; from < to; from++)
        most = s->said[from] > most ? s->said[from] : most;
    return most;
}

static inline int may_count(const Search *s, double most)
{
    return !s->prune || most * SLACK >= theta(&s->best);
}

/* A stretch of an article's slots. */
typedef struct {
    uint32_t block, first; /* the article, and its first slot */
    uint32_t from, to;     /* places in it */
    uint32_t paragraph;
    double article;        /* what it scores */
} Stretch;

/* Score the sentences of a paragraph at three levels. */
static int score_paragraph(Search *s, const Stretch *at)
{
    if (at->paragraph >= s->paragraphs)
        return DAMAGED;
    sum_places(s, at->from, at->to, s->sums);
    uint32_t length = read32(s->paragraph_lengths + 4 * (size_t)at->paragraph);
    double whole = whole_score(s, 1, s->sums, length);
    double above = s->model[1].factor * whole + s->model[2].factor * at->article;
    for (uint32_t place = at->from; place < at->to; place++) {
        if (!may_count(s, above + s->said[place]))
            continue;
        double score = s->held[place] ? sentence_score(s, place, at->first + place) : 0;
        double total = s->model[0].factor * score;
        total = total + s->model[1].factor * whole;
        total = total + s->model[2].factor * at->article;
        Hit hit = {total, at->first + place - at->block - 1, {score, whole, at->article}};
        if (total >= theta(&s->best))
            keep(&s->best, hit);
    }
    return PRESENT;
}

/* Score the sentences of an article, paragraph by paragraph, as far as they may count. */
static int score_article(Search *s, uint32_t block, uint32_t first, uint32_t size)
{
    double below = most_of(s, ~0u, 1) + most_said(s, 1, size);
    if (!may_count(s, below + most_of(s, ~0u, 2)))
        return PRESENT;
    sum_places(s, 0, size, s->sums);
    uint32_t length = read32(s->article_lengths + 4 * (size_t)block);
    Stretch at = {block, first, 1, 1, 0, whole_score(s, 2, s->sums, length)};
    double article = s->model[2].factor * at.article;
    if (!may_count(s, article + below))
        return PRESENT;
    for (; at.from < size; at.from = at.to) {
        uint32_t held = s->held[at.from];
        at.paragraph = read32(s->paragraph_of + 4 * (size_t)(first + at.from));
        for (at.to = at.from + 1; at.to < size; held |= s->held[at.to++])
            if (read32(s->paragraph_of + 4 * (size_t)(first + at.to)) != at.paragraph)
                break;
        double most = article + most_of(s, held, 1) + most_said(s, at.from, at.to);
        if (may_count(s, most) && score_paragraph(s, &at) == DAMAGED)
            return DAMAGED;
    }
    return PRESENT;
}

static inline float bound_in(const Term *term)
{
    return record_bound(term, term->place.bound);
}

/* Read the terms of an article and score its sentences. */
static int read_article(Search *s, uint32_t block)
{
    uint32_t first = read32(s->starts + 4 * (size_t)block);
    uint32_t size = read32(s->starts + 4 * (size_t)block + 4) - first;
    int state = PRESENT;
    uint32_t read = 0;
    if (first >= s->slots || size > s->slots - first || !size || size > s->widest)
        return DAMAGED;
    for (; read < s->terms && state != DAMAGED; read++) {
        Term *term = &s->term[read];
        if (!term->found)
            continue;
        state = read_block(s, read, first, size);
    }
    if (state != DAMAGED)
        state = score_article(s, block, first, size);
    for (uint32_t t = 0; t < read; t++)
        if (s->term[t].found)
            memset(s->tf + (size_t)t * s->widest, 0, size * sizeof *s->tf);
    memset(s->held, 0, size * sizeof *s->held);
    memset(s->said, 0, size * sizeof *s->said);
    return state;
}

/* Look at a block: `known` terms are in its bound already, the rest are looked up now. */
static int look_at(Search *s, uint32_t block, uint32_t known, float rest)
{
    float bound = s->bound[block];
    s->bound[block] = -INFINITY; /* never again */
    if (s->deleted && s->deleted[block >> 3] >> (block & 7) & 1)
        return PRESENT;
    float left = bound, error = s->prune ? bound * 2.5e-7f * (float)(s->terms + 1) : INFINITY;
    for (uint32_t n = s->terms; n-- > 0;) {
        Term *term = &s->term[n];
        if (n < known && left < term->least - error) { /* those found make up its bound */
            for (n++; n-- > 0;)
                s->term[n].found = 0;
            break;
        }
        term->found = find_block(&term->postings, block, &term->number, &term->place);
        term->bound = term->found ? bound_in(term) : 0;
        if (n < known) {
            left -= term->bound;
            continue;
        }
        rest -= term->most;
        bound += term->bound;
        if (s->prune && (bound + (n > known ? rest : 0)) * SLACK < theta(&s->best))
            return PRESENT;
    }
    return read_article(s, block);
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
        if (!(told > 0) || (told + rest) * SLACK < theta(&s->best))
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
    float least = (float)(theta(&s->best) * 0.99999) - rest * SLACK;
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

/* Ask for the memory that a look at a block will need. */
static void foresee(const Search *s, uint32_t block)
{
    FETCH(s->starts + 4 * (size_t)block);
    for (uint32_t t = 0; t < s->terms; t++) {
        const Postings *p = &s->term[t].postings;
        for (uint32_t level = 0; p->dense && level < LEVELS; level++)
            FETCH(p->bound[level] + block);
    }
}

#define AHEAD 16u /* blocks whose memory is asked for before the first of them is looked at */

static int look_at_all(Search *s, const uint32_t *blocks, uint32_t count, uint32_t known, float rest)
{
    for (uint32_t n = 0; n < count; n++)
        if ((s->bound[blocks[n]] + rest) * SLACK >= theta(&s->best) &&
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
    return rest * SLACK < theta(&s->best) && are_few(s, rest, enough);
}

static int search_pruned(Search *s)
{
    float rest = 0;
    uint32_t known = 0, tries = s->best.k < 8 ? 8 : s->best.k > 64 ? 64 : s->best.k;
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
            if (!p->dense || p->bound[LEVELS - 1][n])
                s->bound[block] = 1;
        }
    }
    for (uint32_t block = 0; block < s->blocks; block++)
        if (s->bound[block] > 0 && look_at(s, block, s->terms, 0) == DAMAGED)
            return DAMAGED;
    return PRESENT;
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
    s->held = calloc((size_t)s->widest + 1, sizeof *s->held);
    s->said = calloc((size_t)s->widest + 1, sizeof *s->said);
    s->sums = malloc(((size_t)s->terms + 1) * sizeof *s->sums);
    s->first_in = malloc(((size_t)s->terms * (whole_chunks(s->blocks) + 1) + 1) * 4);
    int state = NO_ROOM;
    if (s->tf && s->held && s->said && s->sums && s->first_in) {
        memset(room, 0, search_room(s->blocks) * sizeof *room);
        make_tables(s);
        state = s->prune ? search_pruned(s) : search_all(s);
        sort_hits(&s->best);
    }
    free(s->tf);
    free(s->held);
    free(s->said);
    free(s->sums);
    free(s->first_in);
    return state;
}

#endif
