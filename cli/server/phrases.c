/* SPDX-License-Identifier: MIT */
#include "server/phrases.h"

#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "html.h"

static const char *const phrases[PHRASES][2] = {
    [P_NAME] = { "Mục lục", "Mục lục" },
    [P_SEARCH] = { "Tìm", "Search" },
    [P_QUERY] = { "Tìm trong kho văn bản", "Search the archive" },
    [P_QUERY_HINT] = { "Gõ có dấu hoặc không dấu", "Type with or without accents" },
    [P_HELP] = { "Cách tìm", "How to search" },
    [P_OTHER_LANGUAGE] = { "English", "Tiếng Việt" },
    [P_SKIP] = { "Đến nội dung", "Skip to content" },
    [P_DOCUMENTS] = { "văn bản", "documents" },
    [P_ONE_DOCUMENT] = { "văn bản", "document" },
    [P_AT_LEAST] = { "ít nhất", "at least" },
    [P_WITH_ALL] = { "có đủ mọi từ", "with all the words" },
    [P_AS_WRITTEN] = { "đúng như đã gõ", "exactly as typed" },
    [P_SECONDS] = { "giây", "s" },
    [P_SEARCHED_AS] = { "Đã tìm:", "Searched for:" },
    [P_LITERALLY] = { "Tìm đúng chữ", "Search literally for" },
    [P_DID_YOU_MEAN] = { "Có phải bạn muốn tìm:", "Did you mean:" },
    [P_ANY_WORD] = { "Không văn bản nào có đủ mọi từ; đây là những văn bản có một số từ.",
                     "No document has all the words; these have some of them." },
    [P_NOT_ALL_WORDS] = { "Có văn bản chỉ có một số từ.", "Some have only a part of the words." },
    [P_ALL_WORDS_ONLY] = { "Chỉ tìm văn bản có đủ mọi từ", "Only those with all the words" },
    [P_PARTIAL] = { "Tìm chưa hết vì quá lâu: có thể còn văn bản khác. Thêm từ hoặc chọn khoảng "
                    "thời gian hẹp hơn.",
                    "The search took too long and was cut short: there may be more. Add words or "
                    "narrow the dates." },
    [P_WARNING] = { "Lưu ý về câu tìm:", "About your query:" },
    [P_ONE_COPY] = { "bản gần giống", "near copy" },
    [P_COPIES] = { "bản gần giống", "near copies" },
    [P_SIMILAR] = { "Văn bản tương tự", "Similar documents" },
    [P_NO_DATE] = { "không rõ ngày", "undated" },
    [P_UNTITLED] = { "(không có tiêu đề)", "(untitled)" },
    [P_TIER_SPELLING] = { "cách viết khác", "other spelling" },
    [P_TIER_LOST] = { "không dấu", "without accents" },
    [P_TIER_OTHER] = { "khác dấu", "other accents" },
    [P_TIER_EXPANSION] = { "dạng khác", "other form" },
    [P_TIER_REPAIR] = { "sửa lỗi gõ", "corrected typing" },
    [P_SOURCE] = { "Nguồn", "Source" },
    [P_KIND] = { "Loại văn bản", "Kind" },
    [P_LANG] = { "Ngôn ngữ", "Language" },
    [P_TAG] = { "Thẻ", "Tag" },
    [P_YEAR] = { "Năm", "Year" },
    [P_MONTH] = { "Tháng", "Month" },
    [P_YEARS_HINT] = { "Chọn một cột, hoặc kéo qua nhiều cột, để lọc theo thời gian",
                       "Pick a bar, or drag over several, to limit the dates" },
    [P_NONE_GIVEN] = { "không ghi", "not given" },
    [P_MORE] = { "Xem thêm", "More" },
    [P_NARROW] = { "Lọc kết quả", "Narrow down" },
    [P_REMOVE] = { "Bỏ lọc", "Remove filter" },
    [P_SORT] = { "Sắp xếp", "Order" },
    [P_SORT_BEST] = { "Sát nhất trước", "Best first" },
    [P_SORT_NEW] = { "Mới nhất trước", "Newest first" },
    [P_SORT_OLD] = { "Cũ nhất trước", "Oldest first" },
    [P_FROM] = { "Từ ngày", "From" },
    [P_TO] = { "Đến ngày", "To" },
    [P_SINCE] = { "từ", "from" },
    [P_UNTIL] = { "đến", "until" },
    [P_DATE_HINT] = { "ví dụ 22/12/2020", "such as 22/12/2020" },
    [P_BAD_DATE] = { "Không hiểu ngày này, nên đã bỏ qua:",
                     "This date was not understood and left out:" },
    [P_BAD_OFFSET] = { "Không mở được trang kết quả này, nên đây là trang đầu:",
                       "This page of the results cannot be opened, so here is the first:" },
    [P_APPLY] = { "Áp dụng", "Apply" },
    [P_CALENDAR] = { "Mở lịch", "Open calendar" },
    [P_RESULTS] = { "Kết quả", "Results" },
    [P_PAGES] = { "Các trang kết quả", "Pages of results" },
    [P_FIRST] = { "Trang đầu", "First" },
    [P_BEFORE] = { "Trang trước", "Previous" },
    [P_NEXT] = { "Trang sau", "Next" },
    [P_PAGE] = { "Trang", "Page" },
    [P_TAKE_ALONG] = { "Tải kết quả", "Take the results along" },
    [P_FEED] = { "Theo dõi (Atom)", "Follow (Atom)" },
    [P_NOTHING] = { "Không tìm thấy văn bản nào", "Nothing found" },
    [P_NOTHING_HINT] = { "Thử ít từ hơn, từ khác, hoặc gõ không dấu.",
                         "Try fewer or other words, or type without accents." },
    [P_NOTHING_BARE] = { "Thử ít từ hơn hoặc từ khác.", "Try fewer or other words." },
    [P_NOTHING_YET] = { "Chưa kịp tìm thấy văn bản nào",
                        "Nothing was found in the time there was" },
    [P_NOTHING_FILTERS] = { "Bỏ mọi bộ lọc", "Remove all filters" },
    [P_ALL_WORDS] = { "Tìm mọi cách viết", "Search for all spellings" },
    [P_TOO_DEEP] = { "Xa hơn nữa thì lọc bớt, hoặc tải toàn bộ kết quả.",
                     "To go further, narrow down or take all the results along." },
    [P_PAST_END] = { "Hết kết quả.", "That was the last of the results." },
    [P_HOLDS] = { "Kho có", "The archive holds" },
    [P_SOURCES] = { "Nguồn", "Sources" },
    [P_LATEST] = { "Mới nhất", "Latest" },
    [P_EMPTY_ARCHIVE] = { "Kho còn trống. Thêm văn bản bằng lệnh mucluc index; trang này sẽ thấy "
                          "ngay.",
                          "The archive is empty. Add documents by mucluc index; they are seen here "
                          "at once." },
    [P_BACK] = { "Về kết quả", "Back to results" },
    [P_HIT_HERE] = { "chỗ khớp", "place" },
    [P_HITS_HERE] = { "chỗ khớp", "places" },
    [P_HIT_BEFORE] = { "Chỗ trước", "Previous place" },
    [P_HIT_NEXT] = { "Chỗ sau", "Next place" },
    [P_DATE] = { "Ngày", "Date" },
    [P_DATE_FROM_NAME] = { "theo tên tệp", "from the file's name" },
    [P_DATE_FROM_LINE] = { "theo dòng ngày tháng trong bài", "from the dateline" },
    [P_DATE_FROM_FILE] = { "theo ngày của tệp", "from the file's time" },
    [P_BYLINE] = { "Người viết", "By" },
    [P_ADDRESS] = { "Bản gốc", "Original" },
    [P_CITE] = { "Trích dẫn", "Citation" },
    [P_COPY] = { "Chép", "Copy" },
    [P_COPIED] = { "Đã chép", "Copied" },
    [P_PERMANENT] = { "Liên kết cố định", "Permanent link" },
    [P_AS_JSON] = { "Dạng JSON", "As JSON" },
    [P_SLOW] = { "Đang tìm…", "Searching…" },
    [P_SUGGESTIONS] = { "Gợi ý", "Suggestions" },
    [P_NOT_FOUND] = { "Không có trang này", "Not found" },
    [P_NOT_FOUND_HINT] = { "Văn bản có thể đã được gỡ khỏi kho, hoặc địa chỉ bị chép thiếu.",
                           "The document may have been taken out of the archive, or the address "
                           "was cut short." },
    [P_WRONG] = { "Địa chỉ chưa đúng", "The address is not right" },
    [P_WRONG_HINT] = { "Địa chỉ có chỗ máy chủ không đọc được, hoặc câu tìm dài quá 1.000 ký tự.",
                       "The server cannot make sense of it, or the query has more than 1,000 "
                       "characters." },
    [P_NO_TOKEN] = { "Cần mã truy cập", "A token is needed" },
    [P_NO_TOKEN_HINT] = { "Kho này chỉ trả lời những yêu cầu có mã truy cập (bearer token).",
                          "This archive answers requests with a bearer token only." },
    [P_READ_ONLY] = { "Kho này chỉ để đọc", "Nothing can be changed here" },
    [P_READ_ONLY_HINT] = { "Có thể tìm và đọc, nhưng không gửi được gì lên.",
                           "Documents can be searched and read, but nothing can be sent." },
    [P_DETAIL] = { "Chi tiết cho người quản trị:", "In detail:" },
    [P_FAILED] = { "Máy chủ đang gặp trục trặc", "The server is in trouble" },
    [P_FAILED_HINT] = { "Thử lại sau ít phút. Nếu vẫn vậy, hãy báo người quản trị kèm mã yêu cầu:",
                        "Try again in a few minutes. If it stays so, tell whoever runs it, with "
                        "this request id:" },
    [P_HOME] = { "Trang đầu", "Home" },
};

