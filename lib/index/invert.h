/* SPDX-License-Identifier: MIT */
/* index/invert.h - documents to one segment, in memory.
 *
 * Tokens are kept in the order of the text (index/stream.h) and nothing else: the families come out
 * of sorting them, as records, when the segment is written (invert_write.c). So adding a token
 * costs one append, and the memory at the end is known from their number. An inversion is
 * independent of all others; several threads may each have one.
 *
 *   record := form (25 bits) slot (20) position inside the slot (18) whole (1)
 *
 * A slot is SLOT_POSITIONS positions of one document; nearly every document has one slot. */
#pragma once

#include "index/columns.h"
#include "index/stored.h"
#include "index/stream.h"
#include "text/analyzer.h"
#include "text/days.h"
#include "text/introduced.h"
#include "text/stem.h"

enum {
    RECORD_FORM_BITS = STREAM_FORM_BITS,
    RECORD_SLOT_BITS = 20,
    RECORD_POSITION_BITS = 18,
    RECORD_LOW_BITS = RECORD_SLOT_BITS + RECORD_POSITION_BITS + 1, /* all below the form */
    SLOT_POSITIONS = 1 << RECORD_POSITION_BITS,
};

struct slot {
    uint32_t doc, start; /* position that the slot's first one stands for */
};

/* Parts of the memory: for the tokens of a segment with its words and columns, for the records of a
 * round of sorting (index/rounds.h), and for the lists of pairs (invert_families.h), which are not
 * all there before most of the tokens are gone. A token takes some 3 bytes and a record 8, and all
 * tokens are walked through once a round: so it is two rounds. */
enum { MEMORY_PARTS = 64, MEMORY_TOKENS = 20, MEMORY_ROUNDS = 27, MEMORY_LISTS = 17 };

enum { PART_TOKENS = 1 << 16, PART_LEAST = 64 };

/* Forms that are ordered at a time. More than FORMS_MANY take so much memory when they are written
 * that it is saved at the cost of time, and records have this share of theirs. */
enum { FORMS_GROUP = 1 << 20, FORMS_MANY = 1 << 21, MANY_SHARE = 8 };

enum { HEAD_WORDS = 60 }; /* of title and text that are their head */

/** Fields in the order of their letters. */
enum {
    FIELD_BRIEF,
    FIELD_BYLINE,
    FIELD_DAY,
    FIELD_STEM, /* E */
    FIELD_TAG,
    FIELD_HEAD,
    FIELD_KIND,
    FIELD_LANG,
    FIELD_MEANING,
    FIELD_NUMBER,
    FIELD_PLACE,
    FIELD_SOURCE,
    FIELD_TITLE,
    FIELDS
};
#define FIELD_LETTERS "ABDEGHKLMNPST"

struct invert {
    struct segment_writer segment;
    struct stored_writer stored;
    struct columns columns;
    struct analyzer *analyzer;
    struct analyzer_reading reading; /* of the text at hand, … */
    struct tokens tokens;            /* … a part of it, … */
    struct tokens others;            /* … its title, or one of its fields */
    struct named_days named_days;    /* of the part, and as they are put into their field */
    struct buffer days;
    struct introductions introductions; /* of the text: text/introduced.h */
    struct stems *stemmers;
    struct buffer stems; /* of the part: text/stem.h */
    struct stream text, fields[FIELDS];
    VECTOR(struct slot) slots;
    struct sketch_words sketch_words;
    size_t memory;   /* bytes it may use, those of writing included */
    size_t part;     /* tokens of a text that are held at a time, PART_LEAST or more */
    size_t group;    /* forms that are ordered at a time, unless more begin alike */
    size_t many;     /* forms, above which memory is saved */
    bool settled;    /* the words met are written and forgotten then */
    bool exact_only; /* write FAMILY_EXACT alone: what other engines keep, to be measured */
};

/** `memory`: bytes, see above. */
int invert_new(size_t memory, struct invert **out, struct muc_error *err);
void invert_free(struct invert *invert);
/** From now on. */
void invert_memory(struct invert *invert, size_t memory);

/** Begin segment `number`; what was there is dropped. */
void invert_start(struct invert *invert, struct spill *spill, uint32_t number);

/** Add the next document, which is within the limits and valid UTF-8. After any failure but
 *  MUC_EINPUT only invert_start() may follow. */
int invert_add(struct invert *invert, const struct muc_document *document, uint64_t content,
               struct muc_error *err);

/** Whether the segment should be written before the next document. */
bool invert_is_full(const struct invert *invert);

/** Write the segment; `manifest` is what it came to. */
int invert_finish(struct invert *invert, struct manifest *manifest, struct muc_error *err);

/* ---- invert_write.c */
int invert_write_families(struct invert *invert, struct muc_error *err);
