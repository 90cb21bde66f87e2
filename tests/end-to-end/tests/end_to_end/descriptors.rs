//! Descriptors that several tests use.

/// A component of a type.
pub(crate) fn component_of_type(name: &str, component_type: &str) -> String {
    format!(
        "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: {name}\nspec:\n  type: {component_type}\n  \
         lifecycle: production\n  owner: team\n"
    )
}

/// A component.
pub(crate) fn component(name: &str) -> String {
    component_of_type(name, "service")
}

/// A group.
pub(crate) fn group(name: &str) -> String {
    format!(
        "---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata:\n  name: {name}\nspec:\n  type: team\n  children: []\n"
    )
}

/// A Location of the type of the file it stands in.
pub(crate) fn location(name: &str, targets: &[&str]) -> String {
    let targets: Vec<_> = targets.iter().map(|target| format!("    - {target:?}\n")).collect();
    format!(
        "---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: {name}\nspec:\n  targets:\n{}",
        targets.concat()
    )
}

/// The ref of a component in the default namespace.
pub(crate) fn component_ref(name: &str) -> String {
    format!("component:default/{name}")
}
