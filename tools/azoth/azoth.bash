# Completion of azoth's subcommands and options in bash.
_azoth() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
    local common="--plugin --folder --help"
    case $before in
        --as) COMPREPLY=($(compgen -W "text ddl ddl: cpp mermaid dot svg" -- "$word")) && return ;;
        --format) COMPREPLY=($(compgen -W "table json csv" -- "$word")) && return ;;
        --plugin) COMPREPLY=($(compgen -f -- "$word")) && return ;;
        --folder) COMPREPLY=($(compgen -d -- "$word")) && return ;;
    esac
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "dialects ping sql inspect copy diff --version --help" -- "$word"))
        return
    fi
    case $command in
        dialects) COMPREPLY=($(compgen -W "--why $common" -- "$word")) ;;
        ping) COMPREPLY=($(compgen -W "--timeout $common" -- "$word")) ;;
        sql) COMPREPLY=($(compgen -W "-c --command --format $common" -- "$word") $(compgen -f -- "$word")) ;;
        inspect) COMPREPLY=($(compgen -W "--table --schema --as $common" -- "$word")) ;;
        copy) COMPREPLY=($(compgen -W "--tables --schema --jobs --verify --strict $common" -- "$word")) ;;
        diff) COMPREPLY=($(compgen -W "--schema --names --no-comments $common" -- "$word")) ;;
    esac
}
complete -F _azoth azoth
