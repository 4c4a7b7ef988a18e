#pragma once

#include "objects_by_key.hpp"
#include "query_options.hpp"
#include "session_core.hpp"

#include <azoth/sql/nodes/select.hpp>

#include <memory>
#include <span>
#include <vector>

namespace azoth::orm::detail {

/// Fills one relation of many objects by one query, or a few where there are very many.
class relation_loader {
public:
    relation_loader(session_core& in, const relation_info& of, std::shared_ptr<const query_options> said = {})
        : session_{in}, r_{of}, asked_{of.direction == relation_direction::by_table ? of.owner : of.target}, said_{std::move(said)} {}
    /// The query that has found the objects, of nothing but the columns by which they are related: it takes the place of their keys.
    void use_query(node_ptr objects, std::span<const argument> args) {
        objects_ = std::move(objects);
        args_ = args;
    }
    /// Loads relations of what it finds by the same query, where that can be.
    void join(std::vector<wanted_step> behind) { behind_ = std::move(behind); }
    void load(std::span<instance* const> owners);
    /// Those that have been read for it, each once.
    [[nodiscard]] const std::vector<instance*>& found() const noexcept { return found_; }

private:
    void load_some(std::span<instance* const> owners);
    void load_parents(std::span<instance* const> owners);
    void load_children(std::span<instance* const> owners);
    /// Calls `read` with as many keys as a query takes, until it has had all.
    template <class Read>
    void each_some(std::span<const cell> all, std::size_t width, Read&& read) const;
    [[nodiscard]] node_handle<select_node> query_for(std::span<const cell> keys) const;
    [[nodiscard]] node_ptr condition_on(std::span<const node_ptr> columns, std::span<const cell> of) const;
    /// Calls `take` with each object and what stands ahead of it in its row.
    template <class Take>
    void run(const node_handle<select_node>& query, std::size_t ahead, Take&& take);
    void relate(const node_handle<select_node>& query, objects_by_key& by_key);
    [[nodiscard]] std::size_t keys_at_once(std::size_t width) const;

    session_core& session_;
    const relation_info& r_;
    const entity_class* asked_;  ///< whose database is asked: rows between two tables are where the owner is
    std::shared_ptr<const query_options> said_;
    std::vector<wanted_step> behind_{};
    node_ptr objects_{};
    std::span<const argument> args_{};
    std::span<const value> key_{};  ///< of a row in the database that is asked
    std::vector<instance*> found_{};
};

}  // namespace azoth::orm::detail
