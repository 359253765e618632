/* The formula of Okapi BM25 as rank-bm25 has it, in the order of operations of bm25.py's Okapi. */
#ifndef PULLQUOTE_OKAPI_H
#define PULLQUOTE_OKAPI_H

typedef struct {
    double k1, b, average, factor;
} Model;

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

#endif
