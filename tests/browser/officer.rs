//! The operator's page: who may see it, what it shows, what it does.

use crate::person::Person;
use crate::site::Site;
use crate::window::key;

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
