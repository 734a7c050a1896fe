/* SPDX-License-Identifier: MIT */
#include "doc/rtf.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char peek(const struct rtf_input *input)
{
    return input->at < input->text.size ? input->text.bytes[input->at] : 0;
}

static int hex_digit(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/** The two digits behind \'; false where they are none. */
static bool read_hex(struct rtf_input *input, uint8_t *byte)
{
    int value = 0;

    for (int i = 0; i < 2; i++, input->at++) {
        int digit = hex_digit(peek(input));

        if (digit < 0)
            return false;
        value = value * 16 + digit;
    }
    *byte = (uint8_t)value;
    return true;
}

static void read_number(struct rtf_input *input, struct rtf_token *token)
{
    bool negative = peek(input) == '-' && input->at + 1 < input->text.size &&
                    ascii_is_digit(input->text.bytes[input->at + 1]);
    int64_t number = 0;

    input->at += negative;
    for (; ascii_is_digit(peek(input)); input->at++) {
        token->has_number = true;
        if (number <= INT32_MAX)
            number = number * 10 + (peek(input) - '0');
    }
    number = number < INT32_MAX ? number : INT32_MAX;
    token->number = (int32_t)(negative ? -number : number);
}

static void read_word(struct rtf_input *input, struct rtf_token *token)
{
    size_t size = 0, left;

    for (; is_letter(peek(input)); input->at++)
        if (size < RTF_WORD_MAX)
            token->word[size++] = peek(input);
    token->word[size] = 0;
    read_number(input, token);
    if (peek(input) == ' ')
        input->at++;
    left = input->text.size - input->at;
    if (!strcmp(token->word, "bin") && token->number > 0)
        input->at += (size_t)token->number < left ? (size_t)token->number : left;
}

static void read_control(struct rtf_input *input, struct rtf_token *token)
{
    char c = peek(input);

    token->kind = RTF_WORD;
    if (is_letter(c)) {
        read_word(input, token);
        return;
    }
    input->at += input->at < input->text.size;
    if (c == '\'') {
        token->kind = RTF_BYTE;
        if (!read_hex(input, &token->byte))
            token->byte = '?';
    } else if (c == '\\' || c == '{' || c == '}') {
        token->kind = RTF_BYTE;
        token->byte = (uint8_t)c;
    } else {
        token->word[0] = c == '\r' || c == '\n' ? '\n' : c;
        token->word[1] = 0;
    }
}

void rtf_next(struct rtf_input *input, struct rtf_token *token)
{
    char c;

    *token = (struct rtf_token){ .kind = RTF_END };
    while (input->at < input->text.size && strchr("\r\n", peek(input)) && peek(input))
        input->at++;
    if (input->at == input->text.size)
        return;
    c = input->text.bytes[input->at++];
    if (c == '\\') {
        read_control(input, token);
    } else {
        token->kind = c == '{' ? RTF_OPEN : c == '}' ? RTF_CLOSE : RTF_BYTE;
        token->byte = (uint8_t)c;
    }
}
