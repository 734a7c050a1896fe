// SPDX-License-Identifier: MIT
// Xapian over a ready-made token stream: see bench/peers/README.md.
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using std::string;
using std::vector;

static const unsigned TOP = 10;
static const unsigned LONGEST_TERM = 200; // bytes; Xapian refuses terms above 245

static double now()
{
    using namespace std::chrono;
    return duration<double>(steady_clock::now().time_since_epoch()).count();
}

static vector<string> split(const string &text)
{
    std::istringstream in(text);
    vector<string> words;
    for (string word; in >> word;)
        words.push_back(word.substr(0, LONGEST_TERM));
    return words;
}

static int build(const string &tokens, const string &folder)
{
    double start = now();
    unsigned long n = 0;
    {
        Xapian::WritableDatabase db(folder, Xapian::DB_CREATE_OR_OVERWRITE);
        std::ifstream in(tokens);
        for (string line; std::getline(in, line); n++) {
            size_t tab = line.find('\t');
            Xapian::Document document;
            Xapian::termpos position = 0;
            document.add_value(0, line.substr(0, tab));
            for (const string &word : split(line.substr(tab + 1)))
                document.add_posting(word, ++position);
            db.add_document(document);
        }
        db.commit();
    }
    Xapian::Database(folder).compact(folder + ".compact");
    std::printf("%lu\t%.3f\n", n, now() - start);
    return 0;
}

static Xapian::Query query_of(const string &op, const vector<string> &words)
{
    if (op == "TERM")
        return Xapian::Query(words[0]);
    if (op == "PHRASE")
        return Xapian::Query(Xapian::Query::OP_PHRASE, words.begin(), words.end(), words.size());
    if (op == "AND_PHRASE")
        return Xapian::Query(Xapian::Query::OP_AND,
                             Xapian::Query(Xapian::Query::OP_PHRASE, words.begin(),
                                           words.begin() + 2, 2),
                             Xapian::Query(words[2]));
    return Xapian::Query(op == "AND" ? Xapian::Query::OP_AND : Xapian::Query::OP_OR, words.begin(),
                         words.end());
}

static double median(vector<double> &times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

static void answer(const Xapian::Database &db, const string &line, int repeat, bool print)
{
    size_t first = line.find('\t'), second = line.find('\t', first + 1);
    const string op = line.substr(first + 1, second - first - 1);
    const vector<string> words = split(line.substr(second + 1));
    vector<double> tops, counts;
    Xapian::MSet hits;
    Xapian::doccount n = 0;
    for (int i = 0; i < repeat; i++) {
        double start = now();
        Xapian::Enquire enquire(db);
        enquire.set_query(query_of(op, words));
        enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
        hits = enquire.get_mset(0, TOP);
        tops.push_back((now() - start) * 1e6);
    }
    for (int i = 0; i < repeat; i++) {
        double start = now();
        Xapian::Enquire enquire(db);
        enquire.set_query(query_of(op, words));
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        n = enquire.get_mset(0, 0, db.get_doccount()).get_matches_estimated();
        counts.push_back((now() - start) * 1e6);
    }
    if (!print)
        return;
    std::cout << line.substr(0, first) << '\t' << n << '\t' << median(tops) << '\t'
              << median(counts) << '\t';
    for (auto hit = hits.begin(); hit != hits.end(); ++hit)
        std::cout << (hit == hits.begin() ? "" : " ") << hit.get_document().get_value(0) << ':'
                  << hit.get_weight();
    std::cout << '\n';
}

static int search(const string &folder, const string &queries, int repeat)
{
    Xapian::Database db(folder + ".compact");
    std::ifstream in(queries);
    vector<string> lines;
    for (string line; std::getline(in, line);)
        lines.push_back(line);
    if (repeat > 1) // warm
        for (const string &line : lines)
            answer(db, line, repeat, false);
    for (const string &line : lines)
        answer(db, line, repeat, true);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 3 && string(argv[1]) == "build")
        return build(argv[2], argv[3]);
    if (argc > 4)
        return search(argv[2], argv[3], std::stoi(argv[4]));
    return 2;
}
