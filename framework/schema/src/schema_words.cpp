#include "schema_words.hpp"

#include "portable_sql.hpp"

#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/nodes/native.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace azoth::detail {
namespace {

std::string_view say_timing(constraint_timing timing) {
    constexpr std::array<std::string_view, 3> words{"", " deferrable", " initially deferred"};
    return words[static_cast<std::size_t>(timing)];
}

/// NULLs are larger than all else where nobody says so.
bool has_usual_nulls(const index_element& e) {
    return e.nulls == nulls_order::unspecified || (e.nulls == nulls_order::first) == e.descending;
}

bool is_plain_unique(const index_definition& i) {
    return i.unique && !i.where && i.include.empty() && i.method.empty() && std::ranges::all_of(i.elements, [](const auto& e) {
               return !e.expression && !e.descending && e.prefix == 0 && e.collation.empty() && e.operator_class.empty() &&
                      has_usual_nulls(e);
           });
}

unique_constraint as_constraint(const index_definition& i) {
    unique_constraint made{.name = i.name, .nulls_not_distinct = i.nulls_not_distinct};
    for (const auto& e : i.elements) made.columns.push_back(e.column);
    return made;
}

struct bounds {
    std::int64_t least{};
    std::int64_t most{};
};

/// Between which numbers a sequence counts by itself.
bounds bounds_of(const type& numbers) {
    const auto all_of = [](auto n) { return bounds{std::numeric_limits<decltype(n)>::min(), std::numeric_limits<decltype(n)>::max()}; };
    if (numbers.kind == type_kind::small_integer) return all_of(std::int16_t{});
    if (numbers.kind == type_kind::integer || numbers.kind == type_kind::unsigned_small_integer) return all_of(std::int32_t{});
    const bounds all = all_of(std::int64_t{});
    return {all.least + 1, all.most - 1};  // MariaDB's; PostgreSQL's have one more
}

}  // namespace

std::string schema_words::list_of(const std::vector<std::string>& names) { return fmt::format("({})", fmt::join(names, ", ")); }

schema_words::written schema_words::sql_of(const node& expression) const {
    if (const auto* native = node_cast<native_sql_node>(&expression))
        return {native->dialect == server_.dialect ? family_ : std::string_view{native->dialect}, native->sql};
    compiler out{rules_, server_, {.inline_values = true}};
    write_schema_expression(out, expression);
    return {family_, out.buffer()};
}

schema_words schema_words::of(const table_definition& t) const {
    schema_words made{*this};
    made.columns_ = &t.node->columns;
    return made;
}

std::string schema_words::expression(const node_ptr& expression) const {
    if (!expression) return {};
    const written as = sql_of(*expression);
    return columns_ ? canonical_sql(as.family, as.sql, *columns_) : canonical_sql(as.family, as.sql);
}

bool schema_words::names(const node_ptr& expression, const std::string& column) const {
    if (!expression) return false;
    const written as = sql_of(*expression);
    return names_column(as.family, as.sql, column);
}

std::string schema_words::query(const view_definition& v) const {
    if (const auto* native = node_cast<native_sql_node>(v.query)) return canonical_sql(native->dialect, native->sql);
    return canonical_sql(family_, compiler{rules_, server_, {.inline_values = true}}.run(*v.query).sql);
}

/// With what the standard gives to what nobody has said. How many numbers are taken at once changes no number that anyone sees.
std::string schema_words::options_of(const sequence_options& o, const type& numbers) const {
    const auto [least, most] = bounds_of(numbers);
    const std::int64_t by = o.increment.value_or(1);
    const std::int64_t from = std::max(o.minimum.value_or(by > 0 ? 1 : least), least);
    const std::int64_t to = std::min(o.maximum.value_or(by > 0 ? most : -1), most);
    return fmt::format("start {}, by {}, from {} to {}{}", o.start.value_or(by > 0 ? from : to), by, from, to,
                       o.cycle ? ", again and again" : "");
}

std::string schema_words::type_of(const table_definition& t, std::size_t column) const {
    compiler out{rules_, server_};
    write_column_type(out, t, column);
    return out.buffer();
}

