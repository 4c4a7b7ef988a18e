#pragma once

#include <azoth/base/cell.hpp>
#include <azoth/sql/explain.hpp>
#include <azoth/sql/node.hpp>
#include <azoth/sql/type.hpp>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace azoth {

class compiler;

class function_node;
class operation_node;
class table_function_node;
class values_node;
struct lock_clause;
enum class operation : std::uint16_t;

/// Writes a node of one kind.
using compile_rule = void (*)(compiler& out, const node& what);

namespace detail {
template <auto Rule>
struct erased_rule;
template <class N, void (*Rule)(compiler&, const N&)>
struct erased_rule<Rule> {
    static void write(compiler& out, const node& what) { Rule(out, static_cast<const N&>(what)); }
};
}  // namespace detail

/// How one dialect writes a construct of a program's own; without a dialect's name: how all do that have no rule of their own.
struct construct_rule {
    std::string_view dialect{};
    compile_rule write{};

    /// `construct_rule::of<&median_node::write_sqlite>("sqlite")`
    template <auto Rule>
    static constexpr construct_rule of(std::string_view dialect = {}) {
        return {dialect, &detail::erased_rule<Rule>::write};
    }
};

/// The kind of a construct that brings its rules along, so that no dialect has to be told of it:
/// `static constexpr az::node_kind static_kind = az::construct_kind("median", rules);`
template <std::size_t N>
constexpr node_kind construct_kind(const char* name, const std::array<construct_rule, N>& rules) {
    return {node_kind::extension, name, rules.data(), N};
}

/// Writes one operation.
using operation_rule = void (*)(compiler& out, const operation_node& what);

/// Writes the calls of one function.
using function_rule = void (*)(compiler& out, const function_node& call);

/// How a dialect writes and stores one generic type.
struct type_rule {
    void (*name)(compiler& out, const type& of){};  ///< for DDL and CAST
    /// The form in which values of the type are sent; `null`: as they come. May depend on the size.
    cell_tag (*stored)(const type& of){};
};

/// Writes the end of a query: how many rows to skip and to return. Either may be null, not both.
using limit_rule = void (*)(compiler& out, const node* limit, const node* offset);
/// LIMIT n OFFSET m, as most databases write it.
AZOTH_API void write_limit_offset(compiler& out, const node* limit, const node* offset);
/// OFFSET m ROWS FETCH FIRST n ROWS ONLY, the standard's words.
AZOTH_API void write_offset_fetch(compiler& out, const node* limit, const node* offset);

class bind_node;
/// Writes a list that is bound in SQL of the program's own, in parentheses unless `before` opens them.
AZOTH_API void write_text_list(compiler& out, const bind_node& list, std::string_view before);

/// Writes the rows of values_node, of which there is at least one, as a query.
using rows_rule = void (*)(compiler& out, const values_node& of);
/// VALUES (1, 'a'), (2, 'b'), the standard's words.
AZOTH_API void write_values_rows(compiler& out, const values_node& of);
/// SELECT 1 AS "x", 'a' AS "y" UNION ALL SELECT 2, 'b', each value cast to its column's type.
AZOTH_API void write_rows_as_selects(compiler& out, const values_node& of);

/// SELECT NULL AS "x" WHERE 1 = 0: where there are none.
AZOTH_API void write_no_rows(compiler& out, const values_node& of);

