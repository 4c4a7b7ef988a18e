#pragma once

#include <azoth/schema/definition.hpp>
#include <azoth/sql/executor.hpp>
#include <azoth/sql/profile.hpp>
#include <azoth/sql/rules.hpp>

#include <string>
#include <vector>

namespace azoth {

/// One way in which two schemas differ.
struct schema_difference {
    enum class kinds : std::uint8_t {
        missing,
        extra,
        changed
    };  ///< as seen from the first: what the second lacks, has beside it, has otherwise
    kinds kind{};
    object_name of{};
    std::string what{};    ///< "table", "column \"price\"", "the type of \"price\"" ...
    std::string before{};  ///< of what is changed
    std::string after{};
};

struct compare_options {
    bool comments{true};
    bool constraint_names{};  ///< else a constraint is known by what it says: databases name those that nobody named
    bool column_order{};
    bool across_kinds{};  ///< one was moved from another kind of database: how indexes sort is each kind's own, and is not compared
};

/// How `second` differs from `first`, in the words of one server: columns whose types it spells alike are of the same type, and expressions
/// are the same that differ only in quotes, casts to what they are already and parentheses that change nothing.
[[nodiscard]] AZOTH_API std::vector<schema_difference> compare(const schema_definition& first, const schema_definition& second,
                                                               const rule_table& rules, const profile& server,
                                                               const compare_options& options = {});
/// The same in the words of the server that `on` speaks to, which is asked how it writes down the views that are queries in C++.
[[nodiscard]] AZOTH_API std::vector<schema_difference> compare(executor& on, const schema_definition& first,
                                                               const schema_definition& second, const compare_options& options = {});

/// How tables differ in what one kind of database alone has, and `changes_between` leaves alone: options such as SQLite's STRICT or
/// PostgreSQL's UNLOGGED, and keys whose numbers never come twice (AUTOINCREMENT). Of schemas that both were read from databases of that
/// kind: a program seldom says such things.
[[nodiscard]] AZOTH_API std::vector<schema_difference> compare_storage(const schema_definition& first, const schema_definition& second,
                                                                       const profile& server);

}  // namespace azoth
