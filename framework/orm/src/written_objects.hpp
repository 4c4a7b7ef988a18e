#pragma once

#include "session_core.hpp"

#include <memory>
#include <span>
#include <unordered_set>
#include <vector>

namespace azoth::orm::detail {

/// Objects of a session whose rows an update or delete changes behind their back.
class written_objects {
public:
    /// Finds out, or has the statement return, which rows are concerned; null where the session has no object of the table.
    static std::unique_ptr<written_objects> before(session_core& in, node_ptr& statement, std::span<const argument> args);

    /// How many columns the statement returns for this, behind its own.
    [[nodiscard]] std::size_t returned_columns() const noexcept { return is_returned_ ? of_->key.size() : 0; }
    void take(std::span<const cell> key);
    [[nodiscard]] const std::unordered_set<instance*>& concerned() const noexcept { return concerned_; }
    [[nodiscard]] bool deletes() const noexcept { return deletes_; }
    [[nodiscard]] std::int64_t taken() const noexcept { return taken_; }
    /// Brings the objects along.
    void finish();

private:
    written_objects(session_core& in, const entity_class& of, bool deletes) noexcept : session_{in}, of_{&of}, deletes_{deletes} {}
    template <class Node>
    static std::unique_ptr<written_objects> before(session_core& in, const Node& n, bool deletes, node_ptr& statement,
                                                   std::span<const argument> args);
    void ask(const select_node& keys, std::span<const argument> args);
    void forget_all();
    void read_again(std::span<instance* const> some);

    session_core& session_;
    const entity_class* of_;
    bool deletes_;
    bool is_returned_{};
    std::int64_t taken_{};
    std::unordered_set<instance*> concerned_{};
};

}  // namespace azoth::orm::detail
