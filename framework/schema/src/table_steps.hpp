#pragma once

#include "step_list.hpp"
#include "table_difference.hpp"

#include <vector>

namespace azoth::detail {

/// How one table becomes another by ALTER TABLE, in stages that other tables' statements come between.
class table_steps {
public:
    table_steps(const table_difference& of, step_list& to) : d_{of}, to_{to} {}

    void drop_parts();  ///< indexes, constraints and the primary key
    void drop_columns();
    void change_columns();  ///< adds and alters
    void add_parts();
    void comment();

private:
    [[nodiscard]] const object_name& name() const noexcept { return name_; }
    void drop(const std::string& constraint, constraint_kind kind, const std::string& what);
    void drop(const check_constraint& check);
    /// A column is altered; where all of it is said again, with the checks in its definition that stay. `as` is the table with it.
    void change(const table_ptr& as, const std::string& column, column_changes what, std::string lost = {}, const std::string& note = {});
    void alter(const altered_column& a);
    /// What a serial is made of goes where the column is numbered no more, or as an identity; `left` is what there is to change then.
    void drop_serial(const std::string& column, column_changes& left);
    void comment_on(std::size_t column);
    void add(const std::string& column);
    /// Where a column that the database numbers has to be a key all the time, it is numbered behind the others' changes only.
    [[nodiscard]] bool is_numbered_late(std::size_t column) const;
    [[nodiscard]] table_ptr unnumbered(const table_ptr& t, const std::string& column) const;

    const table_difference& d_;
    step_list& to_;
    object_name name_{d_.after->name()};
};

/// The same where ALTER TABLE cannot: another table is made under the name `aside`, takes the rows, and then the name.
void rebuild_table(const table_difference& d, const schema_words& words, const object_name& aside, step_list& to);
/// Whether it has to be: the server has a way to rebuild tables, and ALTER TABLE cannot do all that is to be done.
[[nodiscard]] bool needs_rebuild(const table_difference& d, const schema_words& words, const step_list& to);

}  // namespace azoth::detail
