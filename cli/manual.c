/* SPDX-License-Identifier: MIT */
/* manual.c - writes the manual page and the completions from the tables of options.
 *
 *   manual man TEMPLATE | bash | zsh | fish
 *
 * Not installed. What it writes is checked in; a test compares. The template is the manual page
 * with a line @COMMANDS@ where the commands go, and @OPTIONS@ where those before a command go. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "manual.h"

/** Text with what roff would take for its own made plain; a newline begins a paragraph. */
static void put_roff(const char *text)
{
    for (bool line_start = true; *text; text++) {
        if (line_start && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        line_start = *text == '\n';
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else if (*text == '\n')
            fputs("\n.PP\n", stdout);
        else
            fputc(*text, stdout);
    }
    fputc('\n', stdout);
}

static void put_option(const struct option_spec *option)
{
    fputs(".TP\n\\fB", stdout);
    if (option->letter)
        printf("\\-%c\\fR, \\fB", option->letter);
    printf("\\-\\-%s\\fR", option->name);
    if (option->argument)
        printf(" \\fI%s\\fR", option->argument);
    fputc('\n', stdout);
    put_roff(option->summary);
    if (option->kind != OPTION_CHOICE)
        return;
    fputs(".br\n", stdout);
    for (size_t i = 0; option->choices[i]; i++) {
        fputs(i ? ", \\fB" : "\\fB", stdout);
        for (const char *c = option->choices[i]; *c; c++)
            printf(*c == '-' ? "\\-" : "%c", *c);
        fputs("\\fR", stdout);
    }
    printf(" (default: %s)\n", option->choices[0]);
}

static void put_options(const struct option_spec *options)
{
    for (; options && options->name; options++)
        put_option(options);
}

static void put_commands(void)
{
    for (size_t i = 0; commands[i]; i++) {
        const struct command *command = commands[i];

        printf(".SS mucluc %s [OPTION]...%s%s\n", command->name, *command->operands ? " " : "",
               command->operands);
        put_roff(command->details);
        put_options(command->options);
        put_options(command->shared);
    }
}

static int put_page(const char *template)
{
    char line[4096];
    FILE *file = fopen(template, "r");

    if (!file) {
        perror(template);
        return 1;
    }
    while (fgets(line, sizeof line, file)) {
        if (strcmp(line, "@COMMANDS@\n") == 0)
            put_commands();
        else if (strcmp(line, "@OPTIONS@\n") == 0)
            put_options(program_options);
        else
            fputs(line, stdout);
    }
    fclose(file);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "man") == 0)
        return put_page(argv[2]);
    if (argc == 2 && strcmp(argv[1], "bash") == 0)
        complete_bash(stdout);
    else if (argc == 2 && strcmp(argv[1], "zsh") == 0)
        complete_zsh(stdout);
    else if (argc == 2 && strcmp(argv[1], "fish") == 0)
        complete_fish(stdout);
    else
        return 2;
    return 0;
}
