#pragma once

#include "schema_generator.hpp"

#include <memory>
#include <string>
#include <vector>

namespace properties {

/// A database that random schemas are made in and that nobody else uses: a default schema, and a second one where the server has schemas.
class schema_database {
public:
    /// Made anew on a server, under names of this process; for SQLite in memory. Gone with this.
    explicit schema_database(const az::url& server);
    ~schema_database();
    schema_database(const schema_database&) = delete;
    schema_database& operator=(const schema_database&) = delete;

    [[nodiscard]] const az::engine& engine() const noexcept { return engine_; }
    [[nodiscard]] const schema_place& place() const noexcept { return place_; }
    [[nodiscard]] std::string default_schema() const { return default_; }
    /// All that is in it; names of the default schema's objects have no schema.
    [[nodiscard]] az::schema_definition read() const;
    /// Each as a statement's text, as a script has it.
    void run_script(const std::vector<az::ddl_statement>& statements) const;
    void clear();

private:
    void make_schemas(bool there) const;

    az::engine admin_;
    az::engine engine_;
    std::string default_;
    schema_place place_{};
};

/// What is made is read back as it was said: on one database, and through another's words on each of the others.
class schema_property {
public:
    /// The databases have to outlive this.
    explicit schema_property(std::vector<std::unique_ptr<schema_database>>& databases) noexcept : databases_{databases} {}

    /// What is wrong with the schema that the choices make on a database, made as small as it can be; empty: nothing.
    [[nodiscard]] std::string check(std::size_t database, const choices& from);
    [[nodiscard]] std::size_t tables() const noexcept { return tables_; }
    [[nodiscard]] std::size_t moved() const noexcept { return moved_; }

private:
    [[nodiscard]] std::string problem_of(std::size_t database, const choices& from);
    void check_at_home(const schema_database& home, const az::metadata& declared, az::schema_definition& found);
    void check_elsewhere(const schema_database& home, const az::schema_definition& found, const schema_database& there);

    std::vector<std::unique_ptr<schema_database>>& databases_;
    std::size_t tables_{};
    std::size_t moved_{};
};

}  // namespace properties
