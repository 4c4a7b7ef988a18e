#include "dependency_order.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace azoth::detail {
namespace {

using table_ptr = std::shared_ptr<const table_definition>;
using qualified_name = std::pair<std::string, std::string>;

class sorter {
public:
    explicit sorter(const std::vector<table_ptr>& tables) {
        for (const auto& t : tables) known_.emplace(qualified_name{t->node->schema, t->node->name}, t);
    }
    void visit(const table_ptr& t) {
        auto [it, is_new] = states_.try_emplace(t->node.get(), state::open);
        if (!is_new) return;
        for (const auto& key : t->foreign_keys) {
            const auto found = known_.find({key.referred_schema, key.referred_table});
            if (found == known_.end() || found->second == t) continue;
            const auto seen = states_.find(found->second->node.get());
            if (seen != states_.end() && seen->second == state::open) result.in_cycles.insert(t->node.get());
            else visit(found->second);
        }
        states_[t->node.get()] = state::done;
        result.tables.push_back(t);
    }
    ordered_tables result{};

private:
    enum class state : unsigned char { open, done };
    std::map<qualified_name, table_ptr> known_{};
    std::map<const table_node*, state> states_{};
};

}  // namespace

ordered_tables dependency_order(const std::vector<table_ptr>& tables) {
    sorter sort{tables};
    for (const auto& t : tables) sort.visit(t);
    return std::move(sort.result);
}

}  // namespace azoth::detail
