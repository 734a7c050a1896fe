/* SPDX-License-Identifier: MIT */
/* store/tree.h - proves the pages of an LMDB file sound before LMDB, which trusts them, walks them.
 *
 * Reads the file's bytes, calls nothing of LMDB. The layout is that of LMDB 0.9 on 64-bit
 * machines, integers in the machine's order:
 *
 *   file   := meta meta page*                    page n at n × page size
 *   page   := u64 number, u16 pad, u16 flags, u16 lower, u16 upper, u16 offset[(lower - 16) / 2],
 *             free bytes, nodes up to the page's end                     flags: 1 branch, 2 leaf
 *   node   := u16 low, u16 high, u16 flags, u16 key size, key, data      at even offsets
 *             branch: low, high, flags are a page number of 48 bits; no data; the first key unused
 *             leaf: low, high are the data's size; flags: 1: the data is the u64 number of an
 *             overflow run; 2: it is the root of a named tree
 *   run    := u64 number, u16 pad, u16 flags = 4, u32 pages, data         whole pages
 *   meta   := u64 number, u16 pad, u16 flags = 8, u32 unused, u32 magic, u32 version, u64 address,
 *             u64 map size, root of the free list, root of the main tree, u64 last page, u64 txn
 *   root   := u32 page size (in the free list's), u16 flags, u16 depth, u64 branch pages,
 *             u64 leaf pages, u64 overflow pages, u64 entries, u64 page (all ones: empty)
 *
 * Transaction t is described by meta t % 2. The free list maps u64 txn to u64 n, u64 page[n]
 * (falling): the pages that were given up by that transaction. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TREE_META_BYTES = 152, TREE_PAGE_MAX = 32768, TREE_NAMES = 2, TREE_FAULT = 160 };

/* Names of the trees in the main tree, in the order of enum store_tree. */
extern const char *const tree_names[TREE_NAMES];

struct tree_root {
    uint16_t flags, depth;
    uint64_t branches, leaves, overflows, entries; /* pages, pages, pages, keys */
    uint64_t page;                                 /* UINT64_MAX: the tree is empty */
};

/* What a meta page says. */
struct tree_meta {
    uint32_t page_size;
    uint64_t txn, last_page;
    struct tree_root free, main;
};

/** Read a meta page's first TREE_META_BYTES; false if it cannot be one. */
bool tree_meta_read(const uint8_t *bytes, struct tree_meta *meta);

/** Which trees to walk; bits. */
enum tree_walk {
    WALK_INDEX = 1 << 0,
    WALK_FILES = 1 << 1,
    WALK_FREE = 1 << 2,
    WALK_RUNS = 1 << 3, /* read the head of each overflow run too: what a writer relies on */
    WALK_ALL = WALK_INDEX | WALK_FILES | WALK_FREE | WALK_RUNS,
};

/* What a walk found. */
struct tree_report {
    bool named[TREE_NAMES]; /* the tree exists */
    uint64_t pages;         /* branches and leaves walked */
    uint64_t free_pages;    /* listed as free, if that was walked */
    char fault[TREE_FAULT]; /* "" if everything is sound */
};

enum tree_result { TREE_SOUND, TREE_FAULTY, TREE_UNREADABLE /* errno says why */, TREE_NO_MEMORY };

/**
 * Walk the main tree and the trees asked for, and prove: every page lies in the file and is what
 * its parent says, no page is used twice, nodes lie in their pages and do not overlap, keys rise
 * and agree with the branches above, counts are what the root says. With WALK_ALL also that every
 * page is used or free.
 *
 * @param map,size  the file's bytes; of pages in use by the snapshot nobody may write.
 * @param fd        the same file: with WALK_RUNS the heads of runs are read from it.
 */
enum tree_result tree_prove(const uint8_t *map, size_t size, int fd, const struct tree_meta *meta,
                            unsigned walks, struct tree_report *report);
