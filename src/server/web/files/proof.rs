//! How a request shows who asks: a token of `FILE TOKEN`, or an account and its password (RFC 7617).

use crate::proto::sasl;
use crate::server::world::file::Proof;
use crate::store::record::account::Secret;
use hyper::HeaderMap;
use hyper::header::AUTHORIZATION;

/// What the request shows. What cannot be read is a wrong proof, not a missing one.
pub(super) fn of(headers: &HeaderMap) -> Proof {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Proof::None;
    };
    let wrong = Proof::Token(Secret("".into()));
    let Some((scheme, shown)) = value.to_str().ok().and_then(|text| text.split_once(' ')) else {
        return wrong;
    };
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Proof::Token(Secret(shown.trim().into())),
        "basic" => basic(shown.trim()).unwrap_or(wrong),
        _ => wrong,
    }
}

fn basic(shown: &str) -> Option<Proof> {
    let both = String::from_utf8(sasl::decode(shown)?).ok()?;
    let (account, password) = both.split_once(':')?;
    Some(Proof::Basic {
        account: account.into(),
        password: Secret(password.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn shown(value: &str) -> Proof {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        of(&headers)
    }

    #[test]
    fn a_token_and_a_password_are_read() {
        assert_eq!(of(&HeaderMap::new()), Proof::None);
        assert_eq!(shown("Bearer abc"), Proof::Token(Secret("abc".into())));
        assert_eq!(shown("bearer  abc "), Proof::Token(Secret("abc".into())));
        let basic = Proof::Basic {
            account: "ann".into(),
            password: Secret("a:b".into()),
        };
        assert_eq!(shown("Basic YW5uOmE6Yg=="), basic);
    }

    #[test]
    fn what_cannot_be_read_proves_nothing_and_is_not_nothing() {
        for value in [
            "",
            "Bearer",
            "Basic !",
            "Basic YW5u",
            "Digest x=y",
            "Basic /w==",
        ] {
            assert_eq!(shown(value), Proof::Token(Secret("".into())), "{value}");
        }
    }
}
