/* SPDX-License-Identifier: MIT */
#include "text/analyzer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include "base/error.h"
#include "text/character.h"
#include "text/scan.h"
#include "text/whole.h"

enum { RULES_VERSION = 12 };

int analyzer_new(struct analyzer **out, struct muc_error *err)
{
    struct analyzer *analyzer = calloc(1, sizeof *analyzer);
    int rc;

    if (!analyzer)
        return error_memory(err);
    if (!forms_init(&analyzer->forms) || !known_init(&analyzer->known))
        rc = error_memory(err);
    else
        rc = folder_new(&analyzer->folder, err);
    if (rc) {
        analyzer_free(analyzer);
        return rc;
    }
    *out = analyzer;
    return MUC_OK;
}

static void analyzer_room_free(struct analyzer_room *room)
{
    vector_free(&room->plain);
    vector_free(&room->joints);
}

void analyzer_free(struct analyzer *analyzer)
{
    if (!analyzer)
        return;
    if (analyzer->words)
        ubrk_close(analyzer->words);
    folder_free(analyzer->folder);
    forms_free(&analyzer->forms);
    known_free(&analyzer->known);
    analyzer_room_free(&analyzer->room);
    free(analyzer);
}

const struct form *analyzer_form(const struct analyzer *analyzer, uint32_t n)
{
    return forms_at(&analyzer->forms, n);
}

uint32_t analyzer_intern(struct analyzer *analyzer, struct muc_string exact,
                         struct muc_string folded)
{
    return forms_intern(&analyzer->forms, TOKEN_WHOLE, exact, folded);
}

uint32_t analyzer_n_forms(const struct analyzer *analyzer)
{
    return (uint32_t)analyzer->forms.places.n;
}

const uint16_t *analyzer_traits(const struct analyzer *analyzer)
{
    return analyzer->forms.traits.at;
}

size_t analyzer_memory(const struct analyzer *analyzer)
{
    return forms_memory(&analyzer->forms);
}

void analyzer_reset(struct analyzer *analyzer)
{
    forms_reset(&analyzer->forms);
    known_reset(&analyzer->known);
}

void analyzer_settle(struct analyzer *analyzer)
{
    forms_settle(&analyzer->forms);
}

static char version[64]; /* shared by all threads, so written once */

static void write_version(void)
{
    UVersionInfo icu, unicode;
    char icu_text[U_MAX_VERSION_STRING_LENGTH], unicode_text[U_MAX_VERSION_STRING_LENGTH];

    u_getVersion(icu);
    u_getUnicodeVersion(unicode);
    u_versionToString(icu, icu_text);
    u_versionToString(unicode, unicode_text);
    snprintf(version, sizeof version, "rules %d, ICU %s, Unicode %s", RULES_VERSION, icu_text,
             unicode_text);
}

const char *analyzer_version(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, write_version);
    return version;
}

/* ---- texts */

int analyzer_run(struct analyzer *analyzer, struct muc_string text, uint32_t position,
                 struct tokens *tokens, struct muc_error *err)
{
    struct analyzer_room *room = &analyzer->room;
    struct scan scan = { analyzer, room, text, 0, position, MUC_OK, err };
    size_t before = tokens->n;

    room->plain.n = room->joints.n = 0;
    scan_text(&scan, SIZE_MAX);
    if (!scan.rc && !before && !room->joints.n) /* the plain ones are all: given as they are */
        vector_swap(tokens, &room->plain);
    else if (!scan.rc && !scan_put(&scan, tokens) && !scan.rc)
        scan.rc = error_memory(err);
    if (scan.rc)
        tokens->n = before;
    return scan.rc;
}

void analyzer_start(struct analyzer_reading *reading, struct muc_string text, uint32_t position)
{
    reading->text = text;
    reading->at = 0;
    reading->position = position;
    reading->ended = false;
    reading->room.plain.n = reading->room.joints.n = 0;
}

int analyzer_next(struct analyzer *analyzer, struct analyzer_reading *reading, size_t most,
                  struct tokens *tokens, struct muc_error *err)
{
    struct analyzer_room *room = &reading->room;
    struct scan scan = {
        analyzer, room, reading->text, reading->at, reading->position, MUC_OK, err
    };

    scan_text(&scan, most + WHOLE_AHEAD); /* of which some may have to stay */
    reading->ended = scan.at >= scan.text.size;
    if (!scan.rc && reading->ended && !tokens->n && !room->joints.n) {
        vector_swap(tokens, &room->plain);
        room->plain.n = 0;
    } else if (!scan.rc && !scan_put(&scan, tokens) && !scan.rc) {
        scan.rc = error_memory(err);
    }
    reading->at = scan.at;
    reading->position = scan.position;
    return scan.rc;
}

void analyzer_end(struct analyzer_reading *reading)
{
    analyzer_room_free(&reading->room);
}
