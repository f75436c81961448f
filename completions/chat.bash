_chat() {
    local i cur prev opts cmd
    COMPREPLY=()
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
    opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="chat"
                ;;
            chat,admin)
                cmd="chat__subcmd__admin"
                ;;
            chat,connect)
                cmd="chat__subcmd__connect"
                ;;
            chat,help)
                cmd="chat__subcmd__help"
                ;;
            chat,serve)
                cmd="chat__subcmd__serve"
                ;;
            chat__subcmd__admin,accounts)
                cmd="chat__subcmd__admin__subcmd__accounts"
                ;;
            chat__subcmd__admin,broadcast)
                cmd="chat__subcmd__admin__subcmd__broadcast"
                ;;
            chat__subcmd__admin,help)
                cmd="chat__subcmd__admin__subcmd__help"
                ;;
            chat__subcmd__admin,inbox)
                cmd="chat__subcmd__admin__subcmd__inbox"
                ;;
            chat__subcmd__admin,kick)
                cmd="chat__subcmd__admin__subcmd__kick"
                ;;
            chat__subcmd__admin,list)
                cmd="chat__subcmd__admin__subcmd__list"
                ;;
            chat__subcmd__admin,rooms)
                cmd="chat__subcmd__admin__subcmd__rooms"
                ;;
            chat__subcmd__admin,status)
                cmd="chat__subcmd__admin__subcmd__status"
                ;;
            chat__subcmd__admin,stop)
                cmd="chat__subcmd__admin__subcmd__stop"
                ;;
            chat__subcmd__admin,users)
                cmd="chat__subcmd__admin__subcmd__list"
                ;;
            chat__subcmd__admin,verify)
                cmd="chat__subcmd__admin__subcmd__verify"
                ;;
            chat__subcmd__admin__subcmd__accounts,create)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__create"
                ;;
            chat__subcmd__admin__subcmd__accounts,delete)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__delete"
                ;;
            chat__subcmd__admin__subcmd__accounts,disable)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__disable"
                ;;
            chat__subcmd__admin__subcmd__accounts,enable)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__enable"
                ;;
            chat__subcmd__admin__subcmd__accounts,help)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__accounts,list)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__accounts,passwd)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__passwd"
                ;;
            chat__subcmd__admin__subcmd__accounts,sessions)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__sessions"
                ;;
            chat__subcmd__admin__subcmd__accounts,show)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__show"
                ;;
            chat__subcmd__admin__subcmd__accounts,unblock)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__unblock"
                ;;
            chat__subcmd__admin__subcmd__accounts__subcmd__help,create)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__create"
                ;;
            chat__subcmd__admin__subcmd__accounts__subcmd__help,delete)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__delete"
                ;;
            chat__subcmd__admin__subcmd__accounts__subcmd__help,disable)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__disable"
                ;;
            chat__subcmd__admin__subcmd__accounts__subcmd__help,enable)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__enable"
                ;;
            chat__subcmd__admin__subcmd__accounts__subcmd__help,help)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__accounts__subcmd__help,list)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__accounts__subcmd__help,passwd)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__passwd"
                ;;
            chat__subcmd__admin__subcmd__accounts__subcmd__help,sessions)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__sessions"
                ;;
            chat__subcmd__admin__subcmd__accounts__subcmd__help,show)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__show"
                ;;
            chat__subcmd__admin__subcmd__accounts__subcmd__help,unblock)
                cmd="chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__unblock"
                ;;
            chat__subcmd__admin__subcmd__help,accounts)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts"
                ;;
            chat__subcmd__admin__subcmd__help,broadcast)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__broadcast"
                ;;
            chat__subcmd__admin__subcmd__help,help)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__help,inbox)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__inbox"
                ;;
            chat__subcmd__admin__subcmd__help,kick)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__kick"
                ;;
            chat__subcmd__admin__subcmd__help,list)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__help,rooms)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__rooms"
                ;;
            chat__subcmd__admin__subcmd__help,status)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__status"
                ;;
            chat__subcmd__admin__subcmd__help,stop)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__stop"
                ;;
            chat__subcmd__admin__subcmd__help,verify)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__verify"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__accounts,create)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__create"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__accounts,delete)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__delete"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__accounts,disable)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__disable"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__accounts,enable)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__enable"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__accounts,list)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__accounts,passwd)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__passwd"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__accounts,sessions)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__sessions"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__accounts,show)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__show"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__accounts,unblock)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__unblock"
                ;;
            chat__subcmd__help,admin)
                cmd="chat__subcmd__help__subcmd__admin"
                ;;
            chat__subcmd__help,connect)
                cmd="chat__subcmd__help__subcmd__connect"
                ;;
            chat__subcmd__help,help)
                cmd="chat__subcmd__help__subcmd__help"
                ;;
            chat__subcmd__help,serve)
                cmd="chat__subcmd__help__subcmd__serve"
                ;;
            chat__subcmd__help__subcmd__admin,accounts)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__accounts"
                ;;
            chat__subcmd__help__subcmd__admin,broadcast)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__broadcast"
                ;;
            chat__subcmd__help__subcmd__admin,inbox)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__inbox"
                ;;
            chat__subcmd__help__subcmd__admin,kick)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__kick"
                ;;
            chat__subcmd__help__subcmd__admin,list)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__list"
                ;;
            chat__subcmd__help__subcmd__admin,rooms)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__rooms"
                ;;
            chat__subcmd__help__subcmd__admin,status)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__status"
                ;;
            chat__subcmd__help__subcmd__admin,stop)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__stop"
                ;;
            chat__subcmd__help__subcmd__admin,verify)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__verify"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__accounts,create)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__create"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__accounts,delete)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__delete"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__accounts,disable)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__disable"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__accounts,enable)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__enable"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__accounts,list)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__list"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__accounts,passwd)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__passwd"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__accounts,sessions)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__sessions"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__accounts,show)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__show"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__accounts,unblock)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__unblock"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        chat)
            opts="-h -V --help --version serve connect admin help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        chat__subcmd__admin)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help list users kick broadcast rooms accounts inbox verify status stop help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help list show create disable enable delete passwd sessions unblock help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__create)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__delete)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__disable)
            opts="-r -y -h --reason --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --reason)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -r)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__enable)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help)
            opts="list show create disable enable delete passwd sessions unblock help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__create)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__delete)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__disable)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__enable)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__list)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__passwd)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__sessions)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__show)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__help__subcmd__unblock)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__list)
            opts="-y -h --online --offline --blocked --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__passwd)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__sessions)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__show)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__accounts__subcmd__unblock)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__broadcast)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help)
            opts="list kick broadcast rooms accounts inbox verify status stop help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__accounts)
            opts="list show create disable enable delete passwd sessions unblock"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__create)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__delete)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__disable)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__enable)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__list)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__passwd)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__sessions)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__show)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__accounts__subcmd__unblock)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__broadcast)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__inbox)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__kick)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__list)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__rooms)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__status)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__stop)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__help__subcmd__verify)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__inbox)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__kick)
            opts="-r -y -h --reason --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --reason)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -r)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__list)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__rooms)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__status)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__stop)
            opts="-y -h --within --now --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --within)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__admin__subcmd__verify)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --socket)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --port)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__connect)
            opts="-n -j -a -q -h --nick --join --to --send --account --password-file --password-stdin --password-command --tls --no-tls --ca --pin --client-cert --no-reconnect --plain --json --history --color --timeout --quiet --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --nick)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -n)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --join)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -j)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --to)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --send)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --account)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -a)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --password-file)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --password-command)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --ca)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --pin)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --client-cert)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --history)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help)
            opts="serve connect admin help"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        chat__subcmd__help__subcmd__admin)
            opts="list kick broadcast rooms accounts inbox verify status stop"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__accounts)
            opts="list show create disable enable delete passwd sessions unblock"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__create)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__delete)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__disable)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__enable)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__list)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__passwd)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__sessions)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__show)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__accounts__subcmd__unblock)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__broadcast)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__inbox)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__kick)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__list)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__rooms)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__status)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__stop)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__admin__subcmd__verify)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__connect)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__help)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__help__subcmd__serve)
            opts=""
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
        chat__subcmd__serve)
            opts="-c -d -b -h --config --data --bind --tls --no-tls --check --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --config)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -c)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --data)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -d)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --bind)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -b)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=()
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _chat -o nosort -o bashdefault -o default chat
else
    complete -F _chat -o bashdefault -o default chat
fi
