/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>

#include "command.h"
#include "manual.h"

enum { TABLES = 3 };

/** The tables of a command's options; NULL for one it does not have. */
static void tables_of(const struct command *command, const struct option_spec *tables[TABLES])
{
    tables[0] = command->options;
    tables[1] = command->shared;
    tables[2] = command_common_options(command);
}

/* ---- bash */

static void bash_value(FILE *file, const char *command, const struct option_spec *option)
{
    if (option->kind == OPTION_FLAG)
        return;
    fprintf(file, "    %s,--%s", command, option->name);
    if (option->letter)
        fprintf(file, " | %s,-%c", command, option->letter);
    fputs(")\n        ", file);
    if (option->kind == OPTION_CHOICE) {
        fputs("_mucluc_words '", file);
        for (size_t i = 0; option->choices[i]; i++)
            fprintf(file, "%s%s", i ? " " : "", option->choices[i]);
        fputs("'\n", file);
    } else if (option->kind == OPTION_FILE) {
        fputs("_mucluc_paths -f\n", file);
    } else if (option->kind == OPTION_FOLDER) {
        fputs("_mucluc_paths -d\n", file);
    } else {
        fputs("COMPREPLY=()\n", file);
    }
    fputs("        return\n        ;;\n", file);
}

static void bash_names(FILE *file, const struct option_spec *options)
{
    for (; options && options->name; options++)
        fprintf(file, " --%s", options->name);
}

static void bash_command(FILE *file, const struct command *command)
{
    const struct option_spec *tables[TABLES];

    tables_of(command, tables);
    fprintf(file, "    %s,-*) _mucluc_words '", command->name);
    for (size_t t = 0; t < TABLES; t++)
        bash_names(file, tables[t]);
    fputs("' ;;\n", file);
    if (command->operand_kind == OPTION_FILE)
        fprintf(file, "    %s,*) _mucluc_paths -f ;;\n", command->name);
    else if (command->operand_kind == OPTION_FOLDER)
        fprintf(file, "    %s,*) _mucluc_paths -d ;;\n", command->name);
    else if (command == &command_help)
        fprintf(file, "    %s,*) _mucluc_words \"$commands\" ;;\n", command->name);
}

void complete_bash(FILE *file)
{
    fputs("# bash completion for mucluc, made from its tables of options\n"
          "\n"
          "_mucluc_words() {\n"
          "    local IFS=$' \\n'\n"
          "    COMPREPLY=($(compgen -W \"$1\" -- \"$current\"))\n"
          "}\n"
          "\n"
          "_mucluc_paths() {\n"
          "    local IFS=$'\\n'\n"
          "    compopt -o filenames 2>/dev/null\n"
          "    COMPREPLY=($(compgen \"$1\" -- \"$current\"))\n"
          "}\n"
          "\n"
          "_mucluc() {\n"
          "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local command='' i commands='",
          file);
    for (size_t i = 0; commands[i]; i++)
        fprintf(file, "%s%s", i ? " " : "", commands[i]->name);
    fputs("'\n"
          "    COMPREPLY=()\n"
          "    if [ \"$current\" = '=' ]; then\n"
          "        current=''\n"
          "    elif [ \"$previous\" = '=' ]; then\n"
          "        previous=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    fi\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        case \" $commands \" in *\" ${COMP_WORDS[i]} \"*)\n"
          "            command=${COMP_WORDS[i]}\n"
          "            break\n"
          "            ;;\n"
          "        esac\n"
          "    done\n"
          "    case $command,$previous in\n",
          file);
    for (const struct option_spec *option = program_options; option->name; option++)
        bash_value(file, "", option);
    for (size_t i = 0; commands[i]; i++) {
        const struct option_spec *tables[TABLES];

        tables_of(commands[i], tables);
        for (size_t t = 0; t < TABLES; t++)
            for (const struct option_spec *o = tables[t]; o && o->name; o++)
                bash_value(file, commands[i]->name, o);
    }
    fputs("    esac\n    case $command,$current in\n    ,-*) _mucluc_words '", file);
    bash_names(file, program_options);
    fputs("' ;;\n    ,*) _mucluc_words \"$commands\" ;;\n", file);
    for (size_t i = 0; commands[i]; i++)
        bash_command(file, commands[i]);
    fputs("    esac\n}\n\ncomplete -F _mucluc mucluc\n", file);
}

/* ---- zsh and fish */

/** A summary in single quotes of a shell; zsh also reserves brackets and colons. */
static void put_quoted(FILE *file, const char *text, const char *escaped)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\'", file);
        else if (strchr(escaped, *text))
            fputc('\\', file);
        fputc(*text, file);
    }
}

static void zsh_value(FILE *file, const struct option_spec *option)
{
    if (option->kind == OPTION_FLAG)
        return;
    fprintf(file, ":%s:", option->argument);
    if (option->kind == OPTION_CHOICE) {
        fputc('(', file);
        for (size_t i = 0; option->choices[i]; i++)
            fprintf(file, "%s%s", i ? " " : "", option->choices[i]);
        fputc(')', file);
    } else if (option->kind == OPTION_FILE) {
        fputs("_files", file);
    } else if (option->kind == OPTION_FOLDER) {
        fputs("_files -/", file);
    }
}

