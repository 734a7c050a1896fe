/* SPDX-License-Identifier: MIT */
/* Documents like those of a corpus, as many as wanted, as JSON Lines on standard output.
 *
 *     generate [--documents N] [--first N] [--seed N] [--model MB] CORPUS.jsonl
 *
 * Each word follows the one before it as often as in the corpus; lengths, dates, sources and the
 * like are those of documents drawn from it. A word without marks that the corpus has once, a name
 * or a number, stands for all those it does not have: its letters and digits are drawn anew, so
 * that the dictionary goes on growing with the number of documents, as it does in life. Document n
 * of a seed and a model is the same however many are asked for. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure.h"
#include "model.h"

enum {
    WALKS = 16, /* documents at a time: while one waits for memory the others go on */
    OUT_SIZE = 1 << 20,
};

/** Steele, Lea, Flood: SplitMix64. */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

static uint32_t draw_below(uint64_t *state, uint32_t n)
{
    return (uint32_t)((draw(state) >> 32) * n >> 32);
}

/** One document being made. */
struct walk {
    uint64_t random;
    const struct model_document *like;
    uint32_t word, left; /* the last word; words to come in the title or the text */
    bool in_text;
    const uint32_t *next; /* where the next word stands */
    struct {
        char *at;
        size_t n, room;
    } out;
};

static char *room(struct walk *walk, size_t size)
{
    if (!vector_reserve(&walk->out, size))
        measure_fail("out of memory");
    return walk->out.at + walk->out.n;
}

static void put(struct walk *walk, const char *bytes, size_t size)
{
    memcpy(room(walk, size), bytes, size);
    walk->out.n += size;
}

static void put_text(struct walk *walk, const char *text)
{
    put(walk, text, strlen(text));
}

static void begin(struct walk *walk, const struct model *model, uint64_t seed, uint64_t number)
{
    char id[64];

    walk->random = seed * 0x9e3779b97f4a7c15 ^ number;
    draw(&walk->random);
    walk->like = &model->documents.at[draw_below(&walk->random, (uint32_t)model->documents.n)];
    walk->word = TITLE_START;
    walk->left = walk->like->title;
    walk->in_text = false;
    walk->out.n = 0;
    snprintf(id, sizeof id, "{\"id\":\"g%llu-%09llu\",\"title\":\"", (unsigned long long)seed,
             (unsigned long long)number);
    put_text(walk, id);
}

/** Vowels for vowels, consonants for consonants, digits for digits; only where all is ASCII. */
static void redraw(uint64_t *random, char *bytes, size_t size)
{
    static const char vowels[] = "aeiou", consonants[] = "bcdghklmnpqrstvx";

    for (size_t i = 0; i < size; i++)
        if ((unsigned char)bytes[i] > 127)
            return;
    for (size_t i = 0; i < size; i++) {
        char c = bytes[i];

        if (c == '\\')
            i += i + 1 < size && bytes[i + 1] == 'u' ? 5 : 1;
        else if (c >= '0' && c <= '9')
            bytes[i] = (char)('0' + draw_below(random, 10));
        else if (c != 'y' && strchr(vowels, c))
            bytes[i] = vowels[draw_below(random, sizeof vowels - 1)];
        else if (c >= 'a' && c <= 'z' && c != 'y')
            bytes[i] = consonants[draw_below(random, sizeof consonants - 1)];
    }
}

/** Draw where the next word stands. The memory is asked for, not waited for: so are the others'. */
static void draw_next(struct walk *walk, const struct model *model)
{
    const struct model_word *word = &model->words.at[walk->word];

    if (!word->n_followers)
        word = &model->words.at[walk->in_text ? TEXT_START : TITLE_START];
    walk->next = &model->followers[word->first + draw_below(&walk->random, word->n_followers)];
    __builtin_prefetch(walk->next);
}

static void follow(struct walk *walk, const struct model *model)
{
    walk->word = *walk->next;
    __builtin_prefetch(&model->words.at[walk->word]);
}

