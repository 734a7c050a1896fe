/* SPDX-License-Identifier: MIT */
/* emit.h - JSON written as it is made, without line breaks.
 *
 * What comes out is valid whatever goes in: bytes that are not UTF-8 become U+FFFD, and control
 * characters are escaped, those of C1 and DEL too, so that a screen is never told anything by a
 * document. The caller opens and closes in pairs and gives a key before each value of an object. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "mucluc/mucluc.h"

struct emit {
    FILE *file;
    uint64_t filled; /* bit d: something stands already at depth d, a comma is due */
    unsigned depth;  /* < 64 */
    bool after_key;
};

void emit_open(struct emit *json, char bracket);  /* '{' or '[' */
void emit_close(struct emit *json, char bracket); /* '}' or ']' */
void emit_line(struct emit *json);                /* a line break between whole values */

void emit_key(struct emit *json, struct muc_string key);
void emit_name(struct emit *json, const char *key); /* a key known to need no escapes */
void emit_string(struct emit *json, struct muc_string text);
void emit_uint(struct emit *json, uint64_t n);
void emit_int(struct emit *json, int64_t n);
void emit_number(struct emit *json, double n); /* null if not finite */
void emit_bool(struct emit *json, bool value);
void emit_null(struct emit *json);

/** A value that is JSON already; line breaks between its tokens become blanks. */
void emit_raw(struct emit *json, struct muc_string value);

/* a key and its value in one call */
void emit_text(struct emit *json, const char *key, struct muc_string text); /* null if empty */
void emit_count(struct emit *json, const char *key, uint64_t n);
void emit_date(struct emit *json, const char *key, struct muc_date date); /* null if none */
