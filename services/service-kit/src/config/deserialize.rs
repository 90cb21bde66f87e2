//! Reads typed values out of configuration nodes, with the place of every mistake.
//!
//! Like Backstage's reader it is lenient in one way: text is accepted where a number or a boolean is wanted, because
//! `${PORT}` always is text.

use serde::{
    Deserializer,
    de::{self, DeserializeSeed, IntoDeserializer, Visitor},
};

use super::{
    error::Origin,
    node::{self, Kind, Node},
};

/// A mistake on its way up: it learns its path key by key.
#[derive(Debug)]
pub(crate) struct Mistake {
    pub(crate) message: String,
    pub(crate) path: String,
    pub(crate) origin: Option<Origin>,
}

impl Mistake {
    fn inside(mut self, key: &str, node: &Node) -> Self {
        self.path = node::join(key, &self.path);
        self.origin.get_or_insert_with(|| node.origin.clone());
        self
    }
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Mistake {}

impl de::Error for Mistake {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self {
            message: message.to_string(),
            path: String::new(),
            origin: None,
        }
    }
}

/// A node as a source of typed values.
pub(crate) struct NodeDeserializer<'a>(pub(crate) &'a Node);

impl NodeDeserializer<'_> {
    fn boolean(&self) -> Option<bool> {
        let Kind::String(text) = &self.0.kind else { return None };
        match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "y" | "on" => Some(true),
            "false" | "no" | "n" | "off" => Some(false),
            _ => None,
        }
    }

    fn number<T: std::str::FromStr>(&self) -> Option<T> {
        match &self.0.kind {
            Kind::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }
}

/// Numbers, with text as a second chance.
macro_rules! lenient_numbers {
    ($($method:ident $visit:ident $kind:ty,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
            match self.number::<$kind>() {
                Some(value) => visitor.$visit(value),
                None => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for NodeDeserializer<'de> {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match &self.0.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Number(value) => {
                if let Some(value) = value.as_u64() {
                    visitor.visit_u64(value)
                } else if let Some(value) = value.as_i64() {
                    visitor.visit_i64(value)
                } else {
                    visitor.visit_f64(value.as_f64().unwrap_or(f64::NAN))
                }
            }
            Kind::String(value) => visitor.visit_borrowed_str(value),
            Kind::Array(items) => visitor.visit_seq(Items { items, index: 0 }),
            Kind::Object(entries) => visitor.visit_map(Entries { entries, index: 0 }),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.boolean() {
            Some(value) => visitor.visit_bool(value),
            None => self.deserialize_any(visitor),
        }
    }

    lenient_numbers! {
        deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
        deserialize_f32 visit_f32 f32,
        deserialize_f64 visit_f64 f64,
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.0.kind {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Mistake> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        match &self.0.kind {
            Kind::String(variant) => visitor.visit_enum(variant.as_str().into_deserializer()),
            Kind::Object(entries) if entries.len() == 1 => {
                visitor.visit_enum(de::value::MapAccessDeserializer::new(Entries { entries, index: 0 }))
            }
            _ => Err(de::Error::custom(format!(
                "{name} is one of {}, not {}",
                variants.join(", "),
                self.0.type_name()
            ))),
        }
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Items<'de> {
    items: &'de [Node],
    index: usize,
}

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = Mistake;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mistake> {
        let Some(item) = self.items.get(self.index) else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        seed.deserialize(NodeDeserializer(item))
            .map(Some)
            .map_err(|mistake| mistake.inside(&format!("[{index}]"), item))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.index)
    }
}

struct Entries<'de> {
    entries: &'de [(String, Node)],
    index: usize,
}

impl<'de> de::MapAccess<'de> for Entries<'de> {
    type Error = Mistake;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mistake> {
        let Some((key, node)) = self.entries.get(self.index) else {
            return Ok(None);
        };
        let key_deserializer: de::value::StrDeserializer<'_, Mistake> = key.as_str().into_deserializer();
        seed.deserialize(key_deserializer)
            .map(Some)
            .map_err(|mistake| mistake.inside(key, node))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        let (key, node) = &self.entries[self.index];
        self.index += 1;
        seed.deserialize(NodeDeserializer(node))
            .map_err(|mistake| mistake.inside(key, node))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len() - self.index)
    }
}