static void write_word(struct walk *walk, const struct model *model)
{
    const struct model_word *word = &model->words.at[walk->word];

    put(walk, model->bytes.at + word->at, word->size);
    if (word->n_followers == 1)
        redraw(&walk->random, walk->out.at + walk->out.n - word->size, word->size);
    walk->left--;
}

/** Whether the document goes on; at the end of the title the text begins. */
static bool goes_on(struct walk *walk, const struct model *model)
{
    if (walk->left)
        return true;
    if (walk->in_text)
        return false;
    put_text(walk, "\",\"text\":\"");
    walk->in_text = true;
    walk->word = TEXT_START;
    walk->left = walk->like->text;
    if (!model->words.at[TEXT_START].n_followers)
        walk->left = 0;
    return walk->left > 0;
}

static void end(struct walk *walk, const struct model *model)
{
    put_text(walk, "\"");
    put(walk, model->bytes.at + walk->like->rest, walk->like->rest_size);
    put_text(walk, "}\n");
    if (fwrite(walk->out.at, 1, walk->out.n, stdout) != walk->out.n)
        measure_fail("standard output: %s", strerror(errno));
}

static void make(struct walk *walks, unsigned n, const struct model *model)
{
    struct walk *going[WALKS];
    unsigned n_going = n;

    for (unsigned i = 0; i < n; i++)
        going[i] = &walks[i];
    for (;;) {
        unsigned kept = 0;

        for (unsigned i = 0; i < n_going; i++)
            if (goes_on(going[i], model))
                going[kept++] = going[i];
        if (!(n_going = kept))
            return;
        for (unsigned i = 0; i < n_going; i++)
            draw_next(going[i], model);
        for (unsigned i = 0; i < n_going; i++)
            follow(going[i], model);
        for (unsigned i = 0; i < n_going; i++)
            write_word(going[i], model);
    }
}

static void generate(const struct model *model, uint64_t seed, uint64_t first, uint64_t n)
{
    struct walk walks[WALKS] = { 0 };

    for (uint64_t done = 0; done < n; done += WALKS) {
        unsigned some = n - done < WALKS ? (unsigned)(n - done) : WALKS;

        for (unsigned i = 0; i < some; i++)
            begin(&walks[i], model, seed, first + done + i);
        make(walks, some, model);
        for (unsigned i = 0; i < some; i++)
            end(&walks[i], model);
    }
    for (unsigned i = 0; i < WALKS; i++)
        vector_free(&walks[i].out);
    if (fflush(stdout))
        measure_fail("standard output: %s", strerror(errno));
}

static uint64_t number(const char *text, const char *option)
{
    char *end_of;
    unsigned long long value;

    errno = 0;
    value = strtoull(text, &end_of, 10);
    if (errno || *end_of || end_of == text || *text == '-')
        measure_fail("--%s: \"%s\" is not a number", option, text);
    return value;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {
        { "documents", required_argument, NULL, 'n' },
        { "first", required_argument, NULL, 'f' },
        { "seed", required_argument, NULL, 's' },
        { "model", required_argument, NULL, 'm' },
        { "help", no_argument, NULL, 'h' },
        { 0 },
    };
    static const char usage[] =
        "usage: generate [--documents N (1000)] [--first N (0)] [--seed N (1)]\n"
        "                [--model MB of the corpus to learn from (100)] CORPUS.jsonl\n";
    uint64_t n = 1000, first = 0, seed = 1, megabytes = 100;
    struct model model;
    int option, which;

    while ((option = getopt_long(argc, argv, "h", options, &which)) >= 0) {
        uint64_t *const values[] = { &n, &first, &seed, &megabytes };

        if (option == 'h')
            return fputs(usage, stdout), 0;
        if (option == '?')
            return fputs(usage, stderr), 2;
        *values[which] = number(optarg, options[which].name);
    }
    if (optind != argc - 1)
        return fputs(usage, stderr), 2;
    if (megabytes > 4000)
        measure_fail("--model: at most 4000");
    model_read(&model, argv[optind], megabytes * 1000000);
    setvbuf(stdout, NULL, _IOFBF, OUT_SIZE);
    generate(&model, seed, first, n);
    model_free(&model);
    return 0;
}
