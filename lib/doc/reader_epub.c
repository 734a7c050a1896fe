/* SPDX-License-Identifier: MIT */
/* reader_epub.c - a book: one document, its files in the order of reading.
 *
 * What a book says of itself is made with care, unlike that of an office document: it goes before
 * what its text looks like. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/error.h"
#include "doc/epub_package.h"
#include "doc/field_names.h"
#include "doc/html_page.h"
#include "doc/metadata.h"
#include "doc/pack.h"
#include "doc/recode.h"
#include "doc/repair.h"
#include "doc/source.h"

enum {
    FILE_MAX = 1 << 30,
    PART_MAX = 8 << 20, /* bytes of what describes it */
};

/* A file of the spine, found in the zip in whatever order that has. */
struct chapter {
    struct muc_string name;
    size_t place;       /* in the spine */
    struct buffer text; /* UTF-8 */
};

struct book {
    const struct doc_input *input;
    struct arena arena;
    struct buffer container, opf, encryption;
    struct muc_string opf_name;
    struct epub_package package;
    VECTOR(struct chapter) chapters; /* in the order of their names */
    size_t size;                     /* bytes of their texts */
    struct buffer text;
    char encoding[HTML_DECLARED_MAX]; /* of a chapter that is not in Unicode, or "" */
    uint32_t n_replaced;
};

static struct muc_string string_of(const struct buffer *buffer)
{
    return str_of((const char *)buffer->at, buffer->size);
}

static bool ends(struct muc_string name, struct muc_string with)
{
    return name.size >= with.size &&
           !memcmp(name.bytes + name.size - with.size, with.bytes, with.size);
}

/* Go through the members; `take` reads those that it wants. */
static int each_member(struct book *book, int fd,
                       int (*take)(struct book *book, struct pack *pack,
                                   const struct pack_member *member, struct muc_error *err),
                       struct muc_error *err)
{
    struct pack_budget own = pack_budget_for(book->input->size);
    struct pack_member member;
    struct pack *pack;
    bool more;
    int rc;

    if (lseek(fd, 0, SEEK_SET))
        return error_set(err, MUC_EIO, 0, book->input->path, "cannot be read");
    rc = pack_open(fd, book->input->path, book->input->budget ? book->input->budget : &own, &pack,
                   err);
    if (rc)
        return rc;
    while (!rc && !(rc = pack_next(pack, &member, &more, err)) && more)
        rc = take(book, pack, &member, err);
    pack_close(pack);
    return rc;
}

/* ---- what describes it */

static int take_part(struct book *book, struct pack *pack, const struct pack_member *member,
                     struct muc_error *err)
{
    struct buffer *part = NULL;

    if (str_equal(member->name, STR("META-INF/container.xml")))
        part = &book->container;
    else if (str_equal(member->name, STR("META-INF/encryption.xml")))
        part = &book->encryption;
    else if (ends(member->name, STR(".opf")))
        part = &book->opf;
    if (!part || part->size) /* the package that is named is looked for, if there are two */
        return MUC_OK;
    if (part == &book->opf) {
        book->opf_name = arena_copy(&book->arena, member->name);
        if (!book->opf_name.bytes)
            return error_memory(err);
    }
    return pack_read_all(pack, PART_MAX, part, err);
}

static int take_named(struct book *book, struct pack *pack, const struct pack_member *member,
                      struct muc_error *err)
{
    if (!str_equal(member->name, book->opf_name) || book->opf.size)
        return MUC_OK;
    return pack_read_all(pack, PART_MAX, &book->opf, err);
}

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct chapter *)a)->name, ((const struct chapter *)b)->name);
}

