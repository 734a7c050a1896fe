/* SPDX-License-Identifier: MIT */
#include "search/matcher.h"

#include "search/phrase.h"

static void seek_and(struct matcher *matcher, uint32_t doc)
{
    for (uint32_t i = 0; i < matcher->n_children;) {
        struct matcher *child = matcher->children[i];

        matcher_seek(child, doc);
        if (child->doc == DOC_END) {
            matcher->doc = DOC_END;
            return;
        }
        if (child->doc == doc) {
            i++;
            continue;
        }
        doc = child->doc; /* the others have to follow, the first one first */
        i = 0;
    }
    matcher->doc = doc;
}

static bool is_excluded(struct matcher *matcher, uint32_t doc)
{
    for (uint32_t i = 0; i < matcher->n_excluded; i++) {
        matcher_seek(matcher->excluded[i], doc);
        if (matcher->excluded[i]->doc == doc)
            return true;
    }
    return false;
}

/** Once the time is over there are no more: what is excluded is not known any more. */
static void seek_without(struct matcher *matcher, uint32_t doc)
{
    do {
        seek_and(matcher, doc);
        doc = matcher->doc + 1;
    } while (matcher->doc != DOC_END && is_excluded(matcher, matcher->doc));
    if (matcher->n_excluded && matcher_is_late(matcher))
        matcher->doc = DOC_END;
}

static void seek_or(struct matcher *matcher, uint32_t doc)
{
    uint32_t first = DOC_END;

    for (uint32_t i = 0; i < matcher->n_children; i++) {
        struct matcher *child = matcher->children[i];

        matcher_seek(child, doc);
        first = child->doc < first ? child->doc : first;
    }
    matcher->doc = first;
}

static void seek_date(struct matcher *matcher, uint32_t doc)
{
    const struct segment *segment = matcher->segment;

    for (; doc < segment->n_docs; doc++) {
        uint32_t date = segment->dates[doc];

        if (date >= matcher->from && date <= matcher->to) {
            matcher->doc = doc;
            return;
        }
    }
    matcher->doc = DOC_END;
}

static void seek_phrase(struct matcher *matcher, uint32_t doc)
{
    struct matcher *words = matcher->children[0];

    for (;; doc = words->doc + 1) {
        matcher_seek(words, doc);
        if (words->doc == DOC_END || matcher->phrase->late ||
            phrase_is_in(matcher->phrase, words->doc))
            break;
    }
    matcher->doc = matcher->phrase->late ? DOC_END : words->doc;
}

void matcher_move(struct matcher *matcher, uint32_t doc)
{
    switch (matcher->kind) {
    case MATCH_LIST:
        cursor_seek(matcher->cursor, doc);
        matcher->doc = matcher->cursor->doc;
        break;
    case MATCH_AND:
        seek_without(matcher, doc);
        break;
    case MATCH_OR:
        seek_or(matcher, doc);
        break;
    case MATCH_PHRASE:
        seek_phrase(matcher, doc);
        break;
    case MATCH_DATE:
        seek_date(matcher, doc);
        break;
    case MATCH_NOTHING:
    case MATCH_ONE:
        matcher->doc = DOC_END;
        break;
    }
}
