/* SPDX-License-Identifier: MIT */
#include "query/query_word.h"

#include "text/character.h"
#include "text/marks.h"

bool query_word_has_capital(const struct query_word *word, struct muc_string text)
{
    size_t at = word->start;

    return at < text.size && character_is_upper(character_next(text, &at));
}

bool query_word_is(const struct query_word *word, struct muc_string form)
{
    size_t letters = 0;

    if (!query_word_may_begin(word, form.bytes[0]))
        return false; /* nearly always */
    if (word->marked || str_equal(word->exact, form))
        return str_equal(word->exact, form);
    if (word->certain && word->meant.size)
        return str_equal(word->meant, form);
    for (size_t i = 0; i < form.size; i++)
        letters += (form.bytes[i] & 0xc0) != 0x80;
    return letters == word->exact.size && marks_begin(form, word->exact);
}

unsigned query_word_value(const struct query_word *word)
{
    unsigned value = 0;

    if (word->exact.size > 3 || !str_is_digits(word->exact))
        return 0;
    for (size_t i = 0; i < word->exact.size; i++)
        value = 10 * value + (unsigned)(word->exact.bytes[i] - '0');
    return value;
}

/* ---- words that may count */

/** Words that may count by themselves: without marks, and all that these may stand for. */
static const struct {
    char folded[sizeof(uint64_t)];
    const char *forms;
} numerals[] = {
    { "mot", "một|mốt" },    { "hai", "hai" },     { "ba", "ba" },     { "bon", "bốn" },
    { "tu", "tư" },          { "nam", "năm" },     { "sau", "sáu" },   { "bay", "bảy|bẩy" },
    { "tam", "tám" },        { "chin", "chín" },   { "nhat", "nhất" }, { "nhi", "nhì" },
    { "muoi", "mười|mươi" }, { "gieng", "giêng" }, { "chap", "chạp" },
};

static bool is_any_of(const struct query_word *word, struct muc_string forms)
{
    bool is = false;

    while (forms.size && !is)
        is = query_word_is(word, str_cut(&forms, '|'));
    return is;
}

static bool may_count(const struct query_word *word)
{
    const struct muc_string exact = word->exact;
    const uint64_t folded = str_word(word->folded);
    size_t roman = 0;

    for (size_t i = 0; i < exact.size; i++) {
        if (ascii_is_digit(exact.bytes[i]))
            return true;
        roman += exact.bytes[i] == 'i' || exact.bytes[i] == 'v' || exact.bytes[i] == 'x';
    }
    if (roman == exact.size)
        return true;
    for (size_t i = 0; i < sizeof numerals / sizeof *numerals; i++)
        if (folded == str_word_of(numerals[i].folded))
            return is_any_of(word, str_c(numerals[i].forms));
    return false;
}

bool query_word_may_count(struct query_word *word)
{
    if (word->may_count == COUNT_UNKNOWN)
        word->may_count = may_count(word) ? COUNT_MAY : COUNT_NEVER;
    return word->may_count == COUNT_MAY;
}
