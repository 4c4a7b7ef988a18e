#include <azoth/schema/compare.hpp>

#include "schema_words.hpp"
#include "spelling.hpp"

#include <azoth/schema/ddl_rules.hpp>
#include <azoth/schema/reflector.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace azoth {
namespace {

using detail::schema_words;
using kinds = schema_difference::kinds;

class comparer {
public:
    comparer(const rule_table& rules, const profile& server, const compare_options& options)
        : words_{rules, server, options}, can_{server.can.schema}, options_{options}, inline_comments_{rules.ddl.inline_comments} {}

    std::vector<schema_difference> run(const schema_definition& a, const schema_definition& b) {
        pair(
            a.tables, b.tables, [](const table_ptr& t) { return t->name(); },
            [&](const table_ptr& x, const table_ptr& y) { tables(*x, *y); }, "table");
        pair(
            a.views, b.views, [](const auto& v) { return v.name; },
            [&](const auto& x, const auto& y) {
                changed(x.name, "the query of the view", words_.query(x), words_.query(y));
                changed(x.name, "whether the view is kept", x.materialized ? "materialized" : "", y.materialized ? "materialized" : "");
                if (options_.comments && !inline_comments_) changed(x.name, "the comment", x.comment, y.comment);
            },
            "view");
        pair(
            a.sequences, b.sequences, [](const auto& s) { return s.name; },
            [&](const auto& x, const auto& y) {
                changed(x.name, "how the sequence counts", words_.options_of(x.options), words_.options_of(y.options));
            },
            "sequence");
        if (can_.enum_types)  // else the columns say the labels
            pair(
                a.enums, b.enums, [](const auto& e) { return e.name; },
                [&](const auto& x, const auto& y) {
                    changed(x.name, "the labels", schema_words::list_of(x.labels), schema_words::list_of(y.labels));
                },
                "enumeration");
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

    void tables(const table_definition& a, const table_definition& b) {
        const object_name of = a.name();
        const schema_words first = words_.of(a);
        const schema_words second = words_.of(b);
        columns(of, a, b);
        changed(of, "the primary key", schema_words::list_of(a.primary_key), schema_words::list_of(b.primary_key));
        told(of, said(first, a.foreign_keys), said(second, b.foreign_keys));
        told(of, said(first, a.checks), said(second, b.checks));
        told(of, said(first, a.uniques, a.indexes), said(second, b.uniques, b.indexes));
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
        if (std::ranges::is_permutation(order_a, order_b))
            changed(of, "the order of the columns", schema_words::list_of(order_a), schema_words::list_of(order_b));
    }
    void column(const object_name& of, const table_definition& a, std::size_t i, const table_definition& b, std::size_t j) {
        const column_spec& x = a.node->columns[i];
        const column_spec& y = b.node->columns[j];
        const auto part = [&](std::string_view what) { return fmt::format("{} of \"{}\"", what, x.name); };
        changed(of, part("the type"), words_.type_of(a, i), words_.type_of(b, j));
        changed(of, part("the labels"), words_.labels_of(a, i), words_.labels_of(b, j));
        changed(of, part("NULL"), x.nullable ? "allowed" : "refused", y.nullable ? "allowed" : "refused");
        changed(of, part("the default"), words_.default_of(a, i), words_.default_of(b, j));
        changed(of, part("the computation"), words_.computation_of(a, i), words_.computation_of(b, j));
        changed(of, part("who numbers"), is_numbered(a, i) ? "the database" : "the program",
                is_numbered(b, j) ? "the database" : "the program");
        if (is_numbered(a, i) && is_numbered(b, j))
            changed(of, part("the numbering"), words_.numbering_of(a, i, y.type), words_.numbering_of(b, j, y.type));
        changed(of, part("the collation"), a.details[i].collation, b.details[j].collation);
        if (options_.comments) changed(of, part("the comment"), a.details[i].comment, b.details[j].comment);
    }

    template <class... Parts>
    static std::vector<std::string> said(const schema_words& words, const std::vector<Parts>&... parts) {
        std::vector<std::string> all;
        const auto say = [&](const auto& some) {
            for (const auto& p : some) all.push_back(words.say(p));
        };
        (say(parts), ...);
        return all;
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

    schema_words words_;
    const schema_capabilities& can_;
    const compare_options& options_;
    bool inline_comments_;  ///< tables and columns have comments, in their own definitions, and views have none
    std::vector<schema_difference> found_{};
};

}  // namespace

std::vector<schema_difference> compare(const schema_definition& first, const schema_definition& second, const rule_table& rules,
                                       const profile& server, const compare_options& options) {
    return comparer{rules, server, options}.run(detail::spelled_as(first, first, server), detail::spelled_as(first, second, server));
}

std::vector<schema_difference> compare(executor& on, const schema_definition& first, const schema_definition& second,
                                       const compare_options& options) {
    return compare(as_written(on, first), as_written(on, second), on.rules(), on.server_profile(), options);
}

}  // namespace azoth
