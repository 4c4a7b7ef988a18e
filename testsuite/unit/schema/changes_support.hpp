#pragma once

#include <azoth/schema/changes.hpp>
#include <azoth/schema/ddl_rules.hpp>
#include <azoth/schema/metadata.hpp>
#include <azoth/sql/compiler.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <vector>

/// What the tests of changes share: servers, and what is made for them.
namespace schema_tests {

using azoth::column;
using azoth::metadata;
using azoth::references_to;
using azoth::table;
using azoth::type_kind;

using lines = std::vector<std::string>;

inline azoth::profile able() {
    azoth::profile p;
    p.dialect = "ansi";
    p.server = "Ansi";
    p.can.alter_add_constraint = p.can.sequences = p.can.comments = p.can.ddl_in_transactions = true;
    auto& can = p.can.schema;
    can.added_columns = can.dropped_columns = can.renamed_columns = can.renamed_tables = can.altered_columns = can.converted_columns = true;
    can.altered_sequences = can.enum_types = can.added_enum_values = can.views = true;
    return p;
}

inline azoth::schema_changes changes(const metadata& from, const metadata& to, const azoth::profile& server = able(),
                                     const azoth::rule_table& rules = azoth::ansi_rules()) {
    return azoth::changes_between(from.definition(), to.definition(), rules, server);
}

/// The statements up to their first parenthesis.
inline lines outline(const azoth::schema_changes& of, const azoth::profile& server = able()) {
    lines all;
    for (const auto& s : of.steps) {
        const std::string sql = azoth::compiler{azoth::ansi_rules(), server}.run(*s.statement.node()).sql;
        all.push_back(sql.substr(0, sql.find(" (")));
    }
    return all;
}

inline lines losses(const azoth::schema_changes& of) {
    lines all;
    for (const auto& s : of.steps)
        if (s.loses) all.push_back(s.note);
    return all;
}

inline azoth::column_draft key() { return column("id", type_kind::integer, azoth::primary_key, azoth::not_generated); }

inline azoth::rule_table rules_that_rebuild() {
    azoth::rule_table rules = azoth::ansi_rules();
    azoth::rebuild_rules rebuild;
    rebuild.before = {"KEYS OFF"};
    rebuild.check = {"CHECK KEYS"};
    rebuild.after = {"KEYS ON"};
    rebuild.adds_column = [](azoth::compiler&, const azoth::table_definition& of, std::size_t i) { return of.node->columns[i].nullable; };
    rules.ddl.rebuild = std::make_shared<const azoth::rebuild_rules>(std::move(rebuild));
    return rules;
}

}  // namespace schema_tests
