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
            chat__subcmd__admin,audit)
                cmd="chat__subcmd__admin__subcmd__audit"
                ;;
            chat__subcmd__admin,backup)
                cmd="chat__subcmd__admin__subcmd__backup"
                ;;
            chat__subcmd__admin,ban)
                cmd="chat__subcmd__admin__subcmd__ban"
                ;;
            chat__subcmd__admin,bans)
                cmd="chat__subcmd__admin__subcmd__bans"
                ;;
            chat__subcmd__admin,broadcast)
                cmd="chat__subcmd__admin__subcmd__broadcast"
                ;;
            chat__subcmd__admin,config)
                cmd="chat__subcmd__admin__subcmd__config"
                ;;
            chat__subcmd__admin,defcon)
                cmd="chat__subcmd__admin__subcmd__defcon"
                ;;
            chat__subcmd__admin,doctor)
                cmd="chat__subcmd__admin__subcmd__doctor"
                ;;
            chat__subcmd__admin,drain)
                cmd="chat__subcmd__admin__subcmd__drain"
                ;;
            chat__subcmd__admin,dump)
                cmd="chat__subcmd__admin__subcmd__dump"
                ;;
            chat__subcmd__admin,files)
                cmd="chat__subcmd__admin__subcmd__files"
                ;;
            chat__subcmd__admin,filter)
                cmd="chat__subcmd__admin__subcmd__filter"
                ;;
            chat__subcmd__admin,help)
                cmd="chat__subcmd__admin__subcmd__help"
                ;;
            chat__subcmd__admin,history)
                cmd="chat__subcmd__admin__subcmd__history"
                ;;
            chat__subcmd__admin,inbox)
                cmd="chat__subcmd__admin__subcmd__inbox"
                ;;
            chat__subcmd__admin,kick)
                cmd="chat__subcmd__admin__subcmd__kick"
                ;;
            chat__subcmd__admin,limits)
                cmd="chat__subcmd__admin__subcmd__limits"
                ;;
            chat__subcmd__admin,list)
                cmd="chat__subcmd__admin__subcmd__list"
                ;;
            chat__subcmd__admin,log)
                cmd="chat__subcmd__admin__subcmd__log"
                ;;
            chat__subcmd__admin,mute)
                cmd="chat__subcmd__admin__subcmd__mute"
                ;;
            chat__subcmd__admin,mutes)
                cmd="chat__subcmd__admin__subcmd__mutes"
                ;;
            chat__subcmd__admin,redact)
                cmd="chat__subcmd__admin__subcmd__redact"
                ;;
            chat__subcmd__admin,reload)
                cmd="chat__subcmd__admin__subcmd__reload"
                ;;
            chat__subcmd__admin,room)
                cmd="chat__subcmd__admin__subcmd__room"
                ;;
            chat__subcmd__admin,rooms)
                cmd="chat__subcmd__admin__subcmd__rooms"
                ;;
            chat__subcmd__admin,show)
                cmd="chat__subcmd__admin__subcmd__show"
                ;;
            chat__subcmd__admin,slow)
                cmd="chat__subcmd__admin__subcmd__slow"
                ;;
            chat__subcmd__admin,stats)
                cmd="chat__subcmd__admin__subcmd__stats"
                ;;
            chat__subcmd__admin,status)
                cmd="chat__subcmd__admin__subcmd__status"
                ;;
            chat__subcmd__admin,stop)
                cmd="chat__subcmd__admin__subcmd__stop"
                ;;
            chat__subcmd__admin,top)
                cmd="chat__subcmd__admin__subcmd__top"
                ;;
            chat__subcmd__admin,unban)
                cmd="chat__subcmd__admin__subcmd__unban"
                ;;
            chat__subcmd__admin,undo)
                cmd="chat__subcmd__admin__subcmd__undo"
                ;;
            chat__subcmd__admin,undrain)
                cmd="chat__subcmd__admin__subcmd__undrain"
                ;;
            chat__subcmd__admin,unmute)
                cmd="chat__subcmd__admin__subcmd__unmute"
                ;;
            chat__subcmd__admin,upgrade)
                cmd="chat__subcmd__admin__subcmd__upgrade"
                ;;
            chat__subcmd__admin,users)
                cmd="chat__subcmd__admin__subcmd__list"
                ;;
            chat__subcmd__admin,verify)
                cmd="chat__subcmd__admin__subcmd__verify"
                ;;
            chat__subcmd__admin,why)
                cmd="chat__subcmd__admin__subcmd__why"
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
            chat__subcmd__admin__subcmd__config,check)
                cmd="chat__subcmd__admin__subcmd__config__subcmd__check"
                ;;
            chat__subcmd__admin__subcmd__config,diff)
                cmd="chat__subcmd__admin__subcmd__config__subcmd__diff"
                ;;
            chat__subcmd__admin__subcmd__config,help)
                cmd="chat__subcmd__admin__subcmd__config__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__config,show)
                cmd="chat__subcmd__admin__subcmd__config__subcmd__show"
                ;;
            chat__subcmd__admin__subcmd__config__subcmd__help,check)
                cmd="chat__subcmd__admin__subcmd__config__subcmd__help__subcmd__check"
                ;;
            chat__subcmd__admin__subcmd__config__subcmd__help,diff)
                cmd="chat__subcmd__admin__subcmd__config__subcmd__help__subcmd__diff"
                ;;
            chat__subcmd__admin__subcmd__config__subcmd__help,help)
                cmd="chat__subcmd__admin__subcmd__config__subcmd__help__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__config__subcmd__help,show)
                cmd="chat__subcmd__admin__subcmd__config__subcmd__help__subcmd__show"
                ;;
            chat__subcmd__admin__subcmd__dump,client)
                cmd="chat__subcmd__admin__subcmd__dump__subcmd__client"
                ;;
            chat__subcmd__admin__subcmd__dump,help)
                cmd="chat__subcmd__admin__subcmd__dump__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__dump__subcmd__help,client)
                cmd="chat__subcmd__admin__subcmd__dump__subcmd__help__subcmd__client"
                ;;
            chat__subcmd__admin__subcmd__dump__subcmd__help,help)
                cmd="chat__subcmd__admin__subcmd__dump__subcmd__help__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__files,gc)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__gc"
                ;;
            chat__subcmd__admin__subcmd__files,help)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__files,import)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__import"
                ;;
            chat__subcmd__admin__subcmd__files,list)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__files,rm)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__rm"
                ;;
            chat__subcmd__admin__subcmd__files,verify)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__verify"
                ;;
            chat__subcmd__admin__subcmd__files__subcmd__help,gc)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__gc"
                ;;
            chat__subcmd__admin__subcmd__files__subcmd__help,help)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__files__subcmd__help,import)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__import"
                ;;
            chat__subcmd__admin__subcmd__files__subcmd__help,list)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__files__subcmd__help,rm)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__rm"
                ;;
            chat__subcmd__admin__subcmd__files__subcmd__help,verify)
                cmd="chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__verify"
                ;;
            chat__subcmd__admin__subcmd__filter,add)
                cmd="chat__subcmd__admin__subcmd__filter__subcmd__add"
                ;;
            chat__subcmd__admin__subcmd__filter,help)
                cmd="chat__subcmd__admin__subcmd__filter__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__filter,list)
                cmd="chat__subcmd__admin__subcmd__filter__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__filter,rm)
                cmd="chat__subcmd__admin__subcmd__filter__subcmd__rm"
                ;;
            chat__subcmd__admin__subcmd__filter__subcmd__help,add)
                cmd="chat__subcmd__admin__subcmd__filter__subcmd__help__subcmd__add"
                ;;
            chat__subcmd__admin__subcmd__filter__subcmd__help,help)
                cmd="chat__subcmd__admin__subcmd__filter__subcmd__help__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__filter__subcmd__help,list)
                cmd="chat__subcmd__admin__subcmd__filter__subcmd__help__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__filter__subcmd__help,rm)
                cmd="chat__subcmd__admin__subcmd__filter__subcmd__help__subcmd__rm"
                ;;
            chat__subcmd__admin__subcmd__help,accounts)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__accounts"
                ;;
            chat__subcmd__admin__subcmd__help,audit)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__audit"
                ;;
            chat__subcmd__admin__subcmd__help,backup)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__backup"
                ;;
            chat__subcmd__admin__subcmd__help,ban)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__ban"
                ;;
            chat__subcmd__admin__subcmd__help,bans)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__bans"
                ;;
            chat__subcmd__admin__subcmd__help,broadcast)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__broadcast"
                ;;
            chat__subcmd__admin__subcmd__help,config)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__config"
                ;;
            chat__subcmd__admin__subcmd__help,defcon)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__defcon"
                ;;
            chat__subcmd__admin__subcmd__help,doctor)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__doctor"
                ;;
            chat__subcmd__admin__subcmd__help,drain)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__drain"
                ;;
            chat__subcmd__admin__subcmd__help,dump)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__dump"
                ;;
            chat__subcmd__admin__subcmd__help,files)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__files"
                ;;
            chat__subcmd__admin__subcmd__help,filter)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__filter"
                ;;
            chat__subcmd__admin__subcmd__help,help)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__help,history)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__history"
                ;;
            chat__subcmd__admin__subcmd__help,inbox)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__inbox"
                ;;
            chat__subcmd__admin__subcmd__help,kick)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__kick"
                ;;
            chat__subcmd__admin__subcmd__help,limits)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__limits"
                ;;
            chat__subcmd__admin__subcmd__help,list)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__help,log)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__log"
                ;;
            chat__subcmd__admin__subcmd__help,mute)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__mute"
                ;;
            chat__subcmd__admin__subcmd__help,mutes)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__mutes"
                ;;
            chat__subcmd__admin__subcmd__help,redact)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__redact"
                ;;
            chat__subcmd__admin__subcmd__help,reload)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__reload"
                ;;
            chat__subcmd__admin__subcmd__help,room)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__room"
                ;;
            chat__subcmd__admin__subcmd__help,rooms)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__rooms"
                ;;
            chat__subcmd__admin__subcmd__help,show)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__show"
                ;;
            chat__subcmd__admin__subcmd__help,slow)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__slow"
                ;;
            chat__subcmd__admin__subcmd__help,stats)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__stats"
                ;;
            chat__subcmd__admin__subcmd__help,status)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__status"
                ;;
            chat__subcmd__admin__subcmd__help,stop)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__stop"
                ;;
            chat__subcmd__admin__subcmd__help,top)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__top"
                ;;
            chat__subcmd__admin__subcmd__help,unban)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__unban"
                ;;
            chat__subcmd__admin__subcmd__help,undo)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__undo"
                ;;
            chat__subcmd__admin__subcmd__help,undrain)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__undrain"
                ;;
            chat__subcmd__admin__subcmd__help,unmute)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__unmute"
                ;;
            chat__subcmd__admin__subcmd__help,upgrade)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__upgrade"
                ;;
            chat__subcmd__admin__subcmd__help,verify)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__verify"
                ;;
            chat__subcmd__admin__subcmd__help,why)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__why"
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
            chat__subcmd__admin__subcmd__help__subcmd__config,check)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__config__subcmd__check"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__config,diff)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__config__subcmd__diff"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__config,show)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__config__subcmd__show"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__dump,client)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__dump__subcmd__client"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__files,gc)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__files__subcmd__gc"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__files,import)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__files__subcmd__import"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__files,list)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__files__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__files,rm)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__files__subcmd__rm"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__files,verify)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__files__subcmd__verify"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__filter,add)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__filter__subcmd__add"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__filter,list)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__filter__subcmd__list"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__filter,rm)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__filter__subcmd__rm"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__room,archive)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__archive"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__room,create)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__create"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__room,delete)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__delete"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__room,mode)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__mode"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__room,rename)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__rename"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__room,topic)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__topic"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__show,file)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__show__subcmd__file"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__show,room)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__show__subcmd__room"
                ;;
            chat__subcmd__admin__subcmd__help__subcmd__show,user)
                cmd="chat__subcmd__admin__subcmd__help__subcmd__show__subcmd__user"
                ;;
            chat__subcmd__admin__subcmd__room,archive)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__archive"
                ;;
            chat__subcmd__admin__subcmd__room,create)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__create"
                ;;
            chat__subcmd__admin__subcmd__room,delete)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__delete"
                ;;
            chat__subcmd__admin__subcmd__room,help)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__room,mode)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__mode"
                ;;
            chat__subcmd__admin__subcmd__room,rename)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__rename"
                ;;
            chat__subcmd__admin__subcmd__room,topic)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__topic"
                ;;
            chat__subcmd__admin__subcmd__room__subcmd__help,archive)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__archive"
                ;;
            chat__subcmd__admin__subcmd__room__subcmd__help,create)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__create"
                ;;
            chat__subcmd__admin__subcmd__room__subcmd__help,delete)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__delete"
                ;;
            chat__subcmd__admin__subcmd__room__subcmd__help,help)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__room__subcmd__help,mode)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__mode"
                ;;
            chat__subcmd__admin__subcmd__room__subcmd__help,rename)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__rename"
                ;;
            chat__subcmd__admin__subcmd__room__subcmd__help,topic)
                cmd="chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__topic"
                ;;
            chat__subcmd__admin__subcmd__show,file)
                cmd="chat__subcmd__admin__subcmd__show__subcmd__file"
                ;;
            chat__subcmd__admin__subcmd__show,help)
                cmd="chat__subcmd__admin__subcmd__show__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__show,room)
                cmd="chat__subcmd__admin__subcmd__show__subcmd__room"
                ;;
            chat__subcmd__admin__subcmd__show,user)
                cmd="chat__subcmd__admin__subcmd__show__subcmd__user"
                ;;
            chat__subcmd__admin__subcmd__show__subcmd__help,file)
                cmd="chat__subcmd__admin__subcmd__show__subcmd__help__subcmd__file"
                ;;
            chat__subcmd__admin__subcmd__show__subcmd__help,help)
                cmd="chat__subcmd__admin__subcmd__show__subcmd__help__subcmd__help"
                ;;
            chat__subcmd__admin__subcmd__show__subcmd__help,room)
                cmd="chat__subcmd__admin__subcmd__show__subcmd__help__subcmd__room"
                ;;
            chat__subcmd__admin__subcmd__show__subcmd__help,user)
                cmd="chat__subcmd__admin__subcmd__show__subcmd__help__subcmd__user"
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
            chat__subcmd__help__subcmd__admin,audit)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__audit"
                ;;
            chat__subcmd__help__subcmd__admin,backup)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__backup"
                ;;
            chat__subcmd__help__subcmd__admin,ban)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__ban"
                ;;
            chat__subcmd__help__subcmd__admin,bans)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__bans"
                ;;
            chat__subcmd__help__subcmd__admin,broadcast)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__broadcast"
                ;;
            chat__subcmd__help__subcmd__admin,config)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__config"
                ;;
            chat__subcmd__help__subcmd__admin,defcon)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__defcon"
                ;;
            chat__subcmd__help__subcmd__admin,doctor)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__doctor"
                ;;
            chat__subcmd__help__subcmd__admin,drain)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__drain"
                ;;
            chat__subcmd__help__subcmd__admin,dump)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__dump"
                ;;
            chat__subcmd__help__subcmd__admin,files)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__files"
                ;;
            chat__subcmd__help__subcmd__admin,filter)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__filter"
                ;;
            chat__subcmd__help__subcmd__admin,history)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__history"
                ;;
            chat__subcmd__help__subcmd__admin,inbox)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__inbox"
                ;;
            chat__subcmd__help__subcmd__admin,kick)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__kick"
                ;;
            chat__subcmd__help__subcmd__admin,limits)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__limits"
                ;;
            chat__subcmd__help__subcmd__admin,list)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__list"
                ;;
            chat__subcmd__help__subcmd__admin,log)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__log"
                ;;
            chat__subcmd__help__subcmd__admin,mute)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__mute"
                ;;
            chat__subcmd__help__subcmd__admin,mutes)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__mutes"
                ;;
            chat__subcmd__help__subcmd__admin,redact)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__redact"
                ;;
            chat__subcmd__help__subcmd__admin,reload)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__reload"
                ;;
            chat__subcmd__help__subcmd__admin,room)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__room"
                ;;
            chat__subcmd__help__subcmd__admin,rooms)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__rooms"
                ;;
            chat__subcmd__help__subcmd__admin,show)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__show"
                ;;
            chat__subcmd__help__subcmd__admin,slow)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__slow"
                ;;
            chat__subcmd__help__subcmd__admin,stats)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__stats"
                ;;
            chat__subcmd__help__subcmd__admin,status)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__status"
                ;;
            chat__subcmd__help__subcmd__admin,stop)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__stop"
                ;;
            chat__subcmd__help__subcmd__admin,top)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__top"
                ;;
            chat__subcmd__help__subcmd__admin,unban)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__unban"
                ;;
            chat__subcmd__help__subcmd__admin,undo)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__undo"
                ;;
            chat__subcmd__help__subcmd__admin,undrain)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__undrain"
                ;;
            chat__subcmd__help__subcmd__admin,unmute)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__unmute"
                ;;
            chat__subcmd__help__subcmd__admin,upgrade)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__upgrade"
                ;;
            chat__subcmd__help__subcmd__admin,verify)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__verify"
                ;;
            chat__subcmd__help__subcmd__admin,why)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__why"
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
            chat__subcmd__help__subcmd__admin__subcmd__config,check)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__config__subcmd__check"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__config,diff)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__config__subcmd__diff"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__config,show)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__config__subcmd__show"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__dump,client)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__dump__subcmd__client"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__files,gc)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__files__subcmd__gc"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__files,import)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__files__subcmd__import"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__files,list)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__files__subcmd__list"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__files,rm)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__files__subcmd__rm"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__files,verify)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__files__subcmd__verify"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__filter,add)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__filter__subcmd__add"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__filter,list)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__filter__subcmd__list"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__filter,rm)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__filter__subcmd__rm"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__room,archive)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__archive"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__room,create)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__create"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__room,delete)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__delete"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__room,mode)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__mode"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__room,rename)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__rename"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__room,topic)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__topic"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__show,file)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__show__subcmd__file"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__show,room)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__show__subcmd__room"
                ;;
            chat__subcmd__help__subcmd__admin__subcmd__show,user)
                cmd="chat__subcmd__help__subcmd__admin__subcmd__show__subcmd__user"
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
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help"
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
        chat__subcmd__admin__subcmd__audit)
            opts="-n -f -y -h --count --follow --user --command --since --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --count)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -n)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --user)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --command)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --since)
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
        chat__subcmd__admin__subcmd__backup)
            opts="-y -h --force --socket --port --timeout --json --tsv --wide --no-header --yes --help"
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
        chat__subcmd__admin__subcmd__ban)
            opts="-d -r -y -h --duration --reason --kick --dry-run --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --duration)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -d)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
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
        chat__subcmd__admin__subcmd__bans)
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
            opts="-y -h --room --user --urgent --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --room)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --user)
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
        chat__subcmd__admin__subcmd__config)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help check show diff help"
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
        chat__subcmd__admin__subcmd__config__subcmd__check)
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
        chat__subcmd__admin__subcmd__config__subcmd__diff)
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
        chat__subcmd__admin__subcmd__config__subcmd__help)
            opts="check show diff help"
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
        chat__subcmd__admin__subcmd__config__subcmd__help__subcmd__check)
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
        chat__subcmd__admin__subcmd__config__subcmd__help__subcmd__diff)
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
        chat__subcmd__admin__subcmd__config__subcmd__help__subcmd__help)
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
        chat__subcmd__admin__subcmd__config__subcmd__help__subcmd__show)
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
        chat__subcmd__admin__subcmd__config__subcmd__show)
            opts="-y -h --effective --socket --port --timeout --json --tsv --wide --no-header --yes --help"
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
        chat__subcmd__admin__subcmd__defcon)
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
        chat__subcmd__admin__subcmd__doctor)
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
        chat__subcmd__admin__subcmd__drain)
            opts="-m -y -h --within --message --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --within)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --message)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -m)
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
        chat__subcmd__admin__subcmd__dump)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help client help"
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
        chat__subcmd__admin__subcmd__dump__subcmd__client)
            opts="-n -y -h --limit --stop --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --limit)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -n)
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
        chat__subcmd__admin__subcmd__dump__subcmd__help)
            opts="client help"
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
        chat__subcmd__admin__subcmd__dump__subcmd__help__subcmd__client)
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
        chat__subcmd__admin__subcmd__dump__subcmd__help__subcmd__help)
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
        chat__subcmd__admin__subcmd__files)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help list rm gc verify import help"
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
        chat__subcmd__admin__subcmd__files__subcmd__gc)
            opts="-y -h --dry-run --socket --port --timeout --json --tsv --wide --no-header --yes --help"
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
        chat__subcmd__admin__subcmd__files__subcmd__help)
            opts="list rm gc verify import help"
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
        chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__gc)
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
        chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__help)
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
        chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__import)
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
        chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__list)
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
        chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__rm)
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
        chat__subcmd__admin__subcmd__files__subcmd__help__subcmd__verify)
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
        chat__subcmd__admin__subcmd__files__subcmd__import)
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
        chat__subcmd__admin__subcmd__files__subcmd__list)
            opts="-y -h --limit --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --limit)
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
        chat__subcmd__admin__subcmd__files__subcmd__rm)
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
        chat__subcmd__admin__subcmd__files__subcmd__verify)
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
        chat__subcmd__admin__subcmd__filter)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help add rm list help"
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
        chat__subcmd__admin__subcmd__filter__subcmd__add)
            opts="-r -y -h --room --reason --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --room)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
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
        chat__subcmd__admin__subcmd__filter__subcmd__help)
            opts="add rm list help"
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
        chat__subcmd__admin__subcmd__filter__subcmd__help__subcmd__add)
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
        chat__subcmd__admin__subcmd__filter__subcmd__help__subcmd__help)
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
        chat__subcmd__admin__subcmd__filter__subcmd__help__subcmd__list)
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
        chat__subcmd__admin__subcmd__filter__subcmd__help__subcmd__rm)
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
        chat__subcmd__admin__subcmd__filter__subcmd__list)
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
        chat__subcmd__admin__subcmd__filter__subcmd__rm)
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
            opts="list kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help"
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
        chat__subcmd__admin__subcmd__help__subcmd__audit)
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
        chat__subcmd__admin__subcmd__help__subcmd__backup)
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
        chat__subcmd__admin__subcmd__help__subcmd__ban)
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
        chat__subcmd__admin__subcmd__help__subcmd__bans)
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
        chat__subcmd__admin__subcmd__help__subcmd__config)
            opts="check show diff"
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
        chat__subcmd__admin__subcmd__help__subcmd__config__subcmd__check)
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
        chat__subcmd__admin__subcmd__help__subcmd__config__subcmd__diff)
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
        chat__subcmd__admin__subcmd__help__subcmd__config__subcmd__show)
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
        chat__subcmd__admin__subcmd__help__subcmd__defcon)
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
        chat__subcmd__admin__subcmd__help__subcmd__doctor)
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
        chat__subcmd__admin__subcmd__help__subcmd__drain)
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
        chat__subcmd__admin__subcmd__help__subcmd__dump)
            opts="client"
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
        chat__subcmd__admin__subcmd__help__subcmd__dump__subcmd__client)
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
        chat__subcmd__admin__subcmd__help__subcmd__files)
            opts="list rm gc verify import"
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
        chat__subcmd__admin__subcmd__help__subcmd__files__subcmd__gc)
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
        chat__subcmd__admin__subcmd__help__subcmd__files__subcmd__import)
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
        chat__subcmd__admin__subcmd__help__subcmd__files__subcmd__list)
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
        chat__subcmd__admin__subcmd__help__subcmd__files__subcmd__rm)
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
        chat__subcmd__admin__subcmd__help__subcmd__files__subcmd__verify)
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
        chat__subcmd__admin__subcmd__help__subcmd__filter)
            opts="add rm list"
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
        chat__subcmd__admin__subcmd__help__subcmd__filter__subcmd__add)
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
        chat__subcmd__admin__subcmd__help__subcmd__filter__subcmd__list)
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
        chat__subcmd__admin__subcmd__help__subcmd__filter__subcmd__rm)
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
        chat__subcmd__admin__subcmd__help__subcmd__history)
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
        chat__subcmd__admin__subcmd__help__subcmd__limits)
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
        chat__subcmd__admin__subcmd__help__subcmd__log)
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
        chat__subcmd__admin__subcmd__help__subcmd__mute)
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
        chat__subcmd__admin__subcmd__help__subcmd__mutes)
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
        chat__subcmd__admin__subcmd__help__subcmd__redact)
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
        chat__subcmd__admin__subcmd__help__subcmd__reload)
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
        chat__subcmd__admin__subcmd__help__subcmd__room)
            opts="create delete rename topic mode archive"
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
        chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__archive)
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
        chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__create)
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
        chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__delete)
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
        chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__mode)
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
        chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__rename)
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
        chat__subcmd__admin__subcmd__help__subcmd__room__subcmd__topic)
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
        chat__subcmd__admin__subcmd__help__subcmd__show)
            opts="user file room"
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
        chat__subcmd__admin__subcmd__help__subcmd__show__subcmd__file)
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
        chat__subcmd__admin__subcmd__help__subcmd__show__subcmd__room)
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
        chat__subcmd__admin__subcmd__help__subcmd__show__subcmd__user)
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
        chat__subcmd__admin__subcmd__help__subcmd__slow)
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
        chat__subcmd__admin__subcmd__help__subcmd__stats)
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
        chat__subcmd__admin__subcmd__help__subcmd__top)
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
        chat__subcmd__admin__subcmd__help__subcmd__unban)
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
        chat__subcmd__admin__subcmd__help__subcmd__undo)
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
        chat__subcmd__admin__subcmd__help__subcmd__undrain)
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
        chat__subcmd__admin__subcmd__help__subcmd__unmute)
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
        chat__subcmd__admin__subcmd__help__subcmd__upgrade)
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
        chat__subcmd__admin__subcmd__help__subcmd__why)
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
        chat__subcmd__admin__subcmd__history)
            opts="-n -y -h --limit --since --until --search --from --i-am-authorised --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --limit)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -n)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --since)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --until)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --search)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --from)
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
            opts="-r -y -h --reason --room --all-sessions --socket --port --timeout --json --tsv --wide --no-header --yes --help"
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
                --room)
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
        chat__subcmd__admin__subcmd__limits)
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
        chat__subcmd__admin__subcmd__list)
            opts="-y -h --sort --guest --account --tls --plain --web --columns --limit --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --sort)
                    COMPREPLY=($(compgen -W "name idle since sent recv queue" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=($(compgen -W "name account address tls rooms idle on queue sent recv lag away id" -- "${cur}"))
                    return 0
                    ;;
                --limit)
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
        chat__subcmd__admin__subcmd__log)
            opts="-n -f -y -h --lines --level --user --ip --follow --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --lines)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -n)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --level)
                    COMPREPLY=($(compgen -W "error warn info debug" -- "${cur}"))
                    return 0
                    ;;
                --user)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --ip)
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
        chat__subcmd__admin__subcmd__mute)
            opts="-d -r -y -h --duration --reason --dry-run --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --duration)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -d)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
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
        chat__subcmd__admin__subcmd__mutes)
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
        chat__subcmd__admin__subcmd__redact)
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
        chat__subcmd__admin__subcmd__reload)
            opts="-y -h --dry-run --socket --port --timeout --json --tsv --wide --no-header --yes --help"
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
        chat__subcmd__admin__subcmd__room)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help create delete rename topic mode archive help"
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
        chat__subcmd__admin__subcmd__room__subcmd__archive)
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
        chat__subcmd__admin__subcmd__room__subcmd__create)
            opts="-y -h --founder --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --founder)
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
        chat__subcmd__admin__subcmd__room__subcmd__delete)
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
        chat__subcmd__admin__subcmd__room__subcmd__help)
            opts="create delete rename topic mode archive help"
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
        chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__archive)
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
        chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__create)
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
        chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__delete)
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
        chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__help)
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
        chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__mode)
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
        chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__rename)
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
        chat__subcmd__admin__subcmd__room__subcmd__help__subcmd__topic)
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
        chat__subcmd__admin__subcmd__room__subcmd__mode)
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
        chat__subcmd__admin__subcmd__room__subcmd__rename)
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
        chat__subcmd__admin__subcmd__room__subcmd__topic)
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
            opts="-y -h --sort --limit --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --sort)
                    COMPREPLY=($(compgen -W "name members messages created" -- "${cur}"))
                    return 0
                    ;;
                --limit)
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
        chat__subcmd__admin__subcmd__show)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help user file room help"
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
        chat__subcmd__admin__subcmd__show__subcmd__file)
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
        chat__subcmd__admin__subcmd__show__subcmd__help)
            opts="user file room help"
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
        chat__subcmd__admin__subcmd__show__subcmd__help__subcmd__file)
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
        chat__subcmd__admin__subcmd__show__subcmd__help__subcmd__help)
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
        chat__subcmd__admin__subcmd__show__subcmd__help__subcmd__room)
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
        chat__subcmd__admin__subcmd__show__subcmd__help__subcmd__user)
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
        chat__subcmd__admin__subcmd__show__subcmd__room)
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
        chat__subcmd__admin__subcmd__show__subcmd__user)
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
        chat__subcmd__admin__subcmd__slow)
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
        chat__subcmd__admin__subcmd__stats)
            opts="-y -h --since --prometheus --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --since)
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
        chat__subcmd__admin__subcmd__top)
            opts="-n -i -y -h --sort --limit --interval --once --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --sort)
                    COMPREPLY=($(compgen -W "in out queue lag name" -- "${cur}"))
                    return 0
                    ;;
                --limit)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -n)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                --interval)
                    COMPREPLY=($(compgen -f "${cur}"))
                    return 0
                    ;;
                -i)
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
        chat__subcmd__admin__subcmd__unban)
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
        chat__subcmd__admin__subcmd__undo)
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
        chat__subcmd__admin__subcmd__undrain)
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
        chat__subcmd__admin__subcmd__unmute)
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
        chat__subcmd__admin__subcmd__upgrade)
            opts="-y -h --check --binary --socket --port --timeout --json --tsv --wide --no-header --yes --help"
            if [[ ${cur} == -* ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --binary)
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
        chat__subcmd__admin__subcmd__why)
            opts="-y -h --socket --port --timeout --json --tsv --wide --no-header --yes --help speak join see"
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
        chat__subcmd__connect)
            opts="-n -j -a -q -h --nick --join --to --send --account --password-file --password-stdin --password-command --tls --no-tls --ca --pin --client-cert --no-reconnect --plain --json --history --color --timeout --log --quiet --help"
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
                --log)
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
            opts="list kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop"
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
        chat__subcmd__help__subcmd__admin__subcmd__audit)
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
        chat__subcmd__help__subcmd__admin__subcmd__backup)
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
        chat__subcmd__help__subcmd__admin__subcmd__ban)
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
        chat__subcmd__help__subcmd__admin__subcmd__bans)
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
        chat__subcmd__help__subcmd__admin__subcmd__config)
            opts="check show diff"
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
        chat__subcmd__help__subcmd__admin__subcmd__config__subcmd__check)
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
        chat__subcmd__help__subcmd__admin__subcmd__config__subcmd__diff)
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
        chat__subcmd__help__subcmd__admin__subcmd__config__subcmd__show)
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
        chat__subcmd__help__subcmd__admin__subcmd__defcon)
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
        chat__subcmd__help__subcmd__admin__subcmd__doctor)
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
        chat__subcmd__help__subcmd__admin__subcmd__drain)
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
        chat__subcmd__help__subcmd__admin__subcmd__dump)
            opts="client"
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
        chat__subcmd__help__subcmd__admin__subcmd__dump__subcmd__client)
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
        chat__subcmd__help__subcmd__admin__subcmd__files)
            opts="list rm gc verify import"
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
        chat__subcmd__help__subcmd__admin__subcmd__files__subcmd__gc)
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
        chat__subcmd__help__subcmd__admin__subcmd__files__subcmd__import)
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
        chat__subcmd__help__subcmd__admin__subcmd__files__subcmd__list)
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
        chat__subcmd__help__subcmd__admin__subcmd__files__subcmd__rm)
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
        chat__subcmd__help__subcmd__admin__subcmd__files__subcmd__verify)
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
        chat__subcmd__help__subcmd__admin__subcmd__filter)
            opts="add rm list"
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
        chat__subcmd__help__subcmd__admin__subcmd__filter__subcmd__add)
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
        chat__subcmd__help__subcmd__admin__subcmd__filter__subcmd__list)
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
        chat__subcmd__help__subcmd__admin__subcmd__filter__subcmd__rm)
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
        chat__subcmd__help__subcmd__admin__subcmd__history)
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
        chat__subcmd__help__subcmd__admin__subcmd__limits)
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
        chat__subcmd__help__subcmd__admin__subcmd__log)
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
        chat__subcmd__help__subcmd__admin__subcmd__mute)
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
        chat__subcmd__help__subcmd__admin__subcmd__mutes)
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
        chat__subcmd__help__subcmd__admin__subcmd__redact)
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
        chat__subcmd__help__subcmd__admin__subcmd__reload)
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
        chat__subcmd__help__subcmd__admin__subcmd__room)
            opts="create delete rename topic mode archive"
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
        chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__archive)
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
        chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__create)
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
        chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__delete)
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
        chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__mode)
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
        chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__rename)
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
        chat__subcmd__help__subcmd__admin__subcmd__room__subcmd__topic)
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
        chat__subcmd__help__subcmd__admin__subcmd__show)
            opts="user file room"
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
        chat__subcmd__help__subcmd__admin__subcmd__show__subcmd__file)
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
        chat__subcmd__help__subcmd__admin__subcmd__show__subcmd__room)
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
        chat__subcmd__help__subcmd__admin__subcmd__show__subcmd__user)
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
        chat__subcmd__help__subcmd__admin__subcmd__slow)
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
        chat__subcmd__help__subcmd__admin__subcmd__stats)
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
        chat__subcmd__help__subcmd__admin__subcmd__top)
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
        chat__subcmd__help__subcmd__admin__subcmd__unban)
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
        chat__subcmd__help__subcmd__admin__subcmd__undo)
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
        chat__subcmd__help__subcmd__admin__subcmd__undrain)
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
        chat__subcmd__help__subcmd__admin__subcmd__unmute)
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
        chat__subcmd__help__subcmd__admin__subcmd__upgrade)
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
        chat__subcmd__help__subcmd__admin__subcmd__why)
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
            opts="-c -d -b -h --config --data --bind --tls --no-tls --restore --check --help"
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
                --restore)
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
