#pragma once

#include <azoth/sql/select.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace azoth::orm {

/// How session::get and session::refresh read: `session.get<Order>(get_options{.lock =
/// lock_options{}}.options(selectinload<&Order::lines>), 7)`.
struct get_options {
    std::optional<lock_options> lock{};  ///< locks the row until the transaction ends; reads it in any case
    bool populate_existing{};            ///< reads it even where the session has it
    std::vector<std::shared_ptr<const statement_option>> said{};

    /// The same with what queries take as options.
    template <class... O>
    [[nodiscard]] get_options options(const O&... more) const {
        get_options next{*this};
        (next.said.push_back(more.option()), ...);
        return next;
    }
};

}  // namespace azoth::orm
