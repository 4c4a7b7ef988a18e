#pragma once

#include <azoth/base/value.hpp>
#include <azoth/sql/node_base.hpp>
#include <azoth/sql/nodes/kinds.hpp>

#include <span>

namespace azoth {

enum class unary_operator : std::uint8_t { not_, negate, is_null, is_not_null, exists, distinct, is_true, is_false };
enum class binary_operator : std::uint8_t {
    equal,
    not_equal,
    less,
    less_equal,
    greater,
    greater_equal,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    concat,
    like,
    not_like,
    is_distinct_from,
    is_not_distinct_from,
};
enum class logical_operator : std::uint8_t { and_, or_ };
enum class nulls_order : std::uint8_t { unspecified, first, last };

/// What a table, or anything else that has columns, says of one of them.
struct column_spec {
    struct reference {
        std::string schema{};
        std::string table{};
        std::string column{};
        friend bool operator==(const reference&, const reference&) = default;
    };
    std::string name{};
    azoth::type type{};
    bool nullable{true};
    bool primary_key{};
    bool generated{};    ///< the database makes the value where none is given: an integer key, identity, a computed column
    bool has_default{};  ///< a server default
    std::vector<reference> references{};
    // What statements give it where they leave it out: an expression, or a bind whose value is made when they run.
    node_ptr on_insert{};
    node_ptr on_update{};
    friend bool operator==(const column_spec&, const column_spec&) = default;
    auto fields() const { return std::tie(name, type); }
};

/// A column of a table, alias, subquery or CTE. The source keeps the spec.
class AZOTH_API column_node final : public node_base<column_node> {
public:
    static constexpr node_kind static_kind{node_numbers::column, "column"};
    column_node(node_ptr from, const column_spec& of) : source{std::move(from)}, spec{&of} {}
    auto fields() const { return std::tie(source, spec->name); }

    node_ptr source;
    const column_spec* spec;
};

/// Makes a value each time a statement runs: for any thread that runs one.
class AZOTH_API value_maker {
public:
    virtual ~value_maker();
    [[nodiscard]] virtual value make() const = 0;
};

/// A value sent beside the SQL: given now, made when the statement runs, or named and given at execution. `list` holds the elements of an
/// IN list, whose length is known at execution only.
class AZOTH_API bind_node final : public node_base<bind_node> {
public:
    static constexpr node_kind static_kind{node_numbers::bind, "bind"};
    bind_node(value of, azoth::type t) : content{std::move(of)}, type{std::move(t)} {}
    auto fields() const { return std::tie(type, is_list); }
    [[nodiscard]] bool matches(const node& other, node_matcher& matcher) const override {
        return node_base::matches(other, matcher) && matcher.binds(*this, static_cast<const bind_node&>(other));
    }

    value content;
    azoth::type type;
    std::vector<value> list{};
    std::string name{};                          ///< of a parameter given at execution
    std::shared_ptr<const value_maker> maker{};  ///< only of a column's default: part of no statement's tree
    bool is_list{};
    bool nullable{true};  ///< whether a parameter may be given NULL
};

/// A value written into the SQL by the dialect's literal rules.
class AZOTH_API literal_node final : public node_base<literal_node> {
public:
    static constexpr node_kind static_kind{node_numbers::literal, "literal"};
    literal_node(value of, azoth::type t) : content{std::move(of)}, type{std::move(t)} {}
    auto fields() const { return std::tie(type); }
    [[nodiscard]] bool matches(const node& other, node_matcher& matcher) const override;

    value content;
    azoth::type type;

protected:
    [[nodiscard]] std::uint64_t compute_hash() const override;
};

class AZOTH_API unary_node final : public node_base<unary_node> {
public:
    static constexpr node_kind static_kind{node_numbers::unary, "unary"};
    unary_node(unary_operator o, node_ptr what) : op{o}, operand{std::move(what)} {}
    auto fields() const { return std::tie(op, operand); }

    unary_operator op;
    node_ptr operand;
};

class AZOTH_API binary_node final : public node_base<binary_node> {
public:
    static constexpr node_kind static_kind{node_numbers::binary, "binary"};
    binary_node(binary_operator o, node_ptr l, node_ptr r) : op{o}, left{std::move(l)}, right{std::move(r)} {}
    auto fields() const { return std::tie(op, left, right); }

    binary_operator op;
    node_ptr left;
    node_ptr right;
};

/// AND or OR over any number of terms; none means TRUE for AND, FALSE for OR.
class AZOTH_API logical_node final : public node_base<logical_node> {
public:
    static constexpr node_kind static_kind{node_numbers::logical, "logical"};
    logical_node(logical_operator o, std::vector<node_ptr> of) : op{o}, terms{std::move(of)} {}
    auto fields() const { return std::tie(op, terms); }

    logical_operator op;
    std::vector<node_ptr> terms;
};

/// IN over a list (a bind) or a subquery.
class AZOTH_API in_node final : public node_base<in_node> {
public:
    static constexpr node_kind static_kind{node_numbers::in, "in"};
    in_node(node_ptr what, node_ptr where, bool no) : operand{std::move(what)}, set{std::move(where)}, negated{no} {}
    auto fields() const { return std::tie(operand, set, negated); }