static int read_package(struct book *book, int fd, struct muc_error *err)
{
    struct muc_string named;
    int rc = each_member(book, fd, take_part, err);

    if (!rc)
        rc = epub_find_package(string_of(&book->container), &book->arena, &named, err);
    if (!rc && named.size && !str_equal(named, book->opf_name)) {
        buffer_clear(&book->opf);
        book->opf_name = named;
        rc = each_member(book, fd, take_named, err);
    }
    if (!rc && !book->opf.size)
        rc = error_set(err, MUC_EINPUT, 0, book->input->path,
                       "no book: the list of its files is missing");
    if (!rc)
        rc = epub_package_read(string_of(&book->opf), book->opf_name, &book->arena, &book->package,
                               err);
    for (size_t i = 0; !rc && i < book->package.spine.n; i++) {
        struct chapter *chapter = vector_push(&book->chapters);

        if (!chapter)
            return error_memory(err);
        *chapter = (struct chapter){ .name = book->package.spine.at[i], .place = i };
    }
    if (!rc && book->chapters.n)
        qsort(book->chapters.at, book->chapters.n, sizeof *book->chapters.at, by_name);
    return rc;
}

/* ---- its text */

/* Fonts are encrypted in many books that can be read; all texts are in those that cannot. */
static bool is_encrypted(const struct book *book, const struct chapter *chapter)
{
    struct muc_string name = chapter->name;
    struct muc_string list = string_of(&book->encryption);

    for (size_t i = 1; !chapter->place && i + name.size < list.size; i++) {
        char quote = list.bytes[i - 1];

        if ((quote == '"' || quote == '\'') && list.bytes[i + name.size] == quote &&
            str_starts(str_of(list.bytes + i, list.size - i), name))
            return true;
    }
    return false;
}

static void note_encoding(struct book *book, const struct decoding *decoding)
{
    book->n_replaced += decoding->n_replaced;
    if (!*book->encoding && strcasecmp(decoding->encoding, "UTF-8") != 0)
        snprintf(book->encoding, sizeof book->encoding, "%s", decoding->encoding);
}

static int put_page(struct book *book, const struct buffer *bytes, struct buffer *out,
                    struct muc_error *err)
{
    char declared[HTML_DECLARED_MAX] = "";
    struct buffer text = { 0 }, clean = { 0 };
    struct decoding decoding;
    struct muc_string page;
    int rc = html_page_decode(bytes, book->input->encoding, declared, &text, &decoding, err);

    page = string_of(&text);
    if (!rc)
        note_encoding(book, &decoding);
    if (!rc && !repair_is_clean(page)) {
        book->n_replaced += repair(page, &clean);
        page = string_of(&clean);
    }
    if (!rc)
        rc = clean.failed ? error_memory(err) : html_page_text(page, book->input->path, out, err);
    buffer_free(&text);
    buffer_free(&clean);
    return rc;
}

static int take_chapter(struct book *book, struct pack *pack, const struct pack_member *member,
                        struct muc_error *err)
{
    const struct chapter wanted = { .name = member->name };
    struct chapter *chapter = book->chapters.n ? bsearch(&wanted, book->chapters.at,
                                                         book->chapters.n, sizeof wanted, by_name)
                                               : NULL;
    struct buffer bytes = { 0 };
    int rc;

    if (!chapter || chapter->text.size)
        return MUC_OK;
    if (member->encrypted || is_encrypted(book, chapter))
        return error_set(err, MUC_EINPUT, 0, book->input->path, "encrypted");
    rc = pack_read_all(pack, HTML_PAGE_MAX, &bytes, err);
    if (!rc)
        rc = put_page(book, &bytes, &chapter->text, err);
    buffer_free(&bytes);
    book->size += chapter->text.size + 2;
    if (!rc && book->size > MUC_TEXT_MAX)
        rc = error_set(err, MUC_EINPUT, 0, book->input->path, "its text is above %d MiB",
                       MUC_TEXT_MAX >> 20);
    return rc;
}

static int by_place(const void *a, const void *b)
{
    size_t x = ((const struct chapter *)a)->place, y = ((const struct chapter *)b)->place;

    return x < y ? -1 : x > y;
}

static int join_chapters(struct book *book, struct muc_error *err)
{
    if (book->chapters.n)
        qsort(book->chapters.at, book->chapters.n, sizeof *book->chapters.at, by_place);
    for (size_t i = 0; i < book->chapters.n; i++) {
        const struct buffer *own = &book->chapters.at[i].text;

        if (own->size && book->text.size)
            buffer_string(&book->text, "\n\n");
        buffer_append(&book->text, own->at, own->size);
    }
    if (book->text.failed)
        return error_memory(err);
    return book->text.size
               ? MUC_OK
               : error_set(err, MUC_EINPUT, 0, book->input->path, "a book without text");
}

