/* SPDX-License-Identifier: MIT */
#include "text/spelling.h"

/* ---- i and y */

static const struct {
    char i[4], y[4];
} vowels[] = {
    { "i", "y" }, { "ì", "ỳ" }, { "í", "ý" }, { "ỉ", "ỷ" }, { "ĩ", "ỹ" }, { "ị", "ỵ" },
};

/** The decree of 1984 on spelling names these initials; v stands in names (Vỹ Dạ). */
static const char open_initials[] = "hklmstv";

static bool is_final_of_qu(struct muc_string rest)
{
    return !rest.size || str_equal(rest, STR("nh")) || str_equal(rest, STR("ch")) ||
           str_equal(rest, STR("t"));
}

/** Whether i or y stands for the same sound between these parts. */
static bool is_free(struct muc_string initial, struct muc_string rest, bool marked)
{
    if (!initial.size)
        return !rest.size && marked;
    if (str_equal(initial, STR("qu")))
        return is_final_of_qu(rest);
    return initial.size == 1 && !rest.size;
}

static size_t put(struct muc_string initial, const char *vowel, struct muc_string rest,
                  char out[FORM_MAX])
{
    size_t size = strlen(vowel);

    if (initial.size)
        memcpy(out, initial.bytes, initial.size);
    memcpy(out + initial.size, vowel, size);
    if (rest.size)
        memcpy(out + initial.size + size, rest.bytes, rest.size);
    return initial.size + size + rest.size;
}

static size_t exchange_vowel(struct muc_string exact, char out[FORM_MAX])
{
    bool open = exact.size && memchr(open_initials, exact.bytes[0], sizeof open_initials - 1);
    size_t initial = str_starts(exact, STR("qu")) ? 2 : open;
    struct muc_string before = str_of(exact.bytes, initial);
    struct muc_string vowel = str_of(exact.bytes + initial, exact.size - initial);

    if (!vowel.size || (vowel.bytes[0] != 'i' && vowel.bytes[0] != 'y' && !(vowel.bytes[0] & 0x80)))
        return 0; /* mostly */
    for (size_t v = 0; v < sizeof vowels / sizeof *vowels; v++)
        for (int from_y = 0; from_y < 2; from_y++) {
            struct muc_string from = str_c(from_y ? vowels[v].y : vowels[v].i);
            struct muc_string rest;

            if (!str_starts(vowel, from))
                continue;
            rest = str_of(vowel.bytes + from.size, vowel.size - from.size);
            return is_free(before, rest, v > 0)
                       ? put(before, from_y ? vowels[v].i : vowels[v].y, rest, out)
                       : 0;
        }
    return 0;
}

/* ---- d and gi */

/* Syllables that dictionaries give with both initials in one meaning at least. A pair is left out
 * where one of them is far more often another word: dương giương, da gia. */
static const struct {
    char gi[12], d[12];
} initials[] = {
    { "giùm", "dùm" },   { "giông", "dông" }, { "giòng", "dòng" }, { "giàn", "dàn" },
    { "giãn", "dãn" },   { "giẫm", "dẫm" },   { "giậm", "dậm" },   { "giội", "dội" },
    { "giập", "dập" },   { "giằng", "dằng" }, { "giấm", "dấm" },   { "giòn", "dòn" },
    { "giòi", "dòi" },   { "giền", "dền" },   { "giồi", "dồi" },   { "giúi", "dúi" },
    { "giụi", "dụi" },   { "giựt", "dựt" },   { "giăng", "dăng" }, { "giềnh", "dềnh" },
    { "giong", "dong" }, { "giộp", "dộp" },   { "giằn", "dằn" },   { "giầm", "dầm" },
};

static size_t exchange_initial(struct muc_string exact, char out[FORM_MAX])
{
    if (!exact.size || (exact.bytes[0] != 'g' && exact.bytes[0] != 'd'))
        return 0;
    for (size_t i = 0; i < sizeof initials / sizeof *initials; i++) {
        struct muc_string gi = str_c(initials[i].gi), d = str_c(initials[i].d);
        struct muc_string other = str_equal(exact, gi) ? d : gi;

        if (!str_equal(exact, gi) && !str_equal(exact, d))
            continue;
        memcpy(out, other.bytes, other.size);
        return other.size;
    }
    return 0;
}

/** Whether a form goes on with i, or with ê, before which gi has no i of its own. */
static bool goes_on_with(struct muc_string exact, size_t at, bool with_i)
{
    static const char *const of_i[] = { "i", "ì", "í", "ỉ", "ĩ", "ị" };
    static const char *const of_e[] = { "ê", "ề", "ế", "ể", "ễ", "ệ" };
    struct muc_string rest = str_of(exact.bytes + at, exact.size - at);

    for (size_t i = 0; i < sizeof of_i / sizeof *of_i; i++)
        if (str_starts(rest, str_c(with_i ? of_i[i] : of_e[i])))
            return true;
    return false;
}

size_t spelling_initial(struct muc_string exact, bool with_gi, char out[FORM_MAX])
{
    bool d = exact.size > 1 && exact.bytes[0] == 'd';
    bool gi = exact.size > 2 && exact.bytes[0] == 'g' && goes_on_with(exact, 1, true);
    struct muc_string initial = with_gi ? STR("gi") : STR("d");
    size_t from = d ? 1 : exact.size > 2 && exact.bytes[1] == 'i' ? 2 : 1;

    if ((!d && !gi) || exact.size > FORM_MAX - 2)
        return 0;
    if (d != with_gi) {
        memcpy(out, exact.bytes, exact.size);
        return exact.size;
    }
    if (d && goes_on_with(exact, 1, true)) /* diếm giếm, dìn gìn */
        initial.size = 1;
    if (gi && from == 2 && goes_on_with(exact, 2, false)) /* giếm diếm */
        initial = STR("di");
    memcpy(out, initial.bytes, initial.size);
    memcpy(out + initial.size, exact.bytes + from, exact.size - from);
    return initial.size + exact.size - from;
}

/** A thousand is nghìn in the north and ngàn in the south. */
static size_t exchange_thousand(struct muc_string exact, char out[FORM_MAX])
{
    const struct muc_string north = STR("nghìn"), south = STR("ngàn");
    const bool is_north = str_equal(exact, north);

    if (!is_north && !str_equal(exact, south))
        return 0;
    return put(str_of(NULL, 0), is_north ? south.bytes : north.bytes, str_of(NULL, 0), out);
}

size_t spelling_other(struct muc_string exact, char out[FORM_MAX])
{
    size_t size = exact.size < FORM_MAX - 3 ? exchange_vowel(exact, out) : 0;

    if (size || !exact.size)
        return size;
    return exact.bytes[0] == 'n' ? exchange_thousand(exact, out) : exchange_initial(exact, out);
}

size_t spelling_other_folded(struct muc_string folded, char out[FORM_MAX])
{
    /* of the list only what has no other word without marks: gian is not dan */
    if (str_equal(folded, STR("gium")) || str_equal(folded, STR("dum"))) {
        memcpy(out, folded.bytes[0] == 'g' ? "dum" : "gium", 4);
        return folded.bytes[0] == 'g' ? 3 : 4;
    }
    return folded.size < FORM_MAX - 3 ? exchange_vowel(folded, out) : 0;
}
