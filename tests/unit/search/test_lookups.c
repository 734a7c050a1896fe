/* SPDX-License-Identifier: MIT */
/* Terms that were looked up are found again by their parts or by where their form lies, and told
 * from others. */
#include "../random.h"
#include "group_archive.h"
#include "index/terms.h"
#include "search/terms.h"

/* of the terms of the archive, which has one text */
static struct kept_terms kept;

/** So many letters of a few, so that much begins and ends alike. */
static struct muc_string make_word(struct random *random, char *out, uint32_t size)
{
    for (uint32_t i = 0; i < size; i++)
        out[i] = (char)('a' + random_below(random, 2));
    return str_of(out, size);
}

static struct muc_string term_folded_copy(struct muc_string folded, char room[TERM_MAX])
{
    return str_of(memcpy(room, folded.bytes, folded.size), folded.size);
}

/** A pair, or a word as typed or whatever its marks, in a field or not: the term that
 *  index/terms.h makes of it. */
static struct muc_string look_up_any(struct random *random, struct lookups *lookups,
                                     char room[TERM_MAX], const struct lookup **out)
{
    char letters[3][24];
    const struct query_word words[2] = {
        { .folded = make_word(random, letters[0], 1 + random_below(random, 20)),
          .exact = make_word(random, letters[1], 1 + random_below(random, 20)) },
        { .exact = make_word(random, letters[2], 1 + random_below(random, 9)) },
    };
    const bool typed = random_below(random, 2);
    int rc;

    switch (random_below(random, 3)) {
    case 0:
        rc = lookups_pair(lookups, true, &words[0], &words[1], out, NULL);
        assert_int_equal(rc, MUC_OK);
        return term_pair(words[0].exact, words[1].exact, room);
    case 1:
        rc = lookups_word(lookups, typed, FIELD_ANY, words, out, NULL);
        assert_int_equal(rc, MUC_OK);
        return typed ? term_exact(words->folded, words->exact, room)
                     : term_folded_copy(words->folded, room);
    default:
        rc = lookups_word(lookups, typed, FIELD_TITLE, words, out, NULL);
        assert_int_equal(rc, MUC_OK);
        return typed ? term_field('T', words->folded, words->exact, room)
                     : term_field_folded('T', words->folded, room);
    }
}

/** Terms are told by their parts, but are those that the index has. */
static void test_parts(void **state)
{
    struct random random = random_start();
    struct arena arena = { 0 };
    struct lookups lookups;

    (void)state;
    lookups_start(&lookups, archive.reader, &arena, &kept, NULL);
    for (int i = 0; i < 5000; i++) {
        char room[TERM_MAX];
        const struct lookup *lookup;
        struct muc_string wanted = look_up_any(&random, &lookups, room, &lookup);

        if (!str_equal(lookup->term, wanted))
            fail_msg("%d: asked for [%.*s], got [%.*s]", i, (int)wanted.size, wanted.bytes,
                     (int)lookup->term.size, lookup->term.bytes);
    }
    for (uint32_t i = 0; i < kept.table.n_slots; i++) /* and each is there once */
        for (uint32_t k = 1; k < 64 && kept.table.slots[i]; k++) {
            const struct lookup *other = kept.table.slots[(i + k) % kept.table.n_slots];

            if (!other)
                break;
            assert_false(other->family == kept.table.slots[i]->family &&
                         str_equal(other->term, kept.table.slots[i]->term));
        }
    arena_free(&arena);
}

/** A word that differs from another in one letter. */
static struct query_word nearly(struct random *random, const struct query_word *word,
                                char letters[2][24])
{
    struct query_word other = *word;
    uint32_t at = random_below(random, (uint32_t)(word->folded.size + word->exact.size));

    memcpy(letters[0], word->folded.bytes, word->folded.size);
    memcpy(letters[1], word->exact.bytes, word->exact.size);
    other.folded.bytes = letters[0];
    other.exact.bytes = letters[1];
    if (at < word->folded.size)
        letters[0][at] ^= 'a' ^ 'b';
    else
        letters[1][at - word->folded.size] ^= 'a' ^ 'b';
    return other;
}

/** Terms of the same hash are told apart. */
static void test_alike(void **state)
{
    struct random random = random_start();

    (void)state;
    for (int i = 0; i < 3000; i++) {
        char letters[2][24], others[2][24], room[TERM_MAX];
        const struct query_word word = {
            .folded = make_word(&random, letters[0], 1 + random_below(&random, 20)),
            .exact = make_word(&random, letters[1], 1 + random_below(&random, 20)),
        };
        const struct query_word other = nearly(&random, &word, others);
        const enum field field = random_below(&random, 2) ? FIELD_ANY : FIELD_TITLE;
        const bool typed = random_below(&random, 2);
        struct wanted_term wanted = { .parts = term_of_word(typed, field, &other) };
        const struct term_parts parts = term_of_word(typed, field, &word);
        const struct postings nowhere = { 0 };
        const struct lookup *lookup;
        struct arena arena = { 0 };
        struct lookups lookups;

        for (int turn = 0; turn < 2; turn++) {
            lookups_start(&lookups, archive.reader, &arena, NULL, NULL);
            if (turn)
                assert_int_equal(
                    lookups_take(&lookups, &wanted, term_join(&wanted.parts, room), &nowhere, NULL),
                    MUC_OK);
            assert_int_equal(lookups_word(&lookups, typed, field, &word, &lookup, NULL), MUC_OK);
            wanted.hash = lookup->hash; /* which the second turn gives to the other, too */
        }
        if (!str_equal(lookup->term, term_join(&parts, room)))
            fail_msg("%d: asked for [%.*s, %.*s], got [%.*s]", i, (int)word.folded.size,
                     word.folded.bytes, (int)word.exact.size, word.exact.bytes,
                     (int)lookup->term.size, lookup->term.bytes);
        arena_free(&arena);
    }
}

