// From what the catalogue says to the model.
#include "catalogue.hpp"
#include "native_text.hpp"
#include "rules.hpp"
#include "sql_text.hpp"
#include "table_options.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace azoth::mysql {
namespace {

using std::string_view;
using k = type_kind;

constexpr std::uint32_t our_prefix = 255;  // what Azoth's own DDL indexes of a text without a length

/// A table on its way into the model.
class table_maker {
public:
    table_maker(const found_table& found, const catalogue_place& place, std::vector<reflection_note>& notes)
        : found_{found}, place_{place}, notes_{notes} {}

    table_ptr make();
    std::vector<column_spec> make_columns() {
        for (const auto& c : found_.columns) add_column(c);
        for (auto& spec : specs_) spec.has_default = spec.generated = false;  // the catalogue tells those of the table beneath
        return std::move(specs_);
    }

private:
    void note(std::string what, std::string part = {}) {
        notes_.push_back({{place_.schema, found_.name}, std::move(what), std::move(part)});
    }
    node_ptr native(string_view sql) const { return make_node<const native_sql_node>("mysql", std::string{sql}); }
    void add_column(const found_column& c);
    void note_column(const found_column& c);
    type column_type(const found_column& c);
    bool is_json(const found_column& c) const;
    std::optional<std::vector<std::string>> labels_of(const found_column& c, const type& t);
    void note_period(const found_index& i);
    void add_index(const found_index& i);
    [[nodiscard]] std::string index_made_for(const foreign_key& key) const;
    bool is_boundless(const std::string& column) const;
    void add_foreign_key(const found_key& key);
    void add_checks();
    void add_options();
    [[nodiscard]] std::vector<unique_key> keys() const;

