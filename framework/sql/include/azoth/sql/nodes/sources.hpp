#pragma once

#include <azoth/sql/nodes/select.hpp>

#include <string_view>
#include <variant>

namespace azoth {

/// Rows that the statement brings along: `VALUES (1, 'a'), (2, 'b')` with names for its columns. As a source it has a name; as the query of
/// a CTE the CTE has.
class AZOTH_API values_node final : public identity_node<values_node> {
public:
    static constexpr node_kind static_kind{node_numbers::values, "values"};
    values_node(std::string n, std::vector<column_spec> c, std::vector<node_ptr> of)
        : name{std::move(n)}, columns{std::move(c)}, cells{std::move(of)} {}
    auto fields() const { return std::tie(name, columns, cells); }

    std::string name;
    std::vector<column_spec> columns;
    std::vector<node_ptr> cells;  ///< row by row
};

/// A function whose result is a table. `series`, `elements` (of an array) and `documents` (of a JSON array) are portable; a `call` is the
/// database's own.
class AZOTH_API table_function_node final : public identity_node<table_function_node> {
public:
    enum class kinds : std::uint8_t { call, series, elements, documents };
    static constexpr node_kind static_kind{node_numbers::table_function, "table function"};
    table_function_node(kinds k, std::string f, std::vector<node_ptr> args, std::string n, std::vector<column_spec> c)
        : kind{k}, function{std::move(f)}, arguments{std::move(args)}, name{std::move(n)}, columns{std::move(c)} {}
    auto fields() const { return std::tie(kind, function, arguments, name, columns, paths, ordinality, typed); }

    kinds kind;
    std::string function;
    std::vector<node_ptr> arguments;
    std::string name;
    std::vector<column_spec> columns;  ///< the ordinality is the last of them, where there is one
    std::vector<std::string>
        paths{};  ///< of `documents`, as json_path_text has them: where the array is, then where in a row each column is
    bool ordinality{};
    bool typed{};  ///< the call says the types of its columns: a function that returns records knows none
};

/// A step of a JSON path: a member's key, or an element's index from 0.
using json_step = std::variant<std::string, std::uint32_t>;
/// Reads `$.a."b c"[0]`. Throws programming_error (statement) for what is more than that.
AZOTH_API std::vector<json_step> parse_json_path(std::string_view path);
/// The path again, each key in quotes: as SQL/JSON, SQLite and MySQL write it.
AZOTH_API std::string json_path_text(const std::vector<json_step>& path);

enum class sample_method : std::uint8_t { bernoulli, system };

/// A table of which some rows are looked at: TABLESAMPLE.
class AZOTH_API sample_node final : public identity_node<sample_node> {
public:
    static constexpr node_kind static_kind{node_numbers::sample, "table sample"};
    sample_node(node_ptr of, std::string n, sample_method m, node_ptr p, node_ptr s)
        : source{std::move(of)}, name{std::move(n)}, method{m}, percent{std::move(p)}, seed{std::move(s)} {}
    auto fields() const { return std::tie(source, name, method, percent, seed); }

    node_ptr source;
    std::string name;
    sample_method method;
    node_ptr percent;
    node_ptr seed;  ///< null: another sample each time
};

/// Joins that are done before the join they stand in: `a LEFT JOIN (b JOIN c ON ...) ON ...`.
class AZOTH_API joined_node final : public node_base<joined_node> {
public:
    static constexpr node_kind static_kind{node_numbers::joined, "nested join"};
    explicit joined_node(node_ptr f) : first{std::move(f)} {}
    auto fields() const { return std::tie(first, joins); }
    void changed() noexcept { forget_hash(); }

    node_ptr first;
    std::vector<join_item> joins{};
};

}  // namespace azoth
