// Calls, and what aggregates can be told.
#include "ansi_rules.hpp"
#include "compile_scope.hpp"

#include <azoth/sql/call_rules.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth {
namespace {

/// Aggregates to which a NULL is as good as no row.
bool leaves_out_nulls(std::string_view name) {
    static constexpr std::array<std::string_view, 14> names{"avg",        "bit_and", "bit_or",  "bool_and",   "bool_or",
                                                            "count",      "max",     "min",     "stddev_pop", "stddev_samp",
                                                            "string_agg", "sum",     "var_pop", "var_samp"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

const node* ordered_by(const node_ptr& term) {
    const auto* order = node_cast<order_node>(term);
    return order ? order->operand.get() : term.get();
}

/// What some databases refuse and others make up an answer to.
void check_call(const compiler& out, const function_node& n) {
    if (n.distinct)
        for (const auto& term : n.order)
            if (!detail::same_expression(*ordered_by(term), *n.arguments.front()))
                throw_error(errc::statement,
                            fmt::format("{}() takes distinct values in another order than theirs: order it by its argument, "
                                        "or aggregate a subquery",
                                        n.name));
    if (!out.window_of(n)) return;
    if (n.distinct) throw_error(errc::statement, fmt::format("{}() over a window cannot be distinct(): use a distinct subquery", n.name));
    if (!n.order.empty())
        throw_error(errc::statement, fmt::format("{}() over a window takes the window's order: leave out its own", n.name));
}

/// What some databases lack as a whole.
void require_function(const compiler& out, const function_node& n) {
    struct family {
        bool capabilities::*claimed;
        std::array<std::string_view, 3> names;
    };
    static constexpr std::array families{
        family{&capabilities::distribution_functions, {"percent_rank", "cume_dist", "ntile"}},
        family{&capabilities::bit_aggregates, {"bit_and", "bit_or"}},
        family{&capabilities::collecting_aggregates, {"array_agg", "json_agg", "json_object_agg"}},
    };
    for (const family& f : families)
        if (std::find(f.names.begin(), f.names.end(), n.name) != f.names.end())
            out.require(out.can().*f.claimed, fmt::format("{}()", n.name), "compute it in the program");
}

void write_function(compiler& out, const function_node& n) {
    require_function(out, n);
    if (const auto rule = out.rules().find_function(n.name)) rule(out, n);
    else write_call(out, n, out.rules().function_name(n.name));
}

void write_grouping_call(compiler& out, const function_node& n) {
    out.require(out.can().grouping_function, "GROUPING()");
    write_call(out, n, "GROUPING");
}

void write_star(compiler& out, const star_node&) { out << "*"; }

}  // namespace

void write_filtered(compiler& out, const function_node& n, const std::function<void()>& argument) {
    if (!n.filter || out.rules().filters) return argument();
    out << "CASE WHEN " << n.filter << " THEN ";
    argument();
    out << " END";
}

void write_filtered(compiler& out, const function_node& n, const node& argument) {
    const bool is_counted = node_cast<star_node>(&argument) && n.filter && !out.rules().filters;
    write_filtered(out, n, [&] {
        if (is_counted) out << '1';
        else out << argument;
    });
}

void write_call(compiler& out, const function_node& n, std::string_view name) {
    const bool emulates = n.filter && !out.rules().filters;
    if (emulates && !leaves_out_nulls(n.name)) out.require(false, fmt::format("FILTER behind {}()", n.name), "aggregate a subquery");
    write_call(out, n, name, [&] {
        for (std::size_t i = 0; i < n.arguments.size(); ++i) {
            if (i != 0) out << ", ";
            if (i == 0) write_filtered(out, n, *n.arguments[i]);
            else out << n.arguments[i];
        }
    });
}

void write_call(compiler& out, const function_node& n, std::string_view name, const std::function<void()>& arguments) {
    out << name << "(" << (n.distinct ? "DISTINCT " : "");
    arguments();
    if (!n.order.empty()) {
        out << " ORDER BY ";
        write_order_terms(out, n.order);
    }
    out << ")";
    write_call_end(out, n);
}

void write_call_end(compiler& out, const function_node& n) {
    check_call(out, n);
    if (!n.order.empty())
        out.require(out.can().ordered_aggregates, fmt::format("{}() in an order", n.name), "put the rows together in the program");
    const window_node* window = out.window_of(n);
    if (!n.within_group.empty()) {
        const bool claimed = window ? out.can().ordered_set_windows : out.can().ordered_sets;
        const std::string_view remedy = window && out.can().ordered_sets           ? "group the rows in a subquery, and join that"
                                        : !window && out.can().ordered_set_windows ? "add .over(...), and distinct() to the query"
                                                                                   : "number the rows with func::row_number() in a "
                                                                                     "subquery, and keep the one at the wanted place";
        out.require(claimed, window ? "WITHIN GROUP over a window" : "WITHIN GROUP", remedy);
        out << " WITHIN GROUP (ORDER BY ";
        write_order_terms(out, n.within_group);
        out << ")";
    }
    if (n.filter && out.rules().filters) {
        out.require(out.can().filtered_aggregates, "FILTER behind an aggregate");
        out << " FILTER (WHERE " << n.filter << ")";
    }
    if (window) detail::write_over(out, *window);
}

namespace detail {

void set_call_rules(rule_table& r) {
    r.set<function_node, &write_function>();
    r.set<star_node, &write_star>();
    r.set_function("grouping", &write_grouping_call);
}

}  // namespace detail
}  // namespace azoth
