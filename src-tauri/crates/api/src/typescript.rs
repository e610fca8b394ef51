//! TypeScript types of the command list, written from the Rust types.

use std::any::TypeId;
use std::collections::{BTreeMap, BTreeSet};

use ts_rs::{TS, TypeVisitor};

use crate::commands::{CommandTypes, typescript_config as config, visit_types};

#[derive(Default)]
struct Declarations {
    seen: BTreeSet<TypeIdKey>,
    text: BTreeMap<String, String>,
    map: String,
}

/// `TypeId` in an ordered set; the order does not reach the output.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct TypeIdKey(TypeId);

impl Declarations {
    fn add<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeIdKey(TypeId::of::<T>())) {
            return;
        }
        let config = config();
        if T::output_path().is_some() {
            let docs = T::docs().unwrap_or_default();
            self.text
                .insert(T::ident(&config), format!("{docs}export {}\n", T::decl(&config)));
        }
        T::visit_dependencies(self);
        // A list's element is a generic, not a dependency.
        T::visit_generics(self);
    }
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

impl CommandTypes for Declarations {
    fn command<A: TS + 'static, R: TS + 'static>(&mut self, name: &str, about: &str) {
        self.add::<A>();
        self.add::<R>();
        let config = config();
        let (args, result) = (A::name(&config), R::name(&config));
        self.map.push_str(&format!(
            "  /** {about} */\n  {name}: {{ args: {args}; result: {result} }};\n"
        ));
    }
}

/// The whole file `core.ts`: every type, and the map from command to arguments and result.
pub fn file() -> String {
    let mut declarations = Declarations::default();
    visit_types(&mut declarations);
    declarations.add::<crate::WireError>();
    let types: String = declarations.text.into_values().collect::<Vec<_>>().join("\n");
    format!(
        "// Written by `make types` from the Rust types; do not edit.\n\n{types}\n\
         /** Every command of the core with its arguments and result. */\n\
         export type Commands = {{\n{}}};\n",
        declarations.map
    )
}