static void zsh_options(FILE *file, const struct option_spec *options)
{
    for (; options && options->name; options++) {
        const char *equals = options->kind == OPTION_FLAG ? "" : "=";

        fputs("            ", file);
        if (options->letter)
            fprintf(file, "'(-%c --%s)'{-%c%s,--%s%s}'", options->letter, options->name,
                    options->letter, options->kind == OPTION_FLAG ? "" : "+", options->name,
                    equals);
        else
            fprintf(file, "'--%s%s", options->name, equals);
        fputc('[', file);
        put_quoted(file, options->summary, "[]:\\");
        fputc(']', file);
        zsh_value(file, options);
        fputs("' \\\n", file);
    }
}

static void zsh_command(FILE *file, const struct command *command)
{
    const struct option_spec *tables[TABLES];

    tables_of(command, tables);
    fprintf(file, "    %s)\n        _arguments -s -S \\\n", command->name);
    for (size_t t = 0; t < TABLES; t++)
        zsh_options(file, tables[t]);
    if (command->operand_kind == OPTION_FILE)
        fputs("            '*:file:_files'\n", file);
    else if (command->operand_kind == OPTION_FOLDER)
        fputs("            '*:folder:_files -/'\n", file);
    else if (command == &command_help)
        fputs("            '1:command:_mucluc_commands'\n", file);
    else
        fputs("            '*: : '\n", file);
    fputs("        ;;\n", file);
}

void complete_zsh(FILE *file)
{
    fputs("#compdef mucluc\n"
          "# zsh completion for mucluc, made from its tables of options\n"
          "\n"
          "_mucluc_commands() {\n"
          "    local -a commands=(\n",
          file);
    for (size_t i = 0; commands[i]; i++) {
        fprintf(file, "        '%s:", commands[i]->name);
        put_quoted(file, commands[i]->summary, "\\");
        fputs("'\n", file);
    }
    fputs("    )\n"
          "    _describe command commands\n"
          "}\n"
          "\n"
          "_mucluc() {\n"
          "    local curcontext=$curcontext context state state_descr line\n"
          "    typeset -A opt_args\n"
          "    _arguments -C -S \\\n",
          file);
    zsh_options(file, program_options);
    fputs("            '1:command:_mucluc_commands' \\\n"
          "            '*::operand:->operands'\n"
          "    [[ $state == operands ]] || return\n"
          "    case $line[1] in\n",
          file);
    for (size_t i = 0; commands[i]; i++)
        zsh_command(file, commands[i]);
    fputs("    esac\n}\n\n_mucluc \"$@\"\n", file);
}

static void fish_options(FILE *file, const char *condition, const struct option_spec *options)
{
    for (; options && options->name; options++) {
        fprintf(file, "complete -c mucluc -n '%s' -l %s", condition, options->name);
        if (options->letter)
            fprintf(file, " -s %c", options->letter);
        if (options->kind == OPTION_CHOICE) {
            fputs(" -xa '", file);
            for (size_t i = 0; options->choices[i]; i++)
                fprintf(file, "%s%s", i ? " " : "", options->choices[i]);
            fputc('\'', file);
        } else if (options->kind == OPTION_FILE) {
            fputs(" -rF", file);
        } else if (options->kind == OPTION_FOLDER) {
            fputs(" -xa '(__fish_complete_directories)'", file);
        } else if (options->kind != OPTION_FLAG) {
            fputs(" -x", file);
        }
        fputs(" -d '", file);
        for (const char *c = options->summary; *c; c++)
            fprintf(file, *c == '\'' || *c == '\\' ? "\\%c" : "%c", *c);
        fputs("'\n", file);
    }
}

void complete_fish(FILE *file)
{
    fputs("# fish completion for mucluc, made from its tables of options\n"
          "complete -c mucluc -f\n",
          file);
    fish_options(file, "__fish_use_subcommand", program_options);
    for (size_t i = 0; commands[i]; i++)
        fprintf(file, "complete -c mucluc -n __fish_use_subcommand -a %s -d '%s'\n",
                commands[i]->name, commands[i]->summary);
    for (size_t i = 0; commands[i]; i++) {
        const struct option_spec *tables[TABLES];
        char condition[128];

        snprintf(condition, sizeof condition, "__fish_seen_subcommand_from %s", commands[i]->name);
        tables_of(commands[i], tables);
        for (size_t t = 0; t < TABLES; t++)
            fish_options(file, condition, tables[t]);
        if (commands[i]->operand_kind == OPTION_FILE)
            fprintf(file, "complete -c mucluc -n '%s' -F\n", condition);
        else if (commands[i]->operand_kind == OPTION_FOLDER)
            fprintf(file, "complete -c mucluc -n '%s' -a '(__fish_complete_directories)'\n",
                    condition);
    }
}
