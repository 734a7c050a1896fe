/* SPDX-License-Identifier: MIT */
#include "help.h"

#include <string.h>

#include "display.h"

enum {
    HELP_WIDTH = 80,
    HELP_COLUMN = 26, /* where summaries begin */
};

/** Words from column `indent`, where the cursor is, to the right margin, with a line break. */
static void put_words(FILE *file, unsigned indent, const char *text)
{
    size_t column = indent;

    while (*text) {
        size_t word = strcspn(text, " \n");
        size_t width = display_columns((struct muc_string){ text, word });

        if (column > indent && column + 1 + width > HELP_WIDTH) {
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

static void put_option(FILE *file, const struct option_spec *option)
{
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
    put_words(file, HELP_COLUMN, option->summary);
    if (option->kind != OPTION_CHOICE)
        return;
    fprintf(file, "%*s", HELP_COLUMN, "");
    for (size_t i = 0; option->choices[i]; i++)
        fprintf(file, "%s%s", i ? ", " : "", option->choices[i]);
    fputs(" (default: ", file);
    fprintf(file, "%s)\n", option->choices[0]);
}

static void put_options(FILE *file, const struct option_spec *options)
{
    for (; options && options->name; options++)
        put_option(file, options);
}

void help_program(FILE *file)
{
    fputs("Usage: mucluc COMMAND [OPTION]... [OPERAND]...\n\n"
          "Full-text search for archives of Vietnamese press releases.\n\n"
          "Commands:\n",
          file);
    for (size_t i = 0; commands[i]; i++)
        fprintf(file, "  %-10s  %s\n", commands[i]->name, commands[i]->summary);
    fputs("\nOptions:\n", file);
    put_options(file, program_options);
    fputs("\nmucluc COMMAND --help tells more of each; man mucluc tells all.\n", file);
}

void help_command(FILE *file, const struct command *command)
{
    fprintf(file, "Usage: mucluc %s [OPTION]...%s%s\n\n", command->name,
            *command->operands ? " " : "", command->operands);
    put_words(file, 0, command->details);
    fputs("\nOptions:\n", file);
    put_options(file, command->options);
    put_options(file, command->shared);
    put_options(file, command_common_options(command));
}
