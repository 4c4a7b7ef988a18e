#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace azoth::command {

/// Where to look for dialects before the usual places.
struct search_options {
    std::vector<std::string> plugins{};
    std::vector<std::string> folders{};
};
void apply(const search_options& search);

/// Lists what is found, and what is refused and why.
void list_dialects();
/// Tells the story of one look-up. Returns the exit code: 1 where the dialect cannot be used.
int explain_dialect(const std::string& name);
/// Opens the URL and tells what answers.
void ping(const std::string& target, std::chrono::milliseconds timeout);

struct sql_options {
    std::string target{};
    std::vector<std::string> files{};       ///< scripts, run first
    std::vector<std::string> statements{};  ///< of -c
    std::string format{"table"};
};
struct inspect_options {
    std::string target{};
    std::string schema{};
    std::vector<std::string> tables{};  ///< empty: all
    std::string as{"text"};             ///< text, ddl, ddl:<dialect>, cpp, mermaid, dot, svg
    bool views{true};
};
/// What is wrong with a format's name; empty: nothing.
std::string check_inspect_format(const std::string& name);
/// Writes a database's schema to standard output.
void inspect(const inspect_options& options);

struct copy_options {
    std::string source{};
    std::string target{};
    std::string schema{};
    std::vector<std::string> tables{};  ///< empty: all, and views and sequences
    int jobs{1};                        ///< tables at a time
    bool verify{};
    bool strict{};  ///< not where something would be lost
};
/// Copies schema and rows. Throws where a value cannot be held, or --verify finds a difference.
void copy(copy_options options);

struct diff_options {
    std::string first{};
    std::string second{};
    std::string schema{};
    bool names{};
    bool comments{true};
};
/// How the second database's schema differs from the first's. Returns the exit code: 1 where it does.
int diff(const diff_options& options);

/// A shell where standard input and output are a terminal; else runs what it is given, and the first error ends it.
void sql(const sql_options& options);

}  // namespace azoth::command
