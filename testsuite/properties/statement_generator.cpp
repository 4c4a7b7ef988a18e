#include "statement_generator.hpp"

#include <azoth/dialect.hpp>

#include <array>

namespace properties {
namespace {

using k = az::type_kind;

std::vector<az::column_spec> specs(bool refers) {
    std::vector<az::column_spec> made;
    const auto add = [&](std::string name, az::type t) {
        az::column_spec spec;
        spec.name = std::move(name);
        spec.type = std::move(t);
        made.push_back(std::move(spec));
    };
    add("id", k::big_integer);
    add("name", az::string(40));
    add("price", az::numeric(10, 2));
    add("parent", k::big_integer);
    made[0].primary_key = made[0].generated = true;
    made[0].nullable = false;
    if (refers) made[3].references.push_back({"", "item", "id"});
    return made;
}

az::node_ptr new_table(std::string name, std::string schema, bool refers) {
    return az::make_node<const az::table_node>(std::move(name), std::move(schema), specs(refers));
}

}  // namespace

statement_generator::statement_generator(byte_source& from, unsigned salt) : from_{from}, salt_{salt} {
    static const az::node_ptr item = new_table("item", "", false);
    static const az::node_ptr order = new_table("order", "", true);
    tables_ = {item, order, new_table("item", "", true), new_table("order", "side", false)};
}

az::node_ptr statement_generator::make() {
    constexpr int deepest = 3;
    switch (from_.pick(8)) {
        case 5: return insert();
        case 6: return update();
        case 7: return remove();
        default: return query(static_cast<int>(from_.pick(deepest + 1)));
    }
}

az::node_ptr statement_generator::query(int depth) {
    const unsigned columns = 1 + from_.pick(3);
    if (depth > 0 && from_.one_in(5)) return compound(depth, columns);
    return select(depth, columns);
}

statement_generator::select_handle statement_generator::select(int depth, unsigned columns) {
    static constexpr std::array<const char*, 3> names{"a", "b", "c"};
    const std::size_t around = visible_.size();
    auto made = az::detail::make_select();
    const auto base = source(depth);
    visible_.push_back(base);
    const bool says_from = from_.pick(3) != 0;
    add_joins(made, depth);
    if (says_from || !made->joins.empty()) made->from.push_back(base);
    for (unsigned i = 0; i < columns; ++i) {
        const auto item = value(depth);
        const bool is_strict = from_.one_in(8);
        made->items.push_back({az::detail::make_label(item, names[i]), is_strict});
    }
    for (unsigned i = from_.pick(3); i > 0; --i) made->where.push_back(condition(depth));
    add_ends(made, depth);
    add_words(made);
    add_clauses(made);
    if (from_.one_in(8)) {
        made->correlation = az::select_node::correlations::said;
        if (around != 0 && from_.pick(2) == 1) made->correlated.push_back(visible_[around - 1]);
    }
    visible_.resize(around);
    return made;
}

/// What is said to one dialect only, and CTEs that nobody uses.
void statement_generator::add_words(select_handle& to) {
    static constexpr std::array<const char*, 4> dialects{"sqlite", "postgresql", "mariadb", "mysql"};
    static constexpr std::array<const char*, 2> words{"/* a */", "/* b */"};
    if (from_.pick(8) < 6) return;
    const char* dialect = dialects[from_.pick(4)];
    const char* sql = words[from_.pick(2)];
    switch (from_.pick(4)) {
        case 0: to->prefixes.push_back({dialect, sql}); break;
        case 1: to->suffixes.push_back({dialect, sql}); break;
        case 2: to->hints.push_back({dialect, sql, visible_.back()}); break;
        default:
            if (!ctes_.empty()) to->with.push_back(ctes_.back());
    }
}

/// Clauses that few queries have; each of them rarely.
void statement_generator::add_clauses(select_handle& to) {
    static constexpr std::array<const char*, 2> names{"w", "v"};
    switch (from_.pick(24)) {
        case 18: to->distinct_on.push_back(column()); break;
        case 19:
        case 20: {
            auto made = az::make_node<az::window_node>(az::node_ptr{});
            made->order.push_back(column());
            to->windows.push_back({names[from_.pick(2)], made});
            break;
        }
        case 21: to->limits = static_cast<az::limit_kind>(from_.pick(4)); break;
        case 22:
            to->lock = {static_cast<az::lock_strength>(from_.pick(5)), static_cast<az::lock_wait>(from_.pick(3)), {}};
            if (from_.pick(2) == 1) to->lock.of.push_back(visible_.back());
            break;
        case 23: to->order_by.push_back(az::make_node<const az::label_ref_node>("a", az::type{})); break;
        default: break;
    }
}

az::node_ptr statement_generator::grouping(int depth) {
    const auto form = static_cast<az::grouping_node::forms>(from_.pick(3));
    nodes keys;
    for (unsigned i = 1 + from_.pick(2); i > 0; --i) {
        auto key = value(depth - 1);
        if (form == az::grouping_node::forms::sets) key = az::make_node<const az::grouping_node>(az::grouping_node::forms::set, nodes{key});
        keys.push_back(key);
    }
    return az::make_node<const az::grouping_node>(form, std::move(keys));
}

void statement_generator::add_joins(select_handle& to, int depth) {
    using j = az::join_kind;
    static constexpr std::array<j, 8> kinds{j::inner, j::left, j::inner, j::left, j::cross, j::right, j::inner, j::full};
    for (unsigned i = from_.pick(3); i > 0; --i) {
        const auto kind = kinds[from_.pick(kinds.size())];
        auto target = source(depth);
        visible_.push_back(target);
        if (from_.one_in(8)) target = nested_join(depth, target);
        const bool by_key = from_.one_in(4);
        to->joins.push_back({kind, target, by_key || kind == az::join_kind::cross ? az::node_ptr{} : condition(1)});
    }
}

void statement_generator::add_ends(select_handle& to, int depth) {
    for (unsigned i = (from_.pick(6)) % 3; i > 0 && i != 2; --i)
        to->group_by.push_back(from_.one_in(4) ? grouping(depth) : value(depth - 1));
    if (!to->group_by.empty() && from_.pick(2) == 1) to->having.push_back(condition(depth));
    for (unsigned i = from_.pick(3); i > 0; --i) to->order_by.push_back(from_.pick(3) == 0 ? to->items.front().expression : order(depth));
    if (from_.one_in(4)) to->limit = limit();
    if (from_.one_in(4)) to->offset = limit();
    to->distinct = from_.one_in(6);
}

az::node_ptr statement_generator::limit() {
    const unsigned rows = from_.pick(20);
    return az::detail::make_limit(rows + salt_, "limit");
}

az::node_ptr statement_generator::compound(int depth, unsigned columns) {
    const auto op = static_cast<az::set_operator>(from_.pick(6));
    nodes parts;
    for (unsigned i = 2 + from_.pick(2); i > 0; --i) {
        if (depth > 1 && from_.one_in(5)) {
            parts.push_back(compound(depth - 1, columns));
            continue;
        }
        auto part = select(depth - 1, columns);
        if (from_.pick(4) != 0) part->order_by.clear(), part->limit = part->offset = {};
        parts.push_back(part);
    }
    auto made = az::make_node<az::compound_node>(op, parts);
    if (from_.one_in(3)) made->limit = limit();
    return made;
}

az::node_ptr statement_generator::table() { return tables_[from_.pick(4)]; }

az::node_ptr statement_generator::source(int depth) {
    const unsigned what = from_.pick(4);
    const unsigned which = from_.pick(16);
    if (what == 3 && !sources_.empty()) return sources_[which % sources_.size()];
    if (what == 0) return tables_[which % tables_.size()];
    auto made = new_source(depth);
    sources_.push_back(made);
    return made;
}

az::node_ptr statement_generator::new_source(int depth) {
    static constexpr std::array<const char*, 4> names{"", "", "x", "y"};
    const unsigned what = from_.pick(12);
    const char* name = names[from_.pick(4)];
    if (depth > 0 && what == 4) {
        const nodes around = std::exchange(visible_, {});
        auto inner = query(depth - 1);
        visible_ = around;
        return az::detail::make_subquery(inner, name, {});
    }
    if (depth > 0 && what == 5) return common_table(depth);
    if (depth > 0 && what == 6) return lateral(depth, name);
    if (what == 7) return values(name);
    if (what == 8) return series(name);
    if (what == 9) {
        const auto of = table();
        const auto percent = bind();
        const auto method = from_.pick(2) == 0 ? az::sample_method::bernoulli : az::sample_method::system;
        return az::make_node<const az::sample_node>(of, name, method, percent, from_.pick(2) == 0 ? az::node_ptr{} : bind());
    }
    return az::detail::make_alias(table(), name);
}

az::node_ptr statement_generator::lateral(int depth, const char* name) {
    const std::size_t around = visible_.size();
    const auto plain = az::detail::make_subquery(select(depth - 1, 1), name, {});
    visible_.resize(around);
    auto made = az::make_node<az::subquery_node>(static_cast<const az::subquery_node&>(*plain));
    made->lateral = true;
    return made;
}

az::node_ptr statement_generator::values(const char* name) {
    auto columns = specs(false);
    columns.resize(1 + from_.pick(2));
    nodes cells;
    for (std::size_t i = columns.size() * (1 + from_.pick(2)); i > 0; --i) cells.push_back(from_.pick(2) == 0 ? bind() : literal());
    return az::make_node<const az::values_node>(name, std::move(columns), std::move(cells));
}

az::node_ptr statement_generator::series(const char* name) {
    auto columns = specs(false);
    columns.resize(1);
    nodes arguments{literal()};
    arguments.push_back(bind());
    arguments.push_back(az::detail::make_literal(az::value{std::int64_t{1} + from_.pick(2)}));  // the step stands in the SQL
    return az::make_node<const az::table_function_node>(az::table_function_node::kinds::series, "", std::move(arguments), name,
                                                        std::move(columns));
}

az::node_ptr statement_generator::nested_join(int depth, const az::node_ptr& first) {
    auto made = az::make_node<az::joined_node>(first);
    const auto target = source(depth - 1);
    visible_.push_back(target);
    made->joins.push_back({az::join_kind::inner, target, condition(1)});
    return made;
}

az::node_ptr statement_generator::common_table(int depth) {
    static constexpr std::array<const char*, 2> names{"q", "p"};
    const unsigned which = from_.pick(4);
    if (which > 1 && !ctes_.empty()) return ctes_[which % ctes_.size()];
    const nodes around = std::exchange(visible_, {});
    const bool is_recursive = from_.one_in(3);
    const unsigned columns = 1 + from_.pick(2);
    auto cte = az::detail::make_cte(select(depth - 1, columns), names[which % 2], {});
    if (is_recursive) {
        const auto self = az::detail::make_cte_self(*cte);
        sources_.push_back(self);
        auto again = select(depth - 1, columns);
        (void)az::detail::finish_cte(cte, again, from_.pick(2) == 1);
    }
    visible_ = around;
    const auto hint = static_cast<az::materialization>(from_.pick(6) % 3);
    ctes_.push_back(hint == az::materialization::unspecified ? az::node_ptr{cte} : az::detail::hinted_cte(cte, hint));
    return ctes_.back();
}

az::node_ptr statement_generator::insert() {
    const auto into = table();
    auto made = az::detail::make_insert(into);
    visible_ = {into};
    switch (from_.pick(3)) {
        case 0:
            for (unsigned i = from_.pick(3) + 1; i > 0; --i) {
                const auto target = column_of(into);
                const nodes around = std::exchange(visible_, {});
                made->values.push_back({target, from_.pick(2) == 0 ? bind() : literal()});
                visible_ = around;
            }
            break;
        case 1: {
            visible_.clear();
            made->columns = {column_of(into)};
            made->query = select(1, 1);
            break;
        }
        default:
            for (unsigned i = from_.pick(3); i > 0; --i) made->columns.push_back(column_of(into));
            break;
    }
    made->returning = returning(into);
    return made;
}

az::node_ptr statement_generator::update() {
    const auto of = table();
    auto made = az::detail::make_update(of);
    visible_ = {of};
    for (unsigned i = from_.pick(2) + 1; i > 0; --i) {
        const auto target = column_of(of);
        made->values.push_back({target, value(2)});
    }
    for (unsigned i = from_.pick(3); i > 0; --i) made->where.push_back(condition(2));
    made->returning = returning(of);
    return made;
}

az::node_ptr statement_generator::remove() {
    const auto from = table();
    auto made = az::detail::make_delete(from);
    visible_ = {from};
    for (unsigned i = from_.pick(3); i > 0; --i) made->where.push_back(condition(2));
    made->returning = returning(from);
    return made;
}

std::vector<az::select_item> statement_generator::returning(const az::node_ptr& table) {
    std::vector<az::select_item> items;
    for (unsigned i = from_.pick(4) % 3; i > 0; --i) items.push_back({column_of(table)});
    return items;
}

}  // namespace properties
