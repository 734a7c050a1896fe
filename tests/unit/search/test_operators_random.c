/* SPDX-License-Identifier: MIT */
/* Random queries of every operator over random documents, against a model that looks at each
 * document by itself: wildcards and distances by recursion, phrases and neighbours by trying every
 * place. */
#include "../random.h"
#include "archive.h"

enum { DOCS = 400, INDEXES = 4, QUERIES = 250, LONGEST = 14, TITLE_LONGEST = 4, DEPTH = 2 };

static const struct {
    const char *exact, *folded;
} words[] = {
    { "môi", "moi" },
    { "mới", "moi" },
    { "mỗi", "moi" },
    { "moi", "moi" },
    { "mai", "mai" },
    { "trường", "truong" },
    { "trưởng", "truong" },
    { "tường", "tuong" },
    { "trương", "truong" },
    { "rường", "ruong" },
    { "truong", "truong" },
    { "đường", "duong" },
    { "dương", "duong" },
    { "quyết", "quyet" },
    { "quyền", "quyen" },
    { "tiếng", "tieng" },
    { "tiên", "tien" },
    { "nghiêng", "nghieng" },
    { "ăn", "an" },
    { "an", "an" },
    { "ân", "an" },
    { "covid19", "covid19" },
    { "mp3", "mp3" },
    { "2020", "2020" },
    { "a", "a" },
    { "à", "a" },
    { "benjamin", "benjamin" },
};

enum { WORDS = sizeof words / sizeof *words };

struct place {
    uint8_t word;
    bool last; /* of its paragraph */
};

static struct page {
    struct place title[TITLE_LONGEST], text[LONGEST];
    uint32_t n_title, n_text;
    int16_t year; /* 0: none */
    bool alive;
} documents[DOCS];

/* ---- the model */

struct ask {
    enum { ASK_WORD, ASK_PHRASE, ASK_NEAR, ASK_DATE, ASK_AND, ASK_OR } how;
    bool title, excluded;       /* excluded: of a child of AND that is not the first */
    char form;                  /* '=', '~' or 0 */
    char exact[64], folded[64]; /* of a word: itself, or the pattern */
    uint32_t distance;
    bool wildcards;
    uint32_t slop;
    int from, to;
    struct ask *children[3]; /* of a phrase or NEAR its two words */
    uint32_t n;
};

/** Letters of UTF-8, 4 bytes each. */
static uint32_t letters_of(const char *text, uint32_t out[64])
{
    uint32_t n = 0;

    while (*text) {
        uint32_t letter = (uint8_t)*text++;

        while ((*text & 0xc0) == 0x80)
            letter = letter << 8 | (uint8_t)*text++;
        out[n++] = letter;
    }
    return n;
}

static bool globs(const uint32_t *pattern, uint32_t n, const uint32_t *word, uint32_t m)
{
    if (!n)
        return !m;
    if (*pattern == '*')
        return globs(pattern + 1, n - 1, word, m) || (m && globs(pattern, n, word + 1, m - 1));
    return m && (*pattern == '?' || *pattern == *word) &&
           globs(pattern + 1, n - 1, word + 1, m - 1);
}

/** Whether so many changes make one word the other. */
static bool is_near_to(const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m, uint32_t left)
{
    if (n && m && *a == *b && is_near_to(a + 1, n - 1, b + 1, m - 1, left))
        return true;
    if (!n && !m)
        return true;
    if (!left)
        return false;
    if (n > 1 && m > 1 && a[0] == b[1] && a[1] == b[0] &&
        is_near_to(a + 2, n - 2, b + 2, m - 2, left - 1))
        return true;
    return (n && is_near_to(a + 1, n - 1, b, m, left - 1)) ||
           (m && is_near_to(a, n, b + 1, m - 1, left - 1)) ||
           (n && m && is_near_to(a + 1, n - 1, b + 1, m - 1, left - 1));
}

