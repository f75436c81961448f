//! A real browser without a screen: Debian's Chromium, told what to do by its chromedriver (W3C WebDriver).
//!
//! One Chromium serves all tests that run at the same time. Each [`Window`] has a session of its own, and each server a
//! port of its own, so nothing that a page keeps is seen by the page of another test.

use crate::process::DEADLINE;
use rustix::process::geteuid;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Weak};
use tempfile::TempDir;
use ureq::Agent;

/// What Chromium is started with: no screen, no calls home, nothing of an earlier run.
const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--force-device-scale-factor=1",
    "--hide-scrollbars",
    "--lang=en",
];

/// The browser that tests share while they run.
static SHARED: Mutex<Weak<Browser>> = Mutex::new(Weak::new());

/// Chromium and what drives it; both end when the last test that uses them does.
pub(crate) struct Browser {
    chromedriver: Child,
    port: u16,
    agent: Agent,
    /// The session that started Chromium, and ends it.
    first: String,
    /// Where Chromium listens.
    debugger: String,
    _home: TempDir,
}

impl Browser {
    /// The one that runs, or a new one.
    pub(crate) fn shared() -> Arc<Self> {
        let mut shared = SHARED.lock().unwrap_or_else(|broken| broken.into_inner());
        if let Some(browser) = shared.upgrade() {
            return browser;
        }
        let browser = Arc::new(Self::start());
        *shared = Arc::downgrade(&browser);
        browser
    }

    fn start() -> Self {
        let home = tempfile::tempdir().expect("a directory");
        let mut chromedriver = Command::new("chromedriver")
            .arg("--port=0")
            .env("HOME", home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver (Debian: chromium-driver) is installed");
        let port = port_of(&mut chromedriver);
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(DEADLINE))
            .build();
        let mut browser = Self {
            chromedriver,
            port,
            agent: Agent::new_with_config(config),
            first: String::new(),
            debugger: String::new(),
            _home: home,
        };
        let profile = browser._home.path().join("profile");
        let mut arguments: Vec<String> = ARGUMENTS.iter().map(|&word| word.into()).collect();
        arguments.push(format!("--user-data-dir={}", profile.display()));
        if geteuid().is_root() {
            arguments.push("--no-sandbox".into());
        }
        let (session, options) = browser.session(json!({ "args": arguments }));
        let address = options["debuggerAddress"].as_str().expect("an address");
        (browser.first, browser.debugger) = (session, address.to_owned());
        browser
    }

    /// A session in the browser that runs.
    pub(crate) fn attach(&self) -> String {
        self.session(json!({ "debuggerAddress": self.debugger })).0
    }

    /// Begins a session; its name and what became of the options.
    fn session(&self, options: Value) -> (String, Value) {
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "timeouts": { "script": DEADLINE.as_millis() as u64 },
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": options,
        }}});
        let made = self.post("/session", &wanted).expect("a session");
        let session = made["sessionId"].as_str().expect("a session");
        let options = made["capabilities"]["goog:chromeOptions"].clone();
        (session.to_owned(), options)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value, String> {
        let request = self.agent.post(self.address(path));
        let request = request.header("Content-Type", "application/json");
        let answer = request.send(body.to_string());
        value(answer.and_then(|mut answer| {
            answer
                .body_mut()
                .with_config()
                .limit(1 << 26)
                .read_to_string()
        }))
    }

    pub(crate) fn get(&self, path: &str) -> Result<Value, String> {
        let answer = self.agent.get(self.address(path)).call();
        value(answer.and_then(|mut answer| {
            answer
                .body_mut()
                .with_config()
                .limit(1 << 26)
                .read_to_string()
        }))
    }

    pub(crate) fn delete(&self, path: &str) -> Result<Value, String> {
        let answer = self.agent.delete(self.address(path)).call();
        value(answer.and_then(|mut answer| answer.body_mut().read_to_string()))
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.delete(&format!("/session/{}", self.first));
        let _ = self.chromedriver.kill();
        let _ = self.chromedriver.wait();
    }
}

/// The port that chromedriver says it listens on.
fn port_of(chromedriver: &mut Child) -> u16 {
    let mut said = BufReader::new(chromedriver.stdout.take().expect("a pipe"));
    loop {
        let mut line = String::new();
        let read = said.read_line(&mut line).expect("text");
        assert!(read > 0, "chromedriver ended");
        if line.contains("started successfully")
            && let Some(word) = line.trim_end().trim_end_matches('.').rsplit(' ').next()
        {
            return word.parse().expect("a port");
        }
    }
}

/// What stands in an answer of chromedriver, or why there is none.
fn value(answer: Result<String, ureq::Error>) -> Result<Value, String> {
    let text = answer.map_err(|error| error.to_string())?;
    let answer: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let value = answer["value"].clone();
    match value["error"].as_str() {
        Some(error) => Err(format!("{error}: {}", value["message"])),
        None => Ok(value),
    }
}
