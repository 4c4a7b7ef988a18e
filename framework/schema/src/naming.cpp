#include <azoth/base/error.hpp>
#include <azoth/base/near_names.hpp>
#include <azoth/schema/column_defaults.hpp>
#include <azoth/schema/naming.hpp>
#include <azoth/sql/node_base.hpp>

#include "keys.hpp"
#include "named.hpp"
#include "own_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <span>

namespace azoth {
namespace {

constexpr std::size_t hash_length = 9;  // with its underscore
constexpr std::size_t shortest_limit = 16;

/// What the tokens stand for.
using words = std::map<std::string, std::string, std::less<>>;

const std::array<std::string, 5> tokens{"table", "schema", "columns", "column", "name"};
const std::array<std::string, 8> key_tokens{"table", "schema",         "columns",          "column",
                                            "name",  "referred_table", "referred_columns", "referred_column"};

bool wants_name(std::string_view pattern) { return pattern.find("{name}") != std::string_view::npos; }

/// Gives each part of a pattern to `text` or, without its braces, to `token`.
template <class Text, class Token>
void each_part(std::string_view pattern, Text text, Token token) {
    while (!pattern.empty()) {
        const std::size_t open = std::min(pattern.find('{'), pattern.size());
        text(pattern.substr(0, open));
        pattern.remove_prefix(open);
        if (pattern.empty()) return;
        const std::size_t close = pattern.find('}');
        token(pattern.substr(1, close == std::string_view::npos ? close : close - 1), close != std::string_view::npos);
        pattern.remove_prefix(close == std::string_view::npos ? pattern.size() : close + 1);
    }
}

void check_pattern(std::string_view of, std::string_view pattern, std::span<const std::string> known) {
    const auto refuse = [&](std::string_view what) {
        throw_error(errc::mapping, fmt::format("the naming convention's pattern \"{}\" for {} {}: the tokens are {{{}}}", pattern, of, what,
                                               fmt::join(known, "}, {")));
    };
    each_part(
        pattern,
        [&](std::string_view text) {
            if (text.find('}') != std::string_view::npos) refuse("has a } without {");
        },
        [&](std::string_view token, bool ends) {
            if (!ends) refuse("has a { without }");
            if (std::ranges::find(known, token) == known.end()) refuse(fmt::format("has {{{}}}{}", token, did_you_mean(token, known)));
        });
}

std::string joined(const std::vector<std::string>& columns) { return fmt::format("{}", fmt::join(columns, "_")); }

std::vector<std::string> columns_of(const index_definition& index) {
    std::vector<std::string> columns;
    for (const auto& e : index.elements) columns.push_back(e.expression ? "expr" : e.column);
    return columns;
}

/// Names one table's parts.
class namer {
public:
    namer(table_definition& of, const naming_convention& convention) : table_{of}, convention_{convention} {}

    void name_all() {
        name("the primary key", table_.primary_key_name, convention_.primary_key, words_for(table_.primary_key));
        for (auto& u : table_.uniques) name("a unique constraint", u.name, convention_.unique, words_for(u.columns));
        for (auto& c : table_.checks) name("a check", c.name, convention_.check, words_for(detail::own_columns_in(*c.condition)));
        for (auto& k : table_.foreign_keys) {
            words known = words_for(k.columns);
            known["referred_table"] = k.referred_table;
            known["referred_columns"] = joined(k.referred_columns);
            known["referred_column"] = k.referred_columns.empty() ? "" : k.referred_columns.front();
            name("a foreign key", k.name, convention_.foreign_key, std::move(known));
        }
        for (auto& i : table_.indexes)
            name("an index", i.name, i.unique ? convention_.unique_index : convention_.index, words_for(columns_of(i)));
    }
    std::vector<std::string> made{};

private:
    [[nodiscard]] words words_for(const std::vector<std::string>& columns) const {
        return {{"table", table_.node->name},
                {"schema", table_.node->schema},
                {"columns", joined(columns)},
                {"column", columns.empty() ? "" : columns.front()}};
    }
    void name(std::string_view what, std::string& name, const std::string& pattern, words known) {
        if (pattern.empty() || name.empty() == wants_name(pattern)) {
            if (name.empty() && wants_name(pattern))
                throw_error(errc::mapping, fmt::format("{} of \"{}\" has no name, and the naming convention's \"{}\" is put around one: "
                                                       "name it, or take a pattern without {{name}}",
                                                       what, table_.node->name, pattern));
            return;
        }
        known["name"] = name;
        std::string whole;
        each_part(
            pattern, [&](std::string_view text) { whole += text; },
            [&](std::string_view token, bool) { whole += known.find(token)->second; });
        name = short_name(std::move(whole), convention_.longest);
        made.push_back(name);
    }

