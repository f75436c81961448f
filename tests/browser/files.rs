//! Files at the page: sent by a button, seen by others, fetched again; what is in them never acts.

use crate::person::Person;
use crate::site::Site;
use crate::window::Window;
use serde_json::json;
use std::fs;
use std::path::PathBuf;

/// Writes a file that somebody may send.
fn file(site: &Site, name: &str, bytes: &[u8]) -> PathBuf {
    let path = site.home.path().join(name);
    fs::write(&path, bytes).expect("a file");
    path
}

/// Bytes that are not all the same.
fn noise(length: usize) -> Vec<u8> {
    let mut seed = 7_u32;
    let next = |seed: &mut u32| {
        *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()[0]
    };
    (0..length).map(|_| next(&mut seed)).collect()
}

/// Has what is downloaded put where the test finds it.
fn downloads(person: &Person, site: &Site) -> PathBuf {
    let folder = site.home.path().join("downloads");
    fs::create_dir_all(&folder).expect("a directory");
    let path = folder.to_str().expect("a path of text");
    let how = json!({ "behavior": "allow", "downloadPath": path });
    person.protocol("Page.setDownloadBehavior", how);
    folder
}

#[test]
fn a_file_is_sent_by_the_button_with_progress_and_fetched_by_another() {
    let site = Site::new("");
    let (alice, bob) = (site.first("alice"), site.second("bob"));
    let bytes = noise(9 << 20);
    let path = file(&site, "holiday plan.bin", &bytes);
    alice.run(
        "window.progress = []; new MutationObserver(() => {
            const bar = document.querySelector('progress');
            if (bar) window.progress.push(bar.value);
        }).observe(document.body, { childList: true, subtree: true });",
    );
    alice.choose_file("#composer-files", &path);
    bob.sees("holiday plan.bin");
    bob.sees("9.4 MB");
    alice.sees("is sent");
    let seen = alice.run("return window.progress.some((one) => one > 0 && one < 100)");
    assert_eq!(seen, json!(true), "{}", alice.run("return window.progress"));
    alice.picture("file-sent");
    let folder = downloads(&bob, &site);
    bob.press_button("Download");
    bob.picture("file-download");
    wait_for(&folder.join("holiday plan.bin"), &bytes);
    alice.is_clean();
    bob.is_clean();
}

/// Waits until the file is there, whole.
fn wait_for(path: &std::path::Path, bytes: &[u8]) {
    let begin = std::time::Instant::now();
    while !fs::read(path).is_ok_and(|found| found == bytes) {
        assert!(
            begin.elapsed() < crate::process::DEADLINE,
            "never whole: {} of {:?}",
            path.display(),
            fs::read_dir(path.parent().expect("a folder"))
                .map(|all| all.flatten().map(|one| one.path()).collect::<Vec<_>>())
        );
        std::thread::yield_now();
    }
}

#[test]
fn what_is_in_a_file_never_acts_and_a_picture_is_shown() {
    let site = Site::new("");
    let mut mia = site.client("mia");
    let alice = site.first("alice");
    let act = "<script>fetch('/irc'); parent.alert(1); document.title = 'acted'</script>";
    let page = format!("<!doctype html><title>page</title>{act}<img src=x onerror=alert(2)>");
    let drawing =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(3)\">{act}</svg>");
    let picture = fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/web/icons/chat-192.png"
    ));
    for (name, bytes) in [
        ("<img src=x onerror=alert(4)>.html", page.as_bytes()),
        ("drawing.svg", drawing.as_bytes()),
        ("picture.png", &picture.expect("a picture")),
    ] {
        alice.choose_file("#composer-files", &file(&site, name, bytes));
        alice.sees(name);
    }
    alice.until(
        "[...document.querySelectorAll('#log img')].some((one) => one.naturalWidth === 192)",
    );
    alice.picture("file-picture");
    alice.is_clean();
    // Whoever opens the link gets it as a file to keep, never as a page of this server's.
    let told = mia.until("/picture.png");
    let links = told.iter().filter_map(|line| line.rsplit(' ').next());
    let links: Vec<&str> = links.filter(|word| word.contains("/files/")).collect();
    assert_eq!(links.len(), 3, "{told:?}");
    for link in links {
        let other = Window::at("data:text/html,before");
        other.try_to_go(link);
        other.sees("before");
        other.is_clean();
    }
}
