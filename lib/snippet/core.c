/* SPDX-License-Identifier: MIT */
/* The best matches to show together are those that fit and have, in this order, the highest sum of
 * each word's best weight, the shortest span, the earliest place. One pass with two ends finds the
 * best sum, a second the shortest span that has it; a queue for each word keeps its best match at
 * hand, so that both are linear. */
#include <stdlib.h>

#include "base/error.h"
#include "snippet/window.h"

#define NONE UINT32_MAX

/* The matches of one word that can still become its best: falling weights, in the order of the
 * text. Empty: first is NONE. */
struct queue {
    uint32_t first, last;
};

struct link {
    uint32_t before, behind; /* in the queue of its word, or NONE */
};

struct slide {
    const struct snippet_match *matches;
    struct queue *queues; /* by word */
    struct link *links;   /* by match */
    uint32_t left, right; /* matches left … right - 1 are in */
    uint32_t end;         /* of the text that they cover, or a little behind it */
    uint64_t weight;      /* sum of the words' best */
};

static void slide_rewind(struct slide *slide, uint32_t n_words)
{
    for (uint32_t i = 0; i < n_words; i++)
        slide->queues[i].first = NONE;
    slide->left = slide->right = slide->end = 0;
    slide->weight = 0;
}

static void slide_take(struct slide *slide)
{
    uint32_t i = slide->right++;
    const struct snippet_match *matches = slide->matches;
    struct queue *queue = &slide->queues[matches[i].word];
    uint32_t last = queue->first == NONE ? NONE : queue->last;

    slide->end = matches[i].end > slide->end ? matches[i].end : slide->end;
    if (last != NONE)
        slide->weight -= matches[queue->first].weight;
    while (last != NONE && matches[last].weight <= matches[i].weight)
        last = slide->links[last].before;
    slide->links[i] = (struct link){ last, NONE };
    if (last == NONE)
        queue->first = i;
    else
        slide->links[last].behind = i;
    queue->last = i;
    slide->weight += matches[queue->first].weight;
}

static void slide_drop(struct slide *slide)
{
    uint32_t i = slide->left++, behind;
    struct queue *queue = &slide->queues[slide->matches[i].word];

    if (slide->left + 1 == slide->right) /* a longer one may have covered more */
        slide->end = slide->matches[slide->left].end;
    if (queue->first != i)
        return; /* a better one stands behind it */
    behind = slide->links[i].behind;
    slide->weight -= slide->matches[i].weight;
    queue->first = behind;
    if (behind == NONE)
        return;
    slide->links[behind].before = NONE;
    slide->weight += slide->matches[behind].weight;
}

/* Whether the leftmost match can go: one as good, or better, of its word stands behind it. */
static bool slide_spare(const struct slide *slide)
{
    return slide->queues[slide->matches[slide->left].word].first != slide->left;
}

/* Take the next match and drop from the left until all fit; one match alone always does. */
static void slide_step(struct slide *slide, uint32_t size)
{
    slide_take(slide);
    while (slide->left + 1 < slide->right && slide->end - slide->matches[slide->left].start > size)
        slide_drop(slide);
}

int core_find(const struct snippet_match *matches, size_t n, uint32_t size, struct piece *core,
              struct muc_error *err)
{
    struct slide slide = { .matches = matches };
    uint32_t n_words = 0, span = UINT32_MAX;
    uint64_t weight = 0;

    for (size_t i = 0; i < n; i++)
        n_words = matches[i].word >= n_words ? matches[i].word + 1U : n_words;
    slide.queues = malloc(n_words * sizeof *slide.queues);
    slide.links = malloc(n * sizeof *slide.links);
    if (!slide.queues || !slide.links) {
        free(slide.queues);
        free(slide.links);
        return error_memory(err);
    }
    for (slide_rewind(&slide, n_words); slide.right < n;) {
        slide_step(&slide, size);
        weight = slide.weight > weight ? slide.weight : weight;
    }
    for (slide_rewind(&slide, n_words); slide.right < n;) {
        slide_step(&slide, size);
        if (slide.weight != weight)
            continue;
        while (slide_spare(&slide))
            slide_drop(&slide);
        if (slide.end - matches[slide.left].start < span) {
            *core = (struct piece){ matches[slide.left].start, slide.end };
            span = core->end - core->start;
        }
    }
    free(slide.queues);
    free(slide.links);
    return MUC_OK;
}
