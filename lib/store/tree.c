/* SPDX-License-Identifier: MIT */
#include "store/tree.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Static_assert(sizeof(size_t) == 8, "the layout is that of LMDB on 64-bit machines");

const char *const tree_names[TREE_NAMES] = { "index", "files" };

enum {
    PAGE_HEAD = 16,
    NODE_HEAD = 8,
    PAGE_BRANCH = 1,
    PAGE_LEAF = 2,
    PAGE_OVERFLOW = 4,
    PAGE_META = 8,
    NODE_BIG = 1,
    NODE_TREE = 2,
    ROOT_BYTES = 48,
    KEY_MAX = 511,
    DEPTH_MAX = 32,
    PAGE_SIZE_MIN = 512,
    FLAG_INTEGER_KEYS = 8,
};

static uint16_t get_u16(const uint8_t *at)
{
    uint16_t value;

    memcpy(&value, at, sizeof value);
    return value;
}

static uint32_t get_u32(const uint8_t *at)
{
    uint32_t value;

    memcpy(&value, at, sizeof value);
    return value;
}

static uint64_t get_u64(const uint8_t *at)
{
    uint64_t value;

    memcpy(&value, at, sizeof value);
    return value;
}

/* ---- meta pages and roots */

static struct tree_root root_read(const uint8_t *at)
{
    return (struct tree_root){
        .flags = get_u16(at + 4),
        .depth = get_u16(at + 6),
        .branches = get_u64(at + 8),
        .leaves = get_u64(at + 16),
        .overflows = get_u64(at + 24),
        .entries = get_u64(at + 32),
        .page = get_u64(at + 40),
    };
}

bool tree_meta_read(const uint8_t *bytes, struct tree_meta *meta)
{
    const uint8_t *at = bytes + PAGE_HEAD;
    uint32_t page_size = get_u32(at + 24);
    uint64_t map_size;

    if (!(get_u16(bytes + 10) & PAGE_META) || get_u32(at) != 0xBEEFC0DE || get_u32(at + 4) != 1)
        return false;
    if (page_size < PAGE_SIZE_MIN || page_size > TREE_PAGE_MAX || (page_size & (page_size - 1)))
        return false;
    *meta = (struct tree_meta){
        .page_size = page_size,
        .free = root_read(at + 24),
        .main = root_read(at + 72),
        .last_page = get_u64(at + 120),
        .txn = get_u64(at + 128),
    };
    map_size = get_u64(at + 16); /* of who wrote it: no page of theirs lay behind */
    return map_size < (uint64_t)1 << 47 && meta->last_page >= 1 &&
           meta->last_page < map_size / page_size && meta->free.flags == FLAG_INTEGER_KEYS &&
           meta->main.flags == 0;
}

/* ---- the walk */

enum kind { KIND_MAIN, KIND_FREE, KIND_VALUES };

struct key {
    const uint8_t *at;
    size_t size;
};

struct walk {
    const uint8_t *map;
    int fd;
    uint64_t n_pages, last_page; /* n_pages: that the file holds and the snapshot knows */
    uint32_t page_size;
    uint64_t n_behind; /* free pages behind the end of the file */
    uint64_t txn;
    bool runs;
    int os;                                 /* why it cannot be read, or 0 */
    uint64_t *seen;                         /* bit n: page n is in use */
    uint64_t taken[TREE_PAGE_MAX / 2 / 64]; /* of the page at hand: a bit for each two bytes that a
                                               node takes */
    struct tree_report *report;
    struct tree_root named[TREE_NAMES];
    /* of the tree at hand: */
    const char *name;
    enum kind kind;
    uint16_t depth;
    uint64_t branches, leaves, overflows, entries;
    struct key last;  /* the highest leaf key so far; at NULL: none */
    struct key floor; /* the next leaf key must not be below; at NULL: any */
};

__attribute__((format(printf, 3, 4))) static bool fault(struct walk *walk, uint64_t page,
                                                        const char *format, ...)
{
    char *to = walk->report->fault;
    va_list args;
    int n =
        snprintf(to, TREE_FAULT, "tree \"%s\", page %llu: ", walk->name, (unsigned long long)page);

    va_start(args, format);
    vsnprintf(to + n, (size_t)(TREE_FAULT - n), format, args);
    va_end(args);
    return false;
}

/** Set the bits from `at` to before `end`; false: one was set already. */
static bool take(uint64_t *bits, uint64_t at, uint64_t end)
{
    uint64_t before = 0;

    for (uint64_t next; at < end; at = next) {
        uint64_t n = 64 - at % 64;
        uint64_t mask;

        n = n < end - at ? n : end - at;
        mask = ~(uint64_t)0 >> (64 - n) << at % 64;
        before |= bits[at / 64] & mask;
        bits[at / 64] |= mask;
        next = at + n;
    }
    return !before;
}

