#include "claims.hpp"

#include "containment.hpp"

#include <fmt/format.h>

#include <string_view>

namespace azoth::detail {
namespace {

using claim = bool capabilities::*;
struct implication {
    claim one;
    std::string_view name;
    claim needs;
    std::string_view needed;
};

constexpr implication implications[] = {
    {&capabilities::savepoints, "savepoints", &capabilities::transactions, "transactions"},
    {&capabilities::two_phase, "two_phase", &capabilities::transactions, "transactions"},
    {&capabilities::read_only_transactions, "read_only_transactions", &capabilities::transactions, "transactions"},
    {&capabilities::deferrable_transactions, "deferrable_transactions", &capabilities::transactions, "transactions"},
    {&capabilities::ddl_in_transactions, "ddl_in_transactions", &capabilities::transactions, "transactions"},
    {&capabilities::recursive_ctes, "recursive_ctes", &capabilities::ctes, "ctes"},
    {&capabilities::dml_in_ctes, "dml_in_ctes", &capabilities::ctes, "ctes"},
    {&capabilities::lock_nowait, "lock_nowait", &capabilities::row_locks, "row_locks"},
    {&capabilities::skip_locked, "skip_locked", &capabilities::row_locks, "row_locks"},
    {&capabilities::locks_of_tables, "locks_of_tables", &capabilities::row_locks, "row_locks"},
    {&capabilities::key_locks, "key_locks", &capabilities::row_locks, "row_locks"},
};

}  // namespace

void require_consistent(const profile& server) {
    const capabilities& can = server.can;
    for (const auto& i : implications)
        if (can.*i.one && !(can.*i.needs))
            throw_misbehaviour(server.driver, fmt::format("its profile claims {}, and not {} that belongs to it", i.name, i.needed));
    if (can.max_parameters == 0 || can.max_value_bytes == 0)
        throw_misbehaviour(server.driver, "its profile says that a statement takes no parameters, or values of no size");
}

}  // namespace azoth::detail
