#include "from_clause.hpp"

#include "compile_scope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth::detail {
namespace {

bool holds(const std::vector<const node*>& some, const node* one) { return std::find(some.begin(), some.end(), one) != some.end(); }

/// A table function is computed from what its arguments name, so that this comes first.
void add_source(const node& source, std::vector<const node*>& found) {
    if (holds(found, &source)) return;
    if (const auto* function = node_cast<table_function_node>(&source))
        for (const auto& argument : function->arguments) collect_sources(*argument, found);
    found.push_back(&source);
}

class source_collector final : public node_visitor {
public:
    explicit source_collector(std::vector<const node*>& found) noexcept : found_{found} {}
    void child(const node& child) override {
        if (const auto* column = node_cast<column_node>(&child)) return add_source(*column->source, found_);
        const auto kind = child.kind().number;
        if (kind == node_numbers::select || kind == node_numbers::compound) return;
        child.visit_children(*this);
    }

private:
    std::vector<const node*>& found_;
};

/// What a target of a join offers: itself, or all that a nested join joins.
void collect_offered(const node& target, std::vector<const node*>& offered) {
    const auto* nested = node_cast<joined_node>(&target);
    if (!nested) return offered.push_back(&target);
    collect_offered(*nested->first, offered);
    for (const auto& join : nested->joins) collect_offered(*join.target, offered);
}

}  // namespace

std::vector<const node*> offered_by(const node& target) {
    std::vector<const node*> offered;
    collect_offered(target, offered);
    return offered;
}

namespace {

bool is_lateral(const node* source) {
    const auto* subquery = node_cast<subquery_node>(source);
    return subquery && subquery->lateral;
}
/// Whether its rows depend on what stands before it, so that joining it needs no condition.
bool is_dependent(const node* source) { return is_lateral(source) || node_cast<table_function_node>(source); }

bool is_from_outside(const compiler& out, const select_node& n, const node* source) {
    if (n.correlation == select_node::correlations::found) return out.is_offered_outside(*source);
    return std::any_of(n.correlated.begin(), n.correlated.end(), [&](const node_ptr& c) { return c.get() == source; });
}

bool is_said(const select_node& n, const node* source) {
    return std::any_of(n.from.begin(), n.from.end(), [&](const node_ptr& f) { return f.get() == source; });
}

std::vector<const node*> base_sources(const compiler& out, const select_node& n) {
    std::vector<const node*> found;
    std::vector<const node*> said;  // or joined
    for (const auto& f : n.from) {
        add_source(*f, found);
        if (node_cast<joined_node>(f)) collect_offered(*f, said);
    }
    for (const auto& item : n.items) collect_sources(*item.expression, found);
    for (const auto& term : n.where) collect_sources(*term, found);
    for (const auto& w : n.windows) collect_sources(*w.window, found);
    for (const auto& join : n.joins) {
        if (node_cast<table_function_node>(join.target)) add_source(*join.target, found);
        collect_offered(*join.target, said);
    }
    std::erase_if(found, [&](const node* s) { return holds(said, s); });
    // A query inside an expression takes from around it what it does not select from itself, unless nothing would be left.
    std::vector<const node*> own;
    for (const node* s : found)
        if (is_said(n, s) || !is_from_outside(out, n, s)) own.push_back(s);
    if (own.empty() && n.joins.empty() && n.correlation == select_node::correlations::found) return found;
    std::stable_partition(own.begin(), own.end(), [](const node* s) { return !is_lateral(s); });
    return own;
}

const table_node* table_beneath(const node* source) {
    if (const auto* alias = node_cast<alias_node>(source)) return table_beneath(alias->source.get());
    if (const auto* sample = node_cast<sample_node>(source)) return table_beneath(sample->source.get());
    return node_cast<table_node>(source);
}

struct key_pair {
    const node* referring;
    const column_spec* column;
    const node* referred;
    const column_spec* referred_column;
};

void find_keys(const node* from, const node* to, std::vector<key_pair>& found) {
    const table_node* a = table_beneath(from);
    const table_node* b = table_beneath(to);
    if (!a || !b) return;
    for (const auto& column : a->columns)
        for (const auto& ref : column.references)
            if (ref.table == b->name && ref.schema == b->schema) found.push_back({from, &column, to, &find_column(*to, ref.column)});
}

/// Whether the columns make up one key of several: each refers to another column of the same primary key, and all of it is referred to.
bool is_one_key(const std::vector<key_pair>& keys) {
    if (keys.size() == 1) return true;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const key_pair& k = keys[i];
        if (k.referring != keys.front().referring || k.referred != keys.front().referred || !k.referred_column->primary_key) return false;
        for (std::size_t other = 0; other < i; ++other)
            if (keys[other].referred_column == k.referred_column || keys[other].column == k.column) return false;
    }
    const auto& columns = columns_of(*keys.front().referred);
    return keys.size() ==
           static_cast<std::size_t>(std::count_if(columns.begin(), columns.end(), [](const column_spec& c) { return c.primary_key; }));
}

}  // namespace

node_ptr make_key_condition(const node* target, const std::vector<const node*>& left) {
    std::vector<key_pair> keys;
    for (const node* l : left) {
        find_keys(l, target, keys);
        find_keys(target, l, keys);
    }
    if (keys.empty() || !is_one_key(keys))
        throw_error(errc::statement, fmt::format("{} foreign keys join {} to what stands before it: say which with join(target, condition)",
                                                 keys.empty() ? "no" : "several", source_name(*target)));
    std::vector<node_ptr> equal;
    for (const key_pair& k : keys)
        equal.push_back(make_node<const binary_node>(binary_operator::equal, make_node<const column_node>(node_ptr{k.referring}, *k.column),
                                                     make_node<const column_node>(node_ptr{k.referred}, *k.referred_column)));
    return equal.size() == 1 ? equal.front() : make_node<const logical_node>(logical_operator::and_, std::move(equal));
}

