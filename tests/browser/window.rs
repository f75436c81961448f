//! One window of the browser, and what a person does in it. Each wait has a deadline.

use crate::driver::Browser;
use crate::process::DEADLINE;
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// How WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// Longest that the page looks by itself before the test does again.
const LOOK: Duration = Duration::from_secs(5);

/// Runs in each page before its own scripts: keeps what must never happen.
const WITNESS: &str = r#"
    window.seen = { violations: [], alerts: [], errors: [] };
    addEventListener("securitypolicyviolation", (event) =>
        window.seen.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
    addEventListener("error", (event) => window.seen.errors.push(String(event.message)));
    addEventListener("unhandledrejection", (event) => window.seen.errors.push(String(event.reason)));
    for (const name of ["alert", "confirm", "prompt"]) {
        window[name] = (text) => void window.seen.alerts.push(`${name} ${text}`);
    }
"#;

/// Keys by WebDriver's names for them.
pub(crate) mod key {
    pub(crate) const ENTER: char = '\u{E007}';
    pub(crate) const ESCAPE: char = '\u{E00C}';
    pub(crate) const SHIFT: char = '\u{E008}';
    pub(crate) const CONTROL: char = '\u{E009}';
    pub(crate) const ALT: char = '\u{E00A}';
    pub(crate) const DOWN: char = '\u{E015}';
}

/// A window; closed when dropped. What it shows is kept as a picture if the test fails.
pub(crate) struct Window {
    browser: Arc<Browser>,
    /// `/session/…`
    session: String,
}

impl Window {
    /// A window with nothing in it.
    pub(crate) fn new() -> Self {
        let browser = Browser::shared();
        let session = format!("/session/{}", browser.attach());
        let window = Self { browser, session };
        // While other windows of the same browser open, the driver sometimes does not know the new one's handle.
        let handle = (0..10).find_map(|_| {
            let made = window.post("/window/new", json!({ "type": "window" }));
            made["handle"].as_str().map(str::to_owned)
        });
        window.post("/window", json!({ "handle": handle }));
        window.size(1280, 800);
        window.protocol(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": WITNESS }),
        );
        window
    }

    /// A window with this page in it.
    pub(crate) fn at(address: &str) -> Self {
        let window = Self::new();
        window.go(address);
        window
    }

    fn post(&self, path: &str, body: Value) -> Value {
        let done = self.browser.post(&format!("{}{path}", self.session), &body);
        done.unwrap_or_else(|error| panic!("{path} {body}: {error}"))
    }

    /// Has something done that WebDriver has no word for.
    pub(crate) fn protocol(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.post("/goog/cdp/execute", body)
    }

    pub(crate) fn go(&self, address: &str) {
        self.post("/url", json!({ "url": address }));
    }

    /// Follows an address that may lead to no page.
    pub(crate) fn try_to_go(&self, address: &str) {
        let path = format!("{}/url", self.session);
        let _ = self.browser.post(&path, &json!({ "url": address }));
    }

    /// Loads the page again, whatever it has to say about that.
    pub(crate) fn reload(&self) {
        let script = "addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true });
             setTimeout(() => location.reload()); window.seen = null;";
        // The page may be gone before the driver has its answer: whether it begins again is seen below.
        let body = json!({ "script": script, "args": [] });
        drop(
            self.browser
                .post(&format!("{}/execute/sync", self.session), &body),
        );
        self.until("window.seen && document.readyState === 'complete'");
    }

    /// How large the page is.
    pub(crate) fn size(&self, width: u32, height: u32) {
        let parameters =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.protocol("Emulation.setDeviceMetricsOverride", parameters);
    }

    /// What a function's body returns in the page.
    pub(crate) fn run(&self, body: &str) -> Value {
        self.post("/execute/sync", json!({ "script": body, "args": [] }))
    }

    /// Waits until an expression is true in the page (not null, 0 or empty), and tells what it is.
    pub(crate) fn until(&self, expression: &str) -> Value {
        let script = format!(
            "const tell = arguments[0], end = Date.now() + {};
             const look = () => {{
                 let found = null;
                 try {{ found = {expression}; }} catch {{}}
                 if (found || Date.now() > end) tell(found); else setTimeout(look, 10);
             }};
             look();",
            LOOK.as_millis()
        );
        let begin = Instant::now();
        loop {
            let path = format!("{}/execute/async", self.session);
            let body = json!({ "script": script, "args": [] });
            // An error is a page that was left while it looked.
            let found = self.browser.post(&path, &body);
            let is_there = |found: &Value| !matches!(found, Value::Null | Value::Bool(false));
            if let Ok(found) = &found
                && is_there(found)
                && found != &json!(0)
                && found != &json!("")
            {
                return found.clone();
            }
            let text = || self.run("return document.body.innerText");
            assert!(
                begin.elapsed() < DEADLINE,
                "never: {expression}\n{found:?}\n{}",
                text()
            );
        }
    }

    /// Waits until somebody who looks at the page sees this text.
    pub(crate) fn sees(&self, text: &str) {
        self.until(&format!(
            "document.body.innerText.includes({})",
            json!(text)
        ));
    }

    /// Whether the text is there now.
    pub(crate) fn shows(&self, text: &str) -> bool {
        let found = self.run(&format!(
            "return document.body.innerText.includes({})",
            json!(text)
        ));
        found == json!(true)
    }

    /// The first element that is shown for a CSS selector.
    fn element(&self, css: &str) -> String {
        let found = self.until(&shown(css));
        found[ELEMENT].as_str().expect("an element").to_owned()
    }

    /// Clicks on what an expression finds; again if the page has drawn another in its place meanwhile.
    fn click_on(&self, expression: &str) {
        for _ in 0..20 {
            let found = self.until(expression);
            let element = found[ELEMENT].as_str().expect("an element");
            let path = format!("{}/element/{element}/click", self.session);
            match self.browser.post(&path, &json!({})) {
                Ok(_) => return,
                Err(error) if error.starts_with("stale element") => {}
                Err(error) => panic!("{expression}: {error}"),
            }
        }
        panic!("{expression} is drawn again and again");
    }

    /// Clicks on the first element that is shown for a CSS selector.
    pub(crate) fn click(&self, css: &str) {
        self.click_on(&shown(css));
    }

    /// Clicks on the button, link or tab that says this.
    pub(crate) fn press_button(&self, name: &str) {
        let name = json!(name);
        self.click_on(&format!(
            "[...document.querySelectorAll('button, a, [role=button], [role=tab], [role=menuitem], summary')]
                .find((one) => one.checkVisibility({{ visibilityProperty: true }}) && !one.disabled
                    && [one.textContent.trim(), one.getAttribute('aria-label'), one.title].includes({name}))"
        ));
    }

    /// Types into the first field that is shown for a CSS selector.
    pub(crate) fn write(&self, css: &str, text: &str) {
        let path = format!("/element/{}/value", self.element(css));
        self.post(&path, json!({ "text": text }));
    }

    /// Empties a field, then types into it.
    pub(crate) fn rewrite(&self, css: &str, text: &str) {
        let path = format!("/element/{}/clear", self.element(css));
        self.post(&path, json!({}));
        self.write(css, text);
    }

    /// Gives a file to a field for files, even if it is hidden.
    pub(crate) fn choose_file(&self, css: &str, file: &Path) {
        let css = json!(css);
        let found = self.until(&format!("document.querySelector({css})"));
        let element = found[ELEMENT].as_str().expect("an element");
        let text = json!({ "text": file.to_str().expect("a path of text") });
        self.post(&format!("/element/{element}/value"), text);
    }

    /// Presses keys, the former held down until the last was pressed.
    pub(crate) fn chord(&self, keys: &[char]) {
        let does = |kind: &str, key: &char| json!({ "type": kind, "value": key.to_string() });
        let down = keys.iter().map(|key| does("keyDown", key));
        let up = keys.iter().rev().map(|key| does("keyUp", key));
        let actions: Vec<Value> = down.chain(up).collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.post("/actions", json!({ "actions": [keyboard] }));
    }

    /// Turns the wheel over the middle of an element, by so many pixels.
    pub(crate) fn wheel(&self, css: &str, down: i32) {
        let origin = json!({ ELEMENT: self.element(css) });
        let turn = json!({ "type": "scroll", "x": 0, "y": 0, "deltaX": 0, "deltaY": down, "duration": 0, "origin": origin });
        let wheel = json!({ "type": "wheel", "id": "wheel", "actions": [turn] });
        self.post("/actions", json!({ "actions": [wheel] }));
    }

    /// Types wherever the cursor is.
    pub(crate) fn keys(&self, text: &str) {
        for key in text.chars() {
            self.chord(&[key]);
        }
    }

    /// What must never have happened: scripts that the page's rules stopped or that spoke up, and errors.
    pub(crate) fn is_clean(&self) {
        let seen = self.run("return window.seen");
        let nothing = json!({ "violations": [], "alerts": [], "errors": [] });
        assert_eq!(seen, nothing);
    }

    /// A picture of the page as it is, kept in `target/browser/`.
    pub(crate) fn picture(&self, name: &str) {
        let path = format!("{}/screenshot", self.session);
        let Ok(picture) = self.browser.get(&path) else {
            return;
        };
        let bytes = Base64::decode_vec(picture.as_str().unwrap_or_default()).unwrap_or_default();
        let folder = pictures();
        let _ = fs::create_dir_all(&folder);
        let _ = fs::write(folder.join(format!("{name}.png")), bytes);
    }
}

/// Finds the first element that is shown for a CSS selector.
fn shown(css: &str) -> String {
    let css = json!(css);
    format!(
        "[...document.querySelectorAll({css})].find((one) => one.checkVisibility({{ visibilityProperty: true }}))"
    )
}

/// Where pictures are kept.
fn pictures() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser")
}

impl Drop for Window {
    fn drop(&mut self) {
        if thread::panicking() {
            let name = thread::current().name().unwrap_or("test").replace(':', "_");
            let id = self.session.rsplit('/').next().and_then(|id| id.get(..6));
            self.picture(&format!("failed-{name}-{}", id.unwrap_or_default()));
            let console = self.browser.post(
                &format!("{}/se/log", self.session),
                &json!({ "type": "browser" }),
            );
            eprintln!(
                "The page is in {}; its console: {console:?}",
                pictures().display()
            );
        }
        let _ = self.browser.delete(&format!("{}/window", self.session));
        let _ = self.browser.delete(&self.session);
    }
}
