#pragma once

#include <azoth/azoth.hpp>

#include <iosfwd>
#include <string>

namespace azoth::command {

/// Whose SQL the database speaks: "sqlite", "postgresql", "mysql" (MariaDB too), also where its dialect is derived from theirs. Throws
/// plugin_error where there is no such dialect.
std::string family_of(const url& database);

/// The file of a SQLite database; empty of one in memory, of one named by a `file:` URI, and of a server's.
std::string file_of(const url& database);

/// The URL of a database that is read, not made: throws std::runtime_error where its file is not there.
url existing(const std::string& said);

/// What was read of a database, and whose it was.
struct inspected {
    metadata all{};
    profile server{};
    std::string family{};  ///< of dialects: "mysql" of MariaDB too
};
/// Throws std::runtime_error where there is no such schema.
inspected read_database(const executor_source& db, const reflection_request& what);

/// The expression as the server says it; empty for null.
std::string sql_of(const node_ptr& expression, const inspected& what);

/// For people: each table with its columns, keys and indexes.
void write_schema_text(std::ostream& to, const inspected& what);
/// CREATE statements for a dialect; empty: for the one it was read from. What is lost is told in comments.
void write_schema_ddl(std::ostream& to, const inspected& what, const std::string& dialect);
/// Mapped structs, ready to compile.
void write_schema_cpp(std::ostream& to, const inspected& what);
/// An entity diagram: Mermaid's erDiagram, or Graphviz's input.
void write_schema_mermaid(std::ostream& to, const inspected& what);
void write_schema_dot(std::ostream& to, const inspected& what);

}  // namespace azoth::command
