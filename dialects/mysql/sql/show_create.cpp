#include "show_create.hpp"

#include "find_tables.hpp"
#include "native_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace azoth::mysql {
namespace {

using std::string_view;
using token_kinds = sql_token::kinds;

class create_reader {
public:
    create_reader(string_view sql, const catalogue_place& place) : place_{place}, tokens_{tokens_of(sql)} {
        std::erase_if(tokens_, [](const sql_token& t) { return t.kind == token_kinds::blank; });
    }

    std::optional<found_table> read(string_view name) {
        if (!skip("create")) return std::nullopt;
        table_.kind = skip("temporary") ? "TEMPORARY" : "BASE TABLE";
        if (!skip("table")) return std::nullopt;
        table_.name = name;
        while (!at_end() && !here().is_sign('(')) ++at_;
        do {
            ++at_;
            read_element();
            while (!at_end() && !here().is_sign(',') && !here().is_sign(')')) skip_one();
        } while (!at_end() && here().is_sign(','));
        ++at_;
        read_options();
        for (auto& c : table_.columns)
            if (c.collation == inherited) c.collation = table_.collation;
        return std::move(table_);
    }

private:
    static constexpr string_view inherited = "?";  // of a text column that says none

    [[nodiscard]] bool at_end() const noexcept { return at_ >= tokens_.size(); }
    [[nodiscard]] const sql_token& here() const noexcept { return tokens_[at_]; }
    [[nodiscard]] bool is(string_view word) const noexcept { return !at_end() && here().is_word(word); }
    bool skip(string_view word) {
        if (!is(word)) return false;
        ++at_;
        return true;
    }
    bool skip(string_view first, string_view second) {
        if (!is(first) || at_ + 1 >= tokens_.size() || !tokens_[at_ + 1].is_word(second)) return false;
        at_ += 2;
        return true;
    }
    /// A token, or all that is in parentheses.
    void skip_one() {
        int depth = 0;
        do {
            if (here().is_sign('(')) ++depth;
            if (here().is_sign(')')) --depth;
            ++at_;
        } while (depth > 0 && !at_end());
    }
    [[nodiscard]] string_view text_from(std::size_t first) const {
        const char* from = tokens_[first].raw.data();
        const string_view last = tokens_[at_ - 1].raw;
        return {from, static_cast<std::size_t>(last.data() + last.size() - from)};
    }
    std::string taken_word() { return at_end() ? std::string{} : std::string{tokens_[at_++].raw}; }
    std::string taken_value() { return at_end() ? std::string{} : tokens_[at_++].value; }
    /// What is in the parentheses here.
    std::string in_parentheses() {
        const std::size_t first = at_;
        skip_one();
        const string_view all = text_from(first);
        return own_sql(place_, all.substr(1, all.size() - 2), false);
    }

    void read_element() {
        if (at_end()) return;
        if (here().kind == token_kinds::name) return read_column();
        if (skip("period", "for")) return read_period();
        std::string name;
        if (skip("constraint")) name = taken_value();
        if (skip("check")) table_.checks.push_back({std::move(name), in_parentheses(), false});
        else read_key();
    }

    void read_period() {
        const bool is_of_system = is("system_time");
        std::string name = taken_value();
        if (!is_of_system) table_.periods.push_back(std::move(name));
    }

    void read_column() {
        found_column c{.name = taken_value(), .nullable = true};
        c.type = taken_word();
        if (!at_end() && here().is_sign('(')) {
            const std::size_t first = at_;
            skip_one();
            c.type += text_from(first);
        }
        for (const string_view flag : {"unsigned", "zerofill"})
            if (skip(flag)) c.type += fmt::format(" {}", flag);
        const auto is_text = [&](string_view part) { return c.type.find(part) != std::string::npos; };
        if (is_text("char") || is_text("text") || c.type.starts_with("enum") || c.type.starts_with("set")) c.collation = inherited;
        while (!at_end() && !here().is_sign(',') && !here().is_sign(')')) read_attribute(c);
        table_.columns.push_back(std::move(c));
    }

