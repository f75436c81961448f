//! What comes over the admin socket: one JSON object per line is a request, anything else is answered.

use crate::admin::command::{Answer, Code, Request, VERSION};

/// The request of one line, or the answer to what is none.
pub fn read(line: &[u8]) -> Result<Request, Answer> {
    let request: Request =
        serde_json::from_slice(line).map_err(|error| bad(&format!("not a request: {error}")))?;
    match request.v {
        VERSION => Ok(request),
        _ => Err(bad(&format!(
            "this server speaks version {VERSION} of the admin protocol"
        ))),
    }
}

/// The answer to something that is no request.
pub(super) fn bad(why: &str) -> Answer {
    let short: String = why.chars().filter(|c| !c.is_control()).take(200).collect();
    Answer::failed(Code::BadRequest, short, Vec::new())
}
