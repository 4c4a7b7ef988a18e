#include "from_clause.hpp"

#include "compile_scope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth::detail {
namespace {

class source_collector final : public node_visitor {
public:
    explicit source_collector(std::vector<const node*>& found) noexcept : found_{found} {}
    void child(const node& child) override {
        if (const auto* column = node_cast<column_node>(&child)) {
            if (std::find(found_.begin(), found_.end(), column->source.get()) == found_.end()) found_.push_back(column->source.get());
            return;
        }
        const auto kind = child.kind().number;
        if (kind == node_numbers::select || kind == node_numbers::compound) return;
        child.visit_children(*this);
    }

private:
    std::vector<const node*>& found_;
};

void remove(std::vector<const node*>& from, const node* what) { std::erase(from, what); }

std::vector<const node*> base_sources(const compiler& out, const select_node& n) {
    std::vector<const node*> found;
    for (const auto& f : n.from) found.push_back(f.get());
    const auto said = found.size();
    for (const auto& item : n.items) collect_sources(*item.expression, found);
    for (const auto& term : n.where) collect_sources(*term, found);
    for (const auto& join : n.joins) remove(found, join.target.get());
    // A query inside an expression takes from around it what it does not select from itself, unless nothing would be left.
    std::vector<const node*> own;
    for (std::size_t i = 0; i < found.size(); ++i)
        if (i < said || !out.is_offered_outside(*found[i])) own.push_back(found[i]);
    return own.empty() && n.joins.empty() ? found : own;
}

const table_node* table_beneath(const node* source) {
    if (const auto* alias = node_cast<alias_node>(source)) return table_beneath(alias->source.get());
    return node_cast<table_node>(source);
}

struct key_pair {
    const node* referring;
    const column_spec* column;
    const node* referred;
    const std::string* referred_column;
};

void find_keys(const node* from, const node* to, std::vector<key_pair>& found) {
    const table_node* a = table_beneath(from);
    const table_node* b = table_beneath(to);
    if (!a || !b) return;
    for (const auto& column : a->columns)
        for (const auto& ref : column.references)
            if (ref.table == b->name && ref.schema == b->schema) found.push_back({from, &column, to, &ref.column});
}

void write_key_condition(compiler& out, const node* target, const std::vector<const node*>& left) {
    std::vector<key_pair> keys;
    for (const node* l : left) {
        find_keys(l, target, keys);
        find_keys(target, l, keys);
    }
    if (keys.size() != 1)
        throw_error(errc::statement, fmt::format("{} foreign keys join {} to what stands before it: say which with join(target, condition)",
                                                 keys.empty() ? "no" : "several", source_name(*target)));
    const key_pair& k = keys.front();
    out << *make_node<column_node>(node_ptr{k.referring}, *k.column) << " = "
        << *make_node<column_node>(node_ptr{k.referred}, find_column(*k.referred, *k.referred_column));
}

void note_optional(compiler::scope& scope, join_kind kind, const node* target, const std::vector<const node*>& left) {
    if (kind == join_kind::left || kind == join_kind::full) scope.outer_joined.push_back(target);
    if (kind == join_kind::right || kind == join_kind::full) scope.outer_joined.insert(scope.outer_joined.end(), left.begin(), left.end());
}

}  // namespace

void collect_sources(const node& expression, std::vector<const node*>& found) {
    source_collector collector{found};
    collector.child(expression);
}

from_clause open_from_clause(compiler& out, const select_node& n) {
    from_clause from;
    from.base = base_sources(out, n);
    auto& scope = out.current_scope();
    scope.sources = from.base;
    for (const auto& join : n.joins) {
        if (from.base.empty())
            throw_error(errc::statement,
                        fmt::format("the join with {} has nothing on its left: name it with select_from()", source_name(*join.target)));
        if (scope.offers(join.target.get()))
            throw_error(errc::statement, fmt::format("{} is joined twice: make an alias() of it", source_name(*join.target)));
        note_optional(scope, join.kind, join.target.get(), scope.sources);
        scope.sources.push_back(join.target.get());
    }
    return from;
}

void write_from_clause(compiler& out, const select_node& n, const from_clause& from) {
    static constexpr std::array<std::string_view, 5> words{" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ", " CROSS JOIN "};
    if (from.base.empty()) return;
    out << " FROM " << *from.base.front();
    std::vector<const node*> left{from.base.front()};
    for (const auto& join : n.joins) {
        if (join.kind == join_kind::right) out.require(out.can().right_joins, "a RIGHT join", "turn it around with outer_join()");
        if (join.kind == join_kind::full) out.require(out.can().full_joins, "a FULL join", "unite two outer joins with union_all()");
        out << words[static_cast<std::size_t>(join.kind)] << join.target;
        if (join.kind != join_kind::cross) {
            out << " ON ";
            if (join.on) out << join.on;
            else write_key_condition(out, join.target.get(), left);
        }
        left.push_back(join.target.get());
    }
    for (std::size_t i = 1; i < from.base.size(); ++i) out << ", " << *from.base[i];
}

}  // namespace azoth::detail
