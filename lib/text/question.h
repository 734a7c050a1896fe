/* SPDX-License-Identifier: MIT */
/* text/question.h - the words that make a question of a Vietnamese sentence.
 *
 *   Men răng có tác dụng gì?   Vì sao …   … như thế nào   … là bao nhiêu   … có nguy hiểm không?
 *
 * They say that something is asked, not what: answers rarely have them, so in a collection of
 * answers they are rare, and look like the most telling words of all. A closed class of the
 * language, no vocabulary of a time or subject. Words that also mean other things count only in
 * company: sao is a star, but not behind vì. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/** Words next to each other in their exact forms, that in question second; empty: there is none. */
struct question_window {
    struct muc_string before, word, next, behind;
};

bool question_word(const struct question_window *window);

enum { QUESTION_FORMS = 3 };

/** Words that ask, typed without marks, from that of a window of folded forms on: how many, with
 *  their exact forms. 0: none for sure. Only those in company: who types "bao nhieu" or "vi sao"
 *  asks, whatever an archive without questions has of bảo, nhiều and vị. */
uint32_t question_forms(const struct question_window *window,
                        struct muc_string forms[QUESTION_FORMS]);

/** The exact form of a word that may ask alone, and must where nothing else in a question does. */
struct muc_string question_form_alone(struct muc_string folded);

/** Words that ask for a definition: so many, from that of the window on. */
struct question_definition {
    uint32_t n;     /* 0: they do not */
    bool of_before; /* of what is before them; else of what is behind, to the end */
};

/** "định nghĩa (của) …", "khái niệm (về) …" and "thế nào là …" that a query begins with, and
 *  "… được hiểu (như) thế nào". A text that answers these has "… là". */
struct question_definition question_definition(const struct question_window *window);
