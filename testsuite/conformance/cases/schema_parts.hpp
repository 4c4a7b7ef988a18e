#pragma once

#include <azoth/conformance/context.hpp>

#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

namespace azoth::conformance::schema_parts {

[[nodiscard]] inline schema_definition read(context& on, reflection_request request) {
    schema_definition found;
    on.engine().with_executor([&](executor& e) { found = e.reflect().read(request); });
    return found;
}

/// The table as the database has it.
[[nodiscard]] inline table_definition reflected(context& on, const std::string& name) {
    const schema_definition found = read(on, {.names = {name}});
    REQUIRE(found.tables.size() == 1);
    return *found.tables.front();
}

/// What the database has otherwise than it was declared; empty: nothing.
[[nodiscard]] inline std::string differences(context& on, const metadata& declared, const compare_options& options = {}) {
    std::vector<std::string> names;
    for (const auto& t : declared.definition().tables) names.push_back(t->node->name);
    const schema_definition found = read(on, {.names = names, .views = false, .sequences = false, .enums = false});
    schema_definition tables;
    tables.tables = declared.definition().tables;
    std::string told;
    on.engine().with_executor([&](executor& e) {
        for (const auto& d : compare(tables, found, e.rules(), e.server_profile(), options))
            told += fmt::format("{}: {} ({}): {} -> {}\n", d.of.name, d.what, static_cast<int>(d.kind), d.before, d.after);
    });
    return told;
}

/// A schema of the case's own, gone with all that is in it.
[[nodiscard]] inline std::string make_schema(context& on, connection& c) {
    std::string name = "azoth_" + on.unique_name("schema");  // who tests on MariaDB may make databases of such names
    c.execute(create_schema(name));
    c.commit();
    // Where DDL is no part of transactions a schema is a database, which goes with all that is in it.
    on.at_end("DROP SCHEMA " + name + (on.can().ddl_in_transactions ? " CASCADE" : ""));
    return name;
}

template <class Work>
void with_reflector(context& on, Work work) {
    on.engine().with_executor([&](executor& e) { work(e.reflect()); });
}

}  // namespace azoth::conformance::schema_parts
