/* SPDX-License-Identifier: MIT */
/* index/format.h - what lies on disk: the specification of the database.
 *
 * A database is one LMDB environment (store/store.h). Integers are little-endian, in keys
 * big-endian so that keys sort by number; `varint` is LEB128; `sized` is a varint size and that
 * many bytes. Every value is sealed with XXH3-64 of key and value (store/store.h).
 *
 * TREE_INDEX
 *   "h"                        head: u32 FORMAT_VERSION, sized rules (analyzer_version()), sized
 *                              options (none yet: empty)
 *   "l"                        list: u64 snapshot, u32 next segment, u32 n, entry{n}, entry of the
 *                              standing lines (all 0: there are none)
 *                              entry := u32 segment, u32 n_docs, u32 n_deleted, u64 tokens alive,
 *                              u64 text bytes alive, u64 bytes of its values
 *   "d" u32 segment            deleted documents: portable roaring bitmap; absent: none
 *   "s" u32 segment u8 family term       slab; `term` is its first term
 *   "c" u32 segment u8 column            column
 *   "t" u32 segment u32 document         stored text of the documents from this one on
 *   "m" u32 segment            manifest: u32 n_docs, u64 tokens, u64 text bytes, u32 n, part{n}
 *                              part := u8 letter ("s", "c" or "t"), u8 family or column ("t": 0),
 *                              u32 values, u64 bytes of values, u64 sum (mod 2^64) of XXH3-64 of
 *                              each value seeded with XXH3-64 of its key, u64 terms, u64 postings,
 *                              u64 dictionary bytes, u64 position bytes
 *                              (the last four of slabs, else 0, but for `terms` of "t": 1 where a
 *                              merge has put like documents together). Parts rise by letter and
 *                              number; what has no values has no part.
 *
 * TREE_FILES
 *   "f" 16 bytes               file: XXH3-128 of the path, big-endian; value: index/files.h
 *   "a" name                   alert: index/alerts.h
 *
 * A segment is immutable. Values of a segment that no list names are an unfinished build or merge:
 * invisible, and swept away by the next writer. A commit is the one transaction that writes "l"
 * (with the new deletions and file records); whatever was written before it does not exist for
 * readers until then. Segment numbers rise and name one segment for ever. Documents are numbered
 * from 0 inside their segment. The documents of the segment of standing lines (index/standing.h)
 * have a source, a text that is the line, and no id; they rise by the hash of their one line.
 *
 * slab := u32 size of dictionary, u64 size of lists, u64 size of positions, u32 terms,
 *         dictionary (codec/terms.h), lists (codec/list.h), positions (codec/positions.h)
 * A slab is closed after the term that brings its dictionary to SLAB_DICTIONARY or its lists and
 * positions to SLAB_LISTS bytes; so a term's lists are contiguous, whatever their size. The slab of
 * a term is the last of its family whose key is not above the term's.
 *
 * Terms of the families, made by index/terms.h:
 *
 *   EXACT         folded 00 [exact, if it differs]   docs, freqs, positions
 *   FOLDED        folded                             docs, freqs
 *   PAIR          exact 20 exact                     docs, freqs
 *   PAIR_FOLDED   folded 20 folded                   docs, freqs
 *   FIELD         field, then as EXACT               docs, freqs, positions
 *   FIELD_FOLDED  field folded                       docs, freqs
 *
 * The heading of a text (doc/sections.h) is its title, at its positions in the text. EXACT is of
 * the plain and whole tokens of title and text, PAIR of a plain token at position n and any at
 * n + 1. Fields are 'T'itle 'B'yline 'S'ource 'K'ind ta'G' 'L'ang; 'D'ays named without a year
 * (text/days.h); st'E'ms of other languages (text/stem.h); 'H'ead,
 * the first words of title and text (index/invert.h, all at position 0); and of abbreviations that
 * texts introduce (text/introduced.h) 'A' with the short form as folded and the long one as exact,
 * 'M' with the long one as folded and the short as exact.
 *
 * All forms of one folded syllable are neighbours in EXACT. Folded positions are not stored: they
 * are the union of those of the forms; a folded frequency is the sum of the forms'. Positions: the
 * title from 0, the text from (last position of the title + POSITION_GAP), each tag after the first
 * from (last position of those before + POSITION_GAP). Pairs are of forms without bytes below 21
 * (there are none today).
 *
 * Lengths: the number of plain tokens of title and text, as a 16-bit code (index/lengths.h).
 * `tokens` is the sum of the lengths as their codes give them back, the average tokens / n_docs (1
 * where that is 0). Impact of a block: ceil(255 × max of f / (f + k1 (1 - b + b × length /
 * average))), k1 = 1.2, b = 0.75, with the average of the segment by its manifest; for a reader
 * with a larger average s of it is at most s / (s + r (1 - s)), r = the segment's / its.
 *
 * stored := u32 n, block{n}: { u32 documents, u32 raw bytes, u32 end }, then n zstd frames; `end`
 *           counts from the first frame
 * raw    := record of each document, then u32 end of each
 * record := text id, title, text, source, url, lang, kind, byline, path, encoding, reader, place,
 *           number; u16 year, u8 month, u8 day, u8 date origin, u64 file time, u64 file size,
 *           u32 replaced; varint tags, text{}; varint metadata, {text key, text value}{};
 *           varint sections, {u8 kind, varint bytes since the section before, varint bytes}{}
 * text   := sized, 00
 *
 * Columns: see enum column; `pad` is zeros up to a multiple of 4 bytes from the value's start.
 *
 * Example: the first commit adds one document, id "1", title "Hòa". Values without their seals:
 *   "l"                  01 00 00 00 00 00 00 00  02 00 00 00  01 00 00 00
 *                        01 00 00 00  01 00 00 00  00 00 00 00  01 00 00 00 00 00 00 00
 *                        04 00 00 00 00 00 00 00  u64 bytes  00{36}
 *   key of its EXACT     73 00 00 00 01 01 68 6f 61 00 68 c3 b2 61      s, 1, 1, "hoa" 00 "hòa"
 *   slab                 u32 dictionary 18 00 00 00  u64 lists ...      (see tests/unit/index)
 *   "c" 00 00 00 01 01   01 00                                         length 1
 *   "c" 00 00 00 01 03   04 00 00 00 01 00 00 31                       ids: end 4, all of "1"
 *
 * Places for what comes: families from 7, columns from 19. */
