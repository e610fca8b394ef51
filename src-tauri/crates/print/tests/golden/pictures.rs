//! Pages as small grey pictures: what a person would notice counts, a grey level at an edge does not.

use std::path::Path;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{GrayImage, ImageEncoder, ImageReader};

use crate::files::run;
use crate::{golden_dir, updating};

/// Pixels of an edge of the squares that are compared by their mean.
const SQUARE: u32 = 6;
/// Difference of the means of a square that counts, of 255.
const NOTICEABLE: f32 = 36.0;

/// Every page looks like its kept picture.
pub fn assert_look(file: &Path, name: &str, pages: usize) {
    let dir = tempfile::tempdir().unwrap();
    let prefix = dir.path().join("page");
    let args = [
        "-r",
        "50",
        "-gray",
        "-png",
        file.to_str().unwrap(),
        prefix.to_str().unwrap(),
    ];
    if run("pdftoppm", &args).is_none() {
        return;
    }
    let mut drawn: Vec<_> = std::fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    drawn.sort();
    assert_eq!(drawn.len(), pages);
    for (index, picture) in drawn.iter().enumerate() {
        let kept = golden_dir().join(format!("{name}-{}.png", index + 1));
        if updating() {
            keep(open(picture), &kept);
        }
        compare(
            &open(&kept),
            &open(picture),
            &format!("{name}, page {}", index + 1),
        );
    }
}

/// Eight levels of grey are enough for the comparison and make small files.
fn keep(mut picture: GrayImage, path: &Path) {
    for pixel in picture.pixels_mut() {
        pixel.0[0] = (u16::from(pixel.0[0]) * 7 / 255 * 255 / 7) as u8;
    }
    let file = std::fs::File::create(path).unwrap();
    let (width, height) = picture.dimensions();
    PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::NoFilter)
        .write_image(&picture, width, height, image::ExtendedColorType::L8)
        .unwrap();
}

fn open(path: &Path) -> GrayImage {
    ImageReader::open(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .decode()
        .unwrap()
        .to_luma8()
}

fn compare(kept: &GrayImage, now: &GrayImage, page: &str) {
    assert_eq!(kept.dimensions(), now.dimensions(), "size of {page}");
    let (width, height) = kept.dimensions();
    let mut different = Vec::new();
    for y in (0..height).step_by(SQUARE as usize) {
        for x in (0..width).step_by(SQUARE as usize) {
            if (mean(kept, x, y) - mean(now, x, y)).abs() > NOTICEABLE {
                different.push((x, y));
            }
        }
    }
    // Another version of the rasteriser moves a stem here and there by a pixel.
    let squares = (width / SQUARE) * (height / SQUARE);
    assert!(
        different.len() * 200 <= squares as usize,
        "{page}: {} of {squares} squares differ, the first at {:?} of {width}x{height}",
        different.len(),
        different.first(),
    );
}

#[allow(clippy::cast_precision_loss)]
fn mean(picture: &GrayImage, x: u32, y: u32) -> f32 {
    let (width, height) = picture.dimensions();
    let (x2, y2) = ((x + SQUARE).min(width), (y + SQUARE).min(height));
    let sum: u32 = (y..y2)
        .flat_map(|y| (x..x2).map(move |x| (x, y)))
        .map(|(x, y)| u32::from(picture.get_pixel(x, y).0[0]))
        .sum();
    sum as f32 / ((x2 - x) * (y2 - y)) as f32
}
