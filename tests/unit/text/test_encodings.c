/* SPDX-License-Identifier: MIT */
/* Legacy encodings: found where they are, nowhere else, and read by tables that iconv and ICU
 * agree with. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unicode/ucnv.h>
#include <unicode/utf8.h>

#include <cmocka.h>

#include "../random.h"
#include "text/capitals.h"
#include "text/decode.h"
#include "text/detect.h"
#include "text/utf8.h"

#define BYTES(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static const struct {
    const char *why;
    struct muc_string bytes;
    const char *encoding, *text;
} cases[] = {
    { "TCVN3",
      BYTES("C\xe9ng h\xdf"
            "a X\xb7 h\xe9i"),
      "TCVN3", "Cộng hòa Xã hội" },
    { "its characters in UTF-8", BYTES("Céng hßa X· héi"), "TCVN3", "Cộng hòa Xã hội" },
    { "capitals in small codes",
      BYTES("C\xe9NG H\xdf"
            "A X\xb7 H\xe9I\n\xa7\xe9"
            "c l\xcbp"),
      "TCVN3", "CỘNG HÒA XÃ HỘI\nĐộc lập" },
    { "quotes of windows-1252 in TCVN3",
      BYTES("Ch\xad\xac"
            "ng tr\xd7nh \x93"
            "b\xb6o v\xd6 m\xabi tr\xad\xeang\x94"),
      "TCVN3", "Chương trình “bảo vệ môi trường”" },
    { "VNI", BYTES("Coäng hoøa Xaõ hoäi Chuû nghóa Vieät Nam, Ñoäc laäp, Töï do, Haïnh phuùc"),
      "VNI", "Cộng hòa Xã hội Chủ nghĩa Việt Nam, Độc lập, Tự do, Hạnh phúc" },
    { "VNI in capitals", BYTES("UÛY BAN NHAÂN DAÂN TÆNH ÑOÀNG NAI"), "VNI",
      "ỦY BAN NHÂN DÂN TỈNH ĐỒNG NAI" },
    { "VISCII",
      BYTES("\xd0\xb5"
            "c l\xa7p, T\xf1 do, H\xd5nh ph\xfa"
            "c cho m\xf7i ng\xdf\xb6i"),
      "VISCII", "Độc lập, Tự do, Hạnh phúc cho mọi người" },
    { "VPS",
      BYTES("\xf1\xb6"
            "c l\xc6p, T\xbf do, H\xe5nh ph\xfa"
            "c cho m\x86i ng\xdc\xa9i"),
      "VPS", "Độc lập, Tự do, Hạnh phúc cho mọi người" },
    { "windows-1258",
      BYTES("\xd0\xf4\xf2"
            "c l\xe2\xf2p, T\xfd\xf2 do, Ha\xf2nh phu\xec"
            "c cho mo\xf2i ng\xfd\xf5\xcci"),
      "windows-1258", "Độc lập, Tự do, Hạnh phúc cho mọi người" },
    { "mojibake",
      BYTES("Ä\xc2\x90"
            "á»™c láº\xc2\xad"
            "p, Tá»± do, Háº¡nh phÃºc"),
      "UTF-8 as windows-1252", "Độc lập, Tự do, Hạnh phúc" },
    { "mojibake of Latin-1",
      BYTES("Ä\xc2\x90"
            "á»\xc2\x99"
            "c láº\xc2\xad"
            "p, Tá»± do, Háº¡nh phÃºc"),
      "UTF-8 as windows-1252", "Độc lập, Tự do, Hạnh phúc" },
    { "mojibake whose no-break space became a space", BYTES("ThÃ nh phá»‘ vÃ  tá»‰nh hÃ ng nÄƒm"),
      "UTF-8 as windows-1252", "Thành phố và tỉnh hàng năm" },
    { "mojibake twice", BYTES("ChÃ¡Â»â€˜ng dÃ¡Â»â€¹ch bÃ¡Â»â€¡nh, bÃ¡ÂºÂ£o vÃ¡Â»â€¡ mÃƒÂ´i sinh"),
      "UTF-8 as windows-1252 twice", "Chống dịch bệnh, bảo vệ môi sinh" },
    { "UTF-16 without a mark", BYTES("M\0\xf4\0i\0 \0t\0r\0\xb0\x01\xdd\x1en\0g\0"), "UTF-16LE",
      "Môi trường" },
    { "Latin-1",
      BYTES("\xc0 l'h\xf4pital, les m\xe9"
            "decins ont op\xe9r\xe9 d\xe8s l'\xe9t\xe9"),
      "windows-1252", "À l'hôpital, les médecins ont opéré dès l'été" },

    { "nothing", BYTES(""), "UTF-8", "" },
    { "Unicode", BYTES("Cộng hòa Xã hội"), "UTF-8", "Cộng hòa Xã hội" },
    { "Unicode without a letter of its own", BYTES("Thông báo hôm nay"), "UTF-8",
      "Thông báo hôm nay" },
    { "Unicode that would be likelier in windows-1258", BYTES("Chú ý"), "UTF-8", "Chú ý" },
    { "the same in more words", BYTES("hành khách và hành lý xách tay"), "UTF-8",
      "hành khách và hành lý xách tay" },
    { "Unicode that quotes TCVN3", BYTES("“Céng hßa X· héi” là chữ TCVN3"), "UTF-8",
      "“Céng hßa X· héi” là chữ TCVN3" },
    { "Unicode, decomposed", BYTES("Cô\u0323ng ho\u0300a, thông báo"), "UTF-8",
      "Cô\u0323ng ho\u0300a, thông báo" },
    { "units", BYTES("5°C, 3 µm, ±2 %, 4 m², ½ l"), "UTF-8", "5°C, 3 µm, ±2 %, 4 m², ½ l" },
    { "units in Vietnamese", BYTES("Nhiet do 35°C, bui 3 µm, gia 5 £"), "UTF-8",
      "Nhiet do 35°C, bui 3 µm, gia 5 £" },
    { "French", BYTES("À l’hôpital, les élèves ont été opérés"), "UTF-8",
      "À l’hôpital, les élèves ont été opérés" },
    { "German", BYTES("Größe und Maße der Straßen für Fußgänger"), "UTF-8",
      "Größe und Maße der Straßen für Fußgänger" },
    { "Danish", BYTES("på en ø så vi æbler"), "UTF-8", "på en ø så vi æbler" },
    { "Spanish", BYTES("El año pasado la reunión tomó decisión"), "UTF-8",
      "El año pasado la reunión tomó decisión" },
    { "English", BYTES("The café’s naïve rôle at São Paulo"), "UTF-8",
      "The café’s naïve rôle at São Paulo" },
    { "a program", BYTES("for (i = 0; i < n; i++) s[i] ^= '\xb5'; /* \xa9 */"), "UTF-8",
      "for (i = 0; i < n; i++) s[i] ^= '\ufffd'; /* \ufffd */" },
    { "UTF-8 that is cut", BYTES("Thông báo về việc \xe1\xba"), "UTF-8",
      "Thông báo về việc \ufffd" },
    { "binary", BYTES("\xe9\0\0\0\xdf\xb7\xe9\1\2\xff\xfe\xa0"), "UTF-8", "\ufffd\0" },
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct muc_string bytes = cases[i].bytes;
        struct decoding decoding;
        struct buffer out = { 0 };

        assert_int_equal(decode(bytes.bytes, bytes.size, NULL, &out, &decoding, NULL), MUC_OK);
        buffer_byte(&out, 0);
        if (strcmp(decoding.encoding, cases[i].encoding) != 0 ||
            strcmp((const char *)out.at, cases[i].text) != 0)
            fail_msg("%s: %s, \"%s\"", cases[i].why, decoding.encoding, (const char *)out.at);
        buffer_free(&out);
    }
}