static bool used_twice(struct walk *walk, uint64_t page)
{
    return fault(walk, page, "is used twice, or used and free");
}

static bool page_use(struct walk *walk, uint64_t page)
{
    if (page < 2 || page >= walk->n_pages)
        return fault(walk, page, "lies outside of the file");
    return take(walk->seen, page, page + 1) || used_twice(walk, page);
}

static int key_compare(const struct walk *walk, struct key a, struct key b)
{
    size_t least = a.size < b.size ? a.size : b.size;
    int order;

    if (walk->kind == KIND_FREE) { /* keys of 8 bytes, by number */
        uint64_t x = get_u64(a.at), y = get_u64(b.at);

        return (x > y) - (x < y);
    }
    order = memcmp(a.at, b.at, least);
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

/** The pages of an overflow run as its head says, if that says at least `n`. The head is read, not
 *  looked at in the map: a system call costs a tenth of bringing in a page and those around it. */
static bool run_pages(struct walk *walk, uint64_t page, uint64_t *n)
{
    uint8_t head[PAGE_HEAD];
    uint64_t pages;
    ssize_t n_read = pread(walk->fd, head, sizeof head, (off_t)(page * walk->page_size));

    if (n_read < 0) {
        walk->os = errno;
        return false;
    }
    if (n_read != sizeof head)
        return fault(walk, page, "is cut short");
    pages = get_u32(head + 12);
    if (get_u64(head) != page || get_u16(head + 10) != PAGE_OVERFLOW || pages < *n ||
        pages > walk->n_pages - page)
        return fault(walk, page, "is not the start of a value");
    *n = pages; /* more than needed where a value was replaced by a shorter one */
    return true;
}

/** An overflow run of `size` bytes of data; its data if it lies in the file. */
static bool run_use(struct walk *walk, uint64_t page, uint64_t size, const uint8_t **data)
{
    uint64_t n = (PAGE_HEAD - 1 + size) / walk->page_size + 1;

    if (page < 2 || page >= walk->n_pages || n > walk->n_pages - page)
        return fault(walk, page, "a value lies outside of the file");
    if (walk->runs && !run_pages(walk, page, &n))
        return false;
    if (!take(walk->seen, page, page + n))
        return used_twice(walk, page);
    walk->overflows += n;
    *data = walk->map + page * walk->page_size + PAGE_HEAD;
    return true;
}

enum { FALL = 32 };

/** Whether FALL numbers behind the first one fall by one each. */
static bool falls(const uint8_t *numbers)
{
    uint64_t gaps = 0;

    for (unsigned i = 0; i < FALL; i++)
        gaps |= (get_u64(numbers + 8 * i + 8) + 1) ^ get_u64(numbers + 8 * i);
    return !gaps;
}

/** How many of `n` > 0 numbers from the first one fall by one each: nearly all, and a database may
 *  have given up a million pages. */
static uint64_t falling_run(const uint8_t *numbers, uint64_t n)
{
    uint64_t run = 1;

    while (n - run >= FALL && falls(numbers + 8 * (run - 1)))
        run += FALL;
    while (run < n && get_u64(numbers + 8 * run) + 1 == get_u64(numbers + 8 * (run - 1)))
        run++;
    return run;
}

/** The pages that one transaction gave up: falling numbers, none in use. */
static bool free_pages(struct walk *walk, uint64_t page, struct key key, const uint8_t *data,
                       uint64_t size)
{
    uint64_t n = size >= 8 ? get_u64(data) : 0, before = UINT64_MAX;

    if (size < 8 || size % 8 || n > size / 8 - 1 || get_u64(key.at) > walk->txn)
        return fault(walk, page, "a record of the free list is damaged");
    for (uint64_t i = 1, run; i <= n; i += run) {
        uint64_t freed = get_u64(data + 8 * i), first;

        run = falling_run(data + 8 * i, n - i + 1);
        first = freed - run + 1;
        if (freed >= before || first < 2 || first > freed || freed > walk->last_page)
            return fault(walk, page, "a record of the free list does not fall");
        before = first;
        if (freed >= walk->n_pages) {
            uint64_t behind = first < walk->n_pages ? walk->n_pages : first;

            walk->n_behind += freed - behind + 1;
            freed = behind - 1;
        }
        if (!take(walk->seen, first, freed + 1))
            return used_twice(walk, first);
    }
    walk->report->free_pages += n;
    return true;
}

static bool named_tree(struct walk *walk, uint64_t page, struct key key, const uint8_t *data)
{
    for (unsigned i = 0; i < TREE_NAMES; i++)
        if (key.size == strlen(tree_names[i]) && memcmp(key.at, tree_names[i], key.size) == 0) {
            struct tree_root root = root_read(data);

            if (root.flags != 0)
                return fault(walk, page, "a tree has unknown flags");
            /* LMDB looks it up as a transaction begins, also if that tree is not to be walked */
            if (root.page != UINT64_MAX && (root.page < 2 || root.page >= walk->n_pages))
                return fault(walk, page, "a tree lies outside of the file");
            walk->named[i] = root;
            walk->report->named[i] = true;
            return true;
        }
    return fault(walk, page, "holds an unknown tree");
}

struct node {
    uint16_t flags;
    struct key key;
    uint64_t child; /* page below, in a branch */
    uint64_t size;  /* of the data, in a leaf */
    unsigned taken; /* bytes of the page */
    const uint8_t *data;
};

/** Node `i` of a page, if it lies in it alone. */
static bool node_read(struct walk *walk, uint64_t number, unsigned i, bool leaf, struct node *node)
{
    const uint8_t *page = walk->map + number * walk->page_size;
    unsigned upper = get_u16(page + 14), offset = get_u16(page + PAGE_HEAD + 2 * i);
    uint64_t size, end;

    if (offset < upper || offset % 2 || offset + NODE_HEAD > walk->page_size)
        return fault(walk, number, "node %u lies outside of it", i);
    node->flags = get_u16(page + offset + 4);
    node->key = (struct key){ page + offset + NODE_HEAD, get_u16(page + offset + 6) };
    node->size = get_u32(page + offset);
    node->child = node->size | (uint64_t)node->flags << 32;
    size = NODE_HEAD + node->key.size;
    if (leaf)
        size += node->flags & NODE_BIG ? sizeof(uint64_t) : node->size;
    end = offset + size + size % 2;
    if (end > walk->page_size)
        return fault(walk, number, "node %u ends outside of it", i);
    if (!take(walk->taken, offset / 2, end / 2))
        return fault(walk, number, "node %u overlaps another", i);
    node->taken = (unsigned)end - offset;
    node->data = node->key.at + node->key.size;
    return true;
}

static bool leaf_node(struct walk *walk, uint64_t page, const struct node *node)
{
    const uint8_t *data = node->data;

    if (node->key.size == 0 || node->key.size > KEY_MAX ||
        (walk->kind == KIND_FREE && node->key.size != sizeof(uint64_t)))
        return fault(walk, page, "a key of %zu bytes", node->key.size);
    if ((walk->last.at && key_compare(walk, node->key, walk->last) <= 0) ||
        (walk->floor.at && key_compare(walk, node->key, walk->floor) < 0))
        return fault(walk, page, "keys do not rise");
    walk->last = node->key;
    walk->floor.at = NULL;
    walk->entries++;
    if (walk->kind == KIND_MAIN)
        return (node->flags == NODE_TREE && node->size == ROOT_BYTES)
                   ? named_tree(walk, page, node->key, data)
                   : fault(walk, page, "holds what is no tree");
    if (node->flags & ~NODE_BIG)
        return fault(walk, page, "a node has unknown flags");
    if (node->flags & NODE_BIG && !run_use(walk, get_u64(node->data), node->size, &data))
        return false;
    return walk->kind != KIND_FREE || free_pages(walk, page, node->key, data, node->size);
}

static bool page_head(struct walk *walk, uint64_t number, bool leaf, unsigned *n)
{
    const uint8_t *page;
    unsigned lower, upper;

    if (!page_use(walk, number))
        return false;
    page = walk->map + number * walk->page_size;
    lower = get_u16(page + 12);
    upper = get_u16(page + 14);
    if (get_u64(page) != number || get_u16(page + 10) != (leaf ? PAGE_LEAF : PAGE_BRANCH))
        return fault(walk, number, "is not the %s it should be", leaf ? "leaf" : "branch");
    if (lower < PAGE_HEAD || lower % 2 || lower > upper || upper > walk->page_size)
        return fault(walk, number, "its bounds are wrong");
    *n = (lower - PAGE_HEAD) / 2;
    if (*n < (leaf || walk->kind == KIND_FREE ? 1 : 2))
        return fault(walk, number, "has too few nodes");
    return true;
}

/** Check the nodes of a page alone, before those below: `taken` serves one page at a time. */
static bool page_nodes(struct walk *walk, uint64_t number, bool leaf, unsigned n)
{
    const uint8_t *page = walk->map + number * walk->page_size;
    unsigned upper = get_u16(page + 14), used = 0;
    struct node node = { 0 };

    memset(walk->taken, 0, walk->page_size / 2 / 8);
    for (unsigned i = 0; i < n; i++) {
        if (!node_read(walk, number, i, leaf, &node))
            return false;
        if (leaf && !leaf_node(walk, number, &node))
            return false;
        used += node.taken;
    }
    return used == walk->page_size - upper || fault(walk, number, "has a hole");
}

/** The page and all below it; bounded by the depth, itself at most DEPTH_MAX. */
static bool walk_page(struct walk *walk, uint64_t number, unsigned level)
{
    const uint8_t *page;
    bool leaf = level == walk->depth;
    unsigned n;

    if (!page_head(walk, number, leaf, &n) || !page_nodes(walk, number, leaf, n))
        return false;
    walk->report->pages++;
    if (leaf) {
        walk->leaves++;
        return true;
    }
    walk->branches++;
    page = walk->map + number * walk->page_size;
    for (unsigned i = 0; i < n; i++) {
        const uint8_t *node = page + get_u16(page + PAGE_HEAD + 2 * i);
        struct key key = { node + NODE_HEAD, get_u16(node + 6) };

        if (i > 0) {
            if (key.size == 0 || key.size > KEY_MAX ||
                (walk->kind == KIND_FREE && key.size != sizeof(uint64_t)))
                return fault(walk, number, "a key of %zu bytes", key.size);
            if (key_compare(walk, key, walk->last) <= 0)
                return fault(walk, number, "keys do not rise");
            walk->floor = key;
        }
        if (!walk_page(walk, get_u32(node) | (uint64_t)get_u16(node + 4) << 32, level + 1))
            return false;
    }
    return true;
}

static bool walk_tree(struct walk *walk, const char *name, enum kind kind,
                      const struct tree_root *root)
{
    walk->name = name;
    walk->kind = kind;
    walk->depth = root->depth;
    walk->branches = walk->leaves = walk->overflows = walk->entries = 0;
    walk->last.at = walk->floor.at = NULL;
    if (root->page != UINT64_MAX) {
        if (root->depth == 0 || root->depth > DEPTH_MAX)
            return fault(walk, root->page, "the tree has %u levels", root->depth);
        if (!walk_page(walk, root->page, 1))
            return false;
    } else if (root->depth) {
        return fault(walk, 0, "an empty tree has levels");
    }
    if (walk->branches != root->branches || walk->leaves != root->leaves ||
        walk->entries != root->entries ||
        ((walk->runs || kind == KIND_MAIN) && walk->overflows != root->overflows))
        return fault(walk, root->page, "the counts of the tree are wrong");
    return true;
}

/** Every page is used or free; free ones alone may lie behind the end of the file. */
static bool all_pages_known(struct walk *walk)
{
    uint64_t known = walk->n_behind;

    walk->name = "all";
    for (uint64_t i = 0; i <= walk->n_pages / 64; i++)
        known += (unsigned)__builtin_popcountll(walk->seen[i]);
    if (known != walk->last_page - 1)
        return fault(walk, walk->last_page, "of %llu pages, %llu are used or free",
                     (unsigned long long)walk->last_page - 1, (unsigned long long)known);
    return true;
}

enum tree_result tree_prove(const uint8_t *map, size_t size, int fd, const struct tree_meta *meta,
                            unsigned walks, struct tree_report *report)
{
    struct walk walk = {
        .map = map,
        .fd = fd,
        .page_size = meta->page_size,
        .n_pages = size / meta->page_size,
        .last_page = meta->last_page,
        .txn = meta->txn,
        .runs = walks & WALK_RUNS,
        .report = report,
    };
    bool sound;

    *report = (struct tree_report){ 0 };
    if (walk.n_pages > meta->last_page + 1)
        walk.n_pages = meta->last_page + 1;
    walk.seen = calloc(walk.n_pages / 64 + 1, sizeof *walk.seen);
    sound = walk.seen && walk_tree(&walk, "main", KIND_MAIN, &meta->main);
    for (unsigned i = 0; i < TREE_NAMES && sound; i++)
        if (walks & (WALK_INDEX << i) && report->named[i])
            sound = walk_tree(&walk, tree_names[i], KIND_VALUES, &walk.named[i]);
    if (sound && walks & WALK_FREE)
        sound = walk_tree(&walk, "free", KIND_FREE, &meta->free);
    if (sound && walks == WALK_ALL)
        sound = all_pages_known(&walk);
    free(walk.seen);
    if (sound)
        return TREE_SOUND;
    errno = walk.os;
    return report->fault[0] ? TREE_FAULTY : walk.os ? TREE_UNREADABLE : TREE_NO_MEMORY;
}