/* ---- its document */

/* Its text behind the title, where that is its first line. */
static struct muc_string without_title(const struct book *book)
{
    struct muc_string text = string_of(&book->text), title = book->package.title;
    size_t size = title.size;

    if (!size || !str_starts(text, title) || (size < text.size && text.bytes[size] != '\n'))
        return text;
    while (size < text.size && text.bytes[size] == '\n')
        size++;
    return size < text.size ? str_of(text.bytes + size, text.size - size) : text;
}

/* What programs write where they know no author. */
static bool is_unknown(struct muc_string author)
{
    return str_equal(author, STR("Unknown")) || str_equal(author, STR("Unknown Author"));
}

static int take(struct book *book, const struct doc_sink *sink, struct muc_error *err)
{
    const struct epub_package *package = &book->package;
    const struct doc_input *input = book->input;
    struct muc_document document = { 0 };
    struct metadata metadata = { 0 };
    char warning[REPAIR_WARNING_MAX];
    int rc;

    if ((rc = doc_from_titled(package->title, without_title(book), input->path, input->mtime,
                              &book->arena, &document, err)) ||
        (rc = metadata_add(&metadata, STR("identifier"), package->id, &book->arena, err)))
        return rc;
    if (doc_date_parse_time(package->date, &document.date))
        document.date_origin = MUC_DATE_GIVEN;
    if (package->author.size && !is_unknown(package->author))
        document.byline = package->author;
    document.source = package->publisher;
    document.lang = field_language(package->language);
    document.tags = package->tags;
    document.n_tags = package->n_tags;
    document.metadata = metadata.at;
    document.n_metadata = metadata.n;
    if ((rc = recode_document(&book->arena, &document, err)))
        return rc;
    source_describe(input, doc_reader_epub.name, &document);
    document.id = input->id;
    document.n_replaced = book->n_replaced;
    if (!document.encoding.size)
        document.encoding = str_c(book->encoding);
    if (!(rc = sink->emit(sink->context, &document, err)) && book->n_replaced) {
        repair_warning(warning, *book->encoding ? book->encoding : "UTF-8", book->n_replaced);
        sink->warn(sink->context, 0, warning);
    }
    return rc;
}

static void book_free(struct book *book)
{
    for (size_t i = 0; i < book->chapters.n; i++)
        buffer_free(&book->chapters.at[i].text);
    vector_free(&book->chapters);
    epub_package_free(&book->package);
    buffer_free(&book->container);
    buffer_free(&book->opf);
    buffer_free(&book->encryption);
    buffer_free(&book->text);
    arena_free(&book->arena);
}

static int epub_read(const struct doc_input *input, const struct doc_sink *sink, uint64_t *hash,
                     struct muc_error *err)
{
    struct book book = { .input = input };
    struct source_file file;
    int rc = source_file_open(&file, input, FILE_MAX, err);

    if (rc)
        return rc;
    rc = read_package(&book, file.fd, err);
    if (!rc)
        rc = each_member(&book, file.fd, take_chapter, err);
    if (!rc)
        rc = join_chapters(&book, err);
    if (!rc)
        rc = take(&book, sink, err);
    source_file_close(&file, rc ? NULL : hash);
    book_free(&book);
    return rc;
}

/* The first member says so, unpacked, behind a header of 30 bytes. */
static bool is_epub(const uint8_t *head, size_t size)
{
    static const char type[] = "mimetypeapplication/epub+zip";

    return size >= 30 + sizeof type - 1 && !memcmp(head, "PK\3\4", 4) &&
           !memcmp(head + 30, type, sizeof type - 1);
}

static const char *const endings[] = { "epub", NULL };

const struct doc_reader doc_reader_epub = { "epub", false, endings, is_epub, epub_read };