    node_ptr operand;
    node_ptr set;
    bool negated;
};

class AZOTH_API between_node final : public node_base<between_node> {
public:
    static constexpr node_kind static_kind{node_numbers::between, "between"};
    between_node(node_ptr what, node_ptr from, node_ptr to, bool no)
        : operand{std::move(what)}, low{std::move(from)}, high{std::move(to)}, negated{no} {}
    auto fields() const { return std::tie(operand, low, high, negated); }

    node_ptr operand;
    node_ptr low;
    node_ptr high;
    bool negated;
};

/// A call. `name` is written as it is: it comes from the program's text, never from data, and has to be an identifier. Of an aggregate:
/// DISTINCT, the order of what it takes in, the order of an ordered set (WITHIN GROUP), and which rows it takes (FILTER).
class AZOTH_API function_node final : public node_base<function_node> {
public:
    static constexpr node_kind static_kind{node_numbers::function, "function"};
    function_node(std::string n, std::vector<node_ptr> args, azoth::type t)
        : name{std::move(n)}, arguments{std::move(args)}, type{std::move(t)} {}
    auto fields() const { return std::tie(name, arguments, type, distinct, order, within_group, filter); }

    std::string name;
    std::vector<node_ptr> arguments;
    azoth::type type;
    bool distinct{};
    std::vector<node_ptr> order{};
    std::vector<node_ptr> within_group{};
    node_ptr filter{};
};

/// The * of count(*).
class AZOTH_API star_node final : public node_base<star_node> {
public:
    static constexpr node_kind static_kind{node_numbers::star, "star"};
    static auto fields() { return std::tuple<>{}; }
};

/// One end of a window's frame. `offset`, a literal, where the distance is one of values (RANGE); else so many rows or groups.
struct frame_bound {
    enum class kinds : std::uint8_t { unbounded_preceding, preceding, current_row, following, unbounded_following };
    kinds kind{kinds::unbounded_preceding};
    std::uint32_t rows{};
    node_ptr offset{};
    auto fields() const { return std::tie(kind, rows, offset); }
};

/// Which rows around the current one a frame leaves out.
enum class frame_exclusion : std::uint8_t { none, current_row, group, ties };

/// A function over a window: of its own, or one that the query names; `base` with more said means a named one, refined.
class AZOTH_API window_node final : public node_base<window_node> {
public:
    enum class frames : std::uint8_t { none, rows, range, groups };
    static constexpr node_kind static_kind{node_numbers::window, "window"};
    explicit window_node(node_ptr f) : function{std::move(f)} {}
    auto fields() const { return std::tie(function, base, partition, order, frame, from, to, exclusion); }

    node_ptr function;
    std::string base{};
    std::vector<node_ptr> partition{};
    std::vector<node_ptr> order{};
    frames frame{frames::none};
    frame_bound from{};
    frame_bound to{frame_bound::kinds::current_row, 0, {}};
    frame_exclusion exclusion{frame_exclusion::none};
};

class AZOTH_API cast_node final : public node_base<cast_node> {
public:
    static constexpr node_kind static_kind{node_numbers::cast, "cast"};
    cast_node(node_ptr what, azoth::type t) : operand{std::move(what)}, type{std::move(t)} {}
    auto fields() const { return std::tie(operand, type); }

    node_ptr operand;
    azoth::type type;
};

class AZOTH_API case_node final : public node_base<case_node> {
public:
    struct branch {
        node_ptr condition;
        node_ptr result;
        auto fields() const { return std::tie(condition, result); }
    };
    static constexpr node_kind static_kind{node_numbers::case_, "case"};
    explicit case_node(std::vector<branch> b, node_ptr e = {}) : branches{std::move(b)}, otherwise{std::move(e)} {}
    auto fields() const { return std::tie(branches, otherwise); }

    std::vector<branch> branches;
    node_ptr otherwise;
};

class AZOTH_API label_node final : public node_base<label_node> {
public:
    static constexpr node_kind static_kind{node_numbers::label, "label"};
    label_node(node_ptr what, std::string n) : operand{std::move(what)}, name{std::move(n)} {}
    auto fields() const { return std::tie(operand, name); }

    node_ptr operand;
    std::string name;
};

class AZOTH_API order_node final : public node_base<order_node> {
public:
    static constexpr node_kind static_kind{node_numbers::order, "order"};
    order_node(node_ptr what, bool down, nulls_order n = nulls_order::unspecified) : operand{std::move(what)}, descending{down}, nulls{n} {}
    auto fields() const { return std::tie(operand, descending, nulls); }

    node_ptr operand;
    bool descending;
    nulls_order nulls;
};

/// A query used as one value.
class AZOTH_API scalar_subquery_node final : public node_base<scalar_subquery_node> {
public:
    static constexpr node_kind static_kind{node_numbers::scalar_subquery, "scalar subquery"};
    explicit scalar_subquery_node(node_ptr q) : query{std::move(q)} {}
    auto fields() const { return std::tie(query); }

    node_ptr query;
};

/// The SQL type of an expression; `unknown` where nothing says.
AZOTH_API type type_of(const node& expression);
/// The type of a value that is one of these: of numbers the widest, else the first that is known.
AZOTH_API type widest_type(std::span<const node_ptr> of);

}  // namespace azoth
