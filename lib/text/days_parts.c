/* SPDX-License-Identifier: MIT */
#include "text/days_parts.h"

#include "text/character.h"

struct muc_string day_written(const struct day_line *line, size_t i)
{
    return str_of(line->text.bytes + line->tokens[i].start,
                  line->tokens[i].end - line->tokens[i].start);
}

size_t day_next(const struct day_line *line, size_t i)
{
    do
        i++;
    while (i < line->n && line->tokens[i].whole);
    return i;
}

size_t day_previous(const struct day_line *line, size_t i)
{
    while (i-- > 0)
        if (!line->tokens[i].whole)
            return i;
    return line->n;
}

char day_joint(const struct day_line *line, size_t end, size_t i)
{
    uint32_t n_breaks = 0;
    char found = ' ';

    if (i >= line->n || line->tokens[i].start < end)
        return 0;
    for (size_t at = end; at < line->tokens[i].start;) {
        uint32_t c = character_next(line->text, &at);

        if (character_is_space(c) || c == '\r' || (c == '\n' && n_breaks++ == 0))
            continue;
        if (found != ' ' || !(c == '/' || c == '.' || c == ',' || character_is_dash(c)))
            return 0;
        found = character_is_dash(c) ? '-' : (char)c;
    }
    return found;
}

unsigned day_number(struct muc_string text, unsigned most)
{
    unsigned number = 0;

    if (text.size < 1 || text.size > 2)
        return 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!ascii_is_digit(text.bytes[i]))
            return 0;
        number = 10 * number + (unsigned)(text.bytes[i] - '0');
    }
    return number <= most ? number : 0;
}

/** The number that Roman figures are, in capitals; 0: they are none of a month. */
static unsigned roman_number(struct muc_string text)
{
    static const char *const roman[] = { "I",   "II",   "III", "IV", "V",  "VI",
                                         "VII", "VIII", "IX",  "X",  "XI", "XII" };

    if (text.size > 4) /* as nearly all words with such a letter first */
        return 0;
    for (unsigned i = 0; i < sizeof roman / sizeof *roman; i++)
        if (str_equal(text, str_c(roman[i])))
            return i + 1;
    return 0;
}

bool day_is_roman(const struct day_line *line, size_t i)
{
    return i < line->n && roman_number(day_written(line, i)) > 0;
}

unsigned day_month_at(const struct day_line *line, size_t i)
{
    unsigned month = i < line->n ? day_number(day_written(line, i), 12) : 0;

    return month || i >= line->n ? month : roman_number(day_written(line, i));
}

const char *day_exact(const struct day_line *line, size_t i)
{
    return i < line->n ? analyzer_form(line->analyzer, line->tokens[i].form)->exact : "";
}

const char *day_folded(const struct day_line *line, size_t i)
{
    return i < line->n ? form_folded(analyzer_form(line->analyzer, line->tokens[i].form)) : "";
}

bool day_is_one(const char *form, const char *const *words)
{
    for (; *words; words++)
        if (*form == **words && !strcmp(form, *words))
            return true;
    return false;
}

bool day_is_word(const struct day_line *line, size_t i, const char *folded)
{
    return !strcmp(day_folded(line, i), folded);
}

size_t day_connected(const struct day_line *line, size_t last, const struct day_links *links)
{
    size_t at = day_next(line, last);
    char between = day_joint(line, line->tokens[last].end, at);
    bool connects = between == '-' || between == ',';

    if (between == ' ' && day_is_one(links->form(line, at), links->joining)) {
        at = day_next(line, at);
        connects = true;
    }
    for (int n = 0; n < 2 && connects && day_is_one(links->form(line, at), links->leading); n++)
        at = day_next(line, at);
    return connects && at < line->n ? at : line->n;
}

unsigned day_told_year(const struct day_line *line, size_t i)
{
    static const struct {
        const char *exact, *folded;
        int years;
    } words[] = { { "ngoái", "ngoai", -1 }, { "nay", "nay", 0 }, { "tới", "toi", 1 } };
    const struct form *form;

    if (i >= line->n || line->near.year < 2 || line->near.year >= YEAR_MAX)
        return 0;
    form = analyzer_form(line->analyzer, line->tokens[i].form);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (!strcmp(form->exact, words[k].exact) || !strcmp(form->exact, words[k].folded))
            return (unsigned)(line->near.year + words[k].years);
    return 0;
}

unsigned day_year_at(const struct day_line *line, size_t i)
{
    struct muc_string word;
    unsigned year = 0;

    if (i >= line->n || (word = day_written(line, i)).size != 4)
        return 0;
    for (size_t k = 0; k < word.size; k++) {
        if (!ascii_is_digit(word.bytes[k]))
            return 0;
        year = 10 * year + (unsigned)(word.bytes[k] - '0');
    }
    return year;
}
