//! Pictures, told by their first bytes, and what cameras and programs write into them beside the picture: where and
//! when it was taken, with what, by whom. That is taken out if the operator wants it; which side is up stays.

use hyper::body::Bytes;
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::riff::{RiffChunk, RiffContent};
use img_parts::webp::{CHUNK_EXIF, CHUNK_VP8X, CHUNK_XMP, WebP};
use img_parts::{ImageEXIF, ImageICC};

/// Longest picture that something is taken out of: it is held in memory for that.
pub(super) const LONGEST: u64 = 32 << 20;
/// Bytes that tell what it is.
pub(super) const HEAD: usize = 16;

/// Chunks of PNG that are no part of the picture.
const PNG_WORDS: [&[u8; 4]; 5] = [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"];
/// Flags of the first chunk of WebP: there is EXIF, there is XMP.
const WEBP_WORDS: u8 = 0x08 | 0x04;

/// A kind of picture that a browser may show in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Png,
    Jpeg,
    Gif,
    WebP,
}

impl Kind {
    /// What these first bytes begin. What they are called counts for nothing.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::WebP),
            _ => None,
        }
    }

    /// As a header names it.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
        }
    }
}

/// The picture without what is no part of it; `None`: it is no picture that this is known of, or a damaged one.
pub(super) fn stripped(content: Vec<u8>) -> Option<Vec<u8>> {
    match Kind::of(&content)? {
        Kind::Png => png(content.into()),
        Kind::Jpeg => jpeg(content.into()),
        Kind::WebP => webp(content.into()),
        Kind::Gif => None,
    }
}

fn jpeg(content: Bytes) -> Option<Vec<u8>> {
    // Behind the end phones put a second picture, or a film, with words of its own.
    let end = end_of_jpeg(&content).unwrap_or(content.len());
    let mut jpeg = Jpeg::from_bytes(content.slice(..end)).ok()?;
    let up = jpeg.exif().and_then(|exif| orientation(&exif));
    let profile = jpeg.icc_profile();
    jpeg.segments_mut().retain(|segment| {
        let marker = segment.marker();
        // APP0 and APP14 tell how to decode it.
        let is_of_program = (markers::APP0..=markers::APP15).contains(&marker)
            && !matches!(marker, markers::APP0 | markers::APP14);
        !is_of_program && marker != markers::COM
    });
    if profile.is_some() {
        jpeg.set_icc_profile(profile);
    }
    if let Some(up) = up {
        jpeg.set_exif(Some(only(up)));
    }
    Some(jpeg.encoder().bytes().to_vec())
}

/// Where the picture ends: behind its first end marker.
fn end_of_jpeg(content: &[u8]) -> Option<usize> {
    let mut at = 2;
    loop {
        while content.get(at..at + 2)? == [0xff, 0xff] {
            at += 1;
        }
        let [0xff, marker] = *content.get(at..at + 2)? else {
            return None;
        };
        at += 2;
        match marker {
            markers::EOI => return Some(at),
            0x01 | markers::RST0..=markers::SOI => continue,
            _ => {}
        }
        let [high, low] = *content.get(at..at + 2)? else {
            return None;
        };
        at += usize::from(u16::from_be_bytes([high, low]));
        if marker == markers::SOS {
            let is_data = |pair: &[u8]| !matches!(pair, [0xff, marker] if !matches!(marker, 0 | 0xff | markers::RST0..=markers::RST7));
            at += content
                .get(at..)?
                .windows(2)
                .position(|pair| !is_data(pair))?;
        }
    }
}

fn png(content: Bytes) -> Option<Vec<u8>> {
    let mut png = Png::from_bytes(content).ok()?;
    let up = png.exif().and_then(|exif| orientation(&exif));
    png.chunks_mut()
        .retain(|chunk| !PNG_WORDS.contains(&&chunk.kind()));
    if let Some(up) = up {
        png.set_exif(Some(only(up)));
    }
    Some(png.encoder().bytes().to_vec())
}

fn webp(content: Bytes) -> Option<Vec<u8>> {
    let mut webp = WebP::new(RiffChunk::from_bytes(content).ok()?).ok()?;
    let up = webp.exif().and_then(|exif| orientation(&exif));
    webp.chunks_mut()
        .retain(|chunk| !matches!(chunk.id(), CHUNK_EXIF | CHUNK_XMP));
    for chunk in webp.chunks_mut() {
        if chunk.id() == CHUNK_VP8X
            && let RiffContent::Data(data) = chunk.content_mut()
        {
            let mut flags = data.to_vec();
            if let Some(first) = flags.first_mut() {
                *first &= !WEBP_WORDS;
            }
            *data = flags.into();
        }
    }
    if let Some(up) = up {
        webp.set_exif(Some(only(up)));
    }
    Some(webp.encoder().bytes().to_vec())
}

/// Which side of the picture is up, if EXIF says that another one is than the first.
fn orientation(exif: &[u8]) -> Option<u8> {
    let is_little = match exif.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(match is_little {
            true => u16::from_le_bytes(bytes),
            false => u16::from_be_bytes(bytes),
        })
    };
    let long = exif.get(4..8)?.try_into().ok()?;
    let start = usize::try_from(match is_little {
        true => u32::from_le_bytes(long),
        false => u32::from_be_bytes(long),
    })
    .ok()?;
    let count = usize::from(short(start)?);
    let entry = (0..count)
        .map(|n| start + 2 + n * 12)
        .find(|at| short(*at) == Some(0x0112))?;
    let up = u8::try_from(short(entry + 8)?).ok()?;
    matches!(up, 2..=8).then_some(up)
}

