#pragma once

#include "portable_expressions.hpp"

#include <azoth/schema/portable.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace azoth::detail {

/// From where to where a schema moves, and what is lost on the way.
struct move_context {
    std::string_view family{};  ///< that the schema comes from
    const profile& server;
    std::string_view target{};  ///< the server's family
    const schema_definition& all;
    std::vector<reflection_note>& lost;

    [[nodiscard]] bool is_same() const { return family == server.dialect || family == target; }
    [[nodiscard]] bool is_mysql() const { return target == "mysql"; }
    [[nodiscard]] const capabilities& can() const { return server.can; }
    void lose(const object_name& of, std::string what) const {
        lost.emplace_back();
        lost.back().of = of;
        lost.back().what = std::move(what);
    }
    /// Where the databases make something else of what has moved nonetheless.
    void warn(const object_name& of, std::string what, std::string_view meaning) const {
        if (!meaning.empty()) lose(of, std::move(what.append(": ").append(meaning)));
    }
};

/// The type that a column has on the other server.
type portable_type(const move_context& to, const table_definition& t, std::size_t column);

// What is false does not move, and has been told as lost.
bool adapt(const move_context& to, const object_name& of, foreign_key& key);
bool adapt(const move_context& to, const table_definition& t, unique_constraint& unique);
bool adapt(const move_context& to, const table_definition& t, check_constraint& check, const expression_mover& expressions);
bool adapt(const move_context& to, const object_name& of, index_definition& index, const expression_mover& expressions);

}  // namespace azoth::detail