/// Writes a column of an array's or a JSON document's table, where that is more than its name.
using element_rule = void (*)(compiler& out, const table_function_node& of, std::size_t column);
/// Writes the end of a query that locks its rows.
using lock_rule = void (*)(compiler& out, const lock_clause& lock);
/// FOR UPDATE, FOR SHARE ...; `words` in place of the standard's where it is not empty.
AZOTH_API void write_lock(compiler& out, const lock_clause& lock, std::string_view words);
/// Writes a date or time as a whole number of microseconds, which goes up as it does.
using moment_rule = void (*)(compiler& out, const node& moment);
class insert_node;
struct assignment;
/// Writes a value on its way into a column.
using assigned_rule = void (*)(compiler& out, const node& column, const node& value);
/// Writes what an upsert does with rows that are there; `values` is what it sets then.
using conflict_rule = void (*)(compiler& out, const insert_node& of, const std::vector<assignment>& values);
/// Writes a column of the row that an upsert proposed.
using proposed_rule = void (*)(compiler& out, const insert_node& of, std::string_view column);
/// ON CONFLICT ..., as PostgreSQL and SQLite write it.
AZOTH_API void write_on_conflict(compiler& out, const insert_node& of, const std::vector<assignment>& values);

/// "a" = 1, "b" = 2; the targets with their table's name where `qualified`.
AZOTH_API void write_assignments(compiler& out, const std::vector<assignment>& values, const node& table, bool qualified = false);
/// Where assignments see what those before them have set (`simultaneous_assignments` is not claimed): refuses those that would.
AZOTH_API void require_independent(const compiler& out, const std::vector<assignment>& values, const std::vector<node_ptr>& where);

/// How an UPDATE or DELETE names other tables.
enum class joined_style : std::uint8_t {
    list,         ///< UPDATE ... FROM a, b; DELETE ... USING a, b
    exists,       ///< UPDATE ... FROM a, b; DELETE ... WHERE EXISTS (SELECT ...)
    multi_table,  ///< UPDATE t JOIN a ...; DELETE t FROM t JOIN a ...
};

/// Writes the type that a bound value is cast to.
using parameter_type_rule = void (*)(compiler& out, const type& of);

struct table_definition;
/// Writes a part of a column's definition.
using column_rule = void (*)(compiler& out, const table_definition& of, std::size_t column);
/// What the dialect says for a word of the standard's DDL.
struct ddl_words {
    std::string_view add_column{"ADD COLUMN"};
    std::string_view drop_column{"DROP COLUMN"};
    std::string_view rename_column{"RENAME COLUMN"};
    std::string_view replace_view{"CREATE OR REPLACE"};
    std::string_view virtual_column{" VIRTUAL"};  ///< behind the expression of a column that is computed when it is read
};
/// Runs a statement where a table, view, sequence or index of that name is there, or is not.
using existence_rule = void (*)(compiler& out, std::string_view object, std::string_view name, bool exists, const std::string& sql);
/// How a table is made anew where ALTER TABLE cannot change it: another one is made, takes the rows, and then the name.
struct rebuild_rules {
    std::vector<std::string_view> before{};  ///< statements before the transaction
    std::vector<std::string_view> check{};   ///< at the transaction's end: what fails where a row has lost what it refers to
    std::vector<std::string_view> after{};   ///< behind the transaction
    /// Whether ALTER TABLE can add this column after all; leaves nothing in the compiler.
    bool (*adds_column)(compiler& out, const table_definition& of, std::size_t column){};
};
/// What dialects say in their own way inside the ANSI rules for DDL. Null where a dialect has nothing to say.
struct ddl_rules {
    column_rule column_type{};  ///< the name of its type
    column_rule identity{};     ///< what makes the database number the rows: GENERATED BY DEFAULT AS IDENTITY
    /// DEFAULT's expression; null: as it is, in parentheses where it is more than a literal or a word.
    void (*default_value)(compiler& out, const node& expression, const type& of){};
    column_rule column_end{};                                                ///< behind all else: a comment
    void (*table_end)(compiler& out, const table_definition& of){};          ///< behind the closing parenthesis
    void (*check_table)(const compiler& out, const table_definition& of){};  ///< refuses what the database would make something else of
    /// What makes the open transaction check foreign keys at its end, where they cannot be dropped before tables that refer to each other
    /// (SQLite's PRAGMA defer_foreign_keys); empty: nothing.
    std::string_view deferring_keys{};
    /// With what a script has to begin, so that any shell's session reads its literals as they are meant; empty: nothing.
    std::string_view script_start{};
    bool inline_comments{};                          ///< comments of tables and columns stand in CREATE TABLE; else COMMENT ON follows
    bool computed_not_null{true};                    ///< a computed column may say that it is NOT NULL
    bool redeclares_columns{};                       ///< ALTER says all of a column again, its comment too (MODIFY COLUMN)
    std::shared_ptr<const rebuild_rules> rebuild{};  ///< null: ALTER TABLE does what the server claims
    ddl_words words{};
    /// Indexes are written as CREATE DESCENDING INDEX and COMPUTED BY (expression) have it (InterBase, Firebird), for a database whose
    /// indexes go one way, or have one expression.
    bool one_way_indexes{};
    /// For a database without IF EXISTS and IF NOT EXISTS: a block of its procedural language that looks into the catalogue. Null: the
    /// words. `object` is "TABLE", "SEQUENCE", "INDEX" ...
    existence_rule existence{};
};

