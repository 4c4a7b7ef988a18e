#pragma once

#include <azoth/base/error.hpp>
#include <azoth/sql/compiled.hpp>
#include <azoth/sql/name_map.hpp>
#include <azoth/sql/nodes/statement.hpp>
#include <azoth/sql/profile.hpp>
#include <azoth/sql/rules.hpp>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace azoth {

struct compile_options {
    bool unchecked{};           ///< send what the profile does not claim: for the conformance suite, to find stale claims
    bool inline_values{};       ///< write bound values as literals: DDL, and printing for people
    const name_map* schemas{};  ///< schemas, and those to write in their place; an empty name is none. May be null
};

/// One run from a tree to SQL. Rules write to it; it keeps what they need to know: names, scopes, parameters.
class AZOTH_API compiler {
public:
    compiler(const rule_table& rules, const profile& server, compile_options options = {});
    ~compiler();
    compiler(const compiler&) = delete;
    compiler& operator=(const compiler&) = delete;

    /// Compiles a whole statement. Throws programming_error (statement), not_supported_error, data_error.
    compiled_statement run(const node& statement);

    // What rules write with.
    compiler& operator<<(std::string_view sql) {
        buffer_ += sql;
        return *this;
    }
    compiler& operator<<(char c) {
        buffer_ += c;
        return *this;
    }
    /// A node, by its kind's rule.
    compiler& operator<<(const node& what);
    compiler& operator<<(const node_ptr& what) { return *this << *what; }
    /// A name, quoted by the dialect's rules. Empty, too long or with a NUL: programming_error (statement).
    compiler& identifier(std::string_view name);
    compiler& qualified(std::string_view schema, std::string_view name);
    /// The schema that is written in place of another: itself, unless the compile options say otherwise.
    [[nodiscard]] std::string_view schema_of(std::string_view schema) const;
    /// The nodes with `separator` between.
    compiler& list(std::span<const node_ptr> nodes, std::string_view separator = ", ");
    /// The node as an operand: in parentheses unless it binds tighter than `outer`.
    compiler& operand(const node& what, int outer);
    /// A placeholder, and a slot in the parameter plan; a literal where values are inlined.
    compiler& parameter(const bind_node& bind);
    /// The parenthesised elements of an IN list, expanded at execution.
    compiler& list_parameter(const bind_node& bind, bool negated);
    /// The same in SQL of the program's own, without parentheses: an empty list is a query without rows.
    compiler& text_list_parameter(const bind_node& bind);
    /// The same of tuples: lists of one length, one for each element. `before` stands in front of the first tuple, whose values `cast` may
    /// give types.
    compiler& tuple_list_parameter(const tuple_node& lists, bool negated, std::string_view before = {},
                                   void (*cast)(compiler&, const type&) = nullptr);
    compiler& literal(const cell& value, const type& of);
    compiler& type_name(const type& t);

    // What rules ask.
    [[nodiscard]] const rule_table& rules() const noexcept { return rules_; }
    [[nodiscard]] const profile& server() const noexcept { return server_; }
    [[nodiscard]] const capabilities& can() const noexcept { return server_.can; }
    [[nodiscard]] bool is_unchecked() const noexcept { return options_.unchecked; }
    /// Throws not_supported_error naming the construct, the server and the remedy, unless claimed or unchecked.
    void require(bool claimed, std::string_view construct, std::string_view remedy = {}) const;

