#pragma once

#include <azoth/azoth.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

/// What a query gave, its values as texts: a number with the digits that it needs, NULL as "-".
using Rows = std::vector<std::vector<std::string>>;

namespace detail {

std::string text_of(const std::string& v);
std::string text_of(std::int64_t v);
std::string text_of(const azoth::decimal& v);
std::string text_of(const azoth::date& v);
template <class T>
std::string text_of(const std::optional<T>& v) {
    return v ? text_of(*v) : "-";
}

template <class... Ts>
Rows rows_of(azoth::rows<Ts...> found) {
    Rows all;
    for (const auto& row : found)
        all.push_back(std::apply([](const auto&... fields) { return std::vector<std::string>{text_of(fields)...}; }, row));
    return all;
}

}  // namespace detail

/// One of the 22: a statement of the toolkit, and how SQL written by hand is run to give the same rows. A value.
class Query {
public:
    using Statement = azoth::text_statement<>;

    template <class... Ts>
    Query(int number, std::string title, std::vector<std::string> headings, const azoth::select_statement<Ts...>& statement)
        : number{number},
          title{std::move(title)},
          headings{std::move(headings)},
          run{[statement](azoth::connection& c) { return detail::rows_of(c.execute(statement)); }},
          // The same types: so the comparison is one of values, not of what a driver makes of them.
          run_text{[](azoth::connection& c, const Statement& sql) { return detail::rows_of(c.execute(sql.columns<Ts...>())); }},
          to_sql{[statement](const azoth::engine& engine) { return engine.to_sql(statement); }},
          plan{[statement](azoth::connection& c) { return c.explain(statement); }} {}

    /// A value that the SQL written by hand takes by name.
    [[nodiscard]] Query with(std::string name, azoth::value v) && {
        binds.emplace_back(std::move(name), std::move(v));
        return std::move(*this);
    }

    int number;
    std::string title;
    std::vector<std::string> headings;
    std::function<Rows(azoth::connection&)> run;
    std::function<Rows(azoth::connection&, const Statement&)> run_text;
    std::function<std::string(const azoth::engine&)> to_sql;
    std::function<std::string(azoth::connection&)> plan;
    std::vector<std::pair<std::string, azoth::value>> binds{};
};

/// All of them, in order. `scale` is the database's: the eleventh's threshold depends on it.
std::vector<Query> all_queries(double scale);
/// The same written by hand, as a dialect gets it.
std::string_view sql_by_hand(int number, std::string_view dialect);
