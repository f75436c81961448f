//! The operator's page: who may see it, what it shows, what it does.

use crate::person::Person;
use crate::site::Site;
use crate::window::key;
use std::fs;

/// A server that knows one operator, and the page of somebody who became it.
fn officer() -> (Site, Person) {
    let site = Site::new("opers: [{ name: root, password: a long secret, role: admin }]\n");
    let ann = site.first("ann");
    ann.until("!document.querySelector('[aria-label=\"Operator’s page\"]')");
    ann.say("/oper root");
    ann.write("dialog input[type=password]", "a long secret");
    ann.chord(&[key::ENTER]);
    ann.press_button("Operator’s page");
    ann.until("document.querySelector('#operator')?.checkVisibility()");
    (site, ann)
}

#[test]
fn the_operator_sees_who_is_here_and_removes_somebody() {
    let (site, ann) = officer();
    let eve = site.second("eve");
    ann.sees("eve");
    ann.picture("operator");
    ann.press_button("Kick eve");
    ann.write("dialog [name=reason]", "be nice");
    ann.picture("operator-kick");
    ann.chord(&[key::ENTER]);
    ann.sees("Disconnected eve.");
    eve.sees("be nice");
    ann.until("![...document.querySelectorAll('#operator tbody th')].some((cell) => cell.textContent === 'eve')");
    ann.press_button("Audit");
    ann.sees("be nice");
    ann.picture("operator-audit");
    ann.press_button("Status");
    ann.sees("Connections");
    ann.picture("operator-status");
    ann.press_button("Top");
    ann.sees("Says/s");
    ann.is_clean();
}

#[test]
fn a_ban_first_shows_whom_it_hits_and_can_be_lifted() {
    let (site, ann) = officer();
    let mut eve = site.client("eve");
    ann.press_button("Ban…");
    ann.write("dialog [name=target]", "eve");
    ann.write("dialog [name=reason]", "\"<b>spam</b>\"");
    ann.press_button("Look whom it hits");
    ann.sees("It hits 1 connected user: eve");
    ann.picture("operator-ban");
    ann.chord(&[key::ENTER]);
    ann.sees("Ban B1 on eve");
    ann.press_button("Bans and mutes");
    ann.sees("\"<b>spam</b>\"");
    // By keys alone: into the table, and what can be done with the row.
    ann.click("#operator tbody th");
    ann.run("document.querySelector('#operator tbody tr').focus()");
    ann.chord(&['l']);
    ann.sees("ends now");
    ann.chord(&[key::ENTER]);
    ann.sees("Lifted B1");
    ann.sees("Nothing to show");
    ann.press_button("Broadcast…");
    ann.write("dialog [name=text]", "Back at \"nine\" -- really");
    ann.chord(&[key::ENTER]);
    eve.until(":Back at \"nine\" -- really");
    ann.is_clean();
}

#[test]
fn on_a_phone_every_button_can_be_reached() {
    let (site, ann) = officer();
    let _eve = site.client("eve");
    ann.size(390, 844);
    ann.sees("eve");
    ann.until("[...document.querySelectorAll('#operator tbody .acts button')].length >= 6");
    ann.picture("operator-phone");
    let outside = "[...document.querySelectorAll('#operator tbody button, #operator .operator-head button')].filter((one) => { \
                   const at = one.getBoundingClientRect(); return at.left < 0 || at.right > innerWidth; }).length";
    assert_eq!(ann.run(&format!("return {outside}")), 0);
    ann.press_button("Kick eve");
    ann.sees("Disconnect eve");
    ann.picture("operator-phone-kick");
    ann.chord(&[key::ESCAPE]);
    ann.is_clean();
}

#[test]
fn the_operator_sees_and_deletes_files() {
    let (site, ann) = officer();
    fs::write(site.home.path().join("cat.txt"), "meow").expect("a file");
    ann.chord(&[key::ESCAPE]);
    ann.choose_file("#composer-files", &site.home.path().join("cat.txt"));
    ann.sees("cat.txt");
    ann.press_button("Operator’s page");
    ann.press_button("Files");
    ann.until("document.querySelector('#operator tbody th')?.textContent === 'cat.txt'");
    ann.picture("operator-files");
    ann.press_button("Delete cat.txt");
    ann.sees("Nobody can read it any more");
    ann.chord(&[key::ENTER]);
    ann.sees("Deleted cat.txt.");
    ann.sees("Nothing to show");
    ann.is_clean();
}

#[test]
fn whoever_is_no_operator_is_told_so_and_sees_nothing() {
    let site = Site::new("");
    let bob = site.first("bob");
    bob.run("location.hash = '#operator'");
    bob.until("document.querySelector('#operator .operator-sum')?.textContent.length > 5");
    assert!(!bob.shows("127.0.0.1"));
    bob.chord(&[key::ESCAPE]);
    bob.until("!document.querySelector('#operator')");
    bob.say("still here");
    bob.is_clean();
}

#[test]
fn an_account_with_a_role_finds_the_page_without_oper() {
    let site = Site::new("opers: [{ name: root, account: ann, role: admin }]\n");
    let ann = site.newcomer();
    ann.rewrite("#signin-nick", "ann");
    ann.click("input[name=way][value=new]");
    ann.write("#signin-password", "a long secret");
    ann.chord(&[key::ENTER]);
    ann.press_button("Operator’s page");
    ann.sees("127.0.0.1");
    ann.is_clean();
}