#pragma once

#include <stdint.h>

enum {
    FORMAT_VERSION = 14,
    SLAB_DICTIONARY = 48 << 10, /* bytes of a slab's dictionary that close it */
    SLAB_LISTS = 1 << 20,       /* bytes of its lists and positions that close it */
    SLAB_HEAD = 24,             /* bytes before the dictionary */
    POSITION_GAP = 16,
};

#define IMPACT_K1 1.2
#define IMPACT_B  0.75

enum family {
    FAMILY_EXACT = 1,
    FAMILY_FOLDED = 2,
    FAMILY_PAIR = 3,
    FAMILY_PAIR_FOLDED = 4,
    FAMILY_FIELD = 5,
    FAMILY_FIELD_FOLDED = 6,
    FAMILY_END,
};

static inline int family_has_positions(enum family family)
{
    return family == FAMILY_EXACT || family == FAMILY_FIELD;
}

/** Per document values of a segment; n is its number of documents. */
enum column {
    COLUMN_LENGTH = 1,  /* u16 length code [n] */
    COLUMN_DATE = 2,    /* u32 year << 16 | month << 8 | day [n]; 0: none */
    COLUMN_ID = 3,      /* codec/ids.h */
    COLUMN_ID_HASH = 4, /* u64 XXH3 of id, rising [n], then u32 document [n] */
    COLUMN_CONTENT = 5, /* u64 XXH3 of what was given [n]: index/prepare.h */
    COLUMN_SOURCE = 6, /* u32 values, sized{…} rising by bytes, pad, u32 value + 1 [n], 0: none */
    COLUMN_KIND = 7,   /* as SOURCE */
    COLUMN_LANG = 8,   /* as SOURCE */
    COLUMN_TAG = 9,    /* u32 values, sized{…} rising by bytes, pad, u32 end[n], u32 value[…] */
    COLUMN_TEXT_SIZE = 10, /* u32 bytes of title and text [n] */
    COLUMN_PLACE = 11,     /* as SOURCE */
    COLUMN_BYLINE = 12,    /* as SOURCE */
    COLUMN_NUMBER = 13,    /* as SOURCE */
    COLUMN_SKETCH = 14,    /* struct sketch of each [n]: index/sketch.h */
    COLUMN_PARTS = 15,     /* u16 part 0 of all [n], rising; then part 1, … [SKETCH_ORDERS] */
    COLUMN_ALIKE = 16,     /* u32 document of each of these [SKETCH_ORDERS × n] */
    COLUMN_LINE = 17, /* u32 lines, u32 end[n], u32 hash[lines], u32 place of each by rising hash:
                         index/standing.h */
    COLUMN_TITLE_LENGTH = 18, /* u8 plain tokens of the title [n]; 255: as many or more */
    COLUMN_END,
};
