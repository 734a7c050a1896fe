/* SPDX-License-Identifier: MIT */
/* Sources: windows-1252 and -1258 as Microsoft and the WHATWG list them (unused bytes are the
 * controls of Latin-1); TCVN 5712:1993, VSCII-1, as the charmap of glibc has it; VISCII 1.1 as RFC
 * 1456; VPS as the converter x-viet-vps of Mozilla had it. */
#include "text/encoding_tables.h"

/* clang-format off */
static const char16_t windows_1252_middle[] =
    u"€\x81" u"‚ƒ„…†‡ˆ‰Š‹Œ\x8d" u"Ž\x8f"
    u"\x90" u"‘’“”•–—˜™š›œ\x9d" u"žŸ";

static const char16_t windows_1252_high[] =
    u"\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯"
    u"°±²³´µ¶·¸¹º»¼½¾¿"
    u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ"
    u"ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
    u"àáâãäåæçèéêëìíîï"
    u"ðñòóôõö÷øùúûüýþÿ";

static const char16_t windows_1258_middle[] =
    u"€\x81" u"‚ƒ„…†‡ˆ‰\x8a" u"‹Œ\x8d" u"\x8e" u"\x8f"
    u"\x90" u"‘’“”•–—˜™\x9a" u"›œ\x9d" u"\x9e" u"Ÿ";

static const char16_t windows_1258_high[] =
    u"\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯"
    u"°±²³´µ¶·¸¹º»¼½¾¿"
    u"ÀÁÂĂÄÅÆÇÈÉÊË\u0300ÍÎÏ"
    u"ĐÑ\u0309ÓÔƠÖ×ØÙÚÛÜƯ\u0303ß"
    u"àáâăäåæçèéêë\u0301íîï"
    u"đñ\u0323óôơö÷øùúûüư₫ÿ";

static const char16_t tcvn_low[] =
    u"\000ÚỤ\003ỪỬỮ\007\010\011\012\013\014\015\016\017"
    u"\020ỨỰỲỶỸÝỴ\030\031\032\033\034\035\036\037";

static const char16_t tcvn_middle[] =
    u"ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨ"
    u"ÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ";

static const char16_t tcvn_high[] =
    u"\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ"
    u"\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    u"ẮẦẨẪẤỀặầẩẫấậèỂẻẽ"
    u"éẹềểễếệìỉỄẾỒĩíịò"
    u"Ổỏõóọồổỗốộờởỡớợù"
    u"ỖủũúụừửữứựỳỷỹýỵỐ";

static const char16_t viscii_low[] =
    u"\000\001Ẳ\003\004ẴẪ\007\010\011\012\013\014\015\016\017"
    u"\020\021\022\023Ỷ\025\026\027\030Ỹ\032\033\034\035Ỵ\037";

static const char16_t viscii_middle[] =
    u"ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"
    u"ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ";

static const char16_t viscii_high[] =
    u"Õắằặấầẩậẽẹếềểễệố"
    u"ồổỗỠƠộờởịỰỨỪỬơớƯ"
    u"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ"
    u"ĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    u"àáâãảăữẫèéêẻìíĩỉ"
    u"đựòóôõỏọụùúũủýợỮ";

static const char16_t vps_low[] =
    u"\000\001ẠẬẶẸỆ\007\010\011\012\013\014\015\016\017"
    u"ỊỌỘỢỤỰ\026\027\030Ỵ\032\033ẪỮ\036\037";

static const char16_t vps_middle[] =
    u"ÀẢÃẤẦẨọỗĂếềểệẮẰẲ"
    u"Ế‘’ỀỂỄỐỒỔỖýỷỵỚỜỞ";

static const char16_t vps_high[] =
    u"\u00a0ắằẳẵặỠớÙờởỡŨỨợỪ"
    u"ổỬỲỸÍÌộỈĨÓửữÒỎÕự"
    u"ầÁÂấẩẫậđẻÉÊẹỉễịỹ"
    u"ƯỦồốÔỏơÈừứÚũưÝẺß"
    u"àáâãảạăçèéêẽìíîĩ"
    u"ẴĐòóôõöƠụùúủüỶẼỳ";

/* clang-format on */

const struct encoding_table table_windows_1252 = { NULL, windows_1252_middle, windows_1252_high };
const struct encoding_table table_windows_1258 = { NULL, windows_1258_middle, windows_1258_high };
/* its fonts leave the place of the controls to the signs of windows-1252 */
const struct encoding_table table_tcvn3 = { NULL, windows_1252_middle, tcvn_high };
const struct encoding_table table_tcvn5712_1 = { tcvn_low, tcvn_middle, tcvn_high };
const struct encoding_table table_viscii = { viscii_low, viscii_middle, viscii_high };
const struct encoding_table table_vps = { vps_low, vps_middle, vps_high };