/** A word of a form, or what is made of it: a letter, without marks, other ones in `room`. */
static struct query_word word_of(struct random *random, const struct form *form, char room[8])
{
    struct query_word word = { .exact = str_of(form->exact, form->exact_size),
                               .folded = str_of(form_folded(form), form->folded_size),
                               .own = form->exact };

    switch (random_below(random, 8)) {
    case 0:
        word.exact.size = 1;
        break;
    case 1:
        word.exact = word.folded;
        break;
    case 2:
        word.exact = make_word(random, room, form->exact_size);
        break;
    case 3:
        word.folded = word.exact;
        break;
    }
    return word;
}

/** A word that is known by its form is looked up as one that is of none; after forms were forgotten
 *  others lie where they were. */
static void test_forms(void **state)
{
    struct random random = random_start();
    struct arena arena = { 0 };
    struct analyzer *analyzer;
    struct lookups lookups;

    (void)state;
    assert_int_equal(analyzer_new(&analyzer, NULL), MUC_OK);
    for (uint32_t i = 0; i < 4 * KNOWN_WORDS; i++) {
        char exact[8], folded[8], room[8];
        const uint32_t size = 1 + random_below(&random, 5),
                       form = analyzer_intern(analyzer, make_word(&random, exact, size),
                                              make_word(&random, folded, size));
        struct query_word word = word_of(&random, analyzer_form(analyzer, form), room);
        const bool typed = random_below(&random, 2);
        const struct lookup *known, *plain;

        lookups_start(&lookups, archive.reader, &arena, &kept, NULL);
        assert_int_equal(lookups_word(&lookups, typed, FIELD_ANY, &word, &known, NULL), MUC_OK);
        word.own = NULL;
        assert_int_equal(lookups_word(&lookups, typed, FIELD_ANY, &word, &plain, NULL), MUC_OK);
        assert_ptr_equal(known, plain);
        if (random_below(&random, KNOWN_WORDS) == 0) {
            analyzer_reset(analyzer);
            kept_terms_trim(&kept, true);
        }
        arena_free(&arena);
    }
    analyzer_free(analyzer);
}

/** All that a word is looked for as is what each is by itself, the second time, too. */
static void test_word_terms(void **state)
{
    struct random random = random_start();
    struct arena arena = { 0 };
    struct lookups lookups;

    (void)state;
    lookups_start(&lookups, archive.reader, &arena, &kept, NULL);
    for (int i = 0; i < 2000; i++) {
        char letters[2][4];
        const struct query_word word = { .folded = make_word(&random, letters[0], 2),
                                         .exact = make_word(&random, letters[1], 2) },
                                bare = { .folded = word.folded, .exact = word.folded };
        const bool typed = random_below(&random, 2);
        const struct word_terms *all;
        const struct lookup *each[5] = { 0 };

        assert_int_equal(lookups_word_terms(&lookups, typed, &word, &all, NULL), MUC_OK);
        lookups_word(&lookups, false, FIELD_ANY, &word, &each[0], NULL);
        lookups_word(&lookups, typed, FIELD_TITLE, &word, &each[1], NULL);
        lookups_word(&lookups, typed, FIELD_HEAD, &word, &each[2], NULL);
        if (typed) {
            lookups_word(&lookups, true, FIELD_ANY, &word, &each[3], NULL);
            lookups_word(&lookups, true, FIELD_ANY, &bare, &each[4], NULL);
        }
        assert_ptr_equal(all->any, each[0]);
        assert_ptr_equal(all->title, each[1]);
        assert_ptr_equal(all->head, each[2]);
        assert_ptr_equal(all->typed, each[3]);
        assert_ptr_equal(all->bare, each[4]);
    }
    arena_free(&arena);
}

static int start(void **state)
{
    (void)state;
    archive_start(&archive);
    archive_add(&archive, &(struct muc_document){ .id = STR("a"), .text = STR("Mục lục") });
    archive_commit(&archive);
    return kept_terms_open(&kept) ? 0 : -1;
}

static int end(void **state)
{
    kept_terms_close(&kept);
    return archive_tear_down(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_word_terms),
    };

    return cmocka_run_group_tests(tests, start, end);
}
