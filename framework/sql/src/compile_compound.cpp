// UNION and its kin.
#include "ansi_rules.hpp"
#include "compile_scope.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace azoth {
namespace {

constexpr std::array<std::string_view, 6> words{" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ", " INTERSECT ALL ", " EXCEPT ALL "};

/// A column of a compound's result, which its ORDER BY knows by name alone.
class result_name_node final : public node_base<result_name_node> {
public:
    static constexpr node_kind static_kind{node_kind::extension, "azoth result name"};
    explicit result_name_node(std::string n) : name{std::move(n)} {}
    auto fields() const { return std::tie(name); }
    std::string name;
};

void write_result_name(compiler& out, const result_name_node& n) { out.identifier(n.name); }

/// The first part gives the result its names.
const std::vector<select_item>& naming_items(const node& part) {
    static const std::vector<select_item> none;
    if (const auto* select = node_cast<select_node>(&part)) return select->items;
    if (const auto* compound = node_cast<compound_node>(&part)) return naming_items(*compound->parts.front());
    if (const auto* text = node_cast<text_node>(&part)) return text->columns;
    return none;
}

const std::string* name_of(const node& expression) {
    if (const auto* label = node_cast<label_node>(&expression)) return &label->name;
    if (const auto* ref = node_cast<label_ref_node>(&expression)) return &ref->name;
    if (const auto* column = node_cast<column_node>(&expression)) return &column->spec->name;
    return nullptr;
}

/// The term with the result's own names in it. Databases do not agree on whether there may be more than names.
node_ptr term_by_name(const node_ptr& term, const std::vector<select_item>& items) {
    if (const auto* order = node_cast<order_node>(term)) {
        auto named = make_node<order_node>(*order);
        named->operand = term_by_name(order->operand, items);
        return named;
    }
    const std::string* name = name_of(*term);
    if (!name) {
        std::vector<const node*> sources;
        detail::collect_sources(*term, sources);
        if (sources.empty()) return term;  // a position
        throw_error(errc::statement,
                    "a UNION is ordered by columns and labels of its first part: to order it by an expression, select from "
                    "its subquery()");
    }
    std::vector<std::string_view> known;
    for (const auto& item : items)
        if (const std::string* n = name_of(*item.expression)) known.push_back(*n);
    if (std::find(known.begin(), known.end(), *name) == known.end())
        throw_error(errc::statement,
                    fmt::format("a UNION cannot be ordered by \"{}\", which its first part does not return; it returns: {}", *name,
                                fmt::join(known, ", ")));
    return make_node<const result_name_node>(*name);
}

bool ends_by_itself(const node& part) {
    if (const auto* select = node_cast<select_node>(&part)) return detail::has_tail(*select);
    if (const auto* compound = node_cast<compound_node>(&part)) return !compound->order_by.empty() || compound->limit || compound->offset;
    return true;  // nobody knows what a text says
}

bool needs_grouping(const node& part, detail::part_places place, set_operator around) {
    const auto* compound = node_cast<compound_node>(&part);
    if (!compound || ends_by_itself(part)) return ends_by_itself(part);
    return place != detail::part_places::first || compound->op != around;
}

void require_operator(compiler& out, set_operator op) {
    if (op == set_operator::intersect || op == set_operator::except) out.require(out.can().intersect_except, "INTERSECT and EXCEPT");
    if (op == set_operator::intersect_all || op == set_operator::except_all)
        out.require(out.can().intersect_except_all, "INTERSECT ALL and EXCEPT ALL",
                    "count the rows of each kind with GROUP BY and compare");
}

void write_compound(compiler& out, const compound_node& n) {
    require_operator(out, n.op);
    if (out.depth() == 0 && out.is_top_level()) {
        out.set_kind(statement_kind::query, true);
        if (out.buffer().empty()) detail::write_ctes(out, n);
    }
    auto place = detail::part_places::first;
    for (const auto& part : n.parts) {
        if (place != detail::part_places::first) out << words[static_cast<std::size_t>(n.op)];
        detail::write_part(out, *part, place, n.op);
        place = detail::part_places::later;
    }
    std::vector<node_ptr> order;
    for (const auto& term : n.order_by) order.push_back(term_by_name(term, naming_items(n)));
    detail::write_order_by(out, order, {});
    detail::write_limits(out, n.limit, n.offset, n.limits, !order.empty());
}

}  // namespace

namespace detail {

void write_part(compiler& out, const node& part, part_places place, set_operator around) {
    if (!needs_grouping(part, place, around)) {
        out << part;
        return;
    }
    out << (out.rules().groups_set_operations ? "(" : "SELECT * FROM (") << part << ")";
}

void set_compound_rules(rule_table& r) {
    r.set<compound_node, &write_compound>();
    r.set<result_name_node, &write_result_name>();
}

}  // namespace detail
}  // namespace azoth
