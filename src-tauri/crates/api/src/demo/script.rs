//! Names and texts of the demo world, from `assets/demo`, and the chance that picks among them.

use include_dir::{Dir, include_dir};
use safety_domain::text::Lang;
use serde_json::Value;

use crate::error::Fault;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../../assets/demo");

/// Names and texts in one language.
#[derive(Debug, Clone)]
pub struct Script(Value);

impl Script {
    /// Reads the script of a language.
    pub fn read(lang: Lang) -> Result<Self, Fault> {
        let name = match lang {
            Lang::Zh => "zh-CN.json",
            Lang::En => "en.json",
        };
        let broken = || Fault::new("demo-script-broken").with("file", name);
        let file = FILES.get_file(name).ok_or_else(broken)?;
        serde_json::from_slice(file.contents())
            .map(Self)
            .map_err(|_| broken())
    }

    /// Whatever stands under a dotted path; empty when nothing does.
    pub fn at(&self, path: &str) -> &Value {
        path.split('.')
            .fold(&self.0, |node, part| match part.parse::<usize>() {
                Ok(index) => node.get(index).unwrap_or(&Value::Null),
                Err(_) => node.get(part).unwrap_or(&Value::Null),
            })
    }

    /// The text under a path.
    pub fn text(&self, path: &str) -> String {
        self.at(path).as_str().unwrap_or_default().to_owned()
    }

    /// One of the items under a path.
    pub fn pick(&self, path: &str, chance: &mut Chance) -> Value {
        match self.at(path).as_array() {
            Some(items) if !items.is_empty() => {
                items.get(chance.below(items.len())).cloned().unwrap_or_default()
            }
            _ => Value::Null,
        }
    }

    /// The photo that stands for evidence.
    pub fn photo() -> Option<&'static [u8]> {
        FILES.get_file("plan.png").map(|file| file.contents())
    }

    /// A person's name: the first ones are rare on purpose.
    pub fn person_name(&self, number: usize, chance: &mut Chance) -> String {
        if let Some(rare) = self
            .at("rare")
            .as_array()
            .and_then(|rare| rare.get(number))
            .and_then(Value::as_str)
        {
            return rare.to_owned();
        }
        let surnames: Vec<char> = self.text("surnames").chars().collect();
        let surname = surnames
            .get(chance.below(surnames.len()))
            .copied()
            .unwrap_or_default();
        format!(
            "{surname}{}",
            self.pick("given", chance).as_str().unwrap_or_default()
        )
    }
}

/// Repeatable chance (SplitMix64): the same world for the same seed.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Chance from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `most`; 0 when there is none.
    pub fn below(&mut self, most: usize) -> usize {
        match u64::try_from(most) {
            Ok(most) if most > 0 => usize::try_from(self.next() % most).unwrap_or_default(),
            _ => 0,
        }
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, of_hundred: usize) -> bool {
        self.below(100) < of_hundred
    }
}
