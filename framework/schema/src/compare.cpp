#include <azoth/schema/compare.hpp>

#include "portable_sql.hpp"

#include <azoth/schema/ddl_rules.hpp>
#include <azoth/sql/compiler.hpp>
#include <azoth/sql/nodes/native.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace azoth {
namespace {

using kinds = schema_difference::kinds;

std::string list_of(const std::vector<std::string>& names) { return fmt::format("({})", fmt::join(names, ", ")); }

class comparer {
public:
    comparer(const rule_table& rules, const profile& server, const compare_options& options)
        : rules_{rules}, server_{server}, options_{options}, family_{rules.family_of(server.dialect)} {}

    std::vector<schema_difference> run(const schema_definition& a, const schema_definition& b) {
        pair(
            a.tables, b.tables, [](const table_ptr& t) { return t->name(); },
            [&](const table_ptr& x, const table_ptr& y) { tables(*x, *y); }, "table");
        pair(
            a.views, b.views, [](const auto& v) { return v.name; },
            [&](const auto& x, const auto& y) {
                changed(x.name, "the query of the view", query(x), query(y));
                changed(x.name, "whether the view is kept", x.materialized ? "materialized" : "", y.materialized ? "materialized" : "");
            },
            "view");
        pair(
            a.sequences, b.sequences, [](const auto& s) { return s.name; },
            [&](const auto& x, const auto& y) { changed(x.name, "how the sequence counts", options_of(x.options), options_of(y.options)); },
            "sequence");
        if (!server_.can.schema.enum_types) return std::move(found_);  // columns say their labels themselves
        pair(
            a.enums, b.enums, [](const auto& e) { return e.name; },
            [&](const auto& x, const auto& y) { changed(x.name, "the labels", list_of(x.labels), list_of(y.labels)); }, "enumeration");
        return std::move(found_);
    }

private:
    template <class T, class Name, class Both>
    void pair(const std::vector<T>& a, const std::vector<T>& b, Name name, Both both, std::string_view what) {
        const auto in = [&](const std::vector<T>& all, const object_name& wanted) {
            return std::ranges::find_if(all, [&](const T& t) { return name(t) == wanted; });
        };
        for (const auto& x : a) {
            const auto y = in(b, name(x));
            if (y == b.end()) found_.push_back({kinds::missing, name(x), std::string{what}, {}, {}});
            else both(x, *y);
        }
        for (const auto& y : b)
            if (in(a, name(y)) == a.end()) found_.push_back({kinds::extra, name(y), std::string{what}, {}, {}});
    }
    void changed(const object_name& of, std::string what, std::string before, std::string after) {
        if (before != after) found_.push_back({kinds::changed, of, std::move(what), std::move(before), std::move(after)});
    }

    [[nodiscard]] std::string type_of(const table_definition& of, std::size_t column) const {
        compiler out{rules_, server_};
        write_column_type(out, of, column);
        return out.buffer();
    }
    struct written {
        std::string_view family{};
        std::string sql{};
    };
    [[nodiscard]] written sql_of(const node& expression) const {
        if (const auto* native = node_cast<native_sql_node>(&expression)) return {native->dialect, native->sql};
        compiler out{rules_, server_, {.inline_values = true}};
        write_schema_expression(out, expression);
        return {family_, out.buffer()};
    }
    [[nodiscard]] std::string spelled(const node_ptr& expression) const {
        if (!expression) return {};
        const written said = sql_of(*expression);
        return detail::canonical_sql(said.family, said.sql);
    }
    /// A default that is a value is compared as one: 7 is 7.00, false is 0, and 23:00 is 23:00:00.000000.
    [[nodiscard]] std::string default_of(const table_definition& of, std::size_t column) const {
        const node_ptr& expression = of.details[column].server_default;
        if (!expression) return {};
        const written said = sql_of(*expression);
        const node_ptr literal = detail::literal_sql(said.family, said.sql, of.node->columns[column].type);
        return literal ? sql_of(*literal).sql : detail::canonical_sql(said.family, said.sql);
    }
    [[nodiscard]] std::string query(const view_definition& v) const {
        if (const auto* native = node_cast<native_sql_node>(v.query)) return native->sql;
        return compiler{rules_, server_, {.inline_values = true}}.run(*v.query).sql;
    }
    static std::string options_of(const sequence_options& o) {
        const auto shown = [](const std::optional<std::int64_t>& n) { return n ? fmt::format("{}", *n) : std::string{"-"}; };
        // What nobody says is what the standard has.
        const bool goes_up = o.increment.value_or(1) > 0;
        const auto first = goes_up ? o.minimum.value_or(1) : o.maximum.value_or(-1);
        return fmt::format("start {}, by {}, from {} to {}{}", o.start.value_or(first), o.increment.value_or(1),
                           goes_up ? fmt::format("{}", o.minimum.value_or(1)) : shown(o.minimum),
                           goes_up ? shown(o.maximum) : fmt::format("{}", o.maximum.value_or(-1)), o.cycle ? ", again and again" : "");
    }

