//! A package in a ZIP file: read in memory, nothing is unpacked to the disk.

use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};

use super::descriptor::DESCRIPTOR;
use super::origin::LARGEST;

/// The most files that are looked through.
const MOST_FILES: u64 = 100_000;

/// A ZIP file that is opened when its first file is asked for.
#[derive(Debug)]
pub struct Zip {
    path: PathBuf,
    opened: OnceCell<Opened>,
}

#[derive(Debug)]
struct Opened {
    archive: ZipSliceArchive<Vec<u8>>,
    /// The folder in it that holds the descriptor, with a `/` at its end; empty for the top.
    folder: String,
}

/// Opens the file anew when it is asked for.
impl Clone for Zip {
    fn clone(&self) -> Self {
        Self::new(&self.path)
    }
}

impl Zip {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.into(),
            opened: OnceCell::new(),
        }
    }

    /// Returns where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the bytes of a file of the package.
    ///
    /// # Errors
    /// What is no ZIP file, or damaged; a file that is not in it, or larger than files may be.
    pub(super) fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let opened = self.opened()?;
        let wanted = format!("{}{name}", opened.folder);
        let mut entries = opened.archive.entries();
        while let Some(entry) = entries.next_entry().map_err(|error| damaged(&error))? {
            let path = entry.file_path();
            if path
                .try_normalize()
                .map_err(|error| damaged(&error))?
                .as_ref()
                != wanted
            {
                continue;
            }
            let found = opened
                .archive
                .get_entry(entry.wayfinder())
                .map_err(|error| damaged(&error))?;
            let packed: Box<dyn Read> = match entry.compression_method() {
                CompressionMethod::STORE => Box::new(found.data()),
                CompressionMethod::DEFLATE => Box::new(DeflateDecoder::new(found.data())),
                _ => {
                    return Err(io::Error::other(
                        "it is packed in a way that is not known: use deflate",
                    ));
                }
            };
            return limited(&mut found.verifying_reader(packed));
        }
        Err(io::Error::new(
            io::ErrorKind::NotFound,
            "it is not in the ZIP file",
        ))
    }

    fn opened(&self) -> io::Result<&Opened> {
        if let Some(opened) = self.opened.get() {
            return Ok(opened);
        }
        let bytes = limited(&mut File::open(&self.path)?)?;
        let archive = ZipArchive::from_slice(bytes).map_err(|error| damaged(&error))?;
        if archive.entries_hint() > MOST_FILES {
            return Err(io::Error::other(format!(
                "it holds more than {MOST_FILES} files"
            )));
        }
        let folder = folder(&archive)?;
        Ok(self.opened.get_or_init(|| Opened { archive, folder }))
    }
}

/// Returns the folder that holds the descriptor: the top, or the only folder there.
fn folder(archive: &ZipSliceArchive<Vec<u8>>) -> io::Result<String> {
    let mut entries = archive.entries();
    let mut nearest: Option<String> = None;
    let mut rival = None;
    while let Some(entry) = entries.next_entry().map_err(|error| damaged(&error))? {
        let path = entry.file_path();
        let path = path.try_normalize().map_err(|error| damaged(&error))?;
        let Some(folder) = path.as_ref().strip_suffix(DESCRIPTOR) else {
            continue;
        };
        let depth = |folder: &str| folder.matches('/').count();
        let is_folder = folder.is_empty() || folder.ends_with('/');
        if !is_folder {
            continue;
        }
        match &nearest {
            Some(known) if depth(folder) > depth(known) => {}
            Some(known) if depth(folder) == depth(known) => rival = Some(folder.to_owned()),
            Some(_) | None => (nearest, rival) = (Some(folder.into()), None),
        }
    }
    let nearest = nearest.unwrap_or_default();
    match rival {
        None => Ok(nearest),
        Some(rival) => Err(io::Error::other(format!(
            "the ZIP file holds several casebooks, `{nearest}` and `{rival}`: make one of each"
        ))),
    }
}

/// Reads all there is, but no more than a file may have.
fn limited(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large());
    }
    Ok(bytes)
}

fn too_large() -> io::Error {
    io::Error::other(format!(
        "it is larger than {} MB: unpack the ZIP file and name the folder",
        LARGEST >> 20
    ))
}

fn damaged(error: &rawzip::Error) -> io::Error {
    io::Error::other(format!("the ZIP file is damaged, or none: {error}"))
}
