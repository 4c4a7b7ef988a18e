#pragma once

#include "byte_source.hpp"
#include "sample.hpp"

#include <string>
#include <vector>

namespace properties {

/// Random statements from bytes, for what needs no database: they are well formed, and mean little. Sources are aliases with and without
/// names, subqueries, CTEs and tables made at run time; sources and binds are used more than once. `salt` changes bound values, and the
/// lengths of IN lists, and nothing else.
class statement_generator {
public:
    statement_generator(byte_source& from, unsigned salt);

    [[nodiscard]] az::node_ptr make();

private:
    using nodes = std::vector<az::node_ptr>;
    using select_handle = az::node_handle<az::select_node>;

    // Statements.
    az::node_ptr query(int depth);
    select_handle select(int depth, unsigned columns);
    az::node_ptr compound(int depth, unsigned columns);
    az::node_ptr insert();
    az::node_ptr update();
    az::node_ptr remove();
    void add_words(select_handle& to);
    void add_clauses(select_handle& to);
    az::node_ptr grouping(int depth);
    void add_ends(select_handle& to, int depth);
    void add_joins(select_handle& to, int depth);
    std::vector<az::select_item> returning(const az::node_ptr& table);
    az::node_ptr limit();

    // Sources.
    az::node_ptr source(int depth);
    az::node_ptr new_source(int depth);
    az::node_ptr table();
    az::node_ptr common_table(int depth);
    az::node_ptr lateral(int depth, const char* name);
    az::node_ptr values(const char* name);
    az::node_ptr series(const char* name);
    az::node_ptr nested_join(int depth, const az::node_ptr& first);

    // Expressions, of no type in particular.
    az::node_ptr value(int depth);
    az::node_ptr condition(int depth);
    az::node_ptr column();
    az::node_ptr column_of(const az::node_ptr& source);
    az::node_ptr bind();
    az::node_ptr literal();
    az::node_ptr in(int depth);
    az::node_ptr choice(int depth);
    az::node_ptr aggregate(int depth);
    az::node_ptr window(int depth);
    az::node_ptr tuples(int depth);
    az::node_ptr operation(int depth);
    az::node_ptr order(int depth);
    az::node_ptr scalar(int depth);

    byte_source& from_;
    unsigned salt_;
    nodes tables_{};   ///< two that outlive the statement, and two made with it
    nodes sources_{};  ///< all so far: any may be used again
    nodes visible_{};  ///< those that the queries around select from
    nodes binds_{};
    nodes ctes_{};
};

}  // namespace properties
