/* The k best of plain documents, which stand in a segment by ascending length.

   A term has two sets, the documents that have it and those of them that have it more than once.
   A search walks through these sets, the shortest first, and looks every document up in those that
   are left (MaxScore: Turtle and Flood, Query evaluation: strategies and optimizations, 1995). As
   lengths ascend, the best that a document can score falls on the way, so that a walk ends where
   that is less than k documents have already. Scores are summed in doubles in the order of the
   query, as reference.py does, so that both give the same bits. */
#ifndef PULLQUOTE_PLAIN_H
#define PULLQUOTE_PLAIN_H

#include "hits.h"
#include "okapi.h"
#include "sets.h"

#define MOST_PRUNED 64u /* different words; a query of more is worked out by exhaustion */
#define CHUNK_READ 256u /* documents that are looked up together */
#define TOLD 4u /* frequencies whose share is reckoned once a run */
#define HANDFUL 64u /* documents that are read at once */

/* A segment whose sizes were checked. */
typedef struct {
    uint32_t slots, runs; /* documents; stretches of them that have the same length */
    uint32_t *run_start;  /* runs + 1 */
    double *norm;         /* of each run */
    float (*adds)[TOLD];  /* what 1, 2, 3… occurrences add in each run, before their weight */
    const uint8_t *documents; /* the number of each slot's document */
    uint32_t document_width;
    Model model;
} Plain;

typedef struct {
    Set all, again;
    const uint8_t *tf; /* of those that have it more than once */
    uint32_t tf_width, most;
    uint32_t number, times; /* how often the query has it */
    double weight;
    float heft;            /* weight x times */
    int all_done, again_done;
    uint32_t few[HANDFUL + WORD]; /* the documents that have it, where they are few */
    uint32_t next;         /* of them, the first that this walk may come by */
} Word;

/* A search, and where it is. */
typedef struct {
    const Plain *of;
    Word *word;
    uint32_t words;
    const uint32_t *order; /* the query: places in `word` */
    uint32_t wanted;
    Best best;
    /* the walk */
    uint32_t own; /* the word whose set is walked through */
    int repeated; /* whether it is the set of those that have it more than once */
    uint32_t run;
    uint32_t heaviest[MOST_PRUNED];    /* all words, by weight */
    uint32_t look[MOST_PRUNED], looks; /* the words that documents are looked up for */
    float reach[MOST_PRUNED];          /* the most that each of them adds in this run */
    float after[MOST_PRUNED + 1];      /* the most that it and those after it add */
    float own_reach;
} Quest;

/* Documents of one run that may count. */
typedef struct {
    uint32_t slot[CHUNK_READ], size;
    float got[CHUNK_READ]; /* the most that the words found so far add */
    uint64_t found[CHUNK_READ];
} Hopeful;

#define REPEATS 8u /* bytes before the set of repeats: how many they are, and the highest tf */

/* Open a term's bytes; DAMAGED where they do not fit. */
static int word_open(Word *word, const Plain *of, uint32_t count, const uint8_t *at, size_t size)
{
    const uint8_t *end = at + size;
    uint64_t taken = set_open(&word->all, count, of->slots, at, end, 0);
    word->most = 1;
    word->again.count = 0;
    if (!taken)
        return DAMAGED;
    if (count <= HANDFUL) {
        Walk all = {0, 0};
        if (set_read(&word->all, &all, word->few, HANDFUL + WORD) != count)
            return DAMAGED;
    }
    if (taken == size)
        return PRESENT;
    at += taken;
    if (end - at < (ptrdiff_t)REPEATS)
        return DAMAGED;
    uint32_t repeats = read32(at);
    word->most = read32(at + 4);
    at += REPEATS;
    taken = set_open(&word->again, repeats, of->slots, at, end, 1);
    word->tf = at + taken;
    word->tf_width = word->most < 256 ? 1 : 4;
    if (!taken || repeats > count || word->most < 2 || word->most > INT32_MAX ||
        (uint64_t)repeats * word->tf_width != (uint64_t)(end - word->tf))
        return DAMAGED;
    return PRESENT;
}

/* How often a document that has a word more than once has it; from 1 to `most`. */
static inline uint32_t repeats_at(const Word *word, uint32_t place)
{
    uint32_t tf = word->tf_width == 1 ? word->tf[place] : read32(word->tf + 4 * (size_t)place);
    return !tf ? 1 : tf < word->most ? tf : word->most;
}