static void test_forced(void **state)
{
    static const struct {
        const char *bytes, *forced, *encoding, *text;
    } forced[] = {
        { "\xa7\xe9", "abc", "TCVN3", "Độ" },
        { "§é", "tcvn3", "TCVN3", "Độ" },
        { "Ñoä", "VNI-Windows", "VNI", "Độ" },
        { "\xd1o\xe4", "vni", "VNI", "Độ" },
        { "\xd0\xf4\xf2", "CP1258", "windows-1258", "Độ" },
        { "\xd0\xb5\xa7", "viscii", "VISCII", "Độậ" },
        { "\xf1\xb6", "VPS", "VPS", "Độ" },
        { "\xa7\x97", "TCVN", "TCVN5712-1", "ĐỘ" },
        { "MÃ´i", "mojibake", "UTF-8 as windows-1252", "Môi" },
        { "\xa9", "ISO-8859-1", "ISO-8859-1", "©" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof forced / sizeof *forced; i++) {
        struct decoding decoding;
        struct buffer out = { 0 };

        assert_int_equal(decode(forced[i].bytes, strlen(forced[i].bytes), forced[i].forced, &out,
                                &decoding, NULL),
                         MUC_OK);
        buffer_byte(&out, 0);
        assert_string_equal(decoding.encoding, forced[i].encoding);
        assert_string_equal((const char *)out.at, forced[i].text);
        buffer_free(&out);
    }
}

/* What a document says of itself is believed where nothing speaks against it. */
static void test_declared(void **state)
{
    static const struct {
        const char *bytes, *declared, *encoding, *text;
    } declared[] = {
        { "C\xe9ng h\xdf"
          "a X\xb7 h\xe9i",
          "windows-1252", "TCVN3", "Cộng hòa Xã hội" },
        { "Cộng hòa", "ISO-8859-1", "UTF-8", "Cộng hòa" },
        { "\xc1", "ISO-8859-1", "ISO-8859-1", "Á" },
        { "\xc1", "KOI8-R", "KOI8-R", "а" },
        { "\xc1", "no such", "UTF-8", "\ufffd" },
        { "\xc1", "utf-8", "windows-1252", "Á" },
        { "được đón \xc1", "utf-8", "UTF-8", "được đón \ufffd" },
        { "\xc1", NULL, "windows-1252", "Á" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof declared / sizeof *declared; i++) {
        struct decoding decoding;
        struct buffer out = { 0 };

        assert_int_equal(decode_declared(declared[i].bytes, strlen(declared[i].bytes),
                                         declared[i].declared, &out, &decoding, NULL),
                         MUC_OK);
        buffer_byte(&out, 0);
        assert_string_equal(decoding.encoding, declared[i].encoding);
        assert_string_equal((const char *)out.at, declared[i].text);
        buffer_free(&out);
    }
}

/** One byte as UTF-8 by our table. */
static void by_table(const char *name, char byte, struct buffer *out)
{
    buffer_clear(out);
    encoding_convert(encoding_named(name), str_of(&byte, 1), AS_BYTES, out);
    buffer_byte(out, 0);
}

static void test_tables_by_iconv(void **state)
{
    static const char *const names[] = { "TCVN5712-1", "VISCII" };
    struct buffer out = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        iconv_t iconv_of = iconv_open("UTF-8", names[i]);

        for (int b = 1; b < 256 && iconv_of != (iconv_t)-1; b++) {
            char byte = (char)b, *in = &byte, theirs[8] = "", *to = theirs;
            size_t n_in = 1, room = sizeof theirs - 1;

            iconv(iconv_of, NULL, NULL, NULL, NULL);
            assert_int_equal(iconv(iconv_of, &in, &n_in, &to, &room), 0);
            iconv(iconv_of, NULL, NULL, &to, &room);
            by_table(names[i], byte, &out);
            assert_string_equal((const char *)out.at, theirs);
        }
        if (iconv_of != (iconv_t)-1)
            iconv_close(iconv_of);
    }
    buffer_free(&out);
}

static void test_tables_by_icu(void **state)
{
    static const char *const names[] = { "windows-1258", "windows-1252" };
    struct buffer out = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        UErrorCode status = U_ZERO_ERROR;
        UConverter *converter = ucnv_open(names[i], &status);

        assert_true(U_SUCCESS(status));
        for (int b = 1; b < 256; b++) {
            char byte = (char)b, theirs[8] = "";
            UChar wide[4];
            int32_t size = 0;

            ucnv_toUChars(converter, wide, 4, &byte, 1, &status);
            assert_true(U_SUCCESS(status));
            U8_APPEND_UNSAFE(theirs, size, wide[0]);
            if (i)
                encoding_convert(encoding_latin(), str_of(&byte, 1), AS_BYTES, &out);
            else
                by_table(names[i], byte, &out);
            if (wide[0] != 0xfffd) /* bytes without a meaning are controls here */
                assert_memory_equal(out.at, theirs, (size_t)size);
            buffer_clear(&out);
        }
        ucnv_close(converter);
    }
    buffer_free(&out);
}

