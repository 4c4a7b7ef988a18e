// The compiled core of <azoth/sql/aggregates.hpp> and <azoth/sql/grouping.hpp>.
#include <azoth/base/error.hpp>
#include <azoth/sql/aggregates.hpp>
#include <azoth/sql/grouping.hpp>

#include <fmt/format.h>

namespace azoth {
namespace detail {
namespace {

node_handle<function_node> copy_of_call(const node_ptr& call) { return make_node<function_node>(static_cast<const function_node&>(*call)); }

}  // namespace

node_ptr with_distinct(const node_ptr& call) {
    auto changed = copy_of_call(call);
    changed->distinct = true;
    return changed;
}

node_ptr with_filter(const node_ptr& call, std::initializer_list<node_ptr> conditions) {
    auto changed = copy_of_call(call);
    for (const auto& c : conditions) changed->filter = changed->filter ? make_logical(logical_operator::and_, changed->filter, c) : c;
    return changed;
}

node_ptr with_order(const node_ptr& call, std::initializer_list<node_ptr> order) {
    auto changed = copy_of_call(call);
    changed->order.insert(changed->order.end(), order.begin(), order.end());
    return changed;
}

node_ptr within_group(const node_ptr& call, const node_ptr& order) {
    auto changed = copy_of_call(call);
    changed->within_group.push_back(order);
    if (changed->type.kind == type_kind::unknown) changed->type = type_of(*order);
    return changed;
}

node_ptr make_aggregate(std::string_view name, const node_ptr& of, type t) { return make_function(name, {of}, std::move(t)); }

node_ptr make_string_agg(const node_ptr& text, const node_ptr& separator) {
    if (!node_cast<bind_node>(separator) && !node_cast<literal_node>(separator))
        throw_error(errc::statement, "the separator of string_agg() is one text for all rows: a value, a literal() or a param()");
    return make_function("string_agg", {text, separator}, type_kind::text);
}

node_ptr make_percentile(std::string_view name, double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) throw_error(errc::invalid_argument, fmt::format("{}({}): give 0 to 1", name, fraction));
    return make_function(name, {make_literal(value{fraction})}, name == "percentile_cont" ? type_kind::double_ : type_kind::unknown);
}

type sum_type(const node& of) {
    const type t = type_of(of);
    if (t.kind == type_kind::real) return type_kind::double_;
    if (t.kind == type_kind::numeric) return type_kind::numeric;
    return is_integer(t.kind) && t.kind != type_kind::unsigned_big_integer ? type{type_kind::big_integer} : t;
}

}  // namespace detail

grouping::grouping(grouping_node::forms form, std::vector<node_ptr> keys) : node_{make_node<const grouping_node>(form, std::move(keys))} {}

grouping_set::grouping_set(std::initializer_list<grouping_key> by) {
    for (const auto& key : by) keys_.push_back(key.node());
}

grouping grouping_sets(std::initializer_list<grouping_set> sets) {
    if (sets.size() == 0) throw_error(errc::invalid_argument, "grouping_sets() needs at least one set, which may be empty");
    std::vector<node_ptr> made;
    for (const auto& set : sets) made.push_back(make_node<const grouping_node>(grouping_node::forms::set, set.keys()));
    return grouping{grouping_node::forms::sets, std::move(made)};
}

}  // namespace azoth