    const found_table& found_;
    const catalogue_place& place_;
    std::vector<reflection_note>& notes_;
    table_definition made_{};
    std::vector<column_spec> specs_{};
    std::vector<const found_check*> in_types_{};  ///< checks that a column's type makes
};

bool mentions(string_view text, string_view word) {
    const auto tokens = tokens_of(text);
    return std::ranges::any_of(tokens, [&](const sql_token& t) { return t.is_word(word); });
}

std::vector<std::string> columns_of(const std::vector<index_element>& elements) {
    std::vector<std::string> names;
    for (const auto& e : elements) names.push_back(e.column);
    return names;
}

bool is_plain(const index_element& e) { return !e.expression && !e.descending && e.prefix == 0; }

std::size_t widest(const std::vector<std::string>& labels) {
    std::size_t most = 1;
    for (const auto& label : labels) most = std::max(most, label.size());
    return most;
}

bool table_maker::is_json(const found_column& c) const {
    return c.type == "longtext" && c.collation == "utf8mb4_bin" && std::ranges::any_of(found_.checks, [&](const found_check& check) {
               return check.of_column && is_json_check(check.condition, c.name);
           });
}

/// The labels of an enumeration as Azoth writes it: a text as wide as the longest of them, with a check.
std::optional<std::vector<std::string>> table_maker::labels_of(const found_column& c, const type& t) {
    if (t.kind != k::string || t.rare) return std::nullopt;
    for (const auto& check : found_.checks) {
        if (!check.of_column) continue;
        auto labels = labels_in_check(check.condition, c.name);
        if (!labels || widest(*labels) != t.length) continue;
        in_types_.push_back(&check);
        return labels;
    }
    return std::nullopt;
}

type table_maker::column_type(const found_column& c) {
    if (is_json(c)) {
        for (const auto& check : found_.checks)
            if (check.of_column && is_json_check(check.condition, c.name)) in_types_.push_back(&check);
        return k::json;
    }
    const reflected_type found = type_of_spelling(c.type, c.collation);
    if (!found.loss.empty()) {
        note(fmt::format("the column \"{}\" is {}", c.name, found.loss), c.name);
        notes_.back().stays = true;
    }
    auto labels = labels_of(c, found.is);
    if (!labels) return found.is;
    // Nothing else has a name for it. A column's own would be one of PostgreSQL's types where it is "name", "text" or "date".
    return enum_type(short_name(found_.name + "_" + c.name), std::move(*labels), place_.schema);
}

void table_maker::note_column(const found_column& c) {
    if (mentions(c.extra, "invisible")) note(fmt::format("the column \"{}\" is INVISIBLE, which is left out", c.name), c.name);
    if (const auto at = c.extra.find("on update"); at != std::string::npos)
        note(fmt::format("the column \"{}\" has {}, which is left out", c.name, c.extra.substr(at)), c.name);
    const bool has_bytes = c.type.find("binary") != std::string::npos || c.type.find("blob") != std::string::npos;
    if (has_bytes && c.server_default && c.server_default->find_first_of("?\\") != std::string::npos)
        note(fmt::format("the default of the column \"{}\" may have lost bytes: the catalogue keeps it as a text", c.name), c.name);
}

/// What Azoth's DDL makes of CURRENT_TIMESTAMP, whose digits are the column's.
string_view default_of(string_view sql, const type& of) {
    return of.kind == k::timestamp && !of.rare && same_word(sql, "current_timestamp(6)") ? "CURRENT_TIMESTAMP" : sql;
}

void table_maker::add_column(const found_column& c) {
    column_spec spec{.name = c.name, .type = column_type(c), .nullable = c.nullable};
    column_details details{.comment = c.comment, .native_type = c.type};
    if (!c.computed.empty()) details.computed = computed_column{native(c.computed), mentions(c.extra, "stored")};
    if (c.server_default) details.server_default = native(default_of(*c.server_default, spec.type));
    spec.has_default = c.server_default.has_value();
    spec.generated = details.computed || mentions(c.extra, "auto_increment");
    const bool in_type = spec.type.kind == k::json || spec.type.kind == k::uuid;  // the type says it
    if (!in_type && c.collation != found_.collation) details.collation = c.collation;
    note_column(c);
    specs_.push_back(std::move(spec));
    made_.details.push_back(std::move(details));
}

bool table_maker::is_boundless(const std::string& column) const {
    const auto c = std::ranges::find(found_.columns, column, &found_column::name);
    return c != found_.columns.end() && (c->type == "longtext" || c->type == "longblob" || c->type == "json");
}

/// The text without the digits at its end.
string_view without_number(string_view text) { return text.substr(0, text.find_last_not_of("0123456789") + 1); }

/// The server makes an index for a foreign key that has none. It is called like the key, or, where nobody has named that ("item_ibfk_1"),
/// like the first column ("item", "item_2").
std::string table_maker::index_made_for(const foreign_key& key) const {
    const bool may_be_unnamed = without_number(key.name).ends_with("_ibfk_");
    const std::string& column = key.columns.front();
    for (const auto& i : found_.indexes) {
        const bool is_of_column = may_be_unnamed && (i.name == column || without_number(i.name) == column + "_");
        const bool fits = !i.unique && std::ranges::all_of(i.elements, is_plain) && columns_of(i.elements) == key.columns;
        if (fits && (i.name == key.name || is_of_column)) return i.name;
    }
    return {};
}

void table_maker::note_period(const found_index& i) {
    const bool is_primary = i.name == "PRIMARY";
    const std::string key = is_primary ? "the primary key" : fmt::format("the unique constraint \"{}\"", i.name);
    note(fmt::format("that rows of {} do not overlap in the period \"{}\" is left out: it is read as unique in its columns", key, i.period),
         is_primary ? std::string{} : i.name);
}

void table_maker::add_index(const found_index& i) {
    if (!i.period.empty()) note_period(i);
    if (i.name == "PRIMARY") {
        made_.primary_key = columns_of(i.elements);
        if (!std::ranges::all_of(i.elements, is_plain)) note("the primary key has a prefix or an order, which is left out");
        return;
    }
    if (std::ranges::any_of(found_.keys, [&](const found_key& key) { return index_made_for(key.is) == i.name; })) return;
    index_definition index{.name = i.name, .elements = i.elements, .unique = i.unique};
    for (auto& e : index.elements)
        if (e.prefix == our_prefix && is_boundless(e.column)) e.prefix = 0;
    const bool whole_text = i.unique && std::ranges::any_of(index.elements, [&](const auto& e) { return is_boundless(e.column); });
    // MariaDB keeps unique keys of whole texts by their hash, and says so.
    if (i.method != "BTREE" && !(i.method == "HASH" && whole_text)) index.method = lower_case(i.method);
    if (!i.comment.empty()) note(fmt::format("the comment of the index \"{}\" is left out", i.name), i.name);
    if (i.ignored) note(fmt::format("the index \"{}\" is not used by queries, which is left out", i.name), i.name);
    if (i.unique && index.method.empty() && std::ranges::all_of(i.elements, is_plain))
        made_.uniques.push_back({.name = i.name, .columns = columns_of(i.elements)});
    else made_.indexes.push_back(std::move(index));
}

/// RESTRICT is NO ACTION here, and what MariaDB says of keys for which nothing was said.
referential_action action_of(string_view rule) {
    if (rule == "CASCADE") return referential_action::cascade;
    if (rule == "SET NULL") return referential_action::set_null;
    if (rule == "SET DEFAULT") return referential_action::set_default;
    return referential_action::no_action;
}

void table_maker::add_foreign_key(const found_key& key) {
    foreign_key k = key.is;
    k.on_update = action_of(key.on_update);
    k.on_delete = action_of(key.on_delete);
    k.made_index = index_made_for(key.is);
    if (k.referred_schema == place_.database) k.referred_schema = place_.schema;
    if (k.columns.size() == 1) {
        const auto spec = std::ranges::find(specs_, k.columns.front(), &column_spec::name);
        if (spec != specs_.end()) spec->references.push_back({k.referred_schema, k.referred_table, k.referred_columns.front()});
    }
    made_.foreign_keys.push_back(std::move(k));
}

void table_maker::add_checks() {
    for (const auto& c : found_.checks) {
        if (std::ranges::find(in_types_, &c) != in_types_.end()) continue;
        if (!c.enforced) note(fmt::format("the check \"{}\" is NOT ENFORCED, which is left out", c.name), c.name);
        made_.checks.push_back({c.name, native(c.condition), place_.is_mariadb && c.of_column ? c.name : std::string{}});
    }
}

void table_maker::add_options() {
    if (found_.kind == "SYSTEM VERSIONED") note("the table is WITH SYSTEM VERSIONING, which is left out");
    if (!found_.engine.empty() && !same_word(found_.engine, "InnoDB")) made_.options.emplace("mysql.engine", found_.engine);
    if (!found_.collation.empty() && found_.collation != place_.house_collation()) {
        made_.options.emplace("mysql.charset", found_.collation.substr(0, found_.collation.find('_')));
        made_.options.emplace("mysql.collate", found_.collation);
    }
    for (const auto& [name, value] : create_options_of(found_.options)) {
        if (is_table_option(name)) made_.options.emplace("mysql." + name, value);
        else if (name == "partitioned") note("the table is partitioned, which is left out");
        else note(fmt::format("the table's option {}{}{} is left out", name, value.empty() ? "" : "=", value));
    }
}

std::vector<unique_key> table_maker::keys() const {
    std::vector<unique_key> all;
    if (!made_.primary_key.empty()) all.push_back({made_.primary_key_name, made_.primary_key});
    for (const auto& u : made_.uniques) all.push_back({u.name, u.columns});
    for (const auto& i : made_.indexes) {
        const bool whole = std::ranges::none_of(i.elements, [](const auto& e) { return e.expression || e.prefix != 0; });
        if (i.unique && whole) all.push_back({i.name, columns_of(i.elements)});
    }
    return all;
}

table_ptr table_maker::make() {
    for (const auto& c : found_.columns) add_column(c);
    for (const auto& i : found_.indexes) add_index(i);
    for (const auto& key : found_.keys) add_foreign_key(key);
    for (auto& spec : specs_) spec.primary_key = std::ranges::find(made_.primary_key, spec.name) != made_.primary_key.end();
    add_checks();
    for (const auto& period : found_.periods) note(fmt::format("the period \"{}\" is left out, and read as its check", period), period);
    if (!found_.triggers.empty()) notes_.push_back(note_of_triggers({place_.schema, found_.name}, found_.triggers));
    add_options();
    made_.comment = found_.comment;
    made_.temporary = found_.kind == "TEMPORARY";
    made_.node = make_node<const table_node>(found_.name, place_.schema, std::move(specs_), keys());
    return std::make_shared<const table_definition>(std::move(made_));
}

}  // namespace

table_ptr model_of(const found_table& found, const catalogue_place& place, std::vector<reflection_note>& notes) {
    return table_maker{found, place, notes}.make();
}

std::vector<column_spec> view_columns(const found_table& found, const catalogue_place& place, std::vector<reflection_note>& notes) {
    return table_maker{found, place, notes}.make_columns();
}

}  // namespace azoth::mysql
