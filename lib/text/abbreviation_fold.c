/* SPDX-License-Identifier: MIT */
#include "text/abbreviation_fold.h"

#include <stdlib.h>
#include <xxhash.h>

#include "base/error.h"
#include "text/fold.h"

/** A word of names and its forms, all in the arena. */
struct name_word {
    struct muc_string written, exact, folded;
};

int name_folder_open(struct name_folder *folder, struct arena *arena, size_t n_words,
                     struct muc_error *err)
{
    uint32_t n_places = 16;

    while (n_places < 2 * n_words)
        n_places *= 2;
    *folder = (struct name_folder){ .arena = arena, .n_places = n_places };
    if (!(folder->words = calloc(n_places, sizeof(struct name_word *))))
        return error_memory(err);
    return folder_new(&folder->folder, err);
}

void name_folder_close(struct name_folder *folder)
{
    folder_free(folder->folder);
    free(folder->words);
}

static bool keep(struct arena *arena, struct muc_string *text)
{
    *text = arena_copy(arena, *text);
    return text->bytes;
}

/** The word with its forms, folded at its first use. NULL if memory is out. */
static const struct name_word *fold_once(struct name_folder *folder, struct muc_string written)
{
    uint64_t place = XXH3_64bits(written.bytes, written.size) % folder->n_places;
    struct folded_word forms;
    struct name_word *word;

    for (; (word = folder->words[place]); place = (place + 1) % folder->n_places)
        if (str_equal(word->written, written))
            return word;
    if (fold_word(folder->folder, written, false, &forms, NULL) ||
        !(word = arena_alloc(folder->arena, sizeof *word)))
        return NULL;
    *word = (struct name_word){ written, str_of(forms.exact, forms.exact_size),
                                str_of(forms.folded, forms.folded_size) };
    if (!keep(folder->arena, &word->written) || !keep(folder->arena, &word->exact) ||
        !keep(folder->arena, &word->folded))
        return NULL;
    return folder->words[place] = word;
}

bool name_fold(struct name_folder *folder, struct muc_string name, struct muc_string *exact_form,
               struct muc_string *folded_form)
{
    char exact[NAME_MAX_BYTES], folded[NAME_MAX_BYTES];
    size_t n_exact = 0, n_folded = 0;

    for (size_t at = 0, end; at < name.size; at = end + 1) {
        const struct name_word *word;

        for (end = at; end < name.size && name.bytes[end] != ' ';)
            end++;
        word = fold_once(folder, str_of(name.bytes + at, end - at));
        if (!word || n_exact + word->exact.size + 1 > sizeof exact ||
            n_folded + word->folded.size + 1 > sizeof folded)
            return false;
        if (at)
            exact[n_exact++] = folded[n_folded++] = ' ';
        memcpy(exact + n_exact, word->exact.bytes, word->exact.size);
        memcpy(folded + n_folded, word->folded.bytes, word->folded.size);
        n_exact += word->exact.size;
        n_folded += word->folded.size;
    }
    *exact_form = arena_copy(folder->arena, str_of(exact, n_exact));
    *folded_form = arena_copy(folder->arena, str_of(folded, n_folded));
    return exact_form->bytes && folded_form->bytes;
}
