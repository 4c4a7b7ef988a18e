#pragma once

#include <azoth/base/export.hpp>
#include <azoth/sql/node.hpp>

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace azoth::orm {

class session;

/// How many statements a session may run while this lives, for tests: `auto bound = session.expect_at_most(2);`. One more throws
/// interface_error (misuse), before it runs, with the SQL of those that have run. Bounds may lie within each other. May outlive the
/// session.
class AZOTH_API statement_bound {
public:
    /// Those that have run so far.
    [[nodiscard]] std::size_t count() const noexcept { return state_->ran.size(); }

    struct state {
        std::size_t limit{};
        std::vector<node_ptr> ran{};
    };

private:
    friend class session;
    explicit statement_bound(std::shared_ptr<state> s) noexcept : state_{std::move(s)} {}
    std::shared_ptr<state> state_;
};

}  // namespace azoth::orm
