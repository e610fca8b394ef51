//! From page items to printpdf's operators.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{
    Color, CurTransMat, DictItem, ExternalStream, ExternalXObject, Greyscale, Mm, Op, PdfDocument, PdfFont,
    PdfFontHandle, PdfPage, Pt, Px, Rgb, TextItem, TextMatrix, XObject, XObjectId, XObjectTransform,
};

use super::subset::{Subsets, font_id};
use crate::layout::{Ink, Item, Page, Pages, Picture, Run};

/// The pages with their fonts and pictures; outline, links and properties follow in the last step.
pub(crate) fn document(pages: &Pages, subsets: &Subsets) -> PdfDocument {
    let mut pdf = PdfDocument::new("");
    for (id, subset) in subsets.faces() {
        pdf.resources
            .fonts
            .map
            .insert(id, PdfFont::new(subset.font.clone()));
    }
    for (index, picture) in pages.images.iter().enumerate() {
        pdf.resources
            .xobjects
            .map
            .insert(image_id(index), XObject::External(image(picture)));
    }
    pdf.pages = pages
        .pages
        .iter()
        .map(|page| page_ops(page, &pages.images, subsets))
        .collect();
    pdf
}

fn image_id(index: usize) -> XObjectId {
    XObjectId(format!("I{index}"))
}

/// The JPEG as it is: decoding and coding again would cost quality and time.
fn image(picture: &Picture) -> ExternalXObject {
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let space = match picture.channels {
        1 => "DeviceGray",
        4 => "DeviceCMYK",
        _ => "DeviceRGB",
    };
    let dict = [
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(picture.width))),
        ("Height", DictItem::Int(i64::from(picture.height))),
        ("ColorSpace", name(space)),
        ("BitsPerComponent", DictItem::Int(8)),
        ("Filter", name("DCTDecode")),
    ];
    let mut dict: BTreeMap<String, DictItem> = dict
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect();
    if picture.channels == 4 {
        // Programs that write four channels store them inverted.
        let decode = [1, 0].repeat(4).into_iter().map(DictItem::Int).collect();
        dict.insert("Decode".to_owned(), DictItem::Array(decode));
    }
    let stream = ExternalStream {
        dict,
        content: picture.bytes.clone(),
        compress: false,
    };
    let px = |pixels: u32| usize::try_from(pixels).ok().map(Px);
    ExternalXObject {
        stream,
        width: px(picture.width),
        height: px(picture.height),
        dpi: None,
    }
}

fn page_ops(page: &Page, images: &[Picture], subsets: &Subsets) -> PdfPage {
    let mut ops = Vec::new();
    let up = |y: f32| round(page.height - y);
    // Grounds first, then text, rules last: a rule is never hidden by a ground.
    let mut ink = None;
    for item in &page.items {
        if let Item::Fill {
            x,
            y,
            w,
            h,
            ink: wanted,
        } = item
        {
            fill_color(&mut ops, &mut ink, *wanted);
            ops.push(raw("re", &[round(*x), up(y + h), round(*w), round(*h)]));
            ops.push(raw("f", &[]));
        }
    }
    for item in &page.items {
        if let Item::Image { index, x, y, w, h } = item {
            let orientation = images.get(*index).map_or(1, |picture| picture.orientation);
            let matrix = CurTransMat::Raw(upright(orientation, round(*x), up(y + h), round(*w), round(*h)));
            let transform = XObjectTransform {
                no_auto_scale: true,
                ..XObjectTransform::default()
            };
            ops.push(Op::SaveGraphicsState);
            ops.push(Op::SetTransformationMatrix { matrix });
            ops.push(Op::UseXobject {
                id: image_id(*index),
                transform,
            });
            ops.push(Op::RestoreGraphicsState);
        }
    }
    text_ops(&mut ops, page, subsets, &mut ink);
    rule_ops(&mut ops, page);
    let mut out = PdfPage::new(Mm::from(Pt(page.width)), Mm::from(Pt(page.height)), ops);
    // The way over millimetres costs accuracy; the boxes are set in points.
    for area in [&mut out.media_box, &mut out.trim_box, &mut out.crop_box] {
        area.width = Pt(page.width);
        area.height = Pt(page.height);
    }
    out
}

/// The matrix that puts a stored picture upright into an area, `y` being its lower edge.
fn upright(orientation: u8, x: f32, y: f32, w: f32, h: f32) -> [f32; 6] {
    let (x2, y2) = (round(x + w), round(y + h));
    match orientation {
        2 => [-w, 0.0, 0.0, h, x2, y],
        3 => [-w, 0.0, 0.0, -h, x2, y2],
        4 => [w, 0.0, 0.0, -h, x, y2],
        5 => [0.0, -h, -w, 0.0, x2, y2],
        6 => [0.0, -h, w, 0.0, x, y2],
        7 => [0.0, h, w, 0.0, x, y],
        8 => [0.0, h, -w, 0.0, x2, y],
        _ => [w, 0.0, 0.0, h, x, y],
    }
}

