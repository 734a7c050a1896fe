/* SPDX-License-Identifier: MIT */
/* query/query.h - a query string to a tree, whatever the string.
 *
 * query knows the language of queries and of text, nothing of an index; pure; includes base and
 * text. Total: every byte string gives a tree, perhaps an empty one, and warnings with positions.
 *
 *   query   := or
 *   or      := and { OR and }
 *   and     := { [AND] {+ | - | NOT} unary }             juxtaposed operands
 *   unary   := item { NEAR/N item }                      items that are words, phrases, groups
 *   group   := ( word or phrase { OR word or phrase } )
 *   item    := primary [^NUMBER]
 *   primary := [= | ~] value | date:RANGE | id:VALUE | id:"VALUE"       RANGE: query/range.h
 *   value   := word [~[1|2]] | "phrase" [~N] | ( or ) | FIELD:word | FIELD:"phrase" | FIELD:( or )
 *            | in:word | in:"phrase"
 *
 * Operators are capitals. + and - are signs only directly before a word, behind a blank or an
 * opening bracket, so that `QĐ-UBND`, `2020-2025` and `xanh - sạch - đẹp` are words; nor is the -
 * of a name and its number, `Su -30`: Latin letters with a capital, then at most three digits,
 * which may have a capital behind them; nor the + of a telephone number, `+84`. Every double or
 * angle quote opens and closes a phrase. What does not fit, an operator without operands, an
 * unknown field, a time (8:30), a date that does not exist, is read as words; a quote or bracket
 * without partner is left out; where the user meant something by it, a warning says so.
 *
 * Plain words next to each other are analysed together. What then belongs together, because it was
 * typed without a blank (`QĐ-UBND`, `1/8/2014`) or because a whole token covers it (`TP. HCM`,
 * `1 000 000`), is one unit. The tree is made of units:
 *
 *   môi                 (word môi)
 *   môi trường          (and (word môi spoken) (word trường spoken))
 *   QĐ-UBND             (phrase qđ ubnd)
 *   TP.HCM  "TP.HCM"    (or (word tphcm) (phrase tp hcm))      whole tokens, then the parts
 *   "vệ môi"~5          (near/5 vệ môi)
 *   "bảo vệ môi"~5      (near/6 bảo vệ môi)      all words, N + 1 for each beyond two
 *   "vệ môi" NEAR/5 rừng  (near/6 vệ môi rừng)      the same
 *   (vệ OR tệ) NEAR/5 rừng  (or (near/5 vệ rừng) (near/5 tệ rừng))
 *   title:(a OR b)^2    (or (word title: a ^2) (word title: b ^2))      fields, weights: on leaves
 *   môi*  m?i  quyet~2  (word môi*)  (word m?i)  (word quyet~2)      query/pattern.h
 *   "nông ngh*"         (phrase nông ngh*)
 *   =hòa  ~hòa          (word hòa exact)  (word hòa any marks)
 *   in:22/12/2020 a     (and (must (phrase 22 12 2020)) (word a))      a date of the text
 *   a +b -c             (and (word a) (must (word b)) (not (word c)))
 *   a (-b)  -(-b)       (and (word a) (not (word b)))  (word b)
 *   -a OR b             (or (and (not (word a))) (word b))      AND of NOT alone finds nothing
 *
 * AND and OR have at least two children, but for an AND with a single NOT. NONE is a root only.
 *
 * Bounds: QUERY_MAX_WORDS, from which QUERY_MAX_NODES follows: a tree of n leaves and signs has
 * less than 2n nodes. What is beyond is dropped, brackets deeper than QUERY_MAX_DEPTH are ignored,
 * both with a warning. Time is linear in the size of the string. */
#pragma once

#include "base/arena.h"
#include "base/buffer.h"
#include "base/str.h"
#include "query/pattern.h"
#include "text/analyzer.h"

enum {
    QUERY_MAX_SIZE = 64 << 10, /* bytes of a query */
    QUERY_MAX_NODES = 1024,
    QUERY_MAX_DEPTH = 64,
    QUERY_MAX_WORDS = QUERY_MAX_NODES / 2, /* words, dates, ids and signs, those in phrases too */
    QUERY_MAX_WARNINGS = 32,
    QUERY_MAX_WEIGHT = 100,
    QUERY_MAX_SLOP = 1000,
    QUERY_MAX_PATTERNS = 16, /* each looks at all terms */
    QUERY_MAX_NEARS = 64,    /* that one NEAR between groups makes */
};

#define QUERY_MIN_WEIGHT 0.01F

enum node_kind {
    NODE_NONE,   /* matches nothing: an empty query, a query without letters */
    NODE_WORD,   /* one syllable: `word` */
    NODE_PHRASE, /* words[0 … n_words) at their relative positions (word.offset) */
    NODE_NEAR,   /* words in any order, the last at most `slop` positions behind the first */
    NODE_AND,    /* juxtaposed children: how they are joined is decided by --match */
    NODE_OR,     /* written OR */
    NODE_NOT,    /* one child, only below NODE_AND */
    NODE_MUST,   /* one child that has to match even under --match any; only below NODE_AND */
    NODE_DATE,   /* the document's date within [from, to], zeros are open ends; both open: all
                  * documents, also those without a date (no string makes that) */
    NODE_ID,     /* value: an id, byte for byte */
};

