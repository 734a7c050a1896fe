# bash completion for mucluc, made from its tables of options

_mucluc_words() {
    local IFS=$' \n'
    COMPREPLY=($(compgen -W "$1" -- "$current"))
}

_mucluc_paths() {
    local IFS=$'\n'
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen "$1" -- "$current"))
}

_mucluc() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' i commands='index search show export delete similar suggest terms stats check merge backup alerts analyze serve help'
    COMPREPLY=()
    if [ "$current" = '=' ]; then
        current=''
    elif [ "$previous" = '=' ]; then
        previous=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case " $commands " in *" ${COMP_WORDS[i]} "*)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    case $command,$previous in
    ,--database | ,-d)
        _mucluc_paths -d
        return
        ;;
    ,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    index,--encoding)
        COMPREPLY=()
        return
        ;;
    index,--filter)
        COMPREPLY=()
        return
        ;;
    index,--source)
        COMPREPLY=()
        return
        ;;
    index,--kind)
        COMPREPLY=()
        return
        ;;
    index,--jobs | index,-j)
        COMPREPLY=()
        return
        ;;
    index,--memory)
        COMPREPLY=()
        return
        ;;
    index,--commit-every)
        COMPREPLY=()
        return
        ;;
    index,--report)
        _mucluc_paths -f
        return
        ;;
    index,--wait)
        COMPREPLY=()
        return
        ;;
    index,--database | index,-d)
        _mucluc_paths -d
        return
        ;;
    index,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    search,--limit | search,-n)
        COMPREPLY=()
        return
        ;;
    search,--offset)
        COMPREPLY=()
        return
        ;;
    search,--format | search,-f)
        _mucluc_words 'text json jsonl csv ids trec'
        return
        ;;
    search,--facet)
        COMPREPLY=()
        return
        ;;
    search,--query-time)
        COMPREPLY=()
        return
        ;;
    search,--queries)
        _mucluc_paths -f
        return
        ;;
    search,--match)
        _mucluc_words 'auto all any'
        return
        ;;
    search,--accents)
        _mucluc_words 'auto exact ignore'
        return
        ;;
    search,--sort)
        _mucluc_words 'relevance date -date'
        return
        ;;
    search,--from)
        COMPREPLY=()
        return
        ;;
    search,--to)
        COMPREPLY=()
        return
        ;;
    search,--source)
        COMPREPLY=()
        return
        ;;
    search,--kind)
        COMPREPLY=()
        return
        ;;
    search,--lang)
        COMPREPLY=()
        return
        ;;
    search,--tag)
        COMPREPLY=()
        return
        ;;
    search,--rank)
        _mucluc_words 'default bm25'
        return
        ;;
    search,--recency)
        COMPREPLY=()
        return
        ;;
    search,--database | search,-d)
        _mucluc_paths -d
        return
        ;;
    search,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    show,--format | show,-f)
        _mucluc_words 'text json html'
        return
        ;;
    show,--database | show,-d)
        _mucluc_paths -d
        return
        ;;
    show,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    export,--match)
        _mucluc_words 'auto all any'
        return
        ;;
    export,--accents)
        _mucluc_words 'auto exact ignore'
        return
        ;;
    export,--sort)
        _mucluc_words 'relevance date -date'
        return
        ;;
    export,--from)
        COMPREPLY=()
        return
        ;;
    export,--to)
        COMPREPLY=()
        return
        ;;
    export,--source)
        COMPREPLY=()
        return
        ;;
    export,--kind)
        COMPREPLY=()
        return
        ;;
    export,--lang)
        COMPREPLY=()
        return
        ;;
    export,--tag)
        COMPREPLY=()
        return
        ;;
    export,--rank)
        _mucluc_words 'default bm25'
        return
        ;;
    export,--recency)
        COMPREPLY=()
        return
        ;;
    export,--database | export,-d)
        _mucluc_paths -d
        return
        ;;
    export,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    delete,--wait)
        COMPREPLY=()
        return
        ;;
    delete,--database | delete,-d)
        _mucluc_paths -d
        return
        ;;
    delete,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    similar,--limit | similar,-n)
        COMPREPLY=()
        return
        ;;
    similar,--offset)
        COMPREPLY=()
        return
        ;;
    similar,--format | similar,-f)
        _mucluc_words 'text json jsonl csv ids'
        return
        ;;
    similar,--database | similar,-d)
        _mucluc_paths -d
        return
        ;;
    similar,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    suggest,--format | suggest,-f)
        _mucluc_words 'text json'
        return
        ;;
    suggest,--limit | suggest,-n)
        COMPREPLY=()
        return
        ;;
    suggest,--database | suggest,-d)
        _mucluc_paths -d
        return
        ;;
    suggest,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    terms,--limit | terms,-n)
        COMPREPLY=()
        return
        ;;
    terms,--database | terms,-d)
        _mucluc_paths -d
        return
        ;;
    terms,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    stats,--format | stats,-f)
        _mucluc_words 'text json'
        return
        ;;
    stats,--database | stats,-d)
        _mucluc_paths -d
        return
        ;;
    stats,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    check,--database | check,-d)
        _mucluc_paths -d
        return
        ;;
    check,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    merge,--wait)
        COMPREPLY=()
        return
        ;;
    merge,--database | merge,-d)
        _mucluc_paths -d
        return
        ;;
    merge,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    backup,--database | backup,-d)
        _mucluc_paths -d
        return
        ;;
    backup,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    alerts,--format | alerts,-f)
        _mucluc_words 'text jsonl atom'
        return
        ;;
    alerts,--wait)
        COMPREPLY=()
        return
        ;;
    alerts,--database | alerts,-d)
        _mucluc_paths -d
        return
        ;;
    alerts,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    analyze,--format | analyze,-f)
        _mucluc_words 'table json jsonl tokens'
        return
        ;;
    analyze,--documents)
        _mucluc_paths -f
        return
        ;;
    analyze,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    serve,--listen | serve,-l)
        COMPREPLY=()
        return
        ;;
    serve,--prefix)
        COMPREPLY=()
        return
        ;;
    serve,--token-file)
        _mucluc_paths -f
        return
        ;;
    serve,--log)
        _mucluc_paths -f
        return
        ;;
    serve,--threads)
        COMPREPLY=()
        return
        ;;
    serve,--connections)
        COMPREPLY=()
        return
        ;;
    serve,--per-address)
        COMPREPLY=()
        return
        ;;
    serve,--query-time)
        COMPREPLY=()
        return
        ;;
    serve,--database | serve,-d)
        _mucluc_paths -d
        return
        ;;
    serve,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    help,--color)
        _mucluc_words 'auto always never'
        return
        ;;
    esac
    case $command,$current in
    ,-*) _mucluc_words ' --database --color --help --version' ;;
    ,*) _mucluc_words "$commands" ;;
    index,-*) _mucluc_words ' --follow-deletes --track-moves --retry --whole-pages --encoding --filter --source --kind --jobs --memory --commit-every --idle --report --wait --dry-run --verbose --quiet --database --color --help' ;;
    index,*) _mucluc_paths -f ;;
    search,-*) _mucluc_words ' --limit --offset --format --count --facet --no-collapse --explain --query-time --queries --match --accents --sort --from --to --source --kind --lang --tag --rank --recency --database --color --help' ;;
    show,-*) _mucluc_words ' --format --raw --database --color --help' ;;
    export,-*) _mucluc_words ' --match --accents --sort --from --to --source --kind --lang --tag --rank --recency --database --color --help' ;;
    delete,-*) _mucluc_words ' --wait --database --color --help' ;;
    similar,-*) _mucluc_words ' --limit --offset --copies --format --database --color --help' ;;
    suggest,-*) _mucluc_words ' --format --limit --database --color --help' ;;
    terms,-*) _mucluc_words ' --folded --abbreviations --limit --database --color --help' ;;
    stats,-*) _mucluc_words ' --format --duplicates --database --color --help' ;;
    check,-*) _mucluc_words ' --database --color --help' ;;
    merge,-*) _mucluc_words ' --quiet --wait --database --color --help' ;;
    merge,*) _mucluc_paths -d ;;
    backup,-*) _mucluc_words ' --database --color --help' ;;
    backup,*) _mucluc_paths -d ;;
    alerts,-*) _mucluc_words ' --format --wait --database --color --help' ;;
    analyze,-*) _mucluc_words ' --format --documents --encoding --color --help' ;;
    serve,-*) _mucluc_words ' --listen --prefix --proxy --token-file --log --threads --connections --per-address --query-time --database --color --help' ;;
    help,-*) _mucluc_words ' --color --help' ;;
    help,*) _mucluc_words "$commands" ;;
    esac
}

complete -F _mucluc mucluc
