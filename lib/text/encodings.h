/* SPDX-License-Identifier: MIT */
/* text/encodings.h - the Vietnamese encodings from before Unicode, each to UTF-8.
 *
 *   TCVN3            one byte a letter; capitals with a tone are small letters of another font
 *   TCVN5712-1       the same with codes for these capitals among the controls (VSCII-1)
 *   VISCII           one byte a letter (RFC 1456)
 *   VPS              one byte a letter (VPSKeys)
 *   VNI              a base letter, then a byte for its marks (VNI-Windows)
 *   windows-1258     letters, then a byte for the tone
 *   UTF-8 as windows-1252, … twice   UTF-8 whose bytes were taken for characters (mojibake)
 *
 * A text is bytes, or characters that stand for bytes: a legacy text that some program took for
 * windows-1252 or Latin-1 and wrote out as UTF-8. */
#pragma once

#include "base/buffer.h"
#include "base/str.h"

enum encoding_form { AS_BYTES, AS_CHARACTERS };

struct encoding;

/** By its name or an alias, letter case aside ("abc", "cp1258"); NULL: none of these. */
const struct encoding *encoding_named(const char *name);
const char *encoding_name(const struct encoding *encoding);

/** The encoding number i, from 0 on; NULL behind the last. */
const struct encoding *encoding_at(size_t i);

/** windows-1252, with the controls of Latin-1 where it has no character: any bytes are such text.
 */
const struct encoding *encoding_latin(void);

/** Whether there can be such a text: bytes as UTF-8 are simply UTF-8. */
bool encoding_has_form(const struct encoding *encoding, enum encoding_form form);

/**
 * The encoding that a font's name gives away: .VnTime, VNI-Times, VPS Times; NULL: none.
 *
 * @param[out] capitals the font shows small letters as capitals (.VnTimeH).
 */
const struct encoding *encoding_of_font(struct muc_string font, bool *capitals);

/** Append the text as UTF-8, letters composed. The number of bytes that mean nothing, each of which
 *  became U+FFFD; or of places where mojibake had lost something, which stay as they are. */
uint32_t encoding_convert(const struct encoding *encoding, struct muc_string text,
                          enum encoding_form form, struct buffer *out);
