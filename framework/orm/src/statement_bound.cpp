#include <azoth/orm/statement_bound.hpp>

#include "session_core.hpp"

#include <azoth/base/error.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/executor.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace azoth::orm::detail {
namespace {

std::string sql_of(const node& statement, const executor& on) {
    try {
        return compiler{on.rules(), on.server_profile(), compile_options{.inline_values = true}}.run(statement).sql;
    } catch (const error& e) {  // a value that has no literal, say
        return fmt::format("a statement that cannot be printed: {}", e.message());
    }
}

[[noreturn]] void throw_one_more(const statement_bound::state& bound, const node& next, const executor& on) {
    std::string message = fmt::format("{} statements were expected at most, and this is one more:\n  {}", bound.limit, sql_of(next, on));
    if (!bound.ran.empty()) message += "\nThese have run:";
    for (const node_ptr& s : bound.ran) message += "\n  " + sql_of(*s, on);
    throw_error(errc::misuse, message);
}

}  // namespace

std::shared_ptr<statement_bound::state> session_core::bound_statements(std::size_t limit) {
    if (outer_) return outer_->bound_statements(limit);
    auto made = std::make_shared<statement_bound::state>(statement_bound::state{limit, {}});
    bounds_.emplace_back(made);
    return made;
}

void session_core::count_statement(const node_ptr& statement) {
    if (outer_) return outer_->count_statement(statement);
    ++statements_;
    if (options.max_statements != 0 && statements_ > options.max_statements)
        throw_error(errc::misuse,
                    fmt::format("the session may run {} statements, and this is one more: load what it touches with the query "
                                "(selectinload, joinedload)",
                                options.max_statements));
    if (bounds_.empty()) return;
    std::erase_if(bounds_, [](const auto& b) { return b.expired(); });
    for (const auto& weak : bounds_) {
        const auto bound = weak.lock();
        if (bound->ran.size() >= bound->limit)
            connection().with_executor([&](const executor& on) { throw_one_more(*bound, *statement, on); });
    }
    for (const auto& weak : bounds_) weak.lock()->ran.push_back(statement);
}

}  // namespace azoth::orm::detail