namespace {

/// Tells the scope what joins offer, and what of it can be NULL. `left`: what stands before them.
void note_joins(compiler::scope& scope, const std::vector<join_item>& joins, std::vector<const node*> left);

void note_source(compiler::scope& scope, const node& source) {
    for (const node* s : offered_by(source)) {
        if (scope.offers(s)) throw_error(errc::statement, fmt::format("{} is joined twice: make an alias() of it", source_name(*s)));
        scope.sources.push_back(s);
    }
}

void note_inner_joins(compiler::scope& scope, const node& target) {
    const auto* nested = node_cast<joined_node>(&target);
    if (!nested) return;
    note_inner_joins(scope, *nested->first);
    note_joins(scope, nested->joins, offered_by(*nested->first));
}

void note_joins(compiler::scope& scope, const std::vector<join_item>& joins, std::vector<const node*> left) {
    for (const auto& join : joins) {
        note_inner_joins(scope, *join.target);
        const auto right = offered_by(*join.target);
        auto& outer = scope.outer_joined;
        if (join.kind == join_kind::left || join.kind == join_kind::full) outer.insert(outer.end(), right.begin(), right.end());
        if (join.kind == join_kind::right || join.kind == join_kind::full) outer.insert(outer.end(), left.begin(), left.end());
        left.insert(left.end(), right.begin(), right.end());
    }
}

/// Writes what stands in FROM.
class from_writer {
public:
    from_writer(compiler& out, const select_node& n) : out_{out}, hints_{n.hints} {}

    void run(const std::vector<const node*>& base, const std::vector<join_item>& joins) {
        std::string_view before = " FROM ";
        // A comma binds looser than JOIN: conditions would not see what stands before it.
        const std::string_view separator = joins.empty() ? ", " : " CROSS JOIN ";
        for (const node* s : base) {
            out_ << before;
            before = separator;
            write_source(*s);
        }
        write_joins(joins);
    }

private:
    void write_source(const node& source) {
        if (const auto* nested = node_cast<joined_node>(&source)) {
            from_writer inner{*this};
            inner.left_.clear();
            out_ << "(";
            inner.write_source(*nested->first);
            inner.write_joins(nested->joins);
            out_ << ")";
        } else if (is_lateral(&source)) {
            auto& offered = out_.current_scope().sources;
            auto all = std::exchange(offered, left_);
            out_ << source;
            offered = std::move(all);
        } else {
            out_ << source;
            if (out_.is_ambiguous(source)) {
                out_ << " AS ";
                out_.identifier(out_.name_of(source));
            }
        }
        for (const auto& hint : hints_)
            if (hint.source.get() == &source && is_for(out_, hint)) out_ << " " << hint.sql;
        collect_offered(source, left_);
    }
    void write_joins(const std::vector<join_item>& joins) {
        for (const auto& join : joins) write_join(join);
    }
    void write_join(const join_item& join) {
        static constexpr std::array<std::string_view, 5> words{" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ", " CROSS JOIN "};
        if (join.kind == join_kind::right) out_.require(out_.can().right_joins, "a RIGHT join", "turn it around with outer_join()");
        if (join.kind == join_kind::full) out_.require(out_.can().full_joins, "a FULL join", "unite two outer joins with union_all()");
        const bool takes_all = !join.on && is_dependent(join.target.get());
        const bool crosses = join.kind == join_kind::cross || (takes_all && join.kind == join_kind::inner);
        const auto left = left_;
        out_ << words[static_cast<std::size_t>(crosses ? join_kind::cross : join.kind)];
        write_source(*join.target);
        if (crosses) return;
        out_ << " ON ";
        if (join.on) out_ << join.on;
        else if (takes_all) out_ << "TRUE";
        else out_ << make_key_condition(join.target.get(), left);
    }

    compiler& out_;
    const std::vector<dialect_text>& hints_;
    std::vector<const node*> left_{};
};

}  // namespace

void collect_sources(const node& expression, std::vector<const node*>& found) {
    source_collector collector{found};
    collector.child(expression);
}

bool is_for(const compiler& out, const dialect_text& text) {
    return text.dialect == out.server().dialect || (!out.rules().family.empty() && text.dialect == out.rules().family);
}

void write_texts(compiler& out, const std::vector<dialect_text>& texts, std::string_view before, std::string_view behind) {
    for (const auto& text : texts)
        if (is_for(out, text)) out << before << text.sql << behind;
}

from_clause open_from_clause(compiler& out, const select_node& n) {
    from_clause from;
    from.base = base_sources(out, n);
    auto& scope = out.current_scope();
    for (const node* source : from.base) {
        note_source(scope, *source);
        note_inner_joins(scope, *source);
    }
    const auto before_joins = scope.sources;
    for (const auto& join : n.joins) {
        if (from.base.empty())
            throw_error(
                errc::statement,
                fmt::format("the join with {0} has nothing on its left: name it with select_from(), or make an alias() where {0} is joined "
                            "with itself",
                            source_name(*join.target)));
        note_source(scope, *join.target);
    }
    note_joins(scope, n.joins, before_joins);
    return from;
}

void write_from_clause(compiler& out, const select_node& n, const from_clause& from) {
    if (!from.base.empty()) from_writer{out, n}.run(from.base, n.joins);
    else out << out.rules().lone_select;
}

}  // namespace azoth::detail
