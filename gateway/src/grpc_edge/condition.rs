//! What a caller may see, written into a request.

use callboard_proto::catalog::v1::{
    PermissionCondition, PermissionConditionList, ReadOptions, permission_condition::Condition,
};
use prost::encoding::message;

use super::methods::ConditionAt;

/// The bytes to write behind a request's own; `None` when it has no place for them.
///
/// The condition goes into a list whose members must all be true: were there one in the request already, protobuf would add
/// ours to its list, or replace it, and either way the caller sees no more than it may.
pub(super) fn fields(condition: PermissionCondition, place: ConditionAt) -> Option<Vec<u8>> {
    let condition = PermissionCondition {
        condition: Some(Condition::AllOf(PermissionConditionList {
            conditions: vec![condition],
        })),
    };
    let mut bytes = Vec::new();
    match place {
        ConditionAt::Nowhere => return None,
        ConditionAt::Field(tag) => message::encode(tag, &condition, &mut bytes),
        ConditionAt::ReadOptions => {
            let read = ReadOptions {
                min_revision: 0,
                condition: Some(condition),
            };
            message::encode(1, &read, &mut bytes);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use callboard_proto::catalog::v1::{GetEntityByNameRequest, IsEntityKind, IsEntityOwner, WatchEntitiesRequest};
    use prost::Message;

    use super::*;

    fn owner(claim: &str) -> PermissionCondition {
        PermissionCondition {
            condition: Some(Condition::IsEntityOwner(IsEntityOwner {
                claims: vec![claim.to_owned()],
            })),
        }
    }

    fn members(condition: Option<PermissionCondition>) -> Vec<PermissionCondition> {
        match condition.and_then(|condition| condition.condition) {
            Some(Condition::AllOf(list)) => list.conditions,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_request_says_itself_never_widens_it() {
        let own = fields(owner("user:default/jane"), ConditionAt::ReadOptions).expect("a place");
        let wider = PermissionCondition {
            condition: Some(Condition::IsEntityKind(IsEntityKind {
                kinds: vec!["component".to_owned()],
            })),
        };
        let all_of = PermissionCondition {
            condition: Some(Condition::AllOf(PermissionConditionList {
                conditions: vec![wider.clone()],
            })),
        };
        for (sent, expected) in [
            (None, vec![owner("user:default/jane")]),
            (Some(owner("user:default/joe")), vec![owner("user:default/jane")]),
            (Some(wider.clone()), vec![owner("user:default/jane")]),
            (Some(all_of), vec![wider, owner("user:default/jane")]),
        ] {
            let request = GetEntityByNameRequest {
                read: Some(ReadOptions {
                    min_revision: 7,
                    condition: sent,
                }),
                name: "a".to_owned(),
                ..GetEntityByNameRequest::default()
            };
            let mut bytes = request.encode_to_vec();
            bytes.extend_from_slice(&own);
            let merged = GetEntityByNameRequest::decode(&bytes[..]).expect("decodes");
            let read = merged.read.expect("options");
            assert_eq!((read.min_revision, merged.name.as_str()), (7, "a"));
            assert_eq!(members(read.condition), expected);
        }
    }

    #[test]
    fn fields_of_messages_are_reached() {
        let own = fields(owner("user:default/jane"), ConditionAt::Field(4)).expect("a place");
        let merged = WatchEntitiesRequest::decode(&own[..]).expect("decodes");
        assert_eq!(members(merged.condition), [owner("user:default/jane")]);
        assert_eq!(fields(owner("x"), ConditionAt::Nowhere), None);
    }
}
