#include "expression_property.hpp"

#include "shrink.hpp"

#include <azoth/dialect.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <stdexcept>

namespace properties {
namespace {

struct disagreement : std::runtime_error {
    using std::runtime_error::runtime_error;
};

az::node_ptr tree_in(const choices& from, leaf_form form, domain& of) {
    constexpr int deepest = 5;
    byte_source source{from};
    of = static_cast<domain>(source.pick(domain_count));
    const int depth = 1 + static_cast<int>(source.pick(deepest));
    return tree_generator{source, form}.make(of, depth).node;
}

meaning read(const az::cell& c, domain as) {
    if (c.is_null()) return nothing{};
    const az::value v{c};
    switch (as) {
        case domain::integer: return v.as<std::int64_t>();
        case domain::real: return v.as<double>();
        case domain::exact: return v.as<az::decimal>();
        case domain::text: return v.as<std::string>();
        case domain::truth: return v.as<bool>();
        case domain::day: return v.as<az::date>();
    }
    return no_opinion{};
}

meaning meaning_in(const az::node& tree, const row& of) {
    try {
        return evaluate(tree, of);
    } catch (const az::data_error&) {  // more digits than a decimal has
        return no_opinion{};
    }
}

az::node_ptr id_column() { return sample_columns(az::type_kind::big_integer).front(); }

std::int64_t id_of(const row& of) { return of.front().as<std::int64_t>(); }

/// The rules of the connection's dialect. An engine keeps its plugin loaded.
const az::rule_table& rules_of(const az::connection& on) {
    return az::dialect_registry::instance().find(on.server_profile().dialect)->rules();
}

}  // namespace

sample_tree make_tree(const choices& from) {
    sample_tree made;
    made.bound = tree_in(from, leaf_form::bound, made.of);
    made.literal = tree_in(from, leaf_form::literal, made.of);
    made.mixed = tree_in(from, leaf_form::mixed, made.of);
    return made;
}

expression_property::expression_property(az::connection& on) : on_{on}, rules_{rules_of(on)} {}

std::string expression_property::check(std::span<const choices> trees) {
    const std::string together = problem_of(trees);
    if (together.empty()) return {};
    const auto fails = [this](const choices& one) { return !problem_of({&one, 1}).empty(); };
    for (const choices& one : trees) {
        if (!fails(one)) continue;
        const choices smallest = shrink(one, fails);
        return described(smallest, problem_of({&smallest, 1}));
    }
    return fmt::format("each tree alone is right, but not these {} together: {}", trees.size(), together);
}

std::string expression_property::problem_of(std::span<const choices> trees) {
    try {
        std::vector<sample_tree> made;
        for (const auto& t : trees) made.push_back(make_tree(t));
        check_values(made, &sample_tree::bound);
        check_values(made, &sample_tree::literal);
        check_conditions(made);
        on_.commit();
        return {};
    } catch (const disagreement& e) {
        on_.rollback();
        return e.what();
    } catch (const az::error& e) {
        on_.rollback();
        return e.what();
    }
}

void expression_property::check_value(const sample_tree& tree, const az::node& form, const row& of, const az::cell& got) {
    const meaning expected = meaning_in(form, of);
    ++compared_;
    if (is_unknown(expected)) return;
    ++decided_;
    const meaning found = read(got, tree.of);
    if (is_null(found) ? is_null(expected) : !is_null(expected) && compare(found, expected) == meaning{std::int64_t{0}}) return;
    throw disagreement{fmt::format("row {}: it gives {}, and means {}\n  {}", id_of(of), shown(found), shown(expected), sql_of(form))};
}

void expression_property::check_values(const std::vector<sample_tree>& trees, az::node_ptr sample_tree::*form) {
    auto query = az::detail::make_select();
    for (const auto& t : trees) query->items.push_back({t.*form});
    query->from.push_back(sample_table().source());
    query->order_by.push_back(id_column());
    auto result = on_.execute(az::select_statement<>{query});
    for (const row& of : sample_rows()) {
        if (!result.next()) throw disagreement{"rows are missing"};
        for (std::size_t i = 0; i < trees.size(); ++i) check_value(trees[i], *(trees[i].*form), of, result.cells()[i]);
    }
}

/// Optimisers treat conditions otherwise than values: each as the WHERE of a query of its own, all united.
void expression_property::check_conditions(const std::vector<sample_tree>& trees) {
    std::vector<az::node_ptr> parts;
    for (std::size_t i = 0; i < trees.size(); ++i) {
        if (trees[i].of != domain::truth) continue;
        auto part = az::detail::make_select();
        part->items = {{az::detail::make_label(az::detail::make_literal(az::value{static_cast<std::int64_t>(i)}), "tree")}, {id_column()}};
        part->where.push_back(trees[i].mixed);
        parts.push_back(part);
    }
    if (parts.empty()) return;
    auto all = az::make_node<az::compound_node>(az::set_operator::union_all, std::move(parts));
    auto result = on_.execute(az::compound_statement<>{std::move(all)});
    std::set<std::pair<std::int64_t, std::int64_t>> found;
    while (result.next()) found.emplace(result.get<std::int64_t>(std::size_t{0}), result.get<std::int64_t>(std::size_t{1}));
    for (std::size_t i = 0; i < trees.size(); ++i)
        for (const row& of : sample_rows()) {
            const meaning expected = trees[i].of == domain::truth ? meaning_in(*trees[i].mixed, of) : meaning{no_opinion{}};
            const bool passes = found.contains({static_cast<std::int64_t>(i), id_of(of)});
            if (is_unknown(expected) || passes == (expected == meaning{true})) continue;
            throw disagreement{fmt::format("row {}: as a condition it {}, and means {}\n  {}", id_of(of),
                                           passes ? "holds" : "does not hold", shown(expected), sql_of(*trees[i].mixed))};
        }
}

std::string expression_property::sql_of(const az::node& tree) const {
    auto query = az::detail::make_select();
    query->items.push_back({az::node_ptr{&tree}});
    query->from.push_back(sample_table().source());
    return az::to_sql(*query, rules_, on_.server_profile());
}

std::string expression_property::described(const choices& from, const std::string& problem) const {
    return fmt::format("{}: {}\n  bytes: {:02x}", on_.server_profile().server, problem, fmt::join(from, " "));
}

}  // namespace properties
