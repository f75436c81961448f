//! Sanctions, which outlive a restart.

use super::on_each;
use super::records::kept;
use crate::store::record::Record;
use crate::store::record::sanction::{Sanction, SanctionId, What, Whom};

fn sanction(id: u64, reason: &str) -> Record {
    Record::Sanction(Box::new(Sanction {
        id: SanctionId(id),
        what: What::Ban(Whom::Network("192.0.2.0/24".parse().unwrap())),
        by: "root".into(),
        at_ms: 5,
        until_ms: Some(u64::MAX),
        reason: Some(reason.into()),
        hits: 1,
    }))
}

#[test]
fn a_sanction_that_is_lifted_is_gone_and_its_number_is_not() {
    on_each(|backend| {
        backend.keep(&[sanction(1, "one"), sanction(2, "two")]);
        backend.keep(&[sanction(1, "changed")]);
        backend.keep(&[Record::SanctionGone(SanctionId(2))]);
        assert_eq!(kept(backend), [sanction(1, "changed")]);
        assert_eq!(backend.load().last_sanction, 2);
        backend.keep(&[Record::SanctionGone(SanctionId(1))]);
        assert_eq!(kept(backend), []);
        assert_eq!(backend.load().last_sanction, 2);
    });
}
