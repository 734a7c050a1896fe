/* SPDX-License-Identifier: MIT */
/* server/page.h - what all pages have around them. Everything works without the script. */
#pragma once

#include "html.h"
#include "server/link.h"
#include "server/phrases.h"

/** What a page's frame has to know. */
struct page {
    const char *name;        /* a class of the body: home, results, … */
    struct muc_string title; /* "" for the name alone */
    bool feed;               /* the search has a feed */
    bool big;                /* the box stands in the middle, larger */
};

/** Begin the answer and write the frame's head, up to an open <main>. False: no memory. */
bool page_begin(struct request *request, unsigned status, const struct page *page);
void page_end(struct request *request);

/** Put a phrase. */
void page_say(const struct request *request, enum phrase name);

/** A count with its unit: "12.345 văn bản". */
void page_say_count(const struct request *request, uint64_t n);

/** One document of a list: title, when, whence, snippet. */
/** The attribute that tells the language of what is in an element, where that is known. */
void page_lang(const struct request *request, struct muc_string lang);

/** A row in brief: title, day, source. */
void page_row(struct request *request, const struct muc_hit *hit);
void page_hit(struct request *request, const struct muc_hit *hit);
