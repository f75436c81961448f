//! Completions for shells: of what `--help` shows, and no more.

use crate::cmd::Cli;
use clap::{Command, CommandFactory};
use clap_complete::{Shell, generate};

/// Each script with its path below the repository.
pub(super) fn scripts() -> Vec<(String, Vec<u8>)> {
    let files = [
        (Shell::Bash, "chat.bash"),
        (Shell::Zsh, "_chat"),
        (Shell::Fish, "chat.fish"),
    ];
    let script = |(shell, file)| {
        let mut script = Vec::new();
        generate(shell, &mut visible(&Cli::command()), "chat", &mut script);
        if shell == Shell::Bash {
            script = without_dashes(&String::from_utf8_lossy(&script)).into_bytes();
        }
        (format!("completions/{file}"), script)
    };
    files.into_iter().map(script).collect()
}

/// The command without what is hidden: the generators would show it.
fn visible(tree: &Command) -> Command {
    let aliases: Vec<String> = tree.get_visible_aliases().map(str::to_owned).collect();
    let mut command = Command::new(tree.get_name().to_owned())
        .visible_aliases(aliases)
        .args(tree.get_arguments().filter(|arg| !arg.is_hide_set()))
        .subcommands(
            tree.get_subcommands()
                .filter(|verb| !verb.is_hide_set())
                .map(visible),
        );
    if let Some(about) = tree.get_about() {
        command = command.about(about.clone());
    }
    if let Some(version) = tree.get_version() {
        command = command.version(version.to_owned());
    }
    command
}

/// A script for bash that offers options only where a dash is typed. Else Tab inserts a dash, common to
/// all of them, where a name is wanted.
fn without_dashes(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let (mut has_words, mut before) = (false, "");
    for line in script.lines() {
        let begun = line.trim_start();
        let indent = " ".repeat(line.len() - begun.len());
        if let Some(words) = begun.strip_prefix("opts=\"") {
            let mut words = words.trim_end_matches('"').split_whitespace();
            has_words = words.any(|word| !word.starts_with('-'));
        }
        let is_last_choice = before.trim() == "esac" && begun.starts_with("COMPREPLY=(");
        if !has_words && begun.starts_with("if [[ ${cur} == -* ||") {
            out.push_str(&format!("{indent}if [[ ${{cur}} == -* ]] ; then\n"));
        } else if !has_words && is_last_choice {
            out.push_str(&format!("{indent}COMPREPLY=()\n"));
        } else {
            out.push_str(&format!("{line}\n"));
        }
        before = line;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hidden_is_completed_nowhere() {
        for (path, script) in scripts() {
            let script = String::from_utf8(script).unwrap();
            assert!(script.contains("password-stdin"), "{path}");
            for hidden in ["docs", "Refused"] {
                assert!(!script.contains(hidden), "{path}: {hidden}");
            }
        }
    }

    #[test]
    fn bash_offers_options_only_after_a_dash() {
        let script = "opts=\"-r --reason\"\n  if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then\n  esac\n  COMPREPLY=( x )\n\
                      opts=\"-h list\"\n  if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then\n  esac\n  COMPREPLY=( x )\n";
        let expected = "opts=\"-r --reason\"\n  if [[ ${cur} == -* ]] ; then\n  esac\n  COMPREPLY=()\n\
                      opts=\"-h list\"\n  if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then\n  esac\n  COMPREPLY=( x )\n";
        assert_eq!(without_dashes(script), expected);
    }
}
