# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_chat_global_optspecs
    string join \n h/help V/version
end

function __fish_chat_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_chat_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_chat_using_subcommand
    set -l cmd (__fish_chat_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c chat -n "__fish_chat_needs_command" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_needs_command" -s V -l version -d 'Print version'
complete -c chat -n "__fish_chat_needs_command" -f -a "serve" -d 'Run a server'
complete -c chat -n "__fish_chat_needs_command" -f -a "connect" -d 'Connect to a server and talk'
complete -c chat -n "__fish_chat_needs_command" -f -a "admin" -d 'Administer a server on this host; without a verb, a console'
complete -c chat -n "__fish_chat_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand serve" -s c -l config -d 'Read this configuration, see chat.yaml(5)' -r -F
complete -c chat -n "__fish_chat_using_subcommand serve" -s d -l data -d 'Keep everything that lasts in this directory' -r -F
complete -c chat -n "__fish_chat_using_subcommand serve" -s b -l bind -d 'Listen on this address instead of 127.0.0.1; 0.0.0.0 is every IPv4 address of the host' -r
complete -c chat -n "__fish_chat_using_subcommand serve" -l restore -d 'First fill the data directory, which must be empty, from this backup; see chat-admin-backup(1)' -r -F
complete -c chat -n "__fish_chat_using_subcommand serve" -l tls -d 'Speak TLS beside plain text; without a certificate of yours one is made'
complete -c chat -n "__fish_chat_using_subcommand serve" -l no-tls -d 'Speak no TLS, even where others can come in'
complete -c chat -n "__fish_chat_using_subcommand serve" -l check -d 'Check the configuration and do nothing else'
complete -c chat -n "__fish_chat_using_subcommand serve" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand connect" -s n -l nick -d 'Your name; asked for if it is not given and somebody is there to ask' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -s j -l join -d 'Rooms to enter, besides the one into which the server puts you' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l to -d 'Where plain lines go from the start: a room, which is entered, or a person' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l send -d 'Say this, wait until the server has it, and leave; may be repeated' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -s a -l account -d 'Log in to this account; its password is asked for if it is not given' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l password-file -d 'File whose first line is the password: the account\'s, or without --account the server\'s; not open to everybody' -r -F
complete -c chat -n "__fish_chat_using_subcommand connect" -l password-command -d 'Command whose first line of output is the password, for example "pass chat"' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l ca -d 'Believe the authorities in this PEM file, not those of the system' -r -F
complete -c chat -n "__fish_chat_using_subcommand connect" -l pin -d 'Believe the certificate with this fingerprint (sha256:… in hexadecimal), and no other' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l client-cert -d 'Show the certificate in this PEM file, which holds its key too, and log in by it' -r -F
complete -c chat -n "__fish_chat_using_subcommand connect" -l history -d 'How many earlier messages are shown of a room that you enter; 20 if nothing else is set' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c chat -n "__fish_chat_using_subcommand connect" -l timeout -d 'Seconds to wait for the connection, and for acknowledgements at the end' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l log -d 'Write what is shown to the end of this file, too, which is made for you alone' -r -F
complete -c chat -n "__fish_chat_using_subcommand connect" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c chat -n "__fish_chat_using_subcommand connect" -l tls -d 'By TLS, on this machine too; elsewhere it is the rule'
complete -c chat -n "__fish_chat_using_subcommand connect" -l no-tls -d 'In plain text: everybody on the way can read and change everything, and no password is sent'
complete -c chat -n "__fish_chat_using_subcommand connect" -l no-reconnect -d 'Leave when the connection is lost, instead of connecting again'
complete -c chat -n "__fish_chat_using_subcommand connect" -l plain -d 'One line per message, ASCII signs, no columns'
complete -c chat -n "__fish_chat_using_subcommand connect" -l json -d 'Tell what happens in objects for programs, one on each line, and take such objects as input'
complete -c chat -n "__fish_chat_using_subcommand connect" -s q -l quiet -d 'Say nothing but what others say and what goes wrong'
complete -c chat -n "__fish_chat_using_subcommand connect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "list" -d 'List who is connected'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "users" -d 'List who is connected'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "kick" -d 'Disconnect users'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "broadcast" -d 'Send a notice to everybody who is connected; - reads the text from standard input'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "rooms" -d 'List the rooms'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "show" -d 'Show everything about a user or a room'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "stats" -d 'Show what happened and how long it took'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "top" -d 'Watch who says and hears most, live; with --once for scripts'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "accounts" -d 'Manage accounts'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "files" -d 'Manage the files that people share'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "ban" -d 'Let somebody in no more; first shows who is connected and would be meant'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "unban" -d 'Lift a ban'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "bans" -d 'List the bans'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "mute" -d 'Let somebody speak no more, or in a room nobody but voiced people and operators'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "unmute" -d 'Lift a mute'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "mutes" -d 'List mutes and rooms with slow mode'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "slow" -d 'Let everybody but voiced people and operators wait between two lines in a room'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "filter" -d 'Words that may not be said'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "undo" -d 'Lift a ban, a mute, slow mode or a filter by its id'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "why" -d 'Show the rule by which somebody may or may not do something in a room'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "history" -d 'Show what was said in a room, or between two people'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "redact" -d 'Take a message back: it is gone from history, search and inbox'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "room" -d 'Change a room'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "limits" -d 'Show or set what counts while the server runs, until it stops; the file stays as it is'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "defcon" -d 'Show or set who is let in: 5 everybody, 4 no new accounts, 3 also no guests, 2 also no new rooms, 1 nobody new'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "dump" -d 'Look at what goes over a connection'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "inbox" -d 'Show how much waits in somebody\'s inbox'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "verify" -d 'Check everything that is stored against its checksums; waits as long as that takes'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "backup" -d 'Copy everything that lasts to one file, while the server runs; whoever has the file can read everything'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "upgrade" -d 'Let a new binary take over; nobody is disconnected'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "status" -d 'Show how the server is doing'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "log" -d 'Show the last lines of the server\'s log'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "config" -d 'Check or show the configuration'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "reload" -d 'Read the configuration again, with its certificates and texts; a file with faults changes nothing'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "drain" -d 'Let nobody in any more, and send away those who are here, one after the other'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "undrain" -d 'Let people in again'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "doctor" -d 'Look for what needs a hand, and say what to do about it; ends with 1 if something is wrong'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "audit" -d 'Show what operators did, and what came of it'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "stop" -d 'Tell everybody, then stop the server; waits until it is gone'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms show stats top accounts files ban unban bans mute unmute mutes slow filter undo why history redact room limits defcon dump inbox verify backup upgrade status log config reload drain undrain doctor audit stop help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l sort -d 'What comes first: names in order, or who was idle longest, is here longest, said most, was told most, or has most waiting' -r -f -a "name\t''
idle\t''
since\t''
sent\t''
recv\t''
queue\t''"
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns of the table, in this order' -r -f -a "name\t''
account\t''
address\t''
tls\t''
rooms\t''
idle\t''
on\t''
queue\t''
sent\t''
recv\t''
lag\t''
away\t''
id\t''"
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l limit -d 'Show at most so many' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l guest -d 'Show only those without an account'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l account -d 'Show only those with an account'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l tls -d 'Show only those who use TLS'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l plain -d 'Show only those who do not'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l web -d 'Show only those who are here with a browser'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l sort -d 'What comes first: names in order, or who was idle longest, is here longest, said most, was told most, or has most waiting' -r -f -a "name\t''
idle\t''
since\t''
sent\t''
recv\t''
queue\t''"
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l columns -d 'Show these columns of the table, in this order' -r -f -a "name\t''
account\t''
address\t''
tls\t''
rooms\t''
idle\t''
on\t''
queue\t''
sent\t''
recv\t''
lag\t''
away\t''
id\t''"
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l limit -d 'Show at most so many' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l guest -d 'Show only those without an account'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l account -d 'Show only those with an account'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l tls -d 'Show only those who use TLS'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l plain -d 'Show only those who do not'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l web -d 'Show only those who are here with a browser'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -s r -l reason -d 'What they are told' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l room -d 'Put them out of this room only' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l all-sessions -d 'Also what is logged in to their accounts under other names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l room -d 'Only to those in this room' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l user -d 'Only to these, parted by commas' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l urgent -d 'Say their names first, so that clients call their owners'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l sort -d 'What comes first: names in order, or most members, most messages, or the youngest room' -r -f -a "name\t''
members\t''
messages\t''
created\t''"
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l limit -d 'Show at most so many' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -f -a "user" -d 'Show everything about somebody who is here'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -f -a "file" -d 'Show everything about a file that somebody shared'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -f -a "room" -d 'Show everything about a room, with who is in it'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from show" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -l since -d 'Show what happened in this span, like 5m; at most 1h is remembered' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -l prometheus -d 'Show every number as Prometheus reads it'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -l sort -d 'What comes first: who says most, hears most, has most waiting, waits longest, or names in order' -r -f -a "in\t''
out\t''
queue\t''
lag\t''
name\t''"
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -s n -l limit -d 'Show at most so many; the live view shows as many as there is room for' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -s i -l interval -d 'Seconds between two looks' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -l once -d 'Look once, over one interval, and leave'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from top" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -f -a "list" -d 'List the accounts'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -f -a "show" -d 'Show everything about one account'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -f -a "create" -d 'Make an account; its password is read from standard input, or asked for twice'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -f -a "disable" -d 'Let nobody use an account; its devices are disconnected'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -f -a "enable" -d 'Let the owner use a disabled account again'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -f -a "delete" -d 'Delete an account with all that belongs to it; asks back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -f -a "passwd" -d 'Give an account another password; it is read from standard input, or asked for twice'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -f -a "sessions" -d 'List the devices that are logged in to an account'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -f -a "unblock" -d 'End the pauses after failed logins'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from accounts" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -f -a "list" -d 'List the files that people share, the newest first'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -f -a "rm" -d 'Delete files; nobody can read them any more'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -f -a "gc" -d 'Remove bytes from the disk that no file needs; waits as long as that takes'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -f -a "verify" -d 'Read every file again and compare it with its checksum; waits as long as that takes'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -f -a "import" -d 'Offer the files of a directory to everybody; the server reads and copies them'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from files" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -s d -l duration -d 'For how long: 30m, 2h, 7d, or perm' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -s r -l reason -d 'What they are told' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -l kick -d 'Disconnect those who are connected'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -l dry-run -d 'Only show who would be meant'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from ban" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unban" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unban" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unban" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unban" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unban" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unban" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unban" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unban" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unban" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from bans" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from bans" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from bans" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from bans" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from bans" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from bans" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from bans" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from bans" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from bans" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -s d -l duration -d 'For how long: 10m, 2h, 7d, or perm' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -s r -l reason -d 'What they are told' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -l dry-run -d 'Only show who would be meant'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mute" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unmute" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unmute" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unmute" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unmute" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unmute" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unmute" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unmute" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unmute" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from unmute" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mutes" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mutes" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mutes" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mutes" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mutes" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mutes" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mutes" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mutes" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from mutes" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from slow" -s r -l reason -d 'What they are told' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from slow" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from slow" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from slow" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from slow" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from slow" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from slow" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from slow" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from slow" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from slow" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -f -a "add" -d 'Let nobody say these words in a row'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -f -a "rm" -d 'Let them be said again'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -f -a "list" -d 'List the filters'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from filter" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undo" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undo" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undo" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undo" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undo" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undo" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undo" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undo" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undo" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from why" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from why" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from why" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from why" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from why" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from why" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from why" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from why" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from why" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -s n -l limit -d 'At most so many messages, the last ones' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l since -d 'Not before this: a time like 2026-11-20T08:00:00Z, a day, or how long ago, like 2h or 7d' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l until -d 'Not after this' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l search -d 'Only what has these words' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l from -d 'Only what somebody of this name said' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l i-am-authorised -d 'I may read what two people said to each other; it is recorded that I did'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from history" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from redact" -s r -l reason -d 'What is told about it' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from redact" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from redact" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from redact" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from redact" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from redact" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from redact" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from redact" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from redact" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from redact" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -f -a "create" -d 'Register a room for an account, so that it lasts'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -f -a "delete" -d 'Send everybody out and forget the room; what was said there can be read no more; asks back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -f -a "rename" -d 'Give a room another name; what was said there moves along'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -f -a "topic" -d 'Set what a room is about; no text clears it'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -f -a "mode" -d 'Change modes of a room, like +im or +b *!*@192.0.2.1'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -f -a "archive" -d 'Close a room for new words: only its voiced people and operators speak there, and no list shows it'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from room" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from limits" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from limits" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from limits" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from limits" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from limits" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from limits" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from limits" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from limits" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from limits" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from defcon" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from defcon" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from defcon" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from defcon" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from defcon" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from defcon" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from defcon" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from defcon" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from defcon" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -f -a "client" -d 'Show the last lines of a client, without its passwords; the first time it begins to record them, until nobody asked for ten minutes'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from dump" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from inbox" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from inbox" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from inbox" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from inbox" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from inbox" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from inbox" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from inbox" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from inbox" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from inbox" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from verify" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from verify" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from verify" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from verify" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from verify" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from verify" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from verify" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from backup" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from backup" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from backup" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from backup" -l force -d 'Replace a file that is there'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from backup" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from backup" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from backup" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from backup" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from backup" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from backup" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -l binary -d 'The binary; otherwise what stands now where the server was started from' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -l check -d 'Only say whether the binary could take over'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from upgrade" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -s n -l lines -d 'Show so many of the last lines, of which the server keeps 2000' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -l level -d 'Show only what is at least so important: error, warn, info or debug' -r -f -a "error\t''
warn\t''
info\t''
debug\t''"
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -l user -d 'Show only lines that name this user' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -l ip -d 'Show only lines that name this address' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -s f -l follow -d 'Go on with what is said from now on'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from log" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -f -a "check" -d 'Check a configuration file; all faults are told at once'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -f -a "show" -d 'Show the configuration that counts now, as far as it is not the default; secrets are masked'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -f -a "diff" -d 'Show in what the file differs from what counts now'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from config" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from reload" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from reload" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from reload" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from reload" -l dry-run -d 'Only show what would change'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from reload" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from reload" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from reload" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from reload" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from reload" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from reload" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -l within -d 'Time over which those who are connected are disconnected, like 60s or 5m' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -s m -l message -d 'What they are told' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from drain" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undrain" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undrain" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undrain" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undrain" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undrain" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undrain" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undrain" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undrain" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from undrain" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from doctor" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from doctor" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from doctor" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from doctor" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from doctor" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from doctor" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from doctor" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from doctor" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from doctor" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -s n -l count -d 'Show at most so many, the newest' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -l user -d 'Show only what this user did, by name or uid' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -l command -d 'Show only this command' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -l since -d 'Show nothing older: 2h, 7d, 2026-11-20 or 2026-11-20T08:00:00Z' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -s f -l follow -d 'Go on with what is done from now on'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -l within -d 'Time that clients get to leave, like 10s; without it, server.shutdown_grace of the configuration' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -l now -d 'Stop at once; asks back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "list" -d 'List who is connected'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "kick" -d 'Disconnect users'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "broadcast" -d 'Send a notice to everybody who is connected; - reads the text from standard input'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "rooms" -d 'List the rooms'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show everything about a user or a room'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "stats" -d 'Show what happened and how long it took'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "top" -d 'Watch who says and hears most, live; with --once for scripts'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "accounts" -d 'Manage accounts'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "files" -d 'Manage the files that people share'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "ban" -d 'Let somebody in no more; first shows who is connected and would be meant'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "unban" -d 'Lift a ban'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "bans" -d 'List the bans'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "mute" -d 'Let somebody speak no more, or in a room nobody but voiced people and operators'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "unmute" -d 'Lift a mute'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "mutes" -d 'List mutes and rooms with slow mode'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "slow" -d 'Let everybody but voiced people and operators wait between two lines in a room'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "filter" -d 'Words that may not be said'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "undo" -d 'Lift a ban, a mute, slow mode or a filter by its id'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "why" -d 'Show the rule by which somebody may or may not do something in a room'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "history" -d 'Show what was said in a room, or between two people'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "redact" -d 'Take a message back: it is gone from history, search and inbox'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "room" -d 'Change a room'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "limits" -d 'Show or set what counts while the server runs, until it stops; the file stays as it is'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "defcon" -d 'Show or set who is let in: 5 everybody, 4 no new accounts, 3 also no guests, 2 also no new rooms, 1 nobody new'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "dump" -d 'Look at what goes over a connection'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "inbox" -d 'Show how much waits in somebody\'s inbox'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check everything that is stored against its checksums; waits as long as that takes'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "backup" -d 'Copy everything that lasts to one file, while the server runs; whoever has the file can read everything'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "upgrade" -d 'Let a new binary take over; nobody is disconnected'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show how the server is doing'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "log" -d 'Show the last lines of the server\'s log'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "config" -d 'Check or show the configuration'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "reload" -d 'Read the configuration again, with its certificates and texts; a file with faults changes nothing'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "drain" -d 'Let nobody in any more, and send away those who are here, one after the other'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "undrain" -d 'Let people in again'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "doctor" -d 'Look for what needs a hand, and say what to do about it; ends with 1 if something is wrong'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "audit" -d 'Show what operators did, and what came of it'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "stop" -d 'Tell everybody, then stop the server; waits until it is gone'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand help; and not __fish_seen_subcommand_from serve connect admin help" -f -a "serve" -d 'Run a server'
complete -c chat -n "__fish_chat_using_subcommand help; and not __fish_seen_subcommand_from serve connect admin help" -f -a "connect" -d 'Connect to a server and talk'
complete -c chat -n "__fish_chat_using_subcommand help; and not __fish_seen_subcommand_from serve connect admin help" -f -a "admin" -d 'Administer a server on this host; without a verb, a console'
complete -c chat -n "__fish_chat_using_subcommand help; and not __fish_seen_subcommand_from serve connect admin help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "list" -d 'List who is connected'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "kick" -d 'Disconnect users'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "broadcast" -d 'Send a notice to everybody who is connected; - reads the text from standard input'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "rooms" -d 'List the rooms'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "show" -d 'Show everything about a user or a room'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "stats" -d 'Show what happened and how long it took'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "top" -d 'Watch who says and hears most, live; with --once for scripts'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "accounts" -d 'Manage accounts'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "files" -d 'Manage the files that people share'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "ban" -d 'Let somebody in no more; first shows who is connected and would be meant'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "unban" -d 'Lift a ban'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "bans" -d 'List the bans'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "mute" -d 'Let somebody speak no more, or in a room nobody but voiced people and operators'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "unmute" -d 'Lift a mute'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "mutes" -d 'List mutes and rooms with slow mode'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "slow" -d 'Let everybody but voiced people and operators wait between two lines in a room'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "filter" -d 'Words that may not be said'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "undo" -d 'Lift a ban, a mute, slow mode or a filter by its id'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "why" -d 'Show the rule by which somebody may or may not do something in a room'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "history" -d 'Show what was said in a room, or between two people'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "redact" -d 'Take a message back: it is gone from history, search and inbox'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "room" -d 'Change a room'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "limits" -d 'Show or set what counts while the server runs, until it stops; the file stays as it is'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "defcon" -d 'Show or set who is let in: 5 everybody, 4 no new accounts, 3 also no guests, 2 also no new rooms, 1 nobody new'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "dump" -d 'Look at what goes over a connection'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "inbox" -d 'Show how much waits in somebody\'s inbox'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "verify" -d 'Check everything that is stored against its checksums; waits as long as that takes'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "backup" -d 'Copy everything that lasts to one file, while the server runs; whoever has the file can read everything'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "upgrade" -d 'Let a new binary take over; nobody is disconnected'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "status" -d 'Show how the server is doing'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "log" -d 'Show the last lines of the server\'s log'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "config" -d 'Check or show the configuration'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "reload" -d 'Read the configuration again, with its certificates and texts; a file with faults changes nothing'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "drain" -d 'Let nobody in any more, and send away those who are here, one after the other'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "undrain" -d 'Let people in again'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "doctor" -d 'Look for what needs a hand, and say what to do about it; ends with 1 if something is wrong'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "audit" -d 'Show what operators did, and what came of it'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "stop" -d 'Tell everybody, then stop the server; waits until it is gone'
