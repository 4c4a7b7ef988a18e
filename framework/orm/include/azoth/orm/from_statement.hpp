#pragma once

#include <azoth/orm/entity_class.hpp>
#include <azoth/sql/text.hpp>

#include <memory>
#include <tuple>
#include <utility>
#include <vector>

namespace azoth::orm {

/// Objects from SQL of the program's own, whose columns are found by their names, in any order; others are passed by. A value.
template <mapped T>
class statement_of {
public:
    using row_type = std::tuple<T>;
    explicit statement_of(node_ptr node) noexcept : node_{std::move(node)} {}
    [[nodiscard]] const node_ptr& node() const noexcept { return node_; }
    [[nodiscard]] const std::vector<std::shared_ptr<const statement_option>>& said() const noexcept { return said_; }
    template <class... O>
    [[nodiscard]] statement_of options(const O&... options) const {
        statement_of next{*this};
        (next.said_.push_back(options.option()), ...);
        return next;
    }

private:
    node_ptr node_;
    std::vector<std::shared_ptr<const statement_option>> said_{};
};

/// `session.scalars(from_statement<Book>(text("SELECT * FROM book WHERE ...")))`. A column that the SQL does not give throws
/// programming_error (no-such-column) when it is read.
template <mapped T, class... Ts>
[[nodiscard]] statement_of<T> from_statement(const text_statement<Ts...>& sql) {
    return statement_of<T>{sql.node()};
}

}  // namespace azoth::orm