/// Writes a value as a literal; the type says what it stands for.
using literal_rule = void (*)(compiler& out, const cell& value, const type& of);

enum class placeholders : std::uint8_t {
    question_mark,  ///< ?
    dollar_number,  ///< $1
};

struct identifier_rules {
    char open_quote{'"'};
    char close_quote{'"'};  ///< doubled where it stands inside a name
    std::size_t max_length{63};
    bool length_in_bytes{true};
    /// Names without quotes are kept in capitals, as the standard has it (Oracle, Firebird, Db2): names are written as `swapped_case` gives
    /// them, so that "person" is what SQL of the program's own calls person. The driver and the reflector swap what comes back.
    bool swaps_case{};
};

/// A name of small letters in capitals, and one of capitals in small letters; one that has both as it is. Only ASCII letters count. Twice
/// gives the name itself.
[[nodiscard]] AZOTH_API std::string swapped_case(std::string_view name);

/// How a dialect writes SQL: ANSI's rules, with what differs replaced. A derived dialect copies its parent's table and replaces again;
/// a user's construct adds a rule for its own kind. Set up once, then read by all threads.
class AZOTH_API rule_table {
public:
    rule_table();

    void set(const node_kind& kind, compile_rule rule);
    /// With the node's own type: `rules.set<binary_node, &write_binary>()`.
    template <class N, void (*Rule)(compiler&, const N&)>
    void set() {
        set(N::static_kind, [](compiler& out, const node& what) { Rule(out, static_cast<const N&>(what)); });
    }
    /// Null where there is none.
    [[nodiscard]] compile_rule find(const node_kind& kind) const noexcept;
    /// The same, and the rules that the kind brings along: this dialect's, its family's, the one for all.
    [[nodiscard]] compile_rule find(const node_kind& kind, std::string_view dialect) const noexcept;

    void set(operation op, operation_rule rule);
    /// A function of that name, with the operands as they come; or, where it has a parenthesis or a brace, a pattern as
    /// `write_pattern` takes it: "FLOOR({0} / {1})". Lives as long as the rules do: a literal.
    void set(operation op, std::string_view function);
    /// Null where the dialect has no way to say it.
    [[nodiscard]] operation_rule find(operation op) const noexcept;
    /// Empty where it is more than a function, or nothing.
    [[nodiscard]] std::string_view function_of(operation op) const noexcept;

    void set_function(std::string name, function_rule rule) { function_rules_[std::move(name)] = rule; }
    /// Null where the function is written as others are.
    [[nodiscard]] function_rule find_function(std::string_view name) const;

