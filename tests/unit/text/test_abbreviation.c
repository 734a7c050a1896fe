/* SPDX-License-Identifier: MIT */
/* The table of abbreviations: what every row has to keep, and what some names lead to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unicode/utf8.h>

#include <cmocka.h>

#include "text/abbreviation.h"
#include "text/syllable.h"

static struct abbreviations *table;

static uint32_t count_words(struct muc_string name)
{
    uint32_t n = 1;

    for (size_t i = 0; i < name.size; i++)
        n += name.bytes[i] == ' ';
    return n;
}

static bool is_syllable(struct muc_string word)
{
    uint32_t letters[SYLLABLE_MAX + 1];
    struct syllable syllable;
    uint32_t n = 0;

    for (size_t i = 0; i < word.size && n <= SYLLABLE_MAX; n++)
        U8_NEXT_UNSAFE((const uint8_t *)word.bytes, i, letters[n]);
    return syllable_parse(letters, n, &syllable);
}

static void test_rows(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < table->n; i++) {
        const struct abbreviation_name *name = &table->names[i];
        bool alone = (!i || name[-1].meaning != name->meaning) &&
                     (i + 1 == table->n || name[1].meaning != name->meaning);

        if (alone)
            fail_msg("%s: means nothing", name->exact.bytes);
        if (!name->exact.size || count_words(name->exact) > ABBREVIATION_WORDS ||
            count_words(name->exact) != count_words(name->folded))
            fail_msg("%s: badly written", name->exact.bytes);
        if (i && name->meaning != name[-1].meaning && name->meaning != name[-1].meaning + 1)
            fail_msg("%s: meanings are not neighbours", name->exact.bytes);
        if (name->is_short && !name->ambiguous && is_syllable(name->exact))
            fail_msg("%s: is a word, too, and not marked so", name->exact.bytes);
    }
}

/** No unambiguous short name has two meanings. */
static void test_order(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < table->n; i++) {
        const struct abbreviation_name *a = &table->names[table->by_folded[i - 1]];
        const struct abbreviation_name *b = &table->names[table->by_folded[i]];

        assert_true(str_compare(a->folded, b->folded) <= 0);
        if (a->is_short && b->is_short && !(a->ambiguous && b->ambiguous) &&
            str_equal(a->exact, b->exact))
            fail_msg("%s: has two meanings", a->exact.bytes);
    }
}

static void test_places(void **state)
{
    static const char *const same[][2] = {
        { "ubnd", "uy ban nhan dan" },
        { "tp hcm", "tphcm" },
        { "so tn mt", "so tai nguyen va moi truong" },
        { "stnmt", "so tai nguyen moi truong" },
        { "d c", "dong chi" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const struct abbreviation_name *names[2];

        for (size_t k = 0; k < 2; k++) {
            uint32_t place = abbreviation_place(table, str_c(same[i][k]));

            assert_true(place < table->n);
            names[k] = &table->names[table->by_folded[place]];
            assert_string_equal(names[k]->folded.bytes, same[i][k]);
        }
        assert_int_equal(names[0]->meaning, names[1]->meaning);
    }
    assert_int_equal(abbreviation_place(table, STR("")), 0);
    assert_int_equal(abbreviation_place(table, STR("zzzz")), table->n);
}

/** Every run of words with which a name begins is told by its hash, and the whole name; of others
 * few are. */
static void check_hashes(const struct abbreviations *all)
{
    enum { OTHERS = 10000 };
    unsigned told = 0;

    for (uint32_t i = 0; i < all->n; i++) {
        const char *at = all->names[i].folded.bytes;
        uint64_t hash = 0;

        for (const char *end = at; *end; at = end + 1) {
            end = at + strcspn(at, " ");
            hash = abbreviation_hash(hash, str_of(at, (size_t)(end - at)));
            assert_true(abbreviation_may_begin(all, hash));
            if (!*end)
                break;
        }
        assert_true(abbreviation_may_be(all, hash));
    }
    for (unsigned i = 0; i < OTHERS; i++) {
        char other[16];
        uint64_t hash;

        snprintf(other, sizeof other, "none%u", i);
        hash = abbreviation_hash(0, str_c(other));
        told += abbreviation_may_begin(all, hash) + abbreviation_may_be(all, hash);
    }
    assert_true(told < 2 * OTHERS / 5);
}

static void test_hashes(void **state)
{
    (void)state;
    check_hashes(table);
}

/** What was learned stands behind the table, a word of it where capitals have to tell. */
static void test_learned(void **state)
{
    static const struct abbreviation_learned learned[] = {
        { { "lđcc", 5 }, { "liên đoàn cầu chinh", sizeof "liên đoàn cầu chinh" - 1 }, 3 },
        { { "ban", 3 }, { "bộ an ninh", sizeof "bộ an ninh" - 1 }, 1 },
    };
    struct abbreviations *own;
    (void)state;

    assert_int_equal(abbreviations_new(learned, 2, NULL, &own, NULL), MUC_OK);
    assert_int_equal(own->n, table->n + 4);
    for (uint32_t i = 0; i < table->n; i++)
        assert_string_equal(own->names[i].exact.bytes, table->names[i].exact.bytes);
    assert_string_equal(own->names[table->n].folded.bytes, "ldcc");
    assert_string_equal(own->names[table->n + 1].folded.bytes, "lien doan cau chinh");
    assert_int_equal(own->names[table->n].n_docs, 3);
    assert_false(own->names[table->n].ambiguous);
    assert_true(own->names[table->n + 2].ambiguous);
    assert_int_equal(own->names[table->n].meaning, own->names[table->n + 1].meaning);
    assert_int_not_equal(own->names[table->n].meaning, own->names[table->n - 1].meaning);
    abbreviations_free(own);
}

/** Names as long as they may be, no word of which is in another. */
static void test_many_words(void **state)
{
    enum { NAMES = 896, PIECE = 8 };
    static struct abbreviation_learned learned[NAMES];
    static char room[NAMES][2][ABBREVIATION_WORDS * PIECE];
    struct abbreviations *own;
    unsigned word = 0;
    (void)state;

    for (size_t i = 0; i < NAMES; i++) {
        size_t sizes[2] = { 0 };

        for (int side = 0; side < 2; side++)
            for (int w = 0; w < ABBREVIATION_WORDS; w++)
                sizes[side] += (size_t)snprintf(room[i][side] + sizes[side], PIECE,
                                                w ? " w%u" : "w%u", word++);
        learned[i] = (struct abbreviation_learned){ str_of(room[i][0], sizes[0]),
                                                    str_of(room[i][1], sizes[1]), 1 };
    }
    assert_int_equal(abbreviations_new(learned, NAMES, NULL, &own, NULL), MUC_OK);
    assert_int_equal(own->n, table->n + 2 * NAMES);
    check_hashes(own);
    abbreviations_free(own);
}

static int make_table(void **state)
{
    (void)state;
    return abbreviations_new(NULL, 0, NULL, &table, NULL);
}

static int free_table(void **state)
{
    (void)state;
    abbreviations_free(table);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),       cmocka_unit_test(test_order),
        cmocka_unit_test(test_places),     cmocka_unit_test(test_learned),
        cmocka_unit_test(test_many_words), cmocka_unit_test(test_hashes),
    };

    return cmocka_run_group_tests(tests, make_table, free_table);
}
