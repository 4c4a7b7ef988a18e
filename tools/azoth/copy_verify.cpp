#include "copy_verify.hpp"

#include "progress_bar.hpp"
#include "row_reader.hpp"
#include "table_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>

namespace azoth::command {
namespace {

/// Rows are spread over sums by their keys, so that a few of those that differ are found by reading again, in little memory.
constexpr std::size_t buckets = 4096;
constexpr std::size_t buckets_looked_at = 4;
constexpr std::size_t rows_named = 3;

/// Values as texts, NULL as "NULL" and texts in quotes.
using row_texts = std::vector<std::string>;

/// One side of a comparison.
class side {
public:
    explicit side(row_set rows) : rows_{std::move(rows)} {
        const auto& key = rows_.of.definition().primary_key;
        for (std::size_t i = 0; i < rows_.columns.size(); ++i)
            if (key.empty() || std::ranges::find(key, rows_.columns[i].name) != key.end()) key_.push_back(i);
    }
    template <class F>
    void each_row(const engine& in, const F& told) const {
        row_reader all{rows_, in};
        row_texts texts;
        for (std::vector<value> row; all.next(row);) {
            texts.clear();
            for (std::size_t i = 0; i < row.size(); ++i)
                texts.push_back(row[i].is_null() ? "NULL" : fmt::format("\"{}\"", canonical(row[i], rows_.columns[i].as)));
            told(texts);
        }
    }
    /// Where it has no key, all of it tells a row from others.
    [[nodiscard]] std::string key_of(const row_texts& row) const {
        std::string text;
        for (const std::size_t i : key_) text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", rows_.columns[i].name, row[i]);
        return text;
    }
    [[nodiscard]] const std::string& column(std::size_t i) const { return rows_.columns[i].name; }

private:
    row_set rows_;
    std::vector<std::size_t> key_{};
};

/// Lengths keep ("ab", "c") from ("a", "bc").
std::string whole(const row_texts& row) {
    std::string text;
    for (const auto& v : row) text += fmt::format("{}:{}", v.size(), v);
    return text;
}

std::vector<checksum> sums_of(const side& of, const engine& in) {
    std::vector<checksum> sums(buckets);
    of.each_row(in, [&](const row_texts& row) { sums[hash_of(of.key_of(row)) % buckets].add(whole(row)); });
    return sums;
}

using known_rows = std::multimap<std::string, row_texts>;

known_rows rows_in(const std::vector<std::size_t>& some, const side& of, const engine& in) {
    known_rows found;
    of.each_row(in, [&](const row_texts& row) {
        std::string key = of.key_of(row);
        if (std::ranges::find(some, hash_of(key) % buckets) != some.end()) found.emplace(std::move(key), row);
    });
    return found;
}

std::string shortened(const std::string& text) { return text.size() <= 80 ? text : text.substr(0, 80) + "...\""; }

/// What is different about the first rows that are.
std::string named_rows(const side& of, const known_rows& before, known_rows after) {
    std::vector<std::string> told;
    for (const auto& [key, row] : before) {
        const auto same = after.find(key);
        if (same == after.end()) {
            told.push_back(fmt::format("{} is missing in the copy", shortened(key)));
            continue;
        }
        for (std::size_t i = 0; i < row.size(); ++i)
            if (row[i] != same->second[i])
                told.push_back(fmt::format("{} of {} is {}, and {} in the copy", of.column(i), shortened(key), shortened(row[i]),
                                           shortened(same->second[i])));
        after.erase(same);
    }
    for (const auto& [key, row] : after) told.push_back(fmt::format("{} is in the copy alone", shortened(key)));
    const bool are_more = told.size() > rows_named;
    told.resize(std::min(told.size(), rows_named));
    return fmt::format("{}{}", fmt::join(told, "; "), are_more ? "; and more" : "");
}

void compare_rows(const moving_table& t, std::string_view family, const engine& source, const engine& target) {
    const auto columns = moving_columns(t.from.of, family);
    const side from{{t.from.of, columns, t.from.where}};
    const side to{{t.to, columns}};
    const auto before = sums_of(from, source);
    const auto after = sums_of(to, target);
    std::vector<std::size_t> different;
    std::int64_t rows_before = 0;
    std::int64_t rows_after = 0;
    for (std::size_t i = 0; i < buckets; ++i) {
        rows_before += before[i].rows;
        rows_after += after[i].rows;
        if (before[i] != after[i] && different.size() < buckets_looked_at) different.push_back(i);
    }
    if (different.empty()) return;
    throw std::runtime_error{fmt::format("{} differs: {} rows in the source, {} in the target: {}",
                                         to_string(t.from.of.definition().name()), grouped(rows_before), grouped(rows_after),
                                         named_rows(from, rows_in(different, from, source), rows_in(different, to, target)))};
}

}  // namespace

void verify_copy(const std::vector<moving_table>& tables, std::string_view family, const engine& source, const engine& target) {
    progress_bar bar{"verifying", static_cast<std::int64_t>(tables.size()), tables.size() == 1 ? "table" : "tables"};
    std::int64_t done = 0;
    for (const auto& t : tables) {
        compare_rows(t, family, source, target);
        bar.show(++done);
    }
    bar.finish(done);
    fmt::print(stderr, "verified {} table{}: every value is the same\n", tables.size(), tables.size() == 1 ? "" : "s");
}

}  // namespace azoth::command