    void tables(const table_definition& a, const table_definition& b) {
        const object_name of = a.name();
        columns(of, a, b);
        changed(of, "the primary key", list_of(a.primary_key), list_of(b.primary_key));
        parts(of, a.foreign_keys, b.foreign_keys, [&](const auto& k) { return say(k); });
        parts(of, a.checks, b.checks, [&](const auto& c) { return named(c.name) + "check " + spelled(c.condition); });
        told(of, unique_and_indexes(a), unique_and_indexes(b));
        if (options_.comments) changed(of, "the comment", a.comment, b.comment);
    }
    void columns(const object_name& of, const table_definition& a, const table_definition& b) {
        const auto& first = a.node->columns;
        const auto& second = b.node->columns;
        for (std::size_t i = 0; i < first.size(); ++i) {
            const auto y = std::ranges::find(second, first[i].name, &column_spec::name);
            if (y == second.end()) found_.push_back({kinds::missing, of, fmt::format("column \"{}\"", first[i].name), {}, {}});
            else column(of, a, i, b, static_cast<std::size_t>(y - second.begin()));
        }
        for (const auto& c : second)
            if (std::ranges::find(first, c.name, &column_spec::name) == first.end())
                found_.push_back({kinds::extra, of, fmt::format("column \"{}\"", c.name), {}, {}});
        if (!options_.column_order) return;
        std::vector<std::string> order_a;
        std::vector<std::string> order_b;
        for (const auto& c : first) order_a.push_back(c.name);
        for (const auto& c : second) order_b.push_back(c.name);
        if (std::ranges::is_permutation(order_a, order_b)) changed(of, "the order of the columns", list_of(order_a), list_of(order_b));
    }
    void column(const object_name& of, const table_definition& a, std::size_t i, const table_definition& b, std::size_t j) {
        const column_spec& x = a.node->columns[i];
        const column_spec& y = b.node->columns[j];
        const auto part = [&](std::string_view what) { return fmt::format("{} of \"{}\"", what, x.name); };
        changed(of, part("the type"), type_of(a, i), type_of(b, j));
        changed(of, part("NULL"), x.nullable ? "allowed" : "refused", y.nullable ? "allowed" : "refused");
        changed(of, part("the default"), default_of(a, i), default_of(b, j));
        const auto computed = [&](const column_details& d) {
            return d.computed ? spelled(d.computed->expression) + (d.computed->stored ? " stored" : " virtual") : std::string{};
        };
        changed(of, part("the computation"), computed(a.details[i]), computed(b.details[j]));
        changed(of, part("who numbers"), is_numbered(a, i) ? "the database" : "the program",
                is_numbered(b, j) ? "the database" : "the program");
        changed(of, part("the collation"), a.details[i].collation, b.details[j].collation);
        if (options_.comments) changed(of, part("the comment"), a.details[i].comment, b.details[j].comment);
    }