static bool fits(const struct ask *ask, const char *pattern, const char *word)
{
    uint32_t a[64], b[64], n = letters_of(pattern, a), m = letters_of(word, b);

    if (ask->wildcards)
        return globs(a, n, b, m);
    if (ask->distance)
        return !strpbrk(word, "0123456789") && is_near_to(a, n, b, m, ask->distance);
    return !strcmp(pattern, word);
}

static bool is_exact(const struct ask *ask, enum muc_accents accents)
{
    return ask->form == '=' || (!ask->form && accents == MUC_ACCENTS_EXACT);
}

static bool is_word(const struct ask *ask, uint8_t word, enum muc_accents accents)
{
    return fits(ask, ask->folded, words[word].folded) &&
           (!is_exact(ask, accents) || fits(ask, ask->exact, words[word].exact));
}

static bool holds(const struct ask *ask, const struct place *tokens, uint32_t n,
                  enum muc_accents accents)
{
    struct ask *const *two = ask->children;

    for (uint32_t i = 0; i < n; i++) {
        uint32_t distance = 0;

        if (ask->how == ASK_WORD && is_word(ask, tokens[i].word, accents))
            return true;
        for (uint32_t k = i + 1; k < n && ask->how != ASK_WORD; k++) {
            bool forth = is_word(two[0], tokens[i].word, accents) &&
                         is_word(two[1], tokens[k].word, accents);
            bool back = is_word(two[1], tokens[i].word, accents) &&
                        is_word(two[0], tokens[k].word, accents);

            distance += tokens[k - 1].last ? 2 : 1;
            if (ask->how == ASK_PHRASE ? forth && distance == 1
                                       : (forth || back) && distance <= ask->slop)
                return true;
        }
    }
    return false;
}

static bool matches(const struct ask *ask, const struct page *document, enum muc_accents accents)
{
    bool all = true, any = false;

    switch (ask->how) {
    case ASK_DATE:
        return document->year && document->year >= ask->from && document->year <= ask->to;
    case ASK_AND:
    case ASK_OR:
        for (uint32_t i = 0; i < ask->n; i++) {
            bool is = matches(ask->children[i], document, accents);

            all &= is != ask->children[i]->excluded;
            any |= is;
        }
        return ask->how == ASK_AND ? all : any;
    default:
        return holds(ask, document->title, document->n_title, accents) ||
               (!ask->title && holds(ask, document->text, document->n_text, accents));
    }
}

/* ---- queries */

static bool is_letter(const char *form, size_t i)
{
    return (form[i] >= 'a' && form[i] <= 'z') || (form[i] & 0x80);
}

static size_t next_letter(const char *form, size_t i)
{
    for (i++; (form[i] & 0xc0) == 0x80;)
        i++;
    return i;
}

/** Put a wildcard in place of some letters of a form, alike in both. */
static void draw_wildcards(struct random *random, uint8_t word, struct ask *ask)
{
    uint32_t exact[64], n = letters_of(words[word].exact, exact);
    uint32_t from = random_below(random, n + 1), length = random_below(random, n - from + 1);
    bool inner = from > 0 && from + 1 < n && is_letter(words[word].folded, from - 1) &&
                 is_letter(words[word].folded, from + 1);
    const char *sign = inner && random_below(random, 2) ? "?" : "*";
    char *outs[] = { ask->exact, ask->folded };
    const char *forms[] = { words[word].exact, words[word].folded };

    if (*sign == '?')
        length = 1;
    for (unsigned f = 0; f < 2; f++) {
        uint32_t at = 0;

        *outs[f] = '\0';
        for (size_t i = 0; forms[f][i]; at++) {
            size_t next = next_letter(forms[f], i);

            if (at == from)
                strcat(outs[f], sign);
            if (at < from || at >= from + length)
                strncat(outs[f], forms[f] + i, next - i);
            i = next;
        }
        if (at == from)
            strcat(outs[f], sign);
    }
    ask->wildcards = true;
}