    void read_attribute(found_column& c) {
        if (skip("collate")) c.collation = taken_word();
        else if (skip("not", "null")) c.nullable = false;
        else if (skip("default")) read_default(c);
        else if (skip("comment")) c.comment = taken_value();
        else if (skip("check")) table_.checks.push_back({c.name, in_parentheses(), true});
        else if (skip("generated", "always")) read_computed(c);
        else if (skip("on", "update")) c.extra += fmt::format(" on update {}", expression_here());
        else if (is("auto_increment") || is("invisible")) c.extra += ' ' + taken_word();
        else skip_one();
    }

    void read_computed(found_column& c) {
        skip("as");
        c.computed = in_parentheses();
        c.extra += is("stored") || is("persistent") ? " STORED GENERATED" : " VIRTUAL GENERATED";
        skip_one();
    }

    /// An expression up to the next attribute.
    std::string expression_here() {
        const std::size_t first = at_;
        const auto goes_on = [&] {
            return !at_end() && !here().is_sign(',') && !here().is_sign(')') && !is("on") && !is("comment") && !is("check") &&
                   !is("invisible") && !is("auto_increment");
        };
        while (goes_on()) skip_one();
        return own_sql(place_, text_from(first), false);
    }

    void read_default(found_column& c) {
        const bool is_null = is("null");
        std::string expression = expression_here();
        if (!is_null) c.server_default = std::move(expression);
    }

    void read_key() {
        found_index index{.method = "BTREE"};
        for (; !at_end() && !is("key"); ++at_) {
            if (is("primary")) index.name = "PRIMARY";
            if (is("primary") || is("unique")) index.unique = true;
            if (is("fulltext") || is("spatial")) index.method = is("fulltext") ? "FULLTEXT" : "SPATIAL";
        }
        if (!skip("key")) return;
        if (index.name.empty()) index.name = taken_value();
        do {
            ++at_;  // the parenthesis, or a comma
            read_key_part(index);
        } while (!at_end() && here().is_sign(','));
        ++at_;
        if (skip("using")) index.method = taken_word();
        if (skip("comment")) index.comment = taken_value();
        table_.indexes.push_back(std::move(index));
    }

    void read_key_part(found_index& index) {
        index_element e;
        if (here().is_sign('(')) e.expression = make_node<const native_sql_node>("mysql", in_parentheses());
        else e.column = taken_value();
        if (!at_end() && here().is_sign('(')) {
            const std::string length = in_parentheses();
            std::from_chars(length.data(), length.data() + length.size(), e.prefix);
        }
        if (skip("desc")) e.descending = true;
        if (skip("without", "overlaps")) index.period = e.column;
        index.elements.push_back(std::move(e));
    }

    void read_options() {
        std::string charset;
        while (!at_end()) {
            const std::string name = taken_word();
            if (at_end() || !here().is_sign('=')) continue;
            ++at_;
            const bool is_comment = sql_token{token_kinds::word, name, {}}.is_word("comment");
            std::string value = is_comment || here().kind == token_kinds::text ? taken_value() : taken_word();
            if (is_comment) table_.comment = std::move(value);
            else if (name == "ENGINE") table_.engine = std::move(value);
            else if (name == "CHARSET") charset = std::move(value);
            else if (name == "COLLATE") table_.collation = std::move(value);
            else if (name != "AUTO_INCREMENT") table_.options += fmt::format("{}={} ", name, value);
        }
        if (table_.collation.empty() && !charset.empty()) table_.options += fmt::format("charset={}", charset);  // with its own collation
    }

    const catalogue_place& place_;
    std::vector<sql_token> tokens_;
    std::size_t at_{};
    found_table table_{};
};

}  // namespace

std::optional<found_table> read_show_create(string_view name, string_view sql, const catalogue_place& place) {
    return create_reader{sql, place}.read(name);
}

}  // namespace azoth::mysql
