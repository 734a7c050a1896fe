/* SPDX-License-Identifier: MIT */
/* Names with an apostrophe, which texts write in one or apart as well: H'Mông, Hmông; O'Connor,
 * O Connor; McDonald's, McDonalds, McDonald. */
#include <stdio.h>

#include "search/expand_parts.h"
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
        (!is_consonant(form.bytes[1]) && head != 'l' && head != 'd' &&
         (head == 'o' || !syllable_fits(folded.bytes + 1, folded.size - 1))))
        return 0;
    return (size_t)snprintf(room, PART_SIZE, "%c'%s", head, form.bytes + 1);
}

/** The English genitive, with which names are written or without: Levi's, Levis. */
static size_t write_genitive(struct muc_string form, char room[PART_SIZE])
{
    bool has_s = form.bytes[form.size - 1] == 's',
         has_both = has_s && form.bytes[form.size - 2] == '\'';

    return (size_t)snprintf(room, PART_SIZE, "%.*s%s", (int)(form.size - has_s - has_both),
                            form.bytes, has_both ? "s" : "'s");
}

/** The name alone: McDonald's, McDonald. */
static size_t write_owner(struct muc_string form, char room[PART_SIZE])
{
    if (form.bytes[form.size - 1] != 's' || form.bytes[form.size - 2] != '\'')
        return 0;
    return (size_t)snprintf(room, PART_SIZE, "%.*s", (int)form.size - 2, form.bytes);
}

size_t apostrophe_otherwise(const struct query_word *word, enum apostrophe_way way,
                            char room[PART_SIZE])
{
    enum { LEAST = 4 };

    if (!word->foreign || word->exact.size < LEAST || word->folded.size > FORM_MAX)
        return 0;
    switch (way) {
    case APOSTROPHE_WITH:
        return write_with(word, room);
    case APOSTROPHE_WITHOUT:
        return write_without(word, room);
    case APOSTROPHE_APART:
        return write_parted(word->exact, " ", room);
    case APOSTROPHE_GENITIVE:
        return write_genitive(word->exact, room);
    default:
        return write_owner(word->exact, room);
    }
}
