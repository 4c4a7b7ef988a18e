#pragma once

#include <azoth/schema/changes.hpp>

#include <string>
#include <utility>
#include <vector>

namespace azoth::detail {

/// Statements in their order. What the server cannot do is told, and left out.
class step_list {
public:
    step_list(schema_changes& to, const rule_table& rules, const profile& server) : to_{to}, rules_{rules}, server_{server} {}

    void add(const object_name& of, node_ptr statement, std::string note = {}) { put(of, std::move(statement), std::move(note), false); }
    /// One with which rows or values are gone.
    void add_loss(const object_name& of, node_ptr statement, std::string note) { put(of, std::move(statement), std::move(note), true); }
    /// One that loses what `lost` says, where it says anything; `note` is told beside it.
    void add(const object_name& of, node_ptr statement, const std::string& lost, const std::string& note) {
        put(of, std::move(statement), lost.empty() || note.empty() ? lost + note : lost + "; " + note, !lost.empty());
    }
    /// Before the transaction.
    void add_before(const object_name& of, node_ptr statement) {
        if (can(of, *statement)) to_.before.emplace_back(std::move(statement));
    }
    /// Whether the server can do it; told where it cannot.
    [[nodiscard]] bool can(const object_name& of, const node& statement);
    void refuse(const object_name& of, std::string why) { to_.impossible.push_back({of, std::move(why)}); }

    [[nodiscard]] const rule_table& rules() const noexcept { return rules_; }
    [[nodiscard]] const profile& server() const noexcept { return server_; }
    [[nodiscard]] schema_changes& changes() noexcept { return to_; }

private:
    void put(const object_name& of, node_ptr statement, std::string note, bool loses);

    schema_changes& to_;
    const rule_table& rules_;
    const profile& server_;
};

}  // namespace azoth::detail