std::string schema_words::labels_of(const table_definition& t, std::size_t column) const {
    const type& of = t.node->columns[column].type;
    const auto& can = server_.can.schema;
    if (can.enum_types || of.kind != type_kind::enumeration || !of.rare) return {};
    if (!can.checks_of_changed_columns && is_changed_by_key(t, t.node->columns[column].name)) return {};  // nobody can say them there
    return list_of(of.rare->labels);
}

/// A default that is a value is compared as one: 7 is 7.00, false is 0, and 23:00 is 23:00:00.000000.
std::string schema_words::default_of(const table_definition& t, std::size_t column) const {
    const node_ptr& said = t.details[column].server_default;
    if (!said) return {};
    const written as = sql_of(*said);
    if (const node_ptr literal = literal_sql(as.family, as.sql, t.node->columns[column].type)) return sql_of(*literal).sql;
    if (is_null_sql(as.family, as.sql)) return {};
    if (as.family != family_) return canonical_sql(as.family, as.sql);
    compiler out{rules_, server_, {.inline_values = true}};
    write_column_default(out, t, column);
    return canonical_sql(family_, out.buffer());
}

std::string schema_words::numbering_of(const table_definition& t, std::size_t column, const type& numbers) const {
    if (!server_.can.schema.identity_columns) return {};
    const identity_column said = t.details[column].identity.value_or(identity_column{});
    return (said.always ? "always, " : "by default, ") + options_of(said.options, numbers);
}

std::string schema_words::computation_of(const table_definition& t, std::size_t column) const {
    const auto& computed = t.details[column].computed;
    return computed ? of(t).expression(computed->expression) + (computed->stored ? " stored" : " virtual") : std::string{};
}

/// As the database has room for it.
std::string schema_words::named(const std::string& name) const {
    return options_.constraint_names ? "\"" + made_name(compiler{rules_, server_}, name) + "\" " : std::string{};
}

std::string schema_words::say(const foreign_key& k) const {
    // To refuse at once or at the statement's end is the same where nothing is deferred.
    constexpr std::array<std::string_view, 5> words{"no action", "no action", "cascade", "set null", "set default"};
    const auto action = [&](referential_action a) { return words[static_cast<std::size_t>(a)]; };
    return fmt::format("{}foreign key {} to {}{}{} on delete {} on update {}{}{}", named(k.name), list_of(k.columns), k.referred_schema,
                       k.referred_schema.empty() ? k.referred_table : "." + k.referred_table, list_of(k.referred_columns),
                       action(k.on_delete), action(k.on_update), k.match == key_match::full ? " match full" : "", say_timing(k.timing));
}

std::string schema_words::say(const unique_constraint& u) const {
    return named(u.name) + "unique " + list_of(u.columns) + (u.nulls_not_distinct ? " nulls not distinct" : "") +
           std::string{say_timing(u.timing)};
}

std::string schema_words::say(const check_constraint& c) const { return named(c.name) + "check " + expression(c.condition); }

/// What tells values apart is a rule where they may be there only once; else it is how fast the index is, and each kind's own.
std::string schema_words::say(const index_element& e, bool is_unique) const {
    std::string text = e.expression ? expression(e.expression) : e.column;
    if (is_unique || !options_.across_kinds) {
        if (e.prefix != 0) text += fmt::format("({})", e.prefix);
        if (!e.collation.empty()) text += " collate " + e.collation;
        if (!e.operator_class.empty()) text += " " + e.operator_class;
    }
    if (e.descending) text += " desc";
    if (!has_usual_nulls(e) && !options_.across_kinds) text += e.nulls == nulls_order::first ? " nulls first" : " nulls last";
    return text;
}

std::string schema_words::say(const index_definition& i) const {
    if (is_plain_unique(i)) return say(as_constraint(i));
    std::vector<std::string> elements;
    for (const auto& e : i.elements) elements.push_back(say(e, i.unique));
    std::string text = fmt::format("{}{}index {}", named(i.name), i.unique ? "unique " : "", list_of(elements));
    if (!i.include.empty()) text += " include " + list_of(i.include);
    if (i.where) text += " where " + expression(i.where);
    if (!i.method.empty()) text += " using " + i.method;
    if (i.nulls_not_distinct) text += " nulls not distinct";
    return text;
}

}  // namespace azoth::detail
