#include "copy_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace azoth::command {
namespace {

bool is_moment(type_kind kind) {
    return kind == type_kind::date || kind == type_kind::time || kind == type_kind::timestamp || kind == type_kind::timestamp_tz;
}

/// Whether the database keeps values of the type that Azoth's own form does not hold: infinite days, months in a span, zero dates ...
bool holds_more(const type& t, std::string_view family) {
    if (family == "mysql") return is_moment(t.kind);
    const bool is_own = t.rare && !t.rare->native.empty();
    return is_own || is_moment(t.kind) || t.kind == type_kind::numeric || t.kind == type_kind::interval || t.kind == type_kind::array;
}

/// Words that can be said of a type as they are, and none of Azoth's own, to which more belongs.
bool can_be_kept(std::string_view words) {
    constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _,()";
    return !words.empty() && words.find_first_not_of(plain) == std::string_view::npos && words.find("_TEXT") == std::string_view::npos;
}

}  // namespace

std::vector<moving_column> filled_columns(const std::vector<moving_column>& all, const table& copy) {
    std::vector<moving_column> filled;
    for (const auto& c : all)
        if (!copy.definition().details[column_index(copy.definition(), c.name)].computed) filled.push_back(c);
    return filled;
}

std::vector<moving_column> moving_columns(const table& from, std::string_view family) {
    std::vector<moving_column> all;
    const bool has_texts = family == "postgresql" || family == "mysql";
    for (const auto& c : from.columns()) {
        if (family == "sqlite") all.push_back({c.name});  // a cell has its own type there
        else if (has_texts && holds_more(c.type, family)) all.push_back({c.name, {}, true});
        else all.push_back({c.name, c.type});
    }
    return all;
}

void keep_declared_types(schema_definition& copy) {
    for (auto& t : copy.tables) {
        std::vector<column_spec> specs = t->node->columns;
        for (std::size_t i = 0; i < specs.size(); ++i) {
            const std::string& words = t->details[i].native_type;
            const bool says_more = specs[i].type.rare != nullptr;  // labels, elements
            if (!says_more && !specs[i].primary_key && can_be_kept(words)) specs[i].type = native_type(specs[i].type, {{"sqlite", words}});
        }
        auto changed = std::make_shared<table_definition>(*t);
        changed->node = make_node<const table_node>(t->node->name, t->node->schema, std::move(specs), t->node->keys);
        t = std::move(changed);
    }
}

table as_carried(const table& of, const std::vector<moving_column>& columns) {
    std::vector<column_spec> specs = of.columns();
    for (const auto& c : columns)
        if (c.as.kind == type_kind::unknown) specs[column_index(of.definition(), c.name)].type = {};
    auto made = std::make_shared<table_definition>(of.definition());
    made->node = make_node<const table_node>(of.name(), of.schema(), std::move(specs), of.definition().node->keys);
    return table{std::move(made)};
}

std::vector<expr<value>> selected(const table& carried, const std::vector<moving_column>& columns) {
    std::vector<expr<value>> list;
    for (const auto& c : columns) list.push_back(c.is_text ? expr<value>{carried[c.name].as<std::string>().node()} : carried[c.name]);
    return list;
}

std::string key_of(const table& of, const std::vector<moving_column>& columns, const std::vector<value>& row) {
    std::string text;
    for (const auto& key : of.definition().primary_key) {
        const auto at = std::ranges::find(columns, key, &moving_column::name);
        if (at == columns.end()) return {};
        text +=
            fmt::format("{}{} = {}", text.empty() ? "" : ", ", key, display(row[static_cast<std::size_t>(at - columns.begin())].view()));
    }
    return text;
}

}  // namespace azoth::command