fn text_ops(ops: &mut Vec<Op>, page: &Page, subsets: &Subsets, ink: &mut Option<Ink>) {
    let mut font = None;
    let mut spacing = 0.0_f32;
    ops.push(Op::StartTextSection);
    for item in &page.items {
        let Item::Text(run) = item else { continue };
        fill_color(ops, ink, run.ink);
        if font != Some((run.face, run.size.to_bits())) {
            let handle = PdfFontHandle::External(font_id(run.face));
            ops.push(Op::SetFont {
                font: handle,
                size: Pt(run.size),
            });
            font = Some((run.face, run.size.to_bits()));
        }
        let wanted = (run.spacing.unwrap_or(0.0) * 1000.0).round() / 1000.0;
        if (wanted - spacing).abs() > f32::EPSILON {
            ops.push(Op::SetCharacterSpacing { multiplier: wanted });
            spacing = wanted;
        }
        let matrix = TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, round(run.x), round(page.height - run.y)]);
        ops.push(Op::SetTextMatrix { matrix });
        ops.push(Op::ShowText {
            items: pieces(run, spacing, subsets),
        });
    }
    ops.push(Op::EndTextSection);
}

/// The text of a run, parted at blanks where these are stretched: the word spacing of PDF has no effect on
/// two-byte fonts.
fn pieces(run: &Run, spacing: f32, subsets: &Subsets) -> Vec<TextItem> {
    let text = subsets.spelled(run.face, &run.text);
    let extra = run.word_gap.map_or(0.0, |gap| gap - spacing);
    if extra.abs() < 0.001 {
        return vec![TextItem::Text(text)];
    }
    let offset = (-extra / run.size * 1_000_000.0).round() / 1000.0;
    let mut items = Vec::new();
    for (index, part) in text.split_inclusive(' ').enumerate() {
        if index > 0 {
            items.push(TextItem::Offset(offset));
        }
        items.push(TextItem::Text(part.to_owned()));
    }
    items
}

fn rule_ops(ops: &mut Vec<Op>, page: &Page) {
    let mut state: Option<(Ink, u32, bool)> = None;
    let up = |y: f32| round(page.height - y);
    // Cells side by side share their edges; each edge is drawn once.
    let mut drawn = BTreeSet::new();
    for item in &page.items {
        let Item::Rule {
            x1,
            y1,
            x2,
            y2,
            width,
            ink,
            dotted,
        } = item
        else {
            continue;
        };
        let place = [round(*x1), up(*y1), round(*x2), up(*y2)];
        if !drawn.insert(place.map(f32::to_bits)) {
            continue;
        }
        let wanted = (*ink, width.to_bits(), *dotted);
        if state != Some(wanted) {
            let [r, g, b] = rgb(*ink);
            ops.push(if r == g && g == b {
                raw("G", &[r])
            } else {
                raw("RG", &[r, g, b])
            });
            ops.push(raw("w", &[*width]));
            let dash = if *dotted { vec![0.0, 3.0] } else { vec![] };
            let dash = DictItem::Array(dash.into_iter().map(DictItem::Real).collect());
            ops.push(Op::Unknown {
                key: "d".to_owned(),
                value: vec![dash, DictItem::Int(0)],
            });
            ops.push(Op::Unknown {
                key: "J".to_owned(),
                value: vec![DictItem::Int(if *dotted { 1 } else { 2 })],
            });
            state = Some(wanted);
        }
        let [x1, y1, x2, y2] = place;
        ops.push(raw("m", &[x1, y1]));
        ops.push(raw("l", &[x2, y2]));
        ops.push(raw("S", &[]));
    }
}

fn fill_color(ops: &mut Vec<Op>, current: &mut Option<Ink>, ink: Ink) {
    if *current != Some(ink) {
        let [r, g, b] = rgb(ink);
        #[allow(clippy::float_cmp)]
        let col = if r == g && g == b {
            Color::Greyscale(Greyscale {
                percent: r,
                icc_profile: None,
            })
        } else {
            Color::Rgb(Rgb {
                r,
                g,
                b,
                icc_profile: None,
            })
        };
        ops.push(Op::SetFillColor { col });
        *current = Some(ink);
    }
}

fn rgb(ink: Ink) -> [f32; 3] {
    match ink {
        Ink::Black => [0.0; 3],
        Ink::Grey => [0.4; 3],
        Ink::Red => [0.82, 0.05, 0.08],
        Ink::Shade => [0.945; 3],
    }
}

/// Operators that printpdf only writes through larger shapes.
fn raw(key: &str, values: &[f32]) -> Op {
    Op::Unknown {
        key: key.to_owned(),
        value: values.iter().map(|value| DictItem::Real(*value)).collect(),
    }
}

/// A hundredth of a point is finer than any printer.
fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}
