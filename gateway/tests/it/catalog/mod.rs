//! The catalog as Backstage's clients ask for it.

mod entities;
mod locations;
mod processing;
mod search;