/// EXIF that says nothing but which side is up.
fn only(up: u8) -> Bytes {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.push(up);
    exif.extend([0; 6]);
    exif.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"52.5200N 13.4050E";

    /// EXIF with which side is up, and a place.
    fn exif(up: u8) -> Vec<u8> {
        let mut exif = only(up).to_vec();
        exif.extend(SECRET);
        exif
    }

    fn has(content: &[u8], part: &[u8]) -> bool {
        content.windows(part.len()).any(|window| window == part)
    }

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap();
        [&[0xff, marker], &length.to_be_bytes()[..], content].concat()
    }

    fn photo(up: u8) -> Vec<u8> {
        let words = [b"Exif\0\0".to_vec(), exif(up)].concat();
        let xmp = [&b"http://ns.adobe.com/xap/1.0/\0"[..], SECRET].concat();
        [
            vec![0xff, 0xd8],
            segment(markers::APP0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
            segment(markers::APP1, &words),
            segment(markers::APP1, &xmp),
            segment(markers::APP2, b"ICC_PROFILE\0\x01\x01colours"),
            segment(markers::APP13, SECRET),
            segment(markers::APP14, b"Adobe\0\x64\0\0\0\0\x01"),
            segment(markers::COM, SECRET),
            segment(markers::DQT, &[0; 65]),
            segment(markers::SOS, &[1, 2]),
            b"scan\xff\x00\xff\xd0more".to_vec(),
            segment(markers::DHT, b"\xff\xd9 is no end in here"),
            segment(markers::SOS, &[1, 2]),
            b"last scan\xff\xd9".to_vec(),
        ]
        .concat()
    }

    #[test]
    fn a_photo_loses_its_place_and_keeps_its_picture_colours_and_side() {
        let film = [&b"\xff\xd8\xff\xe1\0\x06film"[..], SECRET].concat();
        for behind in [Vec::new(), film] {
            let plain = stripped([photo(6), behind].concat()).unwrap();
            assert!(!has(&plain, SECRET));
            assert!(has(&plain, b"colours") && has(&plain, b"Adobe") && has(&plain, b"JFIF"));
            assert!(plain.ends_with(b"last scan\xff\xd9"));
            let read = Jpeg::from_bytes(plain.clone().into()).unwrap();
            assert_eq!(read.exif(), Some(only(6)));
            assert_eq!(stripped(plain.clone()).unwrap(), plain, "twice is once");
        }
        let upright = stripped(photo(1)).unwrap();
        assert!(!has(&upright, b"Exif"));
    }

    #[test]
    fn a_png_loses_its_words() {
        let mut png = Png::from_bytes(Bytes::from_static(b"\x89PNG\r\n\x1a\n")).unwrap();
        for (kind, content) in [
            (b"IHDR", b"thirteen byte".to_vec()),
            (b"eXIf", exif(8)),
            (b"tEXt", SECRET.to_vec()),
            (b"iTXt", SECRET.to_vec()),
            (b"IDAT", b"pixels".to_vec()),
            (b"IEND", Vec::new()),
        ] {
            let chunk = img_parts::png::PngChunk::new(*kind, content.into());
            png.chunks_mut().push(chunk);
        }
        let mut file = png.encoder().bytes().to_vec();
        file.extend(SECRET);
        let plain = stripped(file).unwrap();
        assert!(!has(&plain, SECRET) && has(&plain, b"pixels"));
        let read = Png::from_bytes(plain.into()).unwrap();
        assert_eq!(read.exif(), Some(only(8)));
    }

    #[test]
    fn a_webp_loses_its_words_and_does_not_say_it_has_them() {
        let chunk = |id: &[u8; 4], content: &[u8]| {
            let length = u32::try_from(content.len()).unwrap();
            let pad = vec![0; content.len() % 2];
            [&id[..], &length.to_le_bytes(), content, &pad].concat()
        };
        let chunks = [
            b"WEBP".to_vec(),
            chunk(b"VP8X", b"\x2c\0\0\0\0\0\0\0\0\0"),
            chunk(b"VP8 ", b"pixels"),
            chunk(b"EXIF", &exif(1)),
            chunk(b"XMP ", SECRET),
        ]
        .concat();
        let plain = stripped(chunk(b"RIFF", &chunks)).unwrap();
        assert!(!has(&plain, SECRET) && has(&plain, b"pixels"));
        let read = WebP::from_bytes(plain.into()).unwrap();
        let flags = read
            .chunk_by_id(CHUNK_VP8X)
            .and_then(|one| one.content().data());
        assert_eq!(flags.and_then(|data| data.first()), Some(&0x20));
    }

    #[test]
    fn what_is_no_picture_or_a_broken_one_is_left_alone() {
        for content in [
            &b""[..],
            b"text",
            b"GIF89a...",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n\0\0\xff\xffIHDR",
            b"RIFF\xff\xff\xff\xffWEBP",
        ] {
            assert_eq!(stripped(content.to_vec()), None, "{content:?}");
        }
        let whole = photo(6);
        for end in 0..whole.len() {
            let _ = stripped(whole[..end].to_vec());
        }
    }

    #[test]
    fn a_picture_is_told_by_its_bytes_alone() {
        assert_eq!(Kind::of(&photo(1)), Some(Kind::Jpeg));
        assert_eq!(Kind::of(b"GIF89a").map(Kind::media_type), Some("image/gif"));
        assert_eq!(Kind::of(b"GIF88a"), None);
        assert_eq!(Kind::of(b"<html>"), None);
        assert_eq!(Kind::of(b"RIFF1234WAVE"), None);
    }
}
