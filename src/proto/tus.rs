//! Words of tus, the protocol for uploads that go on where they were interrupted (version 1.0.0).

use crate::proto::sasl;

/// The version that is spoken.
pub const VERSION: &str = "1.0.0";
/// What is spoken beyond its core.
pub const EXTENSIONS: &str = "creation,creation-with-upload,expiration,termination";
/// What the bytes of an upload are sent as.
pub const PIECE: &str = "application/offset+octet-stream";

/// The value of this key in `Upload-Metadata`, like `filename d29ybGQ=,to I3Jvb20=`, if it is there and is text.
pub fn metadata(header: &str, key: &str) -> Option<String> {
    let pair = header
        .split(',')
        .map(|pair| pair.trim().split_once(' ').unwrap_or((pair.trim(), "")))
        .find(|(found, _)| *found == key);
    let value = sasl::decode(pair?.1.trim())?;
    String::from_utf8(value).ok()
}

/// A moment as HTTP writes it, like `Wed, 25 Jun 2014 16:00:00 GMT`.
pub fn date(unix_ms: u64) -> Option<String> {
    let ms = i64::try_from(unix_ms).ok()?;
    let moment = jiff::Timestamp::from_millisecond(ms).ok()?;
    Some(moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_found_by_its_key() {
        let header = "filename d29ybGQucGRm, to I3Jvb20=,is_confidential,bad /w==";
        assert_eq!(metadata(header, "filename").as_deref(), Some("world.pdf"));
        assert_eq!(metadata(header, "to").as_deref(), Some("#room"));
        assert_eq!(metadata(header, "is_confidential").as_deref(), Some(""));
        assert_eq!(metadata(header, "bad"), None);
        assert_eq!(metadata(header, "absent"), None);
        assert_eq!(metadata("filename not base64", "filename"), None);
    }

    #[test]
    fn a_date_is_written_as_the_standard_has_it() {
        let expected = Some("Wed, 25 Jun 2014 16:00:00 GMT");
        assert_eq!(date(1_403_712_000_999).as_deref(), expected);
        assert_eq!(date(u64::MAX), None);
    }
}
