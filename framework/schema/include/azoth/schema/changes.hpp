#pragma once

#include <azoth/schema/compare.hpp>
#include <azoth/schema/ddl.hpp>

#include <string>
#include <vector>

namespace azoth {

/// A statement on the way from one schema to another.
struct schema_step {
    ddl_statement statement;
    std::string note{};  ///< one line for people, about what is not plain from the SQL; empty: nothing
    bool loses{};        ///< rows, values, or what reflection could not read are gone with it, or may be
};

/// How one schema becomes another. `before` and `after` run by themselves, each statement committed; `steps` in a transaction, where the
/// database has them for DDL; `after` runs also where a step has failed. See `apply_changes`.
struct schema_changes {
    std::vector<ddl_statement> before{};
    std::vector<schema_step> steps{};
    std::vector<ddl_statement> after{};
    std::vector<reflection_note> impossible{};  ///< what the server cannot do, and why: it stays as it is

    [[nodiscard]] bool empty() const noexcept { return before.empty() && steps.empty() && impossible.empty(); }
};

/// The statements that make `to` of `from`, in the words of one server: foreign keys and views go first and come last, what is referred to
/// is made before what refers. Renames are never guessed: a column that is missing and another that is extra are a drop and an add. Both
/// schemas are the server's own (see `portable_to`), and `from` is as it was reflected, with the names of its constraints. The same
/// things differ as for `compare`.
[[nodiscard]] AZOTH_API schema_changes changes_between(const schema_definition& from, const schema_definition& to, const rule_table& rules,
                                                       const profile& server, const compare_options& options = {});
/// The same in the words of the server that `on` speaks to, which is asked how it writes down the views that are queries in C++.
[[nodiscard]] AZOTH_API schema_changes changes_between(executor& on, const schema_definition& from, const schema_definition& to,
                                                       const compare_options& options = {});

/// All of it as a script, one statement after another, with notes as comments and BEGIN and COMMIT where the database has them for DDL.
/// What is impossible, and what loses something, is said in comments at the top.
[[nodiscard]] AZOTH_API std::string script_of(const schema_changes& changes, const rule_table& rules, const profile& server);

}  // namespace azoth
