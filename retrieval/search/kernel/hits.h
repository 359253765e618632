/* The k best documents so far: a heap whose first is the worst of them. */
#ifndef PULLQUOTE_HITS_H
#define PULLQUOTE_HITS_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define LEVELS 3

/* Beyond these a weight could leave what a bound, a float, can hold. */
#define LIGHTEST 1e-9
#define HEAVIEST 1e9
#define SLACK 1.00001f /* bounds are floats: more than all their rounding */

typedef struct {
    double score;
    uint32_t id;
    double part[LEVELS];
} Hit;

typedef struct {
    Hit *hit;
    uint32_t hits, k;
    double floor;
} Best;

/* The score that a document needs at least. */
static inline double theta(const Best *best)
{
    return best->hits < best->k ? best->floor : best->hit[0].score;
}

static inline int better(const Hit *a, const Hit *b)
{
    return a->score > b->score || (a->score == b->score && a->id < b->id);
}

/* Keep a hit if it is among the k best. */
static void keep(Best *best, Hit hit)
{
    Hit *heap = best->hit;
    uint32_t at;
    if (best->hits < best->k) {
        at = best->hits++;
        while (at && better(&heap[(at - 1) / 2], &hit)) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
    } else {
        if (!better(&hit, &heap[0]))
            return;
        at = 0;
        for (uint32_t child = 1; child < best->hits; child = 2 * at + 1) {
            if (child + 1 < best->hits && better(&heap[child], &heap[child + 1]))
                child++;
            if (!better(&hit, &heap[child]))
                break;
            heap[at] = heap[child];
            at = child;
        }
    }
    heap[at] = hit;
}

static int best_first(const void *a, const void *b)
{
    return better((const Hit *)a, (const Hit *)b) ? -1 : 1;
}

static void sort_hits(Best *best)
{
    if (best->hits)
        qsort(best->hit, best->hits, sizeof *best->hit, best_first);
}

#endif
