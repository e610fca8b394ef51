//! Posts: wording, and a chain of answering that ends at the top.

use super::Check;
use crate::standard::Post;

const FILE: &str = "posts.json#";

pub(super) fn check(check: &mut Check<'_>) {
    let standard = check.standard;
    check.filled(FILE, &standard.posts);
    check.ids(FILE, standard.posts.iter().map(|p| p.id.as_str()));
    for post in &standard.posts {
        let place = format!("{FILE}/{}", post.id);
        check.text(&format!("{place}/title"), &post.title);
        check.text(&format!("{place}/summary"), &post.summary);
        check.text(&format!("{place}/scope"), &post.scope);
        check.text(&format!("{place}/basis/source"), &post.basis.source);
        check.filled(&format!("{place}/duties"), &post.duties);
        check.texts(&format!("{place}/duties"), &post.duties);
        check.levels(&format!("{place}/levels"), &post.levels);
        if post.holders == Some(0) {
            check.fault(&format!("{place}/holders"), "standard-holders-zero", &[]);
        }
        answers(check, post, &format!("{place}/answers_to"));
    }
}

/// The post above exists, stands at the same level or higher, and its chain does not come back.
fn answers(check: &mut Check<'_>, post: &Post, path: &str) {
    let Some(above_id) = &post.answers_to else { return };
    let standard = check.standard;
    let Some(above) = standard.post(above_id) else {
        check.known(path, "standard-unknown-post", above_id, false);
        return;
    };
    let top = above.levels.iter().min();
    if post
        .levels
        .iter()
        .min()
        .zip(top)
        .is_some_and(|(own, top)| top > own)
    {
        check.fault(
            path,
            "standard-answers-to-below",
            &[("id", &post.id), ("above", above_id)],
        );
    }
    // A post that names itself answers to its holder one level up and ends the chain.
    let mut at = post;
    for _ in 0..standard.posts.len() {
        let next = at
            .answers_to
            .as_deref()
            .filter(|next| *next != at.id)
            .and_then(|id| standard.post(id));
        match next {
            None => return,
            Some(next) if next.id == post.id => {
                check.fault(path, "standard-post-cycle", &[("id", &post.id)]);
                return;
            }
            Some(next) => at = next,
        }
    }
}
