/* SPDX-License-Identifier: MIT */
#include "doc/html_page.h"

#include <ctype.h>
#include <strings.h>

#include "base/error.h"
#include "doc/html_text.h"
#include "doc/late.h"

enum {
    HEAD_BYTES = 4096, /* in which a page names its encoding, and shows that it is one */
    SIGNS_MAX = 20000, /* that part attributes, in one tag */
    OPTIONS = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
              HTML_PARSE_COMPACT,
};

/** The encoding a page names in its first bytes; "" if it does not. */
static void declared_encoding(const uint8_t *bytes, size_t size, char name[HTML_DECLARED_MAX])
{
    static const char word[] = "charset=";
    size_t at = 0, n = 0;

    size = size < HEAD_BYTES ? size : HEAD_BYTES;
    while (at + sizeof word - 1 < size &&
           strncasecmp((const char *)bytes + at, word, sizeof word - 1) != 0)
        at++;
    at += sizeof word - 1;
    while (at < size && (bytes[at] == '"' || bytes[at] == '\'' || bytes[at] == ' '))
        at++;
    for (; at < size && n + 1 < HTML_DECLARED_MAX &&
           (isalnum(bytes[at]) || strchr("-_:.", bytes[at]));
         at++)
        name[n++] = (char)bytes[at];
    name[n] = '\0';
}

int html_page_decode(const struct buffer *bytes, const char *forced,
                     char declared[HTML_DECLARED_MAX], struct buffer *text,
                     struct decoding *decoding, struct muc_error *err)
{
    if (forced)
        return decode(bytes->at, bytes->size, forced, text, decoding, err);
    if (!*declared)
        declared_encoding(bytes->at, bytes->size, declared);
    return decode_declared(bytes->at, bytes->size, *declared ? declared : NULL, text, decoding,
                           err);
}

/** libxml2 compares each attribute of a tag with all before it: minutes for a hundred thousand. */
bool html_page_is_endless(struct muc_string page)
{
    size_t n = 0;
    bool inside = false;

    for (size_t i = 0; i < page.size; i++) {
        char c = page.bytes[i];

        if (c == '<' || c == '>') {
            inside = c == '<';
            n = 0;
        } else if (inside && strchr(" \t\r\n\f/=\"'", c) && ++n > SIGNS_MAX) {
            return true;
        }
    }
    return false;
}

int html_page_parse(struct muc_string page, const char *path, xmlDoc **tree, struct muc_error *err)
{
    int rc;

    if (html_page_is_endless(page))
        return error_set(err, MUC_EINPUT, 0, path, "no web page: a tag has more than %d parts",
                         SIGNS_MAX);
    if ((rc = libxml_load(err)))
        return rc;
    *tree = page.size <= HTML_PAGE_MAX
                ? libxml.htmlReadMemory(page.bytes, (int)page.size, NULL, "UTF-8", OPTIONS)
                : NULL;
    return *tree ? MUC_OK : error_set(err, MUC_EINPUT, 0, path, "cannot be read as a web page");
}

xmlNode *html_page_body(xmlDoc *page)
{
    xmlNode *root = libxml.xmlDocGetRootElement(page);

    for (xmlNode *node = root; node; node = html_next(node, root, true))
        if (node->type == XML_ELEMENT_NODE && !strcasecmp((const char *)node->name, "body"))
            return node;
    return root;
}

int html_page_text(struct muc_string page, const char *path, struct buffer *out,
                   struct muc_error *err)
{
    xmlDoc *tree = NULL;
    xmlNode *body;
    int rc = html_page_parse(page, path, &tree, err);

    if (!rc && (body = html_page_body(tree)) && !html_text(body, str_of("", 0), true, out))
        rc = error_memory(err);
    libxml.xmlFreeDoc(tree);
    return rc;
}

/* Byte of the head behind blanks, marks, the XML declaration and comments. */
static size_t skip_prolog(const uint8_t *head, size_t size)
{
    static const struct {
        const char *begin, *end;
    } skipped[] = { { "\xef\xbb\xbf", "" }, { "<?", "?>" }, { "<!--", "-->" } };
    size_t at = 0, before = 1;

    while (at < size && at != before) {
        before = at;
        while (at < size && strchr(" \t\r\n", head[at]) && head[at])
            at++;
        for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++) {
            size_t n = strlen(skipped[i].begin), m = strlen(skipped[i].end);

            if (size - at < n || memcmp(head + at, skipped[i].begin, n) != 0)
                continue;
            for (at += n; at + m <= size && memcmp(head + at, skipped[i].end, m) != 0;)
                at++;
            at = at + m <= size ? at + m : size;
        }
    }
    return at;
}

bool html_page_begins(const uint8_t *head, size_t size, const char *const *words)
{
    size_t at = skip_prolog(head, size);

    for (; *words; words++)
        if (size - at >= strlen(*words) &&
            !strncasecmp((const char *)head + at, *words, strlen(*words)))
            return true;
    return false;
}