const char *phrase(const struct request *request, enum phrase name)
{
    return phrases[name][request->language];
}

/** Weight of a language in Accept-Language, in thousandths; 0: not there. */
static long weight_of(const char *accepted, const char *language)
{
    for (const char *at = accepted; at && *at;) {
        size_t size = strcspn(at, ",");
        const char *name = at + strspn(at, " ");

        if (strncmp(name, language, 2) == 0 && strchr("-;, ", name[2])) {
            const char *q = strstr(name, ";q=");

            return q && q < at + size ? (long)(strtod(q + 3, NULL) * 1000) : 1000;
        }
        at += size;
        at += *at == ',';
    }
    return 0;
}

enum language language_of(const struct request *request)
{
    const char *asked = request_parameter(request, "hl");
    const char *accepted = request_header(request, "Accept-Language");

    if (asked && strcmp(asked, "en") == 0)
        return LANGUAGE_EN;
    if (asked && strcmp(asked, "vi") == 0)
        return LANGUAGE_VI;
    return weight_of(accepted, "en") > weight_of(accepted, "vi") ? LANGUAGE_EN : LANGUAGE_VI;
}

const char *phrase_date(const struct request *request, struct muc_date date, char text[32])
{
    static const char *const months[] = { "January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December" };
    const char *month = date.month >= 1 && date.month <= 12 ? months[date.month - 1] : "";

    if (!date.month)
        snprintf(text, 32, "%d", date.year);
    else if (request->language == LANGUAGE_EN && date.day)
        snprintf(text, 32, "%u %s %d", date.day, month, date.year);
    else if (request->language == LANGUAGE_EN)
        snprintf(text, 32, "%s %d", month, date.year);
    else if (date.day)
        snprintf(text, 32, "%u/%u/%d", date.day, date.month, date.year);
    else
        snprintf(text, 32, "%u/%d", date.month, date.year);
    return text;
}

