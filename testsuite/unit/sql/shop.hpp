#pragma once

// A little database for the tests of the query builder, and how they look at compiled statements.

#include "../throws.hpp"

#include <azoth/schema/ddl.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/schema/mapping.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/cte.hpp>
#include <azoth/sql/dml.hpp>
#include <azoth/sql/functions.hpp>
#include <azoth/sql/select.hpp>
#include <azoth/sql/text.hpp>

#include <catch2/catch.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shop {

struct maintainer {
    std::int64_t id{};
    std::string name{};
    std::optional<std::string> email{};
};

struct package {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> size{};
    std::int64_t maintainer_id{};
    double rating{};
    azoth::decimal price{};
    bool essential{};
};

/// Refers to itself, so that joins need aliases.
struct employee {
    std::int64_t id{};
    std::string name{};
    std::optional<std::int64_t> boss_id{};
};

struct needs {
    std::int64_t package_id{};
    std::int64_t needed_id{};
};

}  // namespace shop

template <>
struct azoth::mapping<shop::maintainer> {
    static azoth::table_map<shop::maintainer> map() {
        return azoth::table_map<shop::maintainer>("maintainer")
            .column<&shop::maintainer::id>(azoth::primary_key)
            .column<&shop::maintainer::name>()
            .column<&shop::maintainer::email>(azoth::string(254));
    }
};

template <>
struct azoth::mapping<shop::package> {
    static azoth::table_map<shop::package> map() {
        return azoth::table_map<shop::package>("package")
            .column<&shop::package::id>(azoth::primary_key)
            .column<&shop::package::name>(azoth::string(80))
            .column<&shop::package::size>()
            .column<&shop::package::maintainer_id>(azoth::references<&shop::maintainer::id>)
            .column<&shop::package::rating>()
            .column<&shop::package::price>(azoth::numeric(10, 2))
            .column<&shop::package::essential>();
    }
};

template <>
struct azoth::mapping<shop::employee> {
    static azoth::table_map<shop::employee> map() {
        return azoth::table_map<shop::employee>("employee", "hr")
            .column<&shop::employee::id>(azoth::primary_key)
            .column<&shop::employee::name>()
            .column<&shop::employee::boss_id>(azoth::references<&shop::employee::id>);
    }
};

template <>
struct azoth::mapping<shop::needs> {
    static azoth::table_map<shop::needs> map() {
        return azoth::table_map<shop::needs>("needs")
            .column<&shop::needs::package_id>(azoth::primary_key, azoth::references<&shop::package::id>)
            .column<&shop::needs::needed_id>(azoth::primary_key, azoth::references<&shop::package::id>);
    }
};

namespace shop {

using azoth::col;

inline constexpr auto& package_id = col<&package::id>;
inline constexpr auto& package_name = col<&package::name>;
inline constexpr auto& package_size = col<&package::size>;
inline constexpr auto& package_maintainer = col<&package::maintainer_id>;
inline constexpr auto& package_rating = col<&package::rating>;
inline constexpr auto& package_price = col<&package::price>;
inline constexpr auto& package_essential = col<&package::essential>;
inline constexpr auto& maintainer_id = col<&maintainer::id>;
inline constexpr auto& maintainer_name = col<&maintainer::name>;
inline constexpr auto& maintainer_email = col<&maintainer::email>;

/// A server that claims all that the query builder can write.
inline azoth::profile able() {
    azoth::profile p;
    p.dialect = "ansi";
    p.server = "Ansi";
    p.server_version = "2016";
    auto& can = p.can;
    can.returning_on_insert = can.returning_on_update = can.returning_on_delete = true;
    can.ctes = can.recursive_ctes = can.windows = true;
    can.right_joins = can.full_joins = can.nulls_first_last = can.intersect_except = true;
    can.multi_row_values = can.default_values_insert = can.alter_add_constraint = true;
    can.last_insert_id = can.joined_updates = can.simultaneous_assignments = can.update_to_default = can.dml_in_ctes = true;
    can.ctes_in_updates = true;
    can.upsert = azoth::upsert_style::on_conflict;
    can.upsert_targets = can.returning_skips_untouched = true;
    return p;
}

template <class S>
azoth::compiled_statement compiled(const S& statement, const azoth::profile& server = able(),
                                   const azoth::rule_table& rules = azoth::ansi_rules(), azoth::compile_options options = {}) {
    return azoth::compiler{rules, server, options}.run(*statement.node());
}

/// The SQL, with a placeholder for each value.
template <class S>
std::string sql(const S& statement) {
    return compiled(statement).sql;
}

/// The SQL for people, with the values in it.
template <class S>
std::string printed(const S& statement) {
    return azoth::to_sql(*statement.node(), azoth::ansi_rules(), able());
}

/// What a condition compiles to, values written out.
template <class C>
std::string condition_sql(const C& c) {
    const std::string text = printed(azoth::select(azoth::literal(1)).where(c));
    const auto at = text.find(" WHERE ");
    return at == std::string::npos ? text : text.substr(at + 7);
}

/// An expression, values written out.
template <class E>
std::string expression_sql(const E& e) {
    const std::string text = printed(azoth::select(e));
    return text.substr(7, std::min(text.find(" FROM "), text.size()) - 7);
}

}  // namespace shop
