/* SPDX-License-Identifier: MIT */
/* index/format.h - what lies on disk: the specification of the database, format 1.
 *
 * A database is one LMDB environment (store/store.h). Integers are little-endian, in keys
 * big-endian so that keys sort by number; `varint` is LEB128; `sized` is a varint size and that
 * many bytes. Every value is sealed with XXH3-64 of key and value.
 *
 * TREE_INDEX
 *   "h"                            head: u32 FORMAT_VERSION, sized rules (analyzer_version()),
 * sized options "l"                            list: u64 snapshot, u32 next segment number, u32 n,
 * entry{n} entry := u32 segment, u32 n_docs, u32 n_deleted, u64 tokens alive, u64 text bytes alive,
 * u64 bytes "d" u32                        deletions of segment: portable roaring bitmap of its
 * documents "s" u32 u8 family term         slab: one run of a family's dictionary with its lists,
 * see below; `term` is its first term, so the tree itself finds the slab of a term "c" u32 u8
 * column              column of segment, one entry a document "t" u32 u32                    stored
 * text: blocks from document (second u32) on "m" u32                        manifest of segment:
 * n_docs, and for each family and column the number of values, their bytes, entries, and the sum of
 * their seals: what must be there
 *
 * TREE_FILES
 *   "f" 16 bytes                   file: key is XXH3-128 of the path; value see index/files.h
 *
 * A segment is immutable. Values of a segment that no list names are an unfinished build or merge:
 * invisible, and swept away by the next writer. A commit is the one transaction that writes "l"
 * (with the new deletions and file records); whatever was written before it does not exist for
 * readers until then.
 *
 * slab := u32 size of dictionary, u64 size of lists, u64 size of positions, u32 number of terms,
 *         dictionary (codec/terms.h), lists (codec/list.h), positions (codec/positions.h)
 * A slab is closed after the term that brings its dictionary to SLAB_DICTIONARY or its lists and
 * positions to SLAB_LISTS bytes; so a term's lists are contiguous, whatever their size.
 *
 * Terms of the families, made by index/terms.h:
 *   EXACT         folded 00 [exact, if it differs]   docs, freqs, positions: plain and whole tokens
 * of title and text FOLDED        folded                             docs, freqs PAIR exact 20
 * exact                     docs, freqs: neighbours inside a sentence PAIR_FOLDED   folded 20
 * folded                   docs, freqs FIELD         field 00.. as EXACT                docs,
 * freqs, positions: 'T'itle 'B'yline 'S'ource 'K'ind ta'G' 'L'ang FIELD_FOLDED  field, folded docs,
 * freqs All forms of one folded syllable are neighbours in EXACT. Folded positions are not stored:
 * they are the union of those of the forms. Positions: the title from 0, the text from (last
 * position of the title + POSITION_GAP).
 *
 * Lengths: the number of plain tokens of title and text, as a 16-bit code (index/lengths.h).
 * Impact of a block: ceil(255 × max of f / (f + k1 (1 - b + b × length / average))) with the
 * average of the segment, which its manifest states; a reader with a larger average scales by (its
 * average / the segment's).
 *
 * Places for what comes: families 7 (dates), 8 (stems), 9 …; columns from 16; a list form with a
 * form code. */
#pragma once

#include <stdint.h>

enum {
    FORMAT_VERSION = 1,
    SLAB_DICTIONARY = 48 << 10, /* bytes of a slab's dictionary that close it */
    SLAB_LISTS = 1 << 20,       /* bytes of its lists and positions that close it */
    POSITION_GAP = 16,
};

enum family {
    FAMILY_EXACT = 1,
    FAMILY_FOLDED = 2,
    FAMILY_PAIR = 3,
    FAMILY_PAIR_FOLDED = 4,
    FAMILY_FIELD = 5,
    FAMILY_FIELD_FOLDED = 6,
    FAMILY_END,
};

/** Per document values of a segment. */
enum column {
    COLUMN_LENGTH = 1,  /* u16 length code */
    COLUMN_DATE = 2,    /* u32 year << 16 | month << 8 | day; 0: none */
    COLUMN_ID = 3,      /* u32 end[n], then the ids' bytes */
    COLUMN_ID_HASH = 4, /* u64 XXH3 of id, rising [n], then u32 document [n] */
    COLUMN_CONTENT = 5, /* u64 XXH3 of what was given: equal content is not indexed again */
    COLUMN_SOURCE =
        6, /* u32 n values, sized{…} sorted by bytes, then u32 value [n]; 0: none, else value + 1 */
    COLUMN_KIND = 7,
    COLUMN_LANG = 8,
    COLUMN_TAG = 9,        /* u32 n values, sized{…}, then u32 end[n], u32 value[…] */
    COLUMN_TEXT_SIZE = 10, /* u32 bytes of title and text */
    COLUMN_END,
};