const char *phrase_count(const struct request *request, uint64_t n, char text[32])
{
    format_count(n, text);
    for (char *at = text; *at; at++)
        if (*at == ' ')
            *at = request->language == LANGUAGE_EN ? ',' : '.';
    return text;
}

const char *phrase_tier(const struct request *request, enum muc_tier tier)
{
    static const enum phrase names[] = { [MUC_TIER_SPELLING] = P_TIER_SPELLING,
                                         [MUC_TIER_MARKS_LOST] = P_TIER_LOST,
                                         [MUC_TIER_MARKS_OTHER] = P_TIER_OTHER,
                                         [MUC_TIER_EXPANSION] = P_TIER_EXPANSION,
                                         [MUC_TIER_REPAIR] = P_TIER_REPAIR };

    return tier > MUC_TIER_EXACT && tier <= MUC_TIER_REPAIR ? phrase(request, names[tier]) : "";
}

/** English is the library's own. */
static const char *const warnings_vi[] = {
    [MUC_WARNING_BRACKET_UNOPENED] = "có dấu đóng ngoặc thừa, đã bỏ qua",
    [MUC_WARNING_BRACKET_UNCLOSED] = "có dấu mở ngoặc chưa đóng, đã bỏ qua",
    [MUC_WARNING_BRACKETS_DEEP] = "ngoặc lồng quá sâu, đã bỏ bớt",
    [MUC_WARNING_QUOTE_UNCLOSED] = "có dấu ngoặc kép chưa đóng, nên tìm như các từ thường",
    [MUC_WARNING_OPERATOR_ALONE] = "AND, OR, NEAR cần có từ ở cả hai bên, nên tìm như một từ",
    [MUC_WARNING_NOT_ALONE] = "sau NOT không có từ nào, nên tìm như một từ",
    [MUC_WARNING_NEAR_OPERAND] = "NEAR chỉ nối từ hoặc cụm từ, đã bỏ qua ở đây",
    [MUC_WARNING_ONLY_EXCLUDED] = "chỉ có từ bị loại trừ: chưa có gì để tìm",
    [MUC_WARNING_FIELD_UNKNOWN] = "không có trường nào tên như vậy, nên tìm như các từ thường",
    [MUC_WARNING_FIELD_EMPTY] = "sau dấu hai chấm chưa có gì, nên tìm như các từ thường",
    [MUC_WARNING_DATE_UNREAD] = "không phải ngày viết như 2020, 12/2020 hay 22/12/2020, nên tìm "
                                "như các từ thường",
    [MUC_WARNING_WEIGHT_RANGE] = "trọng số phải từ 0.01 đến 100",
    [MUC_WARNING_TOO_LONG] = "câu tìm quá dài, phần từ đây trở đi đã bị bỏ",
    [MUC_WARNING_WILDCARD] =
        "* và ? đứng giữa các chữ của một từ, nhiều nhất mười sáu từ: đã xem như dấu cách",
    [MUC_WARNING_FUZZY] =
        "~, ~1 hoặc ~2 đứng sau một từ không có chữ số, nhiều nhất mười sáu từ: đã bỏ qua",
    [MUC_WARNING_NUMBERED_NAME] =
        "dấu trừ giữa tên và số hiệu được xem là một phần của tên; muốn loại "
        "trừ thì dùng NOT",
    [MUC_WARNING_FORMS] = "* hoặc ~ trong cụm từ hay NEAR khớp với quá nhiều từ: chỉ tìm những từ "
                          "thường gặp nhất",
    [MUC_WARNING_STEMS] = "từ tiếng nước ngoài chỉ được tìm đúng như đã gõ, vì không nạp được "
                          "libstemmer để biết các dạng khác của nó",
};

void phrase_warning(const struct request *request, const struct muc_warning *warning)
{
    size_t kind = (size_t)warning->kind;
    const char *words = kind < sizeof warnings_vi / sizeof *warnings_vi ? warnings_vi[kind] : NULL;

    if (request->language == LANGUAGE_VI && words) {
        html_words(request->body, words);
        return;
    }
    fputs("<span lang=\"en\">", request->body);
    html_text(request->body, warning->message);
    fputs("</span>", request->body);
}