/* The run of a slot; `near` is one that it is likely to be in, or right after. */
static inline uint32_t run_of(const Plain *of, uint32_t slot, uint32_t near)
{
    for (uint32_t run = near; run < near + 2 && run < of->runs; run++)
        if (of->run_start[run] <= slot && slot < of->run_start[run + 1])
            return run;
    uint32_t low = 0, high = of->runs;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (of->run_start[middle] <= slot)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Find a document that is not before the one that this walk looked for last. */
static inline int find_next(Word *word, uint32_t slot)
{
    uint32_t place;
    if (word->all.count > HANDFUL)
        return set_find(&word->all, slot, &place);
    while (word->next < word->all.count && word->few[word->next] < slot)
        word->next++;
    return word->next < word->all.count && word->few[word->next] == slot;
}

/* What a word that stands so often adds in a run, before its weight. */
static inline float added(const Plain *of, uint32_t tf, uint32_t run)
{
    return tf <= TOLD ? of->adds[run][tf - 1] : (float)saturate(&of->model, tf, of->norm[run]);
}

/* The most that a word adds to a document of a run that no walk has come by. */
static inline float reach_of(const Quest *q, const Word *word, uint32_t run)
{
    return word->heft * added(q->of, word->again_done ? 1 : word->most, run);
}

/* Reckon what the words add in a run; whether its documents may count. */
static int enter(Quest *q, uint32_t run)
{
    q->run = run;
    q->after[q->looks] = 0;
    for (uint32_t l = q->looks; l-- > 0;) {
        q->reach[l] = reach_of(q, &q->word[q->look[l]], run);
        q->after[l] = q->after[l + 1] + q->reach[l];
    }
    q->own_reach = reach_of(q, &q->word[q->own], run);
    return (double)((q->own_reach + q->after[0]) * SLACK) >= theta(&q->best);
}

/* Score a document exactly, unless an earlier walk came by it. */
static int judge(Quest *q, uint32_t slot, uint64_t found)
{
    uint32_t tf[MOST_PRUNED], place = 0;
    for (uint32_t n = 0; n < q->words; n++) {
        const Word *word = &q->word[n];
        tf[n] = (uint32_t)(found >> n & 1u);
        if (word->all_done) {
            int state = set_find(&word->all, slot, &place);
            if (state != ABSENT)
                return state; /* it was judged then */
        }
        if (!tf[n] || !word->again.count)
            continue;
        int state = set_find(&word->again, slot, &place);
        if (state == DAMAGED || (state == PRESENT && word->again_done))
            return state;
        if (state == PRESENT)
            tf[n] = repeats_at(word, place);
    }
    double sum = 0, norm = q->of->norm[q->run];
    for (uint32_t n = 0; n < q->wanted; n++) {
        uint32_t w = q->order[n];
        if (tf[w])
            sum += q->word[w].weight * saturate(&q->of->model, tf[w], norm);
    }
    if (!(sum >= theta(&q->best)))
        return PRESENT;
    uint32_t id = read_narrow(q->of->documents + (size_t)slot * q->of->document_width,
                              q->of->document_width);
    if (id >= q->of->slots)
        return DAMAGED;
    keep(&q->best, (Hit){sum, id, {sum, 0, 0}});
    return PRESENT;
}

/* Look documents up for the other words, as long as they may count, and judge the others. */
static int look_up(Quest *q, Hopeful *at)
{
    for (uint32_t l = 0; l < q->looks && at->size; l++) {
        Word *word = &q->word[q->look[l]];
        uint64_t bit = (uint64_t)1 << q->look[l];
        float reach = q->reach[l], rest = q->after[l + 1];
        double need = theta(&q->best);
        uint32_t left = 0;
        for (uint32_t n = 0; n < at->size; n++) {
            int state = find_next(word, at->slot[n]);
            if (state == DAMAGED)
                return DAMAGED;
            float got = at->got[n] + (state ? reach : 0);
            at->slot[left] = at->slot[n];
            at->found[left] = at->found[n] | (state ? bit : 0);
            at->got[left] = got;
            left += (double)((got + rest) * SLACK) >= need;
        }
        at->size = left;
    }
    for (uint32_t n = 0; n < at->size; n++)
        if ((double)(at->got[n] * SLACK) >= theta(&q->best) &&
            judge(q, at->slot[n], at->found[n]) == DAMAGED)
            return DAMAGED;
    return PRESENT;
}

/* Take the documents of one run from those that were read; how many. */
static uint32_t take_run(Quest *q, const uint32_t *slot, uint32_t size, uint32_t place, Hopeful *at)
{
    const Word *own = &q->word[q->own];
    uint32_t first = q->of->run_start[q->run], width = q->of->run_start[q->run + 1] - first;
    for (at->size = 0; at->size < size && slot[at->size] - first < width; at->size++) {
        uint32_t n = at->size;
        at->slot[n] = slot[n];
        at->found[n] = (uint64_t)1 << q->own;
        at->got[n] = q->own_reach;
        if (q->repeated)
            at->got[n] = own->heft * added(q->of, repeats_at(own, place + n), q->run);
    }
    return at->size;
}

/* Walk through one of a word's sets. */
static int walk(Quest *q)
{
    const Set *set = q->repeated ? &q->word[q->own].again : &q->word[q->own].all;
    Walk at = {0, 0};
    uint32_t slot[CHUNK_READ];
    Hopeful hopeful;
    for (;;) {
        uint32_t place = at.place;
        int64_t size = set_read(set, &at, slot, CHUNK_READ);
        if (size <= 0)
            return (int)size;
        for (uint32_t n = 0; n < (uint32_t)size;) {
            if (slot[n] >= q->of->slots)
                return DAMAGED;
            if (!enter(q, run_of(q->of, slot[n], q->run)))
                return PRESENT;
            n += take_run(q, slot + n, (uint32_t)size - n, place + n, &hopeful);
            if (look_up(q, &hopeful) == DAMAGED)
                return DAMAGED;
        }
    }
}

/* A set to walk through. */
typedef struct {
    uint32_t count, word;
    int repeated;
} Way;

static int shortest_first(const void *a, const void *b)
{
    const Way *one = a, *other = b;
    if (one->count != other->count)
        return one->count < other->count ? -1 : 1;
    if (one->repeated != other->repeated)
        return one->repeated ? -1 : 1;
    return (one->word > other->word) - (one->word < other->word);
}

/* Order the words by weight: what a document has not of the heaviest counts most against it. */
static void weigh_words(Quest *q)
{
    for (uint32_t n = 0; n < q->words; n++) {
        uint32_t at = n;
        for (; at && q->word[q->heaviest[at - 1]].heft < q->word[n].heft; at--)
            q->heaviest[at] = q->heaviest[at - 1];
        q->heaviest[at] = n;
    }
}

/* Choose the words that documents of the next walk are looked up for. */
static void set_out(Quest *q, const Way *way)
{
    q->own = way->word;
    q->repeated = way->repeated;
    q->looks = 0;
    for (uint32_t n = 0; n < q->words; n++) {
        uint32_t w = q->heaviest[n];
        q->word[w].next = 0;
        if (w != way->word && !q->word[w].all_done)
            q->look[q->looks++] = w;
    }
}

/* Walk until no document that was not come by can count. */
static int walk_all(Quest *q)
{
    Way way[2 * MOST_PRUNED];
    uint32_t ways = 0;
    for (uint32_t n = 0; n < q->words; n++) {
        way[ways++] = (Way){q->word[n].all.count, n, 0};
        if (q->word[n].again.count)
            way[ways++] = (Way){q->word[n].again.count, n, 1};
    }
    qsort(way, ways, sizeof *way, shortest_first);
    weigh_words(q);
    for (uint32_t n = 0; n < ways; n++) {
        Word *word = &q->word[way[n].word];
        if (way[n].repeated && word->all_done)
            continue;
        set_out(q, &way[n]);
        if (!enter(q, 0))
            break;
        if (walk(q) == DAMAGED)
            return DAMAGED;
        if (way[n].repeated)
            word->again_done = 1;
        else
            word->all_done = 1;
    }
    return PRESENT;
}

/* Add what a word says to the scores of all documents that have it. */
static int add_word(Quest *q, const Word *word, double *score, uint8_t *has)
{
    Walk at = {0, 0};
    uint32_t slot[CHUNK_READ], place = 0;
    int64_t size;
    while ((size = set_read(&word->all, &at, slot, CHUNK_READ)) > 0) {
        for (uint32_t n = 0; n < (uint32_t)size; n++) {
            uint32_t tf = 1;
            if (slot[n] >= q->of->slots)
                return DAMAGED;
            int again = word->again.count ? set_find(&word->again, slot[n], &place) : ABSENT;
            if (again == DAMAGED)
                return DAMAGED;
            if (again)
                tf = repeats_at(word, place);
            q->run = run_of(q->of, slot[n], q->run);
            score[slot[n]] += word->weight * saturate(&q->of->model, tf, q->of->norm[q->run]);
            has[slot[n]] = 1;
        }
    }
    return (int)size;
}

/* Score every document that has a word: weights may be 0 or negative, words many. */
static int score_all(Quest *q)
{
    double *score = calloc((size_t)q->of->slots + 1, sizeof *score);
    uint8_t *has = calloc((size_t)q->of->slots + 1, 1);
    int state = score && has ? PRESENT : NO_ROOM;
    for (uint32_t n = 0; n < q->wanted && state >= 0; n++)
        state = add_word(q, &q->word[q->order[n]], score, has);
    for (uint32_t slot = 0; slot < q->of->slots && state >= 0; slot++) {
        uint32_t id = read_narrow(q->of->documents + (size_t)slot * q->of->document_width,
                                  q->of->document_width);
        if (!has[slot] || !(score[slot] >= theta(&q->best)))
            continue;
        if (id >= q->of->slots)
            state = DAMAGED;
        else
            keep(&q->best, (Hit){score[slot], id, {score[slot], 0, 0}});
    }
    free(score);
    free(has);
    return state;
}

#endif
