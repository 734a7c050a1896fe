/* SPDX-License-Identifier: MIT */
#include "model.h"

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

#include "measure.h"

enum { WORD_MAX = 4000 };

struct reading {
    struct model *model;
    uint32_t *slots;        /* number of a word + 1; 0: free */
    size_t n_slots;         /* a power of 2 */
    VECTOR(uint64_t) pairs; /* a word and the one behind it */
};

static void *grown(void *at)
{
    if (!at)
        measure_fail("out of memory");
    return at;
}

#define PUSH(v) ((void)grown(vector_reserve(v, 1) ? (v) : NULL), &(v)->at[(v)->n++])

/* ---- words */

static struct muc_string word_bytes(const struct model *model, uint32_t word)
{
    return str_of(model->bytes.at + model->words.at[word].at, model->words.at[word].size);
}

static uint32_t *find(struct reading *reading, struct muc_string bytes)
{
    size_t i = XXH3_64bits(bytes.bytes, bytes.size) & (reading->n_slots - 1);

    while (reading->slots[i] &&
           !str_equal(word_bytes(reading->model, reading->slots[i] - 1), bytes))
        i = (i + 1) & (reading->n_slots - 1);
    return &reading->slots[i];
}

static void resize(struct reading *reading, size_t n_slots)
{
    free(reading->slots);
    reading->slots = grown(calloc(n_slots, sizeof *reading->slots));
    reading->n_slots = n_slots;
    for (uint32_t i = TEXT_START + 1; i < reading->model->words.n; i++)
        *find(reading, word_bytes(reading->model, i)) = i + 1;
}

static uint32_t add_word(struct model *model, struct muc_string bytes)
{
    struct model_word *word = PUSH(&model->words);

    grown(vector_reserve(&model->bytes, bytes.size) ? model : NULL);
    if (bytes.size)
        memcpy(model->bytes.at + model->bytes.n, bytes.bytes, bytes.size);
    *word = (struct model_word){ .at = (uint32_t)model->bytes.n, .size = (uint16_t)bytes.size };
    model->bytes.n += bytes.size;
    return (uint32_t)model->words.n - 1;
}

static uint32_t word_of(struct reading *reading, struct muc_string bytes)
{
    uint32_t *slot = find(reading, bytes), word;

    if (*slot)
        return *slot - 1;
    word = add_word(reading->model, bytes);
    *slot = word + 1;
    if (reading->model->words.n > reading->n_slots / 2)
        resize(reading, reading->n_slots * 2);
    return word;
}

/* ---- documents */

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/** As JSON writes it inside quotes. */
static struct muc_string escaped(struct muc_string bytes, char out[6 * WORD_MAX])
{
    static const char hex[] = "0123456789abcdef";
    size_t n = 0;

    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = (unsigned char)bytes.bytes[i];

        if (c == '"' || c == '\\' || c == '\n') {
            out[n++] = '\\';
            out[n++] = c == '\n' ? 'n' : (char)c;
        } else if (c < ' ') {
            memcpy(out + n, "\\u00", 4);
            out[n + 4] = hex[c >> 4];
            out[n + 5] = hex[c & 15];
            n += 6;
        } else {
            out[n++] = (char)c;
        }
    }
    return str_of(out, n);
}

/** Count the words of a text in; their number. */
static uint32_t add_text(struct reading *reading, uint32_t before, struct muc_string text)
{
    char json[6 * WORD_MAX];
    uint32_t n = 0;

    for (size_t at = 0, end; at < text.size; at = end, n++) {
        uint32_t word;

        for (end = at; end < text.size && end - at < WORD_MAX && !is_space(text.bytes[end]);)
            end++;
        while (end < text.size && end - at < WORD_MAX && is_space(text.bytes[end]))
            end++;
        word = word_of(reading, escaped(str_of(text.bytes + at, end - at), json));
        *PUSH(&reading->pairs) = (uint64_t)before << 32 | word;
        before = word;
    }
    return n;
}

static struct muc_string member(json_object *object, const char *name)
{
    json_object *value;

    if (!json_object_object_get_ex(object, name, &value) ||
        !json_object_is_type(value, json_type_string))
        return str_of(NULL, 0);
    return str_of(json_object_get_string(value), (size_t)json_object_get_string_len(value));
}

static void add_rest(struct model *model, json_object *object, struct model_document *document)
{
    static const char *const names[] = { "date", "source", "kind", "lang", "byline", "tags" };

    document->rest = (uint32_t)model->bytes.n;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        json_object *value;
        const char *json;
        size_t size;

        if (!json_object_object_get_ex(object, names[i], &value) || !value)
            continue;
        json = json_object_to_json_string_ext(value, JSON_C_TO_STRING_PLAIN);
        size = strlen(json) + strlen(names[i]) + 4;
        grown(vector_reserve(&model->bytes, size + 1) ? model : NULL);
        snprintf(model->bytes.at + model->bytes.n, size + 1, ",\"%s\":%s", names[i], json);
        model->bytes.n += size;
    }
    document->rest_size = (uint32_t)(model->bytes.n - document->rest);
}

static void add_document(struct reading *reading, json_object *object)
{
    struct muc_string title = member(object, "title"), text = member(object, "text");
    struct model_document document;

    document.title = add_text(reading, TITLE_START, title);
    document.text = add_text(reading, TEXT_START, text);
    if (!document.title && !document.text)
        return;
    add_rest(reading->model, object, &document);
    reading->model->n_bytes += title.size + text.size;
    *PUSH(&reading->model->documents) = document;
}

/* ---- followers */

/** Group the pairs by their first word. */
static void sort_pairs(struct reading *reading)
{
    struct model *model = reading->model;
    uint32_t *followers = measure_memory(reading->pairs.n * sizeof *followers);
    uint32_t at = 0;

    for (size_t i = 0; i < reading->pairs.n; i++)
        model->words.at[reading->pairs.at[i] >> 32].n_followers++;
    for (size_t i = 0; i < model->words.n; i++) {
        model->words.at[i].first = at;
        at += model->words.at[i].n_followers;
        model->words.at[i].n_followers = 0;
    }
    for (size_t i = 0; i < reading->pairs.n; i++) {
        struct model_word *word = &model->words.at[reading->pairs.at[i] >> 32];

        followers[word->first + word->n_followers++] = (uint32_t)reading->pairs.at[i];
    }
    model->followers = followers;
    model->n_followers = reading->pairs.n;
}

void model_read(struct model *model, const char *path, uint64_t most)
{
    struct reading reading = { .model = model };
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;

    if (!in)
        measure_fail("%s: %s", path, strerror(errno));
    *model = (struct model){ 0 };
    add_word(model, str_of(NULL, 0));
    add_word(model, str_of(NULL, 0));
    resize(&reading, 1 << 16);
    while (model->n_bytes < most && getline(&line, &room, in) > 0) {
        json_object *object = json_tokener_parse(line);

        if (json_object_is_type(object, json_type_object))
            add_document(&reading, object);
        json_object_put(object);
    }
    if (ferror(in))
        measure_fail("%s: %s", path, strerror(errno));
    if (!model->documents.n)
        measure_fail("%s: no document with title or text in it", path);
    sort_pairs(&reading);
    vector_free(&reading.pairs);
    free(reading.slots);
    free(line);
    fclose(in);
}

void model_free(struct model *model)
{
    vector_free(&model->words);
    vector_free(&model->bytes);
    vector_free(&model->documents);
    free(model->followers);
}