    // Scopes: what the SELECT and DML rules share; who offers columns to whom.
    struct scope;
    [[nodiscard]] scope& current_scope() noexcept;
    /// The name under which a source is known in this statement; made up for anonymous ones ("maintainer_1").
    const std::string& name_of(const node& source);
    /// Whether a table without a schema gets a made-up name, for the statement has another table of its name in a schema.
    [[nodiscard]] bool is_ambiguous(const node& source) const;
    /// Whether columns are written with their source's name.
    [[nodiscard]] bool qualifies() const noexcept { return qualify_; }
    void set_qualifies(bool yes) noexcept { qualify_ = yes; }
    void add_result_column(std::string name, type t);
    [[nodiscard]] bool has_result_columns() const noexcept { return !result_.columns.empty(); }
    void set_kind(statement_kind kind, bool returns_rows);
    /// Takes back what was written from this place on, which must hold no parameter.
    std::string cut(std::size_t from);
    /// The text so far, without the parameters.
    [[nodiscard]] const std::string& buffer() const noexcept { return buffer_; }
    void set_batch(batch_plan plan, std::vector<std::shared_ptr<const value_maker>> makers = {});
    void set_key(inserted_key key) { result_.key = std::move(key); }
    void set_affected(affected_meaning meaning) noexcept { result_.affected = meaning; }
    /// Parameters written so far.
    [[nodiscard]] std::size_t parameter_count() const noexcept { return result_.parameters.size(); }
    /// Runs `body` with bound values written as literals: for what is the same each time the statement runs.
    void with_literals(const std::function<void()>& body);
    void mark_raw() noexcept { result_.touches_session = true; }
    /// Runs `body` with a scope of its own, inside the current one: a query in an expression sees the rows around it.
    void in_scope(const std::function<void()>& body);
    /// Runs `body` as if nothing stood around it: a query in a FROM clause or a CTE sees nothing of its neighbours.
    void isolated(const std::function<void()>& body);
    /// Scopes entered so far.
    [[nodiscard]] std::size_t depth() const noexcept { return scopes_.size(); }
    /// Whether some scope around the current one offers the source.
    [[nodiscard]] bool is_offered_outside(const node& source) const;
    [[nodiscard]] bool is_offered(const node& source) const;
    /// The source of a query inside the one that offers this source, which has its name there; null: none.
    [[nodiscard]] const node* hides(const node& source) const;
    /// The window over which the call is taken, null where there is none: whoever writes the call writes OVER behind it.
    [[nodiscard]] const window_node* window_of(const function_node& call) const noexcept;
    /// The table whose rows the statement changes, where they can be seen; null: nowhere.
    [[nodiscard]] const node* changed_table() const;
    /// The upsert whose proposed row can be seen here; null: none.
    [[nodiscard]] const insert_node* upsert_around() const;
    /// Gives a source a name of the rules' own choice, in place of `name_of`.
    void rename(const node& source, std::string name) { names_[&source] = std::move(name); }
    /// Whether what is being written is the statement itself, not a query inside it.
    [[nodiscard]] bool is_top_level() const noexcept { return hidden_ == 0 && scopes_.size() <= 1; }

    /// From here on the bind is sent as a number of rows.
    void count_rows(const bind_node& bind) { row_counts_.push_back(&bind); }
    /// Writes the function of a window, whose rule writes OVER.
    void windowed(const window_node& window);

private:
    std::string cast_for(const type& t, void (*cast)(compiler&, const type&));
    void add_tuple_parameters(const tuple_node& lists, bool negated, void (*cast)(compiler&, const type&));
    void write_tuple_literals(const tuple_node& lists, bool negated, void (*cast)(compiler&, const type&));
    void reserve_names(const node& statement);
    void note_writing(const node& what);
    void finish();

    const rule_table& rules_;
    const profile& server_;
    compile_options options_;
    compiled_statement result_{};
    std::string buffer_{};
    std::vector<std::size_t> cuts_{};               ///< where in the buffer each parameter stands
    std::vector<std::shared_ptr<scope>> scopes_{};  // shared, so that who includes this needs not know the inside
    int hidden_{};                                  ///< how many `isolated` are around
    std::unordered_map<const bind_node*, std::size_t> binds_{};
    std::unordered_map<const node*, std::string> names_{};
    std::vector<const bind_node*> row_counts_{};
    const window_node* window_{};              ///< whose function is being written
    std::unordered_set<std::string> taken_{};  ///< names that the statement gives itself
    std::unordered_set<std::string> ambiguous_{};
    bool qualify_{true};
};

/// How tightly an expression binds; larger is tighter.
AZOTH_API int precedence_of(const node& expression);

/// The statement as SQL for people, values written as literals. Not for sending.
AZOTH_API std::string to_sql(const node& statement, const rule_table& rules, const profile& server);

}  // namespace azoth