enum field {
    FIELD_ANY, /* title and text */
    FIELD_TITLE,
    FIELD_BYLINE,
    FIELD_SOURCE,
    FIELD_KIND,
    FIELD_TAG,
    FIELD_LANG,
    FIELD_HEAD, /* the first words of title and text; no query can name it */
    FIELD_DAY,  /* days that the text names without a year, as 20201222 and 202012; no query can
                 * name it */
    FIELD_PLACE,
    FIELD_NUMBER,
    FIELD_STEM, /* stems of paragraphs in other languages: text/stem.h; neither can it name these */
};

/** Which forms of its words a leaf asks for. */
enum marks {
    MARKS_AUTO,  /* as muc_query.accents says */
    MARKS_EXACT, /* those written */
    MARKS_ANY,   /* all alike */
};

/** One syllable of the query in its forms. */
struct query_word {
    struct muc_string exact, folded; /* the analyzer's own, or in the query's arena */
    const char *own; /* `exact` in the analyzer, or `meant` of the archive, where that stays as long
                      * as terms are kept; NULL: neither does */
    struct muc_string meant; /* exact form of a word typed without marks; empty: that one */
    uint32_t start, end;     /* bytes of the query */
    uint32_t offset;         /* position relative to the first word of the phrase */
    struct pattern *pattern; /* of môi* and quyet~; NULL: the word itself is asked for */
    bool certain;            /* `meant` is far likelier than any other */
    bool marked;             /* typed with marks: exact != folded */
    bool foreign;            /* letters that are no syllable, whatever the marks */
    bool quoted;             /* of NEAR: of a phrase in quotes, so meant as it stands */
    /* what search/terms.h has found for `folded`, so that it is looked up once; NULL: not yet */
    const struct lookup *any;                                 /* the word whatever its marks */
    const struct lookup *pair;                                /* the same with `next` behind it */
    struct muc_string next;                                   /* folded */
    enum { COUNT_UNKNOWN, COUNT_NEVER, COUNT_MAY } may_count; /* query/query_word.h: the same */
};

struct node {
    enum node_kind kind;
    enum field field; /* of WORD, PHRASE, NEAR */
    float weight;     /* ^N, 1 by default */
    uint32_t slop;    /* of NEAR */
    struct query_word *words;
    uint32_t n_words; /* 1 for WORD */
    struct node **children;
    uint32_t n_children;
    struct muc_date from, to; /* of DATE */
    struct muc_string value;  /* of ID */
    uint32_t start, end;      /* bytes of the query it came from */
    enum marks marks;         /* of WORD, PHRASE, NEAR */
    enum muc_tier tier;       /* of a child of OR: above EXACT it stands in for the first child */
    enum muc_origin origin;   /* of the same: how it came to stand in */
    bool unit;                /* OR of whole tokens and, last, of their parts */
    bool quoted;              /* of WORD, PHRASE, NEAR: typed in quotes, so meant as it stands */
    bool spoken;              /* WORD typed next to a plain word: two such children of an AND, one
                               * behind the other, form a pair */
};

struct query_warning {
    uint32_t position;
    enum muc_warning_kind kind;
};

struct query {
    struct arena arena;
    struct node *root; /* never NULL after query_parse(); NODE_NONE if there is nothing to search */
    struct query_warning *warnings;
    size_t n_warnings, room_warnings;
    uint32_t n_patterns;
    bool marked; /* a word is typed with marks: then one without has none */
};

/** Whether an OR is what was typed and, behind it, what stands in for that on lower tiers. The
 *  parser makes none: they depend on what an index holds. */
static inline bool node_has_stand_ins(const struct node *node)
{
    return node->kind == NODE_OR && node->children[node->n_children - 1]->tier != MUC_TIER_EXACT;
}

/** Whether a leaf is one word of which only a pattern is known. */
static inline bool node_is_pattern(const struct node *node)
{
    return node->n_words == 1 && node->words->pattern;
}

/** Whether one of the words of a leaf is typed with marks. */
static inline bool node_has_marks(const struct node *node)
{
    for (uint32_t i = 0; i < node->n_words; i++)
        if (node->words[i].marked)
            return true;
    return false;
}

struct parser_memory; /* query/parser_memory.h */

/** Parse. `query` is zeroed, or has an arena to begin with; on failure it is zeroed. `memory` is
 * zeroed, or what an earlier query has left. The query holds forms of the
 * analyzer, which may not forget them meanwhile. @return MUC_OK, MUC_EARGUMENT (above
 * QUERY_MAX_SIZE), MUC_ENOMEM. */
int query_parse(struct query *query, struct muc_string text, struct analyzer *analyzer,
                struct parser_memory *memory, struct muc_error *err);
void query_free(struct query *query);

/** The tree as an S-expression, for tests and --explain: (and (word môi) (phrase bảo vệ)). */
void query_print(const struct query *query, struct buffer *out);
