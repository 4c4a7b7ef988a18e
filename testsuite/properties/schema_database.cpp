#include "schema_property.hpp"

#include <azoth/dialect.hpp>

#include <fmt/format.h>

#include <unistd.h>

namespace properties {
namespace {

az::engine open(const az::url& at) {
    az::engine_options quiet;
    quiet.log = nullptr;
    return az::create_engine(at, std::move(quiet));
}

std::string own_name() { return fmt::format("azoth_schemas_{}", ::getpid()); }

/// The same server, with what names without a schema belong to.
az::url placed(const az::url& server) {
    if (server.dialect() == "postgresql") return server.with_option("options", "-c search_path=" + own_name());
    return server.dialect() == "sqlite" ? server : server.with_database(own_name());
}

}  // namespace

schema_database::schema_database(const az::url& server) : admin_{open(server)}, engine_{open(placed(server))} {
    place_.rules = &engine_.dialect().rules();
    admin_.with_executor([&](az::executor& on) { place_.server = on.server_profile(); });
    if (!place_.can().schemas) return;
    default_ = own_name();
    place_.second = own_name() + " two";
    make_schemas(false);
    make_schemas(true);
}

schema_database::~schema_database() {
    try {
        if (place_.can().schemas) make_schemas(false);
    } catch (const std::exception& e) {
        fmt::print(stderr, "properties: {} stays: {}\n", default_, e.what());
    }
}

void schema_database::make_schemas(bool there) const {
    auto connection = admin_.connect();
    for (const auto& name : {default_, place_.second})
        if (there) connection.execute(az::create_schema(name, {.if_not_exists = true}));
        else connection.execute(az::drop_schema(name, {.if_exists = true, .cascade = place_.can().schema.cascading_drops}));
    connection.commit();
}

void schema_database::clear() {
    if (place_.can().schemas) {
        make_schemas(false);
        make_schemas(true);
    } else {
        engine_ = open(engine_.url());
    }
}

namespace {

/// Names that say the default schema say nothing, as where it is read itself.
az::type without_schema(const az::type& of, const std::string& schema) {
    if (!of.rare) return of;
    az::type made = of;
    auto parts = *of.rare;
    if (parts.schema == schema) parts.schema.clear();
    if (parts.element) parts.element = std::make_shared<const az::type>(without_schema(*parts.element, schema));
    made.rare = std::make_shared<const az::type::rare_parts>(std::move(parts));
    return made;
}

az::table_ptr without_schema(const az::table_ptr& of, const std::string& schema) {
    auto made = std::make_shared<az::table_definition>(*of);
    for (auto& key : made->foreign_keys)
        if (key.referred_schema == schema) key.referred_schema.clear();
    auto columns = of->node->columns;
    for (auto& c : columns) c.type = without_schema(c.type, schema);
    made->node = az::make_node<const az::table_node>(of->node->name, of->node->schema, std::move(columns), of->node->keys);
    return made;
}

}  // namespace

az::schema_definition schema_database::read() const {
    az::schema_definition found;
    engine_.with_executor([&](az::executor& on) {
        found = on.reflect().read({});
        if (place_.second.empty()) return;
        az::schema_definition more = on.reflect().read({.schema = place_.second});
        for (const auto& t : more.tables) found.tables.push_back(without_schema(t, default_));
        std::ranges::move(more.views, std::back_inserter(found.views));
        std::ranges::move(more.sequences, std::back_inserter(found.sequences));
        std::ranges::move(more.enums, std::back_inserter(found.enums));
        std::ranges::move(more.notes, std::back_inserter(found.notes));
    });
    return found;
}

void schema_database::run_script(const std::vector<az::ddl_statement>& statements) const {
    auto connection = engine_.connect();
    for (const auto& s : statements) connection.execute(az::verbatim(az::to_sql(*s.node(), *place_.rules, place_.server)));
    connection.commit();
}

}  // namespace properties
