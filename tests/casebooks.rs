//! Casebooks in ZIP files, casebooks that reach outside themselves, casebooks that are too large.
#![allow(clippy::unwrap_used)]

mod program;

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use program::casecmp;
use rawzip::{CompressionMethod, ZipArchiveWriter};

/// Returns what a run that must fail complains of.
fn complaint(args: &[&str]) -> String {
    let (code, out, err) = casecmp(args);
    assert!(
        code == ExitCode::from(2) && out.is_empty(),
        "{code:?} {out} {err}"
    );
    err
}

/// Writes a ZIP file of some files.
fn zip(path: &Path, files: &[(&str, &[u8])]) {
    let mut archive = ZipArchiveWriter::new(fs::File::create(path).unwrap());
    for (name, contents) in files {
        let file = archive.new_file(*name);
        let (mut entry, config) = file
            .compression_method(CompressionMethod::DEFLATE)
            .start()
            .unwrap();
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
        writer.write_all(contents).unwrap();
        let (encoder, descriptor) = writer.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
}

/// Reads the files of a casebook of the tests, each with a folder before its name.
fn files(folder: &str, before: &str) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = entries.filter(|entry| entry.path().is_file()).map(|entry| {
        let name = format!("{before}{}", entry.file_name().to_str().unwrap());
        (name, fs::read(entry.path()).unwrap())
    });
    files.collect()
}

#[test]
fn a_zip_file_answers_as_its_folder_does() {
    let folder = tempfile::tempdir().unwrap();
    for before in ["", "trees/", "a/b/"] {
        let path = folder.path().join("casebook.zip");
        let files = files("tests/casebooks/rivals", before);
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, contents)| (&**name, &**contents))
            .collect();
        zip(&path, &files);
        let path = path.to_str().unwrap();
        let (code, from_zip, err) = casecmp(&["export", "--data", path]);
        assert_eq!(
            (err.contains("error"), code),
            (false, ExitCode::SUCCESS),
            "{err}"
        );
        let (_, from_folder, _) = casecmp(&["export", "--data", "tests/casebooks/rivals"]);
        assert_eq!(from_zip, from_folder);
        assert!(from_zip.lines().count() > 10);
    }
}

#[test]
fn a_zip_file_that_is_none_or_damaged_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.zip");
    let name = path.to_str().unwrap();
    let told = complaint(&["companies", "--data", name]);
    assert!(
        told.contains("x.zip/datapackage.json: cannot be read"),
        "{told}"
    );
    fs::write(&path, "no ZIP file").unwrap();
    let told = complaint(&["companies", "--data", name]);
    assert!(told.contains("damaged, or none"), "{told}");
    zip(&path, &[("readme.txt", b"hello")]);
    let told = complaint(&["companies", "--data", name]);
    assert!(told.contains("not in the ZIP file"), "{told}");

    let one = br#"{"resources": []}"#;
    let two: [(&str, &[u8]); 2] = [("a/datapackage.json", one), ("b/datapackage.json", one)];
    zip(&path, &two);
    let told = complaint(&["companies", "--data", name]);
    assert!(told.contains("several casebooks, `a/` and `b/`"), "{told}");

    // Every byte of a small archive spoiled in turn: refused, or read as it was.
    let descriptor = br#"{"resources": [{"name": "companies", "path": "companies.csv"}]}"#;
    let companies = b"id,name,cite\nalder,Alder,\"@a, p. 1\"\n";
    let whole: [(&str, &[u8]); 2] = [
        ("datapackage.json", descriptor),
        ("companies.csv", companies),
    ];
    zip(&path, &whole);
    let bytes = fs::read(&path).unwrap();
    let (_, right, _) = casecmp(&["companies", "--data", name]);
    assert!(right.contains("Alder"));
    for place in 0..bytes.len() {
        let mut spoiled = bytes.clone();
        if let Some(byte) = spoiled.get_mut(place) {
            *byte ^= 0x11;
        }
        fs::write(&path, spoiled).unwrap();
        let (code, out, err) = casecmp(&["companies", "--data", name]);
        let is_refused = code == ExitCode::from(2) && err.starts_with("error");
        assert!(is_refused || out == right, "{place}: {out} {err}");
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bomb.zip");
    let zeros = vec![b' '; 1 << 26];
    let mut archive = ZipArchiveWriter::new(fs::File::create(&path).unwrap());
    let file = archive.new_file("datapackage.json");
    let method = CompressionMethod::DEFLATE;
    let (mut entry, config) = file.compression_method(method).start().unwrap();
    let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
    // A little more than a file may have.
    for _ in 0..5 {
        writer.write_all(&zeros).unwrap();
    }
    let (encoder, descriptor) = writer.finish().unwrap();
    encoder.finish().unwrap();
    entry.finish(descriptor).unwrap();
    archive.finish().unwrap();
    let told = complaint(&["companies", "--data", path.to_str().unwrap()]);
    assert!(told.contains("larger than 256 MB"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_casebook_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("casebook");
    fs::create_dir(&inside).unwrap();
    fs::write(folder.path().join("secret.csv"), "id,name,cite\n").unwrap();
    let descriptor = r#"{"resources": [{"name": "companies", "path": "companies.csv"}]}"#;
    fs::write(inside.join("datapackage.json"), descriptor).unwrap();
    std::os::unix::fs::symlink("../secret.csv", inside.join("companies.csv")).unwrap();
    let told = complaint(&["companies", "--data", inside.to_str().unwrap()]);
    assert!(
        told.contains("link that leads out of the casebook"),
        "{told}"
    );
    // A link within it, and a link to the whole casebook, are its owner's business.
    fs::remove_file(inside.join("companies.csv")).unwrap();
    fs::write(inside.join("own.csv"), "id,name,cite\n").unwrap();
    std::os::unix::fs::symlink("own.csv", inside.join("companies.csv")).unwrap();
    let whole = folder.path().join("linked");
    std::os::unix::fs::symlink("casebook", &whole).unwrap();
    let (code, _, err) = casecmp(&["companies", "--data", whole.to_str().unwrap()]);
    assert_eq!(code, ExitCode::SUCCESS, "{err}");
}

#[test]
fn a_header_of_a_million_columns_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let descriptor = r#"{"resources": [{"name": "companies", "path": "companies.csv"}]}"#;
    fs::write(folder.path().join("datapackage.json"), descriptor).unwrap();
    fs::write(folder.path().join("companies.csv"), "a,".repeat(1_000_000)).unwrap();
    let told = complaint(&["companies", "--data", folder.path().to_str().unwrap()]);
    assert!(told.contains("more than the 16384"), "{told}");
}
