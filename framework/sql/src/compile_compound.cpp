// UNION and its kin.
#include "ansi_rules.hpp"
#include "compile_scope.hpp"

#include <azoth/sql/compound.hpp>

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

/// The name under which the item was selected, before a subquery gave it another.
const std::string* selected_name(const node& item) {
    const auto* label = detail::own_label(item);
    return name_of(label ? *label : item);
}

/// Whether the item goes by the key's name, and is no other column of the key's own table.
bool is_namesake(const node& item, const node& key) {
    const std::string* wanted = name_of(key);
    const std::string* name = selected_name(item);
    if (!wanted || !name || *wanted != *name) return false;
    const auto* column = node_cast<column_node>(&detail::without_label(item));
    const auto* of_key = node_cast<column_node>(&key);
    return !column || !of_key || column->source != of_key->source;
}

/// Which item the key is: the same expression, or what goes by its name.
std::size_t item_of(const node& key, const std::vector<select_item>& items) {
    for (std::size_t i = 0; i < items.size(); ++i)
        if (detail::same_expression(detail::without_label(*items[i].expression), detail::without_label(key))) return i;
    std::size_t found = items.size();
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!is_namesake(*items[i].expression, key)) continue;
        if (found != items.size())
            throw_error(errc::statement, fmt::format("a UNION is ordered by \"{}\", a name that its first part returns more than once: "
                                                     "label its columns, or say which with position()",
                                                     *name_of(key)));
        found = i;
    }
    return found;
}

[[noreturn]] void refuse_key(const node& key, const std::vector<select_item>& items) {
    const std::string* name = name_of(key);
    if (!name)
        throw_error(errc::statement,
                    "a UNION is ordered by columns and labels of its first part: to order it by an expression, select from "
                    "its subquery()");
    std::vector<std::string_view> known;
    for (const auto& item : items)
        if (const std::string* n = selected_name(*item.expression)) known.push_back(*n);
    throw_error(errc::statement, fmt::format("a UNION cannot be ordered by \"{}\", which its first part does not return; it returns: {}",
                                             *name, fmt::join(known, ", ")));
}

/// An item's name where it has one alone, else its place.
node_ptr key_of_item(const compiler& out, std::size_t i, const std::vector<select_item>& items) {
    const node& item = *items[i].expression;
    const auto* column = node_cast<column_node>(&item);
    const bool is_computed = column && node_cast<table_function_node>(column->source);  // some dialects give it no name then
    const std::string* name = is_computed || out.rules().orders_unions_by_place ? nullptr : name_of(item);
    const auto is_so_called = [&](const select_item& other) {
        const std::string* n = name_of(*other.expression);
        return n && *n == *name;
    };
    if (name && std::count_if(items.begin(), items.end(), is_so_called) == 1) return make_node<const result_name_node>(*name);
    return position(static_cast<std::uint32_t>(i + 1)).node();
}

bool holds_column(const node& e) {
    std::vector<const node*> sources;
    detail::collect_sources(e, sources);
    return !sources.empty();
}

class label_finder final : public node_visitor {
public:
    void child(const node& child) override {
        found = found || node_cast<label_ref_node>(&child);
        if (!found) child.visit_children(*this);
    }
    bool found{};
};

bool holds_label_ref(const node& e) {
    label_finder finder;
    finder.child(e);
    return finder.found;
}

/// The term with the result's own names in it. Databases do not agree on whether there may be more than names.
node_ptr term_by_name(compiler& out, const node_ptr& term, const std::vector<select_item>& items, bool moves_nulls = false) {
    if (const auto* order = node_cast<order_node>(term)) {
        auto named = make_node<order_node>(*order);
        named->operand = term_by_name(out, order->operand, items, detail::moves_nulls(out, *order));
        return named;
    }
    const std::size_t place = detail::place_said(*term);
    const std::size_t item = place != 0 ? place - 1 : item_of(*term, items);
    if (place == 0 && item == items.size()) {
        if (name_of(*term) || holds_column(*term) || holds_label_ref(*term)) refuse_key(*term, items);
        return term;
    }
    if (item >= items.size()) return term;
    node_ptr key = key_of_item(out, item, items);
    if (!moves_nulls) return place != 0 ? term : key;
    if (node_cast<text_node>(key))
        out.require(false, fmt::format("NULLS FIRST / NULLS LAST of a UNION's column {} that has no name of its own", item + 1),
                    "label it");
    return key;
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

/// As the program says; where it does not, only the database knows.
void name_result(compiler& out, const text_node& n) {
    for (const auto& column : n.columns)
        if (const auto* label = node_cast<label_node>(column.expression)) out.add_result_column(label->name, type_of(*label));
}

void write_compound(compiler& out, const compound_node& n) {
    require_operator(out, n.op);
    const bool is_statement = out.depth() == 0 && out.is_top_level();
    if (is_statement) {
        out.set_kind(statement_kind::query, true);
        if (out.buffer().empty()) detail::write_ctes(out, n);
        if (const auto* text = node_cast<text_node>(n.parts.front())) name_result(out, *text);
    }
    auto place = detail::part_places::first;
    for (const auto& part : n.parts) {
        if (place != detail::part_places::first) out << words[static_cast<std::size_t>(n.op)];
        const auto write = [&] { detail::write_part(out, *part, place, n.op); };
        if (is_statement && place != detail::part_places::first) out.isolated(write);  // the first part names the result
        else write();
        place = detail::part_places::later;
    }
    std::vector<node_ptr> order;
    for (const auto& term : n.order_by) order.push_back(term_by_name(out, term, naming_items(n)));
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
