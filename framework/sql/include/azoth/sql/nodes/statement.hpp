#pragma once

#include <azoth/sql/compiled.hpp>
#include <azoth/sql/nodes/selectable.hpp>

#include <atomic>
#include <memory>

namespace azoth {

/// What a statement remembers of its last compilation, so that running it again compares a pointer and searches nothing.
struct remembered_compilation {
    std::uint64_t scope{};  ///< who compiled it, and for which profile
    std::shared_ptr<const compiled_statement> compiled{};
    std::vector<const bind_node*> binds{};
};

/// The base of whole statements. Set-once memory: the first compilation stays until the statement changes or dies.
class AZOTH_API statement_base {
public:
    statement_base() noexcept = default;
    statement_base(const statement_base&) noexcept {}
    statement_base& operator=(const statement_base&) = delete;
    virtual ~statement_base();

    [[nodiscard]] const remembered_compilation* remembered() const noexcept { return remembered_.load(std::memory_order_acquire); }
    void remember(std::unique_ptr<const remembered_compilation> compilation) const noexcept;

protected:
    void forget() noexcept;

private:
    mutable std::atomic<const remembered_compilation*> remembered_{nullptr};
};

template <class D>
class statement_node : public node_base<D>, public statement_base {
public:
    /// To be called by whoever changes a statement that it alone holds.
    void changed() noexcept {
        this->forget_hash();
        forget();
    }
};

struct select_item {
    node_ptr expression;
    bool strict{};  ///< read into a type that cannot be NULL: refused where an outer join can make it so
    auto fields() const { return std::tie(expression, strict); }  // what is refused must not be found as what is not
};

enum class join_kind : std::uint8_t { inner, left, right, full, cross };

struct join_item {
    join_kind kind{};
    node_ptr target;
    node_ptr on;  ///< null: by the foreign key between the two sides
    auto fields() const { return std::tie(kind, target, on); }
};

class AZOTH_API select_node final : public statement_node<select_node> {
public:
    static constexpr node_kind static_kind{node_numbers::select, "select"};
    auto fields() const { return std::tie(items, from, joins, where, group_by, having, order_by, limit, offset, distinct); }

    std::vector<select_item> items{};
    std::vector<node_ptr> from{};  ///< said explicitly; others are found in the expressions
    std::vector<join_item> joins{};
    std::vector<node_ptr> where{};
    std::vector<node_ptr> group_by{};
    std::vector<node_ptr> having{};
    std::vector<node_ptr> order_by{};
    node_ptr limit{};
    node_ptr offset{};
    bool distinct{};
};

enum class set_operator : std::uint8_t { union_, union_all, intersect, except };

class AZOTH_API compound_node final : public statement_node<compound_node> {
public:
    static constexpr node_kind static_kind{node_numbers::compound, "compound select"};
    compound_node(set_operator o, std::vector<node_ptr> of) : op{o}, parts{std::move(of)} {}
    auto fields() const { return std::tie(op, parts, order_by, limit, offset); }

    set_operator op;
    std::vector<node_ptr> parts;
    std::vector<node_ptr> order_by{};
    node_ptr limit{};
    node_ptr offset{};
};

struct assignment {
    node_ptr column;
    node_ptr value;
    auto fields() const { return std::tie(column, value); }
};

/// INSERT of one row (`values`), of what a query gives (`columns` and `query`), of many rows whose values come at execution
/// (`columns` alone), or of nothing but defaults.
class AZOTH_API insert_node final : public statement_node<insert_node> {
public:
    static constexpr node_kind static_kind{node_numbers::insert, "insert"};
    explicit insert_node(node_ptr into) : table{std::move(into)} {}
    auto fields() const { return std::tie(table, values, columns, query, returning); }

    node_ptr table;
    std::vector<assignment> values{};
    std::vector<node_ptr> columns{};
    node_ptr query{};
    std::vector<select_item> returning{};
};

class AZOTH_API update_node final : public statement_node<update_node> {
public:
    static constexpr node_kind static_kind{node_numbers::update, "update"};
    explicit update_node(node_ptr of) : table{std::move(of)} {}
    auto fields() const { return std::tie(table, values, where, returning); }

    node_ptr table;
    std::vector<assignment> values{};
    std::vector<node_ptr> where{};
    std::vector<select_item> returning{};
};

class AZOTH_API delete_node final : public statement_node<delete_node> {
public:
    static constexpr node_kind static_kind{node_numbers::delete_, "delete"};
    explicit delete_node(node_ptr from) : table{std::move(from)} {}
    auto fields() const { return std::tie(table, where, returning); }

    node_ptr table;
    std::vector<node_ptr> where{};
    std::vector<select_item> returning{};
};

/// SQL as the program wrote it, cut at its :named binds; as a statement or as a piece of an expression. One more piece than binds.
class AZOTH_API text_node final : public statement_node<text_node> {
public:
    static constexpr node_kind static_kind{node_numbers::text, "text"};
    auto fields() const { return std::tie(pieces, binds, columns); }

    std::vector<std::string> pieces{};
    std::vector<node_ptr> binds{};
    std::vector<select_item> columns{};  ///< of its result, where the program says them
};

/// The columns that a query returns, for a subquery or CTE made of it. Names that are missing or come twice throw programming_error.
AZOTH_API std::vector<column_spec> result_specs(const node& query, const std::vector<std::string>& names = {});

}  // namespace azoth