static void test_fonts(void **state)
{
    static const struct {
        const char *font, *encoding;
        bool capitals;
    } fonts[] = {
        { ".VnTime", "TCVN3", false },  { ".VnTimeH", "TCVN3", true },
        { ".vnArial", "TCVN3", false }, { "VNI-Times", "VNI", false },
        { "VPS Times", "VPS", false },  { "Times New Roman", NULL, false },
        { ".Vn", NULL, false },         { "", NULL, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++) {
        bool capitals = false;
        const struct encoding *encoding = encoding_of_font(str_c(fonts[i].font), &capitals);

        assert_int_equal(capitals, fonts[i].capitals);
        if (fonts[i].encoding)
            assert_string_equal(encoding_name(encoding), fonts[i].encoding);
        else
            assert_null(encoding);
    }
}

static void test_capitals(void **state)
{
    static const struct {
        const char *from, *restored, *raised;
    } words[] = {
        { "CộNG HòA", "CỘNG HÒA", "CỘNG HÒA" },
        { "Cộng Hòa", "Cộng Hòa", "CỘNG HÒA" },
        { "Xã HộI", "XÃ HỘI", "XÃ HỘI" },
        { "HộI Xã", "HỘI XÃ", "HỘI XÃ" },
        { "Xã hội", "Xã hội", "XÃ HỘI" },
        { "Xã\nHộI", "Xã\nHỘI", "XÃ\nHỘI" },
        { "Hà", "Hà", "HÀ" },
        { "ở A, đ", "ở A, đ", "Ở A, Đ" },
        { "UBND xã", "UBND xã", "UBND XÃ" },
        { "", "", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char text[32];

        strcpy(text, words[i].from);
        capitals_restore(text, strlen(text));
        assert_string_equal(text, words[i].restored);
        strcpy(text, words[i].from);
        capitals_raise(text, strlen(text));
        assert_string_equal(text, words[i].raised);
    }
}

/* Whatever the bytes: UTF-8 comes out, in every encoding and form. */
static void test_random(void **state)
{
    struct random random = random_start();
    struct buffer out = { 0 };
    char bytes[64];

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t size = random_below(&random, sizeof bytes + 1);
        const struct encoding *encoding;

        for (size_t i = 0; i < size; i++)
            bytes[i] = (char)random_below(&random, 256);
        for (size_t e = 0; (encoding = encoding_at(e)); e++)
            for (int form = AS_BYTES; form <= AS_CHARACTERS; form++) {
                buffer_clear(&out);
                encoding_convert(encoding, str_of(bytes, size), (enum encoding_form)form, &out);
                assert_true(utf8_is_valid(str_of((char *)out.at, out.size)));
            }
    }
    buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),         cmocka_unit_test(test_forced),
        cmocka_unit_test(test_declared),      cmocka_unit_test(test_tables_by_iconv),
        cmocka_unit_test(test_tables_by_icu), cmocka_unit_test(test_fonts),
        cmocka_unit_test(test_capitals),      cmocka_unit_test(test_random),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