    table_definition& table_;
    const naming_convention& convention_;
};

/// Constraints share one set of names, and so do indexes.
void check_different(const table_definition& t, const std::vector<std::string>& made) {
    std::vector<std::string> constraints{t.primary_key_name};
    for (const auto& u : t.uniques) constraints.push_back(u.name);
    for (const auto& c : t.checks) constraints.push_back(c.name);
    for (const auto& k : t.foreign_keys) constraints.push_back(k.name);
    std::vector<std::string> indexes;
    for (const auto& i : t.indexes) indexes.push_back(i.name);
    for (const auto* all : {&constraints, &indexes})
        for (const auto& name : made)
            if (std::ranges::count(*all, name) > 1)
                throw_error(errc::mapping, fmt::format("two {} of \"{}\" would both be called \"{}\": name one, or have the naming "
                                                       "convention tell them apart",
                                                       all == &indexes ? "indexes" : "constraints", t.node->name, name));
}

}  // namespace

void detail::check_naming(const naming_convention& c) {
    check_pattern("primary keys", c.primary_key, tokens);
    check_pattern("unique constraints", c.unique, tokens);
    check_pattern("checks", c.check, tokens);
    check_pattern("foreign keys", c.foreign_key, key_tokens);
    check_pattern("indexes", c.index, tokens);
    check_pattern("unique indexes", c.unique_index, tokens);
    if (c.longest < shortest_limit)
        throw_error(errc::mapping, fmt::format("a naming convention's longest name of {} bytes has no room for a hash: give {} or more",
                                               c.longest, shortest_limit));
}

std::string short_name(std::string name, std::size_t longest) {
    if (name.size() <= longest) return name;
    const auto hash = static_cast<std::uint32_t>(detail::hash_text(name));
    std::size_t cut = longest - hash_length;
    while (cut > 0 && (static_cast<unsigned char>(name[cut]) & 0xc0) == 0x80) --cut;  // not inside a UTF-8 character
    return fmt::format("{}_{:08x}", name.substr(0, cut), hash);
}

void detail::name_all(table_definition& table, const naming_convention& convention) {
    namer names{table, convention};
    names.name_all();
    table.made_names = std::move(names.made);
}

table_ptr detail::renamed(const table_ptr& table, const naming_convention& convention) {
    if (table->has_final_names) return table;
    auto copy = std::make_shared<table_definition>(*table);
    const auto forget = [&](std::string& name) {
        if (std::ranges::find(table->made_names, name) != table->made_names.end()) name.clear();
    };
    forget(copy->primary_key_name);
    for (auto& u : copy->uniques) forget(u.name);
    for (auto& k : copy->foreign_keys) forget(k.name);
    for (auto& i : copy->indexes) forget(i.name);
    name_all(*copy, convention);
    check_different(*copy, copy->made_names);
    copy->has_final_names = true;
    copy->node = make_node<const table_node>(table->node->name, table->node->schema, table->node->columns, keys_of(*copy));
    return copy;
}

}  // namespace azoth
