/* SPDX-License-Identifier: MIT */
/* Names with an apostrophe, which texts write in one or apart as well: H'Mông, Hmông; O'Connor,
 * O Connor; McDonald's, McDonalds, McDonald. */
#include <stdio.h>

#include "search/expand/parts.h"
#include "text/syllable.h"

static bool is_consonant(char c)
{
    return c && strchr("bcdghjklmnprstvx", c) != NULL;
}

/** Whether a sound or a short word, an article as L', may stand with an apostrophe in front. */
static bool may_be_head(char c)
{
    return c == 'o' || is_consonant(c);
}

/** The parts of a form with an apostrophe behind its first letter; 0: it has none there. */
static size_t write_parted(struct muc_string form, const char *between, char room[PART_SIZE])
{
    if (!may_be_head(form.bytes[0]) || form.bytes[1] != '\'')
        return 0;
    return (size_t)snprintf(room, PART_SIZE, "%c%s%s", form.bytes[0], between, form.bytes + 2);
}

/** Apart, but of K'Ban none: that would be "anh K., ban quản trị" as well. */
static size_t write_apart(const struct query_word *word, char room[PART_SIZE])
{
    struct muc_string folded = word->folded;

    return syllable_fits(folded.bytes + 2, folded.size - 2) ? 0
                                                            : write_parted(word->exact, " ", room);
}

/** In one, unless that would be a syllable, as of K'Ho. */
static size_t write_without(const struct query_word *word, char room[PART_SIZE])
{
    size_t size = write_parted(word->folded, "", room);

    return size && !syllable_fits(room, size) ? write_parted(word->exact, "", room) : 0;
}

/** With an apostrophe behind the first letter: in front of a consonant or a syllable, and of the
 *  vowels of French and Italian names. */
static size_t write_with(const struct query_word *word, char room[PART_SIZE])
{
    struct muc_string form = word->exact, folded = word->folded;
    char head = form.bytes[0];

    if (!may_be_head(head) || form.bytes[1] == '\'' ||
        (!is_consonant(folded.bytes[1]) && head != 'l' && head != 'd' &&
         (head == 'o' || !syllable_fits(folded.bytes + 1, folded.size - 1))))
        return 0;
    return (size_t)snprintf(room, PART_SIZE, "%c'%s", head, form.bytes + 1);
}

/** The bytes before an English genitive, the 's; 0: there is none. */
static size_t before_genitive(struct muc_string form)
{
    return form.size > 2 && memcmp(form.bytes + form.size - 2, "'s", 2) == 0 ? form.size - 2 : 0;
}

/** The same, but of a syllable none is one: Hà's, it's and he's would find hạ, ít and hè. */
static size_t owner_size(const struct query_word *word)
{
    return syllable_fits(word->folded.bytes, before_genitive(word->folded))
               ? 0
               : before_genitive(word->exact);
}

/** With a genitive, or without its apostrophe: Levis, Levi's. */
static size_t write_genitive(const struct query_word *word, char room[PART_SIZE])
{
    struct muc_string form = word->exact;
    size_t owner = owner_size(word);

    if (before_genitive(form))
        return owner ? (size_t)snprintf(room, PART_SIZE, "%.*ss", (int)owner, form.bytes) : 0;
    owner = form.size - (form.bytes[form.size - 1] == 's');
    return (size_t)snprintf(room, PART_SIZE, "%.*s's", (int)owner, form.bytes);
}

/** The name alone: McDonald's, McDonald. */
static size_t write_owner(const struct query_word *word, char room[PART_SIZE])
{
    size_t size = owner_size(word);

    return size ? (size_t)snprintf(room, PART_SIZE, "%.*s", (int)size, word->exact.bytes) : 0;
}

size_t apostrophe_write(const struct writing *of, char room[PART_SIZE])
{
    enum { LEAST = 4 };
    const struct query_word *word = of->typed->words;

    if (!word->foreign || word->exact.size < LEAST || word->folded.size > FORM_MAX)
        return 0;
    switch ((enum apostrophe_way)of->way) {
    case APOSTROPHE_WITH:
        return write_with(word, room);
    case APOSTROPHE_WITHOUT:
        return write_without(word, room);
    case APOSTROPHE_APART:
        return write_apart(word, room);
    case APOSTROPHE_GENITIVE:
        return write_genitive(word, room);
    default:
        return write_owner(word, room);
    }
}
