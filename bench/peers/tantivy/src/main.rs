// SPDX-License-Identifier: MIT
//! Tantivy over a ready-made token stream: see bench/peers/README.md.
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::time::Instant;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions, Value, STORED};
use tantivy::schema::Field;
use tantivy::tokenizer::{TextAnalyzer, WhitespaceTokenizer};
use tantivy::{Index, IndexWriter, TantivyDocument, Term};

const TOP: usize = 10;
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn register(index: &Index) {
    let spaces = TextAnalyzer::builder(WhitespaceTokenizer::default()).build();
    index.tokenizers().register("spaces", spaces);
}

fn build(tokens: &str, folder: &str, default_merge: bool) -> Result<()> {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("spaces")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STORED);
    let text = schema.add_text_field("t", TextOptions::default().set_indexing_options(indexing));
    std::fs::create_dir_all(folder)?;
    let index = Index::create_in_dir(folder, schema.build())?;
    register(&index);
    let start = Instant::now();
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 256 << 20)?;
    let mut n = 0;
    for line in BufReader::new(File::open(tokens)?).lines() {
        let line = line?;
        let (name, words) = line.split_once('\t').ok_or("a line without a tab")?;
        let mut document = TantivyDocument::default();
        document.add_text(id, name);
        document.add_text(text, words);
        writer.add_document(document)?;
        n += 1;
    }
    writer.commit()?;
    if !default_merge {
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
    }
    writer.wait_merging_threads()?;
    println!("{}\t{:.3}", n, start.elapsed().as_secs_f64());
    Ok(())
}

fn term(field: Field, word: &str) -> Box<dyn Query> {
    let record = IndexRecordOption::WithFreqs;
    Box::new(TermQuery::new(Term::from_field_text(field, word), record))
}

fn phrase(field: Field, words: &[&str]) -> Box<dyn Query> {
    let terms = words.iter().map(|word| Term::from_field_text(field, word)).collect();
    Box::new(PhraseQuery::new(terms))
}

fn query(field: Field, operator: &str, words: &[&str]) -> Box<dyn Query> {
    match operator {
        "TERM" => term(field, words[0]),
        "PHRASE" => phrase(field, words),
        "AND_PHRASE" => Box::new(BooleanQuery::new(vec![
            (Occur::Must, phrase(field, &words[..2])),
            (Occur::Must, term(field, words[2])),
        ])),
        _ => {
            let occur = if operator == "AND" { Occur::Must } else { Occur::Should };
            Box::new(BooleanQuery::new(
                words.iter().map(|word| (occur, term(field, word))).collect(),
            ))
        }
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn search(folder: &str, queries: &str, repeat: usize) -> Result<()> {
    let index = Index::open_in_dir(folder)?;
    register(&index);
    let searcher = index.reader()?.searcher();
    let field = index.schema().get_field("t")?;
    let id = index.schema().get_field("id")?;
    let lines: Vec<String> =
        BufReader::new(File::open(queries)?).lines().collect::<io::Result<_>>()?;
    let mut out = BufWriter::new(io::stdout().lock());
    for warm in [true, false] {
        if warm && repeat == 1 {
            continue;
        }
        for line in &lines {
            let parts: Vec<&str> = line.split('\t').collect();
            let words: Vec<&str> = parts[2].split(' ').collect();
            let (mut tops, mut counts) = (Vec::new(), Vec::new());
            let (mut hits, mut n) = (Vec::new(), 0);
            for _ in 0..repeat {
                let start = Instant::now();
                let query = query(field, parts[1], &words);
                hits = searcher.search(&*query, &TopDocs::with_limit(TOP).order_by_score())?;
                tops.push(start.elapsed().as_secs_f64() * 1e6);
            }
            for _ in 0..repeat {
                let start = Instant::now();
                let query = query(field, parts[1], &words);
                n = searcher.search(&*query, &Count)?;
                counts.push(start.elapsed().as_secs_f64() * 1e6);
            }
            if warm {
                continue;
            }
            write!(out, "{}\t{}\t{:.3}\t{:.3}\t", parts[0], n, median(tops), median(counts))?;
            for (i, (score, address)) in hits.iter().enumerate() {
                let document: TantivyDocument = searcher.doc(*address)?;
                let name = document.get_first(id).and_then(|v| v.as_str()).unwrap_or("?");
                write!(out, "{}{}:{}", if i > 0 { " " } else { "" }, name, score)?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().collect();
    match args[1].as_str() {
        "build" => build(&args[2], &args[3], args.len() > 4),
        _ => search(&args[2], &args[3], args[4].parse()?),
    }
}
