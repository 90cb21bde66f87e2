//! Short names for the catalog's predicates.

use callboard_proto::catalog::v1::{
    FieldExists, FieldHasPrefix, FieldIn, Predicate, PredicateList, predicate::Condition,
};

fn predicate(condition: Condition) -> Predicate {
    Predicate {
        condition: Some(condition),
    }
}

/// True when all members are.
pub(crate) fn all(predicates: Vec<Predicate>) -> Predicate {
    predicate(Condition::All(PredicateList { predicates }))
}

/// True when any member is.
pub(crate) fn any(predicates: Vec<Predicate>) -> Predicate {
    predicate(Condition::Any(PredicateList { predicates }))
}

/// The single member, or all of them together.
pub(crate) fn all_of(mut predicates: Vec<Predicate>) -> Predicate {
    if predicates.len() == 1 {
        predicates.remove(0)
    } else {
        all(predicates)
    }
}

/// True when the member is not.
pub(crate) fn not(member: Predicate) -> Predicate {
    predicate(Condition::Not(Box::new(member)))
}

/// The field has some value.
pub(crate) fn exists(key: impl Into<String>) -> Predicate {
    predicate(Condition::Exists(FieldExists { key: key.into() }))
}

/// Some value of the field is one of `values`.
pub(crate) fn is_in(key: impl Into<String>, values: Vec<String>) -> Predicate {
    predicate(Condition::In(FieldIn {
        key: key.into(),
        values,
    }))
}

/// Some value of the field starts with `prefix`.
pub(crate) fn has_prefix(key: impl Into<String>, prefix: impl Into<String>) -> Predicate {
    predicate(Condition::HasPrefix(FieldHasPrefix {
        key: key.into(),
        prefix: prefix.into(),
    }))
}