/** Take a letter away, double it, or let two change places. */
static void draw_slip(struct random *random, struct ask *ask)
{
    uint32_t n = (uint32_t)strlen(ask->folded), at = random_below(random, n);
    char kept = ask->folded[at];

    if (strcmp(ask->exact, ask->folded) != 0 || n < 2)
        return;
    if (random_below(random, 2) && at + 1 < n) {
        ask->folded[at] = ask->folded[at + 1];
        ask->folded[at + 1] = kept;
    } else {
        memmove(ask->folded + at, ask->folded + at + 1, n - at);
    }
    strcpy(ask->exact, ask->folded);
}

static void draw_word(struct random *random, uint8_t word, bool wildcards, struct ask *ask)
{
    if (wildcards)
        draw_wildcards(random, word, ask);
    if (!wildcards || !strpbrk(ask->folded, "abcdeghiklmnopqrstuvxy")) { /* is read as words */
        ask->wildcards = false;
        strcpy(ask->exact, words[word].exact);
        strcpy(ask->folded, words[word].folded);
    }
}

static char *write_word(struct random *random, struct ask *ask, char *out)
{
    uint8_t word = (uint8_t)random_below(random, WORDS);
    uint32_t kind = random_below(random, 3);

    draw_word(random, word, !kind, ask);
    switch (kind) {
    case 1:
        if (strpbrk(ask->folded, "0123456789"))
            break;
        ask->distance = 1 + random_below(random, 2);
        draw_slip(random, ask);
        break;
    default:
        break;
    }
    out += sprintf(out, "%s", ask->exact);
    return ask->distance ? out + sprintf(out, "~%u", (unsigned)ask->distance) : out;
}

static char *write_ask(struct random *random, struct ask *ask, unsigned depth, char *out)
{
    static const char forms[] = { 0, 0, '=', '~' };

    memset(ask, 0, sizeof *ask);
    ask->how = random_below(random, depth ? 6 : 4);
    if (ask->how <= ASK_NEAR) {
        ask->form = forms[random_below(random, 4)];
        ask->title = random_below(random, 4) == 0;
        if (ask->form)
            out += sprintf(out, "%c", ask->form);
        if (ask->title)
            out += sprintf(out, "title:");
    }
    switch (ask->how) {
    case ASK_WORD:
        return write_word(random, ask, out);
    case ASK_PHRASE:
    case ASK_NEAR:
        for (ask->n = 0; ask->n < 2; ask->n++) {
            assert_non_null(ask->children[ask->n] = calloc(1, sizeof *ask));
            ask->children[ask->n]->form = ask->form;
            draw_word(random, (uint8_t)random_below(random, WORDS), !random_below(random, 4),
                      ask->children[ask->n]);
        }
        ask->slop = 1 + random_below(random, 4);
        out += sprintf(out, "\"%s %s\"", ask->children[0]->exact, ask->children[1]->exact);
        return ask->how == ASK_NEAR ? out + sprintf(out, "~%u", (unsigned)ask->slop) : out;
    case ASK_DATE:
        ask->from = 2000 + (int)random_below(random, 5);
        ask->to = ask->from + (int)random_below(random, 3);
        return out + sprintf(out, "date:%d..%d", ask->from, ask->to);
    default:
        break;
    }
    out += sprintf(out, "(");
    ask->n = 2 + random_below(random, 2);
    for (uint32_t i = 0; i < ask->n; i++) {
        bool excluded = ask->how == ASK_AND && i && random_below(random, 3) == 0;

        if (i)
            out += sprintf(out, ask->how == ASK_OR ? " OR " : " ");
        if (excluded)
            out += sprintf(out, "NOT ");
        assert_non_null(ask->children[i] = malloc(sizeof *ask));
        out = write_ask(random, ask->children[i], depth - 1, out);
        ask->children[i]->excluded = excluded;
    }
    return out + sprintf(out, ")");
}

static void free_ask(struct ask *ask)
{
    for (uint32_t i = 0; i < ask->n; i++) {
        free_ask(ask->children[i]);
        free(ask->children[i]);
    }
}

/* ---- documents */

