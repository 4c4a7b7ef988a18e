// Keys, checks and indexes for another server.
#include "own_columns.hpp"
#include "portable_parts.hpp"

#include <azoth/schema/ddl_rules.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace azoth::detail {
namespace {

bool reads_changing_columns(const table_definition& t, const node& condition) {
    return std::ranges::any_of(own_columns_in(condition), [&](const std::string& name) {
        return is_numbered(t, column_index(t, name)) || is_changed_by_key(t, name);
    });
}

/// A part for people: by its name, or, where nobody gave it one, by its columns.
std::string told(std::string_view kind, const std::string& name, const std::vector<std::string>& columns) {
    return name.empty() ? fmt::format("the {} ({})", kind, fmt::join(columns, ", ")) : fmt::format("the {} \"{}\"", kind, name);
}

std::string told(const foreign_key& key) { return told("foreign key", key.name, key.columns); }
std::string told(const unique_constraint& unique) { return told("unique constraint", unique.name, unique.columns); }

bool is_said_before(const table_definition& t, const unique_constraint& unique) {
    if (unique.columns == t.primary_key) return true;
    const auto first = std::ranges::find(t.uniques, unique.columns, &unique_constraint::columns);
    return first != t.uniques.end() && first->name != unique.name;
}

class index_mover {
public:
    index_mover(const move_context& to, const object_name& of, index_definition& index) noexcept : to_{to}, of_{of}, index_{index} {}

    bool run(const expression_mover& expressions) {
        const auto& schema = to_.can().schema;
        const std::string_view meaning = other_meaning(expressions);
        if (index_.where) {
            index_.where = schema.partial_indexes ? expressions.condition(index_.where) : node_ptr{};
            if (!index_.where) return drop("holds some of the rows");
        }
        for (auto& e : index_.elements) {
            if (e.expression && (!schema.functional_indexes || !(e.expression = expressions.value(e.expression))))
                return drop("is of an expression");
            if (!to_.is_same() && !adapt(e)) return false;
        }
        if (!adapt_method() || !adapt_rest()) return false;
        to_.warn(of_, fmt::format("the index \"{}\"", index_.name), meaning);
        return true;
    }

private:
    [[nodiscard]] std::string_view other_meaning(const expression_mover& expressions) const {
        std::string_view meaning = expressions.other_meaning(index_.where);
        for (const auto& e : index_.elements)
            if (meaning.empty()) meaning = expressions.other_meaning(e.expression);
        return meaning;
    }
    bool drop(std::string_view why) {
        to_.lose(of_, fmt::format("the {}index \"{}\", which {}", index_.unique ? "unique " : "", index_.name, why));
        return false;
    }
    /// A collation, an operator class and a prefix decide what is the same for a unique index; of others only how fast they are.
    bool adapt(index_element& e) {
        if (index_.unique && !e.collation.empty()) return drop("tells values apart by the collation " + e.collation);
        if (index_.unique && !e.operator_class.empty()) return drop("tells values apart by " + e.operator_class);
        if (index_.unique && e.prefix != 0 && !to_.can().schema.index_prefixes)
            return drop(fmt::format("tells \"{}\" apart by {} characters or bytes alone", e.column, e.prefix));
        e.operator_class.clear();
        e.collation.clear();
        if (!to_.can().schema.index_nulls_order) e.nulls = nulls_order::unspecified;
        if (!to_.can().schema.index_prefixes) e.prefix = 0;
        return true;
    }
    bool adapt_method() {
        if (index_.method.empty() || to_.is_same()) return true;
        if (index_.method != "hash" && index_.method != "brin") return drop("is of the method " + index_.method);
        to_.lose(of_, fmt::format("the method {} of the index \"{}\"", index_.method, index_.name));
        index_.method.clear();
        return true;
    }
    bool adapt_rest() {
        const auto& schema = to_.can().schema;
        if (!index_.include.empty() && !schema.covering_indexes) {
            to_.lose(of_, fmt::format("INCLUDE of the index \"{}\"", index_.name));
            index_.include.clear();
        }
        if (index_.nulls_not_distinct && !schema.nulls_not_distinct) {
            to_.lose(of_, fmt::format("NULLS NOT DISTINCT of \"{}\"", index_.name));
            index_.nulls_not_distinct = false;
        }
        return true;
    }

    const move_context& to_;
    const object_name& of_;
    index_definition& index_;
};

}  // namespace

bool adapt(const move_context& to, const object_name& of, foreign_key& key) {
    const auto& can = to.can();
    if (!can.schemas && key.referred_schema != of.schema) {
        to.lose(of, fmt::format("{} to {}.{}, another schema", told(key), key.referred_schema, key.referred_table));
        return false;
    }
    if (!can.schemas) key.referred_schema.clear();
    if (key.timing != constraint_timing::immediate && !can.schema.deferrable_keys) {
        to.lose(of, told(key) + " is checked at once");
        key.timing = constraint_timing::immediate;
    }
    for (auto* action : {&key.on_delete, &key.on_update})
        if (to.is_mysql() && *action == referential_action::set_default) {
            to.lose(of, "SET DEFAULT of " + told(key));
            *action = referential_action::no_action;
        }
    if (key.match == key_match::full && !can.schema.full_match) {
        to.lose(of, "MATCH FULL of " + told(key));
        key.match = key_match::simple;
    }
    return true;
}

bool adapt(const move_context& to, const table_definition& t, unique_constraint& unique) {
    const auto& schema = to.can().schema;
    const object_name of = t.name();
    if (to.target == "postgresql" && !to.is_same() && is_said_before(t, unique)) {  // it makes one index of the two
        to.lose(of, told(unique) + ", which says what another key says");
        return false;
    }
    if (unique.timing != constraint_timing::immediate && !schema.deferrable_uniques) {
        to.lose(of, told(unique) + " is checked at once");
        unique.timing = constraint_timing::immediate;
    }
    if (unique.nulls_not_distinct && !schema.nulls_not_distinct) {
        to.lose(of, "NULLS NOT DISTINCT of " + told(unique));
        unique.nulls_not_distinct = false;
    }
    return true;
}

bool adapt(const move_context& to, const table_definition& t, check_constraint& check, const expression_mover& expressions) {
    const node_ptr before = check.condition;
    check.condition = expressions.condition(check.condition);
    const bool fits = check.condition && (to.can().schema.checks_of_changed_columns || !reads_changing_columns(t, *check.condition));
    const std::string what = check.name.empty() ? std::string{"a check"} : fmt::format("the check \"{}\"", check.name);
    if (fits) to.warn(t.name(), check.name.empty() ? what + shown_sql(before) : what, expressions.other_meaning(before));
    else to.lose(t.name(), what + shown_sql(before));
    return fits;
}

bool adapt(const move_context& to, const object_name& of, index_definition& index, const expression_mover& expressions) {
    return index_mover{to, of, index}.run(expressions);
}

}  // namespace azoth::detail