    void set_type(type_kind kind, type_rule rule) { types_[static_cast<std::size_t>(kind)] = rule; }
    [[nodiscard]] const type_rule& type(type_kind kind) const noexcept { return types_[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] cell_tag stored(const azoth::type& t) const {
        const auto rule = type(t.kind).stored;
        return rule ? rule(t) : cell_tag::null;
    }

    /// Another spelling of a function, or of an operator, for this dialect: "char_length" -> "length".
    void rename_function(std::string name, std::string to) { functions_[std::move(name)] = std::move(to); }
    [[nodiscard]] std::string_view function_name(std::string_view name) const;

    literal_rule literal{};
    limit_rule limit{};
    rows_rule rows{};
    element_rule element{};                ///< null: by its name
    std::string_view lone_offset_limit{};  ///< what LIMIT has to say where there is only an OFFSET: SQLite's "-1"; empty: nothing
    lock_rule lock{};
    moment_rule moment_number{};  ///< by which a RANGE frame over dates and times is ordered; null: its distances are intervals
    bool filters{true};           ///< FILTER behind an aggregate; without it rows are left out by a CASE in its argument
    bool sorts_nulls{true};       ///< NULLS FIRST and NULLS LAST; without them NULL is the least value, and a key before the other moves it
    bool fetch_takes_expressions{};  ///< FETCH FIRST (expression) ROWS, in parentheses
    identifier_rules identifiers{};
    placeholders placeholder{placeholders::question_mark};
    std::string_view lone_select{};  ///< behind a SELECT that reads no table: Oracle's " FROM DUAL", Firebird's " FROM RDB$DATABASE"
    std::string_view default_values{" DEFAULT VALUES"};  ///< the end of an INSERT that names no column
    /// Whether WITH stands before INSERT. Where it does not, it starts a query whose one row is inserted.
    bool ctes_before_insert{true};
    explain_rule explain{};
    /// The family; a dialect that is of none is one by itself.
    [[nodiscard]] std::string_view family_of(std::string_view dialect) const noexcept { return family.empty() ? dialect : family; }
    std::string_view family{};  ///< a name that several dialects share, for SQL of the program's own: "mysql" of MariaDB too
    /// Whether a set operation may have parts in parentheses. Where not, they are subqueries of a query of all their columns.
    bool groups_set_operations{true};
    assigned_rule assigned{};  ///< null: as the value is
    conflict_rule conflict{&write_on_conflict};
    proposed_rule proposed{};  ///< null: excluded."column"
    /// Whether the query of an upsert has to be one of a FROM clause, so that what follows it is not taken for a part of it.
    bool wraps_upserted_queries{};
    joined_style joined{joined_style::list};
    ddl_rules ddl{};
    bool fits_queries{true};  ///< `assigned` is for what a query inserts into decimals too, so that it is put into a query of its columns
    /// For a database that types parameters when it compiles the statement (Firebird, Db2, Derby): a bound value is written as CAST(? AS
    /// type), but for limits, and for values on their way into columns, which tell the type. Null: as the placeholder alone.
    parameter_type_rule parameter_type{};
    /// How a literal in an expression of a statement is written, where `literal` alone has a type that is too narrow (a CHAR, which blanks
    /// fill up); DDL takes `literal`. Null: as `literal`.
    literal_rule typed_literal{};
    bool orders_unions_by_place{};                   ///< ORDER BY of a UNION takes places only, no names
    std::string_view changed_rows_limit{" LIMIT "};  ///< before the number of rows that an ordered UPDATE or DELETE changes at most

private:
    std::vector<compile_rule> built_in_;
    std::vector<operation_rule> operations_;
    std::vector<std::string_view> operation_functions_{};
    std::unordered_map<const node_kind*, compile_rule> extensions_{};
    std::array<type_rule, type_kind_count> types_{};
    std::unordered_map<std::string, std::string> functions_{};
    std::unordered_map<std::string, function_rule> function_rules_{};
};

/// ANSI's way to write the statements, expressions, types and literals of the `sql` layer: where a dialect starts.
AZOTH_API const rule_table& ansi_sql_rules();

}  // namespace azoth
