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

class view_sorter {
public:
    explicit view_sorter(const std::vector<view_definition>& views) {
        for (const auto& v : views) known_.emplace(v.name, &v);
        for (const auto& v : views) visit(v);
    }
    std::vector<const view_definition*> sorted{};

private:
    void visit(const view_definition& v) {
        if (!std::exchange(seen_[&v], true)) {
            for (const auto& name : v.reads)
                if (const auto found = known_.find(name); found != known_.end()) visit(*found->second);
            sorted.push_back(&v);
        }
    }
    std::map<object_name, const view_definition*> known_{};
    std::map<const view_definition*, bool> seen_{};
};

}  // namespace

object_kind kind_of(const view_definition& v) { return v.materialized ? object_kind::materialized_view : object_kind::view; }

std::vector<const view_definition*> view_order(const std::vector<view_definition>& views) { return view_sorter{views}.sorted; }

ordered_tables dependency_order(const std::vector<table_ptr>& tables) {
    sorter sort{tables};
    for (const auto& t : tables) sort.visit(t);
    return std::move(sort.result);
}

}  // namespace azoth::detail
