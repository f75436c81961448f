//! Percent-encoding, as it stands in links, in queries and in names of files (RFC 3986).

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Bytes as they stand in one segment of a path or in one value of a query: letters, digits and `-._~`, all
/// others as `%XX`.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            text.push(char::from(*byte));
        } else {
            text.push('%');
            for half in [byte >> 4, byte & 0xf] {
                text.push(char::from(*HEX.get(usize::from(half)).unwrap_or(&b'0')));
            }
        }
    }
    text
}

/// What is meant; `None` if there is a `%` without two hexadecimal digits.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if *first == b'%' {
            let (pair, tail) = rest.split_at_checked(2)?;
            let [high, low] = pair else { return None };
            let digit = |digit: &u8| char::from(*digit).to_digit(16);
            bytes.push(u8::try_from(digit(high)? << 4 | digit(low)?).ok()?);
            rest = tail;
        } else {
            bytes.push(*first);
        }
    }
    Some(bytes)
}

/// What is meant, if it is text.
pub fn decode_text(text: &str) -> Option<String> {
    String::from_utf8(decode(text)?).ok()
}

/// The value of this key in a query like `to=%23room&name=a+b`, if it is there and is text.
pub fn value(query: &str, key: &str) -> Option<String> {
    query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .find(|(found, _)| *found == key)
        .and_then(|(_, value)| decode_text(&value.replace('+', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_read_again() {
        for (text, encoded) in [
            ("", ""),
            ("a-b._~Z9", "a-b._~Z9"),
            ("#room", "%23room"),
            ("ä/..\0", "%C3%A4%2F..%00"),
            ("%41+ ", "%2541%2B%20"),
        ] {
            assert_eq!(encode(text.as_bytes()), encoded);
            assert_eq!(decode_text(encoded).as_deref(), Some(text));
        }
    }

    #[test]
    fn half_an_escape_is_none() {
        for text in ["%", "%4", "%4g", "%g4", "a%", "%é", "%+1"] {
            assert_eq!(decode(text), None, "{text}");
        }
        assert_eq!(decode("%ff"), Some(vec![0xff]));
        assert_eq!(decode_text("%ff"), None);
    }

    #[test]
    fn a_query_is_read_as_a_form_writes_it() {
        let query = "to=%23r%26d&name=a+b%2Bc&inline&x=";
        assert_eq!(value(query, "to").as_deref(), Some("#r&d"));
        assert_eq!(value(query, "name").as_deref(), Some("a b+c"));
        assert_eq!(value(query, "inline").as_deref(), Some(""));
        assert_eq!(value(query, "x").as_deref(), Some(""));
        assert_eq!(value(query, "absent"), None);
        assert_eq!(value("name=%ff", "name"), None);
    }
}
