/* SPDX-License-Identifier: MIT */
/* doc/feed.h - RSS 2.0, RSS 1.0 and Atom, entry by entry.
 *
 * libxml2 parses and fetches nothing. Feeds are written by programs that know little of XML: what
 * would end the parser is made text before, and where tags do not match it goes on. */
#pragma once

#include <libxml/xmlreader.h>

#include "base/buffer.h"
#include "base/str.h"

enum feed_field {
    FEED_NONE,
    FEED_TITLE,
    FEED_TEXT,
    FEED_DATE,
    FEED_LINK,
    FEED_ID,
    FEED_AUTHOR,
    FEED_TAG,      /* all of them, a line feed behind each */
    FEED_LANGUAGE, /* of the feed */
    FEED_FIELDS,
};

struct feed_value {
    struct buffer text; /* UTF-8; HTML for titles and texts */
    unsigned rank;      /* of where it was found: the lower the better; 0: not found */
};

struct feed {
    xmlDoc *tree;
    xmlTextReaderPtr xml;                 /* walks through it */
    bool sound;                           /* all of it is XML */
    struct feed_value entry[FEED_FIELDS]; /* of the entry at hand */
    struct feed_value all[FEED_FIELDS];   /* of the feed: title, language */
    bool in_entry;
    int depth;                /* of the entry */
    struct feed_value *value; /* being read; NULL: none */
    int value_depth;
    unsigned value_rank;
    bool is_list, in_author;
    bool ignored;       /* an address, not the name, of the author */
    struct buffer text; /* of it so far */
};

/** Make text of what XML has not, in UTF-8: control characters are blanks, an & that begins nothing
 *  is one, and so is that of an entity, be it of HTML, which is for who reads the text as HTML, or
 *  of the feed's own, which might multiply. MUC_OK, MUC_ENOMEM. */
int feed_clean(struct buffer *xml, struct muc_error *err);

/** @param xml as feed_clean() leaves it. MUC_OK, MUC_EINPUT (no XML at all), MUC_ENOMEM, MUC_EIO.
 */
int feed_open(struct feed *feed, struct muc_string xml, const char *path, struct muc_error *err);
/** The next entry in `entry`. *more false: there is none. MUC_OK, MUC_ENOMEM. */
int feed_next(struct feed *feed, bool *more, struct muc_error *err);
void feed_close(struct feed *feed);

static inline struct muc_string feed_string(const struct feed_value *value)
{
    return str_of((const char *)value->text.at, value->text.size);
}
