//! The keys that mean something, for the help and the manual.

/// Each key and what it does.
pub const KEYS: &[(&str, &str)] = &[
    ("Enter", "says the line, or does it"),
    ("Alt-Enter", "begins another line of the same message"),
    (
        "Tab",
        "completes a command, name, room or file; twice shows what there is",
    ),
    (
        "Up, Down",
        "bring earlier lines back, and those that were refused",
    ),
    (
        "Ctrl-R",
        "searches the earlier lines; what arrives is shown after it",
    ),
    (
        "Alt-Left, Alt-Right",
        "go to the place before and the next, with the line being typed",
    ),
    (
        "Alt-a",
        "goes where something is unread, what is for you first",
    ),
    (
        "F1 to F9",
        "go to the place with this number, as /rooms counts them",
    ),
    (
        "Ctrl-A, Ctrl-E",
        "go to the beginning and the end of the line",
    ),
    ("Ctrl-Left, Ctrl-Right", "go by words"),
    (
        "Ctrl-W, Ctrl-U, Ctrl-K",
        "delete the word before, all before, all behind",
    ),
    ("Ctrl-Y", "puts back what was deleted"),
    ("Ctrl-L", "empties the screen"),
    (
        "Ctrl-C",
        "takes the line away, to be found on the Up key; a paste or question is cancelled",
    ),
    ("Ctrl-D", "on an empty line leaves"),
    ("Ctrl-Z", "stops the program until fg"),
];
