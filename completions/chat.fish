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
complete -c chat -n "__fish_chat_using_subcommand serve" -l tls -d 'Speak TLS beside plain text; without a certificate of yours one is made'
complete -c chat -n "__fish_chat_using_subcommand serve" -l no-tls -d 'Speak no TLS, even where others can come in'
complete -c chat -n "__fish_chat_using_subcommand serve" -l check -d 'Check the configuration and do nothing else'
complete -c chat -n "__fish_chat_using_subcommand serve" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand connect" -s n -l nick -d 'Your name; asked for if it is not given and somebody is there to ask' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -s j -l join -d 'Rooms to enter, besides the one into which the server puts you' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l to -d 'Where plain lines go from the start: a room or a person' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l send -d 'Say this, wait until the server has it, and leave; may be repeated' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -s a -l account -d 'Log in to this account; its password is asked for if it is not given' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l password-file -d 'File whose first line is the password: the account\'s, or without --account the server\'s' -r -F
complete -c chat -n "__fish_chat_using_subcommand connect" -l password-command -d 'Command whose first line of output is the password, for example "pass chat"' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l ca -d 'Believe the authorities in this PEM file, not those of the system' -r -F
complete -c chat -n "__fish_chat_using_subcommand connect" -l pin -d 'Believe the certificate with this fingerprint (sha256:… in hexadecimal), and no other' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l client-cert -d 'Show the certificate in this PEM file, which holds its key too, and log in by it' -r -F
complete -c chat -n "__fish_chat_using_subcommand connect" -l history -d 'How many earlier messages are shown of a room that you enter; 20 if nothing else is set' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t''
never\t''"
complete -c chat -n "__fish_chat_using_subcommand connect" -l timeout -d 'Seconds to wait for the connection, and for acknowledgements at the end' -r
complete -c chat -n "__fish_chat_using_subcommand connect" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c chat -n "__fish_chat_using_subcommand connect" -l tls -d 'By TLS, on this machine too; elsewhere it is the rule'
complete -c chat -n "__fish_chat_using_subcommand connect" -l no-tls -d 'In plain text: everybody on the way can read and change everything, and no password is sent'
complete -c chat -n "__fish_chat_using_subcommand connect" -l no-reconnect -d 'Leave when the connection is lost, instead of connecting again'
complete -c chat -n "__fish_chat_using_subcommand connect" -l plain -d 'One line per message, ASCII signs, no columns'
complete -c chat -n "__fish_chat_using_subcommand connect" -l json -d 'Tell what happens in objects for programs, one on each line, and take such objects as input'
complete -c chat -n "__fish_chat_using_subcommand connect" -s q -l quiet -d 'Say nothing but what others say and what goes wrong'
complete -c chat -n "__fish_chat_using_subcommand connect" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "list" -d 'List who is connected'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "users" -d 'List who is connected'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "kick" -d 'Disconnect users'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "broadcast" -d 'Send a notice to everybody who is connected; - reads the text from standard input'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "rooms" -d 'List the rooms'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "accounts" -d 'Manage accounts'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "inbox" -d 'Show how much waits in somebody\'s inbox'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "verify" -d 'Check everything that is stored against its checksums; waits as long as that takes'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "status" -d 'Show how the server is doing'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "stop" -d 'Tell everybody, then stop the server; waits until it is gone'
complete -c chat -n "__fish_chat_using_subcommand admin; and not __fish_seen_subcommand_from list users kick broadcast rooms accounts inbox verify status stop help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from users" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -s r -l reason -d 'What they are told' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from kick" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from broadcast" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from rooms" -s h -l help -d 'Print help'
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
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l socket -d 'Ask the server behind this socket' -r -F
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l port -d 'Ask the server on this port' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l timeout -d 'Longest wait for an answer' -r
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l json -d 'Print JSON'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l tsv -d 'Print values parted by tabs, one line each'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l wide -d 'Cut no line, also if the terminal is narrower'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -l no-header -d 'Print no line of column names'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -s y -l yes -d 'Do not ask back'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from stop" -l within -d 'Seconds that clients get to leave' -r
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
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "accounts" -d 'Manage accounts'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "inbox" -d 'Show how much waits in somebody\'s inbox'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check everything that is stored against its checksums; waits as long as that takes'
complete -c chat -n "__fish_chat_using_subcommand admin; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show how the server is doing'
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
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "accounts" -d 'Manage accounts'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "inbox" -d 'Show how much waits in somebody\'s inbox'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "verify" -d 'Check everything that is stored against its checksums; waits as long as that takes'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "status" -d 'Show how the server is doing'
complete -c chat -n "__fish_chat_using_subcommand help; and __fish_seen_subcommand_from admin" -f -a "stop" -d 'Tell everybody, then stop the server; waits until it is gone'
