//! Order directives, in the three spellings of the REST API.

use callboard_proto::catalog::v1::{OrderField, SortDirection};

use crate::{error::ApiError, http::json_body::JsonBody};

/// `order=asc:metadata.name` of `GET /entities`.
pub(crate) fn parse_prefixed(orders: &[String]) -> Result<Vec<OrderField>, ApiError> {
    let parse = |order: &String| {
        let (direction, field) = order.split_once(':')?;
        let direction = direction_of(direction)?;
        (!field.is_empty()).then(|| order_field(field, direction))
    };
    let refuse = |order: &String| {
        ApiError::input(format!(
            "Invalid order parameter \"{order}\", expected \"<asc or desc>:<field name>\""
        ))
    };
    orders
        .iter()
        .map(|order| parse(order).ok_or_else(|| refuse(order)))
        .collect()
}

/// `orderField=metadata.name,asc` of `GET /entities/by-query`.
pub(crate) fn parse_suffixed(order_fields: &[String]) -> Result<Vec<OrderField>, ApiError> {
    let parse = |text: &String| match text.split_once(',') {
        None => Ok(order_field(text, SortDirection::Unspecified)),
        Some((field, direction)) => direction_of(direction)
            .map(|direction| order_field(field, direction))
            .ok_or_else(|| ApiError::input("Invalid order field order, must be asc or desc")),
    };
    order_fields.iter().map(parse).collect()
}

/// `orderBy: [{field, order}]` of `POST /entities/by-query`.
pub(crate) fn parse_members(body: &mut JsonBody) -> Vec<OrderField> {
    body.each("orderBy", |order| {
        order.require("field");
        let field = order.text("field").unwrap_or_default();
        let direction = order.one_of("order", &["asc", "desc"]).and_then(direction_of);
        order_field(&field, direction.unwrap_or(SortDirection::Unspecified))
    })
}

fn direction_of(text: &str) -> Option<SortDirection> {
    match text {
        "asc" => Some(SortDirection::Asc),
        "desc" => Some(SortDirection::Desc),
        _ => None,
    }
}

fn order_field(field: &str, direction: SortDirection) -> OrderField {
    OrderField {
        field: field.to_owned(),
        direction: direction.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(values: &[&str]) -> Vec<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn parses_all_spellings() {
        let ascending = vec![order_field("metadata.name", SortDirection::Asc)];
        assert_eq!(
            parse_prefixed(&texts(&["asc:metadata.name"])).expect("parses"),
            ascending
        );
        assert_eq!(
            parse_suffixed(&texts(&["metadata.name,asc"])).expect("parses"),
            ascending
        );
        assert_eq!(
            parse_suffixed(&texts(&["metadata.name"])).expect("parses"),
            [order_field("metadata.name", SortDirection::Unspecified)]
        );
        let mut body = JsonBody::parse(br#"{"orderBy":[{"field":"metadata.name","order":"asc"}]}"#).expect("parses");
        assert_eq!(parse_members(&mut body), ascending);
    }

    #[test]
    fn refuses_other_text() {
        for order in ["metadata.name", "up:metadata.name", "asc:"] {
            assert_eq!(
                parse_prefixed(&texts(&[order])).expect_err(order).message(),
                format!("Invalid order parameter \"{order}\", expected \"<asc or desc>:<field name>\"")
            );
        }
        assert_eq!(
            parse_suffixed(&texts(&["a,up"])).expect_err("is refused").message(),
            "Invalid order field order, must be asc or desc"
        );
        let mut body = JsonBody::parse(br#"{"orderBy":[{"field":"a","order":"up"}]}"#).expect("parses");
        parse_members(&mut body);
        assert_eq!(
            body.finish().expect_err("is refused").message(),
            "request/body/orderBy/0/order must be equal to one of the allowed values: asc, desc"
        );
    }
}
