//! Lines for the wire, and the requests they make.

use crate::client::asked::{Fence, What};
use crate::client::caps;
use crate::client::deed::Deed;
use crate::client::state::State;
use crate::proto::write::LineWriter;

impl State {
    /// Sends a line that no answer is expected to.
    pub fn send(&mut self, verb: &str, params: &[&str], last: Option<&str>) {
        self.write(&[], verb, params, last);
    }

    /// Sends a request and notes it.
    pub fn ask(&mut self, what: What, verb: &str, params: &[&str], last: Option<&str>) {
        self.ask_tagged(what, &[], verb, params, last);
    }

    /// Sends a request with tags of its own; their values are those of the wire.
    pub fn ask_tagged(
        &mut self,
        what: What,
        tags: &[(&str, &str)],
        verb: &str,
        params: &[&str],
        last: Option<&str>,
    ) {
        let label = self.asked.push(what, self.now);
        let mut all = Vec::new();
        if self.has(caps::LABELED_RESPONSE) {
            all.push(("label", label.as_str()));
        }
        if self.has(caps::MESSAGE_TAGS) {
            all.extend_from_slice(tags);
        }
        self.write(&all, verb, params, last);
    }

    /// Sends a line with these tags.
    pub fn write(
        &mut self,
        tags: &[(&str, &str)],
        verb: &str,
        params: &[&str],
        last: Option<&str>,
    ) {
        let mut line = Vec::new();
        let mut writer = LineWriter::new(&mut line);
        for (key, value) in tags {
            writer = writer.tag(key, value);
        }
        writer = writer.verb("", verb);
        for param in params {
            writer = writer.param(param);
        }
        if let Some(last) = last {
            writer = writer.trailing(last);
        }
        writer.finish();
        self.deeds.push(Deed::Send(line));
    }

    /// Asks the server for a sign of life, behind everything sent so far.
    pub fn fence(&mut self, fence: Fence) {
        let token = match fence {
            Fence::Arrival => "arrival",
            Fence::Said => "said",
            Fence::Alive => "alive",
        };
        self.asked.push(What::Fence(fence), self.now);
        self.write(&[], "PING", &[token], None);
    }
}
