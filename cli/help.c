/* SPDX-License-Identifier: MIT */
#include "help.h"

#include <string.h>

#include "display.h"

enum {
    WIDTH_LEAST = 50,
    WIDTH_MOST = 80,  /* longer lines are hard to read */
    HELP_COLUMN = 26, /* where summaries begin */
};

static unsigned help_width(const struct output *out)
{
    if (out->width == 0 || out->width > WIDTH_MOST)
        return WIDTH_MOST;
    return out->width < WIDTH_LEAST ? WIDTH_LEAST : out->width;
}

/** Words from column `indent`, where the cursor is, to the right margin, with a line break. */
static void put_words(struct output *out, unsigned indent, const char *text)
{
    FILE *file = out->file;
    size_t column = indent;

    while (*text) {
        size_t word = strcspn(text, " \n");
        size_t width = display_columns((struct muc_string){ text, word });

        if (column > indent && column + 1 + width > help_width(out)) {
            fprintf(file, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', file);
            column++;
        }
        fwrite(text, 1, word, file);
        column += width;
        text += word;
        if (*text == '\n') { /* the next paragraph */
            fprintf(file, "\n\n%*s", (int)indent, "");
            column = indent;
        }
        text += *text != '\0';
    }
    fputc('\n', file);
}

static void put_choices(struct output *out, const char *const *choices)
{
    char line[160];
    int size = 0;

    for (size_t i = 0; choices[i] && size < (int)sizeof line; i++)
        size += snprintf(line + size, sizeof line - (size_t)size, "%s, ", choices[i]);
    fprintf(out->file, "%*s", HELP_COLUMN, "");
    if (size >= 2 && size < (int)sizeof line)
        snprintf(line + size - 2, sizeof line - (size_t)size + 2, " (default: %s)", choices[0]);
    put_words(out, HELP_COLUMN, line);
}

static void put_option(struct output *out, const struct option_spec *option)
{
    FILE *file = out->file;
    char head[80];
    char letter[8] = "    ";
    int size;

    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    size = snprintf(head, sizeof head, "  %s--%s%s%s", letter, option->name,
                    option->argument ? " " : "", option->argument ? option->argument : "");
    if (size + 2 > HELP_COLUMN)
        fprintf(file, "%s\n%*s", head, HELP_COLUMN, "");
    else
        fprintf(file, "%-*s", HELP_COLUMN, head);
    put_words(out, HELP_COLUMN, option->summary);
    if (option->kind == OPTION_CHOICE)
        put_choices(out, option->choices);
}

static void put_options(struct output *out, const struct option_spec *options)
{
    for (; options && options->name; options++)
        put_option(out, options);
}

void help_program(struct output *out)
{
    FILE *file = out->file;

    fputs("Usage: mucluc COMMAND [OPTION]... [OPERAND]...\n\n"
          "Full-text search for archives of Vietnamese press releases.\n\n"
          "Commands:\n",
          file);
    for (size_t i = 0; commands[i]; i++) {
        fprintf(file, "  %-10s  ", commands[i]->name);
        put_words(out, 14, commands[i]->summary);
    }
    fputs("\nOptions:\n", file);
    put_options(out, program_options);
    fputs("\nmucluc COMMAND --help tells more of each; man mucluc tells all.\n", file);
}

void help_command(struct output *out, const struct command *command)
{
    fprintf(out->file, "Usage: mucluc %s [OPTION]...%s%s\n\n", command->name,
            *command->operands ? " " : "", command->operands);
    put_words(out, 0, command->details);
    fputs("\nOptions:\n", out->file);
    put_options(out, command->options);
    put_options(out, command->shared);
    put_options(out, command_common_options(command));
}
