// SPDX-License-Identifier: MIT
// Lucene over a ready-made token stream: see bench/peers/README.md.
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.misc.index.BPIndexReorderer;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;

public final class Driver {
    private static final String FIELD = "t";
    private static final int TOP = 10;

    /** Tokens separated by single spaces. */
    private static final class Split extends TokenStream {
        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private String text = "";
        private int at;

        Split over(String text) {
            this.text = text;
            this.at = 0;
            return this;
        }

        @Override
        public void reset() {
            at = 0;
        }

        @Override
        public boolean incrementToken() {
            if (at >= text.length()) return false;
            int end = text.indexOf(' ', at);
            if (end < 0) end = text.length();
            clearAttributes();
            term.append(text, at, end);
            at = end + 1;
            return true;
        }
    }

    /** Bring like documents of the one segment together, with Lucene's own settings, in one thread. */
    private static void reorder(FSDirectory directory, IndexWriter writer) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
            CodecReader segment = (CodecReader) reader.leaves().get(0).reader();
            writer.deleteAll();
            writer.addIndexes(new BPIndexReorderer().reorder(segment, directory, null));
        }
        writer.commit();
    }

    private static void build(String tokens, String folder, String merge) throws IOException {
        FieldType type = new FieldType();
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.setTokenized(true);
        type.freeze();
        Analyzer none = new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                throw new UnsupportedOperationException("tokens are given");
            }
        };
        IndexWriterConfig config = new IndexWriterConfig(none);
        config.setSimilarity(new BM25Similarity(1.2f, 0.75f));
        config.setUseCompoundFile(false);
        config.setRAMBufferSizeMB(256);
        long start = System.nanoTime();
        int n = 0;
        try (BufferedReader in = Files.newBufferedReader(Path.of(tokens), StandardCharsets.UTF_8);
                FSDirectory directory = FSDirectory.open(Path.of(folder));
                IndexWriter writer = new IndexWriter(directory, config)) {
            Split split = new Split();
            for (String line; (line = in.readLine()) != null; n++) {
                int tab = line.indexOf('\t');
                Document document = new Document();
                document.add(new BinaryDocValuesField("id", new BytesRef(line.substring(0, tab))));
                document.add(new Field(FIELD, split.over(line.substring(tab + 1)), type));
                writer.addDocument(document);
            }
            if (!merge.equals("--default-merge")) writer.forceMerge(1);
            writer.commit();
            if (merge.equals("--reorder")) reorder(directory, writer);
        }
        System.out.printf("%d\t%.3f%n", n, (System.nanoTime() - start) / 1e9);
    }

    private static Query query(String operator, String[] terms) {
        switch (operator) {
            case "TERM":
                return new TermQuery(new Term(FIELD, terms[0]));
            case "PHRASE":
                return new PhraseQuery(FIELD, terms);
            case "AND_PHRASE":
                return new BooleanQuery.Builder()
                        .add(new PhraseQuery(FIELD, terms[0], terms[1]), Occur.MUST)
                        .add(new TermQuery(new Term(FIELD, terms[2])), Occur.MUST)
                        .build();
            default:
                BooleanQuery.Builder builder = new BooleanQuery.Builder();
                for (String term : terms)
                    builder.add(new TermQuery(new Term(FIELD, term)),
                            operator.equals("AND") ? Occur.MUST : Occur.SHOULD);
                return builder.build();
        }
    }

    private static double median(double[] times) {
        Arrays.sort(times);
        return times[times.length / 2];
    }

    private static String id(IndexSearcher searcher, int doc) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        BinaryDocValues ids = leaf.reader().getBinaryDocValues("id");
        ids.advanceExact(doc - leaf.docBase);
        return ids.binaryValue().utf8ToString();
    }

    private static void answer(IndexSearcher searcher, String line, int repeat, PrintStream out)
            throws IOException {
        String[] parts = line.split("\t");
        String[] words = parts[2].split(" ");
        double[] top = new double[repeat];
        double[] count = new double[repeat];
        ScoreDoc[] hits = null;
        int n = 0;
        for (int i = 0; i < repeat; i++) {
            long start = System.nanoTime();
            TopScoreDocCollectorManager best = new TopScoreDocCollectorManager(TOP, null, TOP);
            hits = searcher.search(query(parts[1], words), best).scoreDocs;
            top[i] = (System.nanoTime() - start) / 1e3;
        }
        for (int i = 0; i < repeat; i++) {
            long start = System.nanoTime();
            n = searcher.count(query(parts[1], words));
            count[i] = (System.nanoTime() - start) / 1e3;
        }
        StringBuilder answer = new StringBuilder();
        answer.append(parts[0]).append('\t').append(n).append('\t')
                .append(String.format("%.3f\t%.3f\t", median(top), median(count)));
        for (ScoreDoc hit : hits)
            answer.append(id(searcher, hit.doc)).append(':').append(hit.score).append(' ');
        out.println(answer.toString().trim());
    }

    private static void search(String folder, String queries, int repeat) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of(queries)));
        try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(Path.of(folder)))) {
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
            searcher.setQueryCache(null); // the engine is measured, not a cache of answers
            PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
            for (int round = 0; repeat > 1 && round < 3; round++) // the JIT compiler gets its time
                for (String line : lines) answer(searcher, line, repeat, nowhere);
            PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
            for (String line : lines) answer(searcher, line, repeat, out);
            out.flush();
        }
    }

    public static void main(String[] args) throws IOException {
        if (args[0].equals("build")) build(args[1], args[2], args.length > 3 ? args[3] : "");
        else search(args[1], args[2], Integer.parseInt(args[3]));
    }
}