    [[nodiscard]] std::string named(const std::string& name) const {
        return options_.constraint_names ? "\"" + name + "\" " : std::string{};
    }
    static std::string_view say(constraint_timing timing) {
        constexpr std::array<std::string_view, 3> words{"", " deferrable", " initially deferred"};
        return words[static_cast<std::size_t>(timing)];
    }
    [[nodiscard]] std::string say(const foreign_key& k) const {
        // To refuse at once or at the statement's end is the same where nothing is deferred.
        constexpr std::array<std::string_view, 5> words{"no action", "no action", "cascade", "set null", "set default"};
        const auto action = [&](referential_action a) { return words[static_cast<std::size_t>(a)]; };
        return fmt::format("{}foreign key {} to {}{}{} on delete {} on update {}{}{}", named(k.name), list_of(k.columns), k.referred_schema,
                           k.referred_schema.empty() ? k.referred_table : "." + k.referred_table, list_of(k.referred_columns),
                           action(k.on_delete), action(k.on_update), k.match == key_match::full ? " match full" : "", say(k.timing));
    }
    [[nodiscard]] std::string say(const unique_constraint& u) const {
        return named(u.name) + "unique " + list_of(u.columns) + (u.nulls_not_distinct ? " nulls not distinct" : "") +
               std::string{say(u.timing)};
    }
    [[nodiscard]] std::string say(const index_definition& i) const {
        std::vector<std::string> elements;
        for (const auto& e : i.elements)
            elements.push_back((e.expression ? spelled(e.expression) : e.column) + (e.descending ? " desc" : ""));
        std::string text = fmt::format("{}{}index {}", named(i.name), i.unique ? "unique " : "", list_of(elements));
        if (!i.include.empty()) text += " include " + list_of(i.include);
        if (i.where) text += " where " + spelled(i.where);
        if (!i.method.empty()) text += " using " + i.method;
        return text;
    }
    /// A unique constraint and a plain unique index are one thing: some databases know no difference.
    [[nodiscard]] std::vector<std::string> unique_and_indexes(const table_definition& t) const {
        std::vector<std::string> all;
        for (const auto& u : t.uniques) all.push_back(say(u));
        for (const auto& i : t.indexes) all.push_back(is_plain_unique(i) ? say(as_constraint(i)) : say(i));
        return all;
    }
    static bool is_plain_unique(const index_definition& i) {
        return i.unique && !i.where && i.include.empty() && i.method.empty() &&
               std::ranges::all_of(i.elements, [](const auto& e) { return !e.expression && !e.descending && e.prefix == 0; });
    }
    static unique_constraint as_constraint(const index_definition& i) {
        unique_constraint made{.name = i.name, .nulls_not_distinct = i.nulls_not_distinct};
        for (const auto& e : i.elements) made.columns.push_back(e.column);
        return made;
    }
    template <class Part, class Say>
    void parts(const object_name& of, const std::vector<Part>& a, const std::vector<Part>& b, Say say) {
        std::vector<std::string> first;
        std::vector<std::string> second;
        for (const auto& p : a) first.push_back(say(p));
        for (const auto& p : b) second.push_back(say(p));
        told(of, std::move(first), std::move(second));
    }
    void told(const object_name& of, std::vector<std::string> first, std::vector<std::string> second) {
        std::ranges::sort(first);
        std::ranges::sort(second);
        std::vector<std::string> gone;
        std::vector<std::string> come;
        std::ranges::set_difference(first, second, std::back_inserter(gone));
        std::ranges::set_difference(second, first, std::back_inserter(come));
        for (auto& p : gone) found_.push_back({kinds::missing, of, std::move(p), {}, {}});
        for (auto& p : come) found_.push_back({kinds::extra, of, std::move(p), {}, {}});
    }

    const rule_table& rules_;
    const profile& server_;
    const compare_options& options_;
    std::string_view family_;
    std::vector<schema_difference> found_{};
};

}  // namespace

std::vector<schema_difference> compare(const schema_definition& first, const schema_definition& second, const rule_table& rules,
                                       const profile& server, const compare_options& options) {
    return comparer{rules, server, options}.run(first, second);
}

}  // namespace azoth
