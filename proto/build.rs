//! Compiles every `callboard/<service>/v1/*.proto` with protox, so that no system `protoc` is needed.

use std::{env, fs, path::PathBuf};

use prost::Message;

const PROTOS: &[&str] = &[
    "callboard/catalog/v1/service.proto",
    "callboard/lighthouse_audit/v1/service.proto",
    "callboard/proxy/v1/service.proto",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=callboard");
    let descriptors = protox::compile(PROTOS, ["."])?;
    let descriptor_path = PathBuf::from(env::var("OUT_DIR")?).join("callboard_descriptor.bin");
    fs::write(&descriptor_path, descriptors.encode_to_vec())?;
    tonic_prost_build::configure().bytes(".").compile_fds(descriptors)?;
    Ok(())
}