static void write_tokens(const struct place *tokens, uint32_t n, char *out)
{
    *out = '\0';
    for (uint32_t i = 0; i < n; i++)
        out += sprintf(out, "%s%s", words[tokens[i].word].exact, tokens[i].last ? "\n\n" : " ");
}

static void draw_documents(struct random *random, struct archive *archive, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        struct page *document = &documents[i];
        char id[16], title[TITLE_LONGEST * 16], text[LONGEST * 16];

        *document = (struct page){ .n_title = 1 + random_below(random, TITLE_LONGEST),
                                   .n_text = 1 + random_below(random, LONGEST),
                                   .alive = true };
        for (uint32_t k = 0; k < document->n_title; k++)
            document->title[k].word = (uint8_t)random_below(random, WORDS);
        for (uint32_t k = 0; k < document->n_text; k++)
            document->text[k] = (struct place){ (uint8_t)random_below(random, WORDS),
                                                random_below(random, 5) == 0 };
        document->year = random_below(random, 5) ? (int16_t)(2000 + random_below(random, 6)) : 0;
        snprintf(id, sizeof id, "%u", (unsigned)i);
        write_tokens(document->title, document->n_title, title);
        write_tokens(document->text, document->n_text, text);
        archive_add(archive, &(struct muc_document){
                                 .id = muc_text(id),
                                 .title = muc_text(title),
                                 .text = muc_text(text),
                                 .date = { document->year, 0, 0 },
                                 .date_origin = document->year ? MUC_DATE_GIVEN : MUC_DATE_NONE });
        if (random_below(random, 60) == 0)
            archive_commit(archive);
    }
    archive_commit(archive);
    for (uint32_t i = 0; i < n / 10; i++) {
        uint32_t gone = random_below(random, n);
        char id[16];

        snprintf(id, sizeof id, "%u", (unsigned)gone);
        if (documents[gone].alive)
            archive_delete(archive, id);
        documents[gone].alive = false;
    }
    archive_commit(archive);
}

/* ---- the test */

static void check(struct random *random, const struct archive *archive, uint32_t n)
{
    enum muc_accents accents = random_below(random, 3);
    struct ask ask;
    char text[4096];
    struct answer answer;
    uint64_t expected = 0;

    *write_ask(random, &ask, DEPTH, text) = '\0';
    answer = archive_search(archive, &(struct muc_query){ .text = muc_text(text),
                                                          .match = MUC_MATCH_ALL,
                                                          .accents = accents,
                                                          .rank = MUC_RANK_BM25,
                                                          .limit = DOCS });
    for (uint32_t i = 0; i < n; i++)
        expected += documents[i].alive && matches(&ask, &documents[i], accents);
    if (answer.summary.total != expected || answer.n_hits != expected)
        fail_msg("%s, accents %d: %u found, %u hits, %u expected", text, (int)accents,
                 (unsigned)answer.summary.total, (unsigned)answer.n_hits, (unsigned)expected);
    for (size_t h = 0; h < answer.n_hits; h++) {
        uint32_t i = (uint32_t)strtoul(answer.hits[h].id.bytes, NULL, 10);

        if (i >= n || !documents[i].alive || !matches(&ask, &documents[i], accents))
            fail_msg("%s, accents %d: document %u does not match", text, (int)accents, (unsigned)i);
    }
    for (size_t w = 0; w < answer.n_warnings; w++)
        if (answer.warnings[w].kind == MUC_WARNING_WILDCARD ||
            answer.warnings[w].kind == MUC_WARNING_FUZZY)
            fail_msg("%s: %s", text, answer.warnings[w].message.bytes);
    answer_free(&answer);
    free_ask(&ask);
}

static void answers_as_the_model(void **state)
{
    struct random random = random_start();

    (void)state;
    for (unsigned i = 0; i < INDEXES; i++) {
        uint32_t n = i ? 1 + random_below(&random, DOCS) : DOCS;
        struct archive archive;

        archive_start(&archive);
        draw_documents(&random, &archive, n);
        for (unsigned q = 0; q < QUERIES; q++)
            check(&random, &archive, n);
        archive_end(&archive);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(answers_as_the_model) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
