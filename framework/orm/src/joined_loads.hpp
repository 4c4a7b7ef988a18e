#pragma once

#include "deferral.hpp"
#include "query_options.hpp"
#include "session_core.hpp"

#include <memory>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace azoth::orm::detail {

/// Relations that a query's own rows fill: its joins get more, or it has them already.
class joined_loads {
public:
    /// An entity that the query selects, and where its columns come from.
    struct root {
        const entity_class* of{};
        query_side side{};
    };
    /// Adds joins and columns to the query, whose own columns end before those.
    void plan(select_node& query, std::span<const root> roots, std::shared_ptr<const query_options> said);

    /// The same of a query for what a relation leads to: relations to one object that `paths` say are joined.
    void plan_behind(select_node& query, const root& from, const std::vector<wanted_step>& paths,
                     std::shared_ptr<const query_options> said);

    [[nodiscard]] bool is_empty() const noexcept { return loads_.empty(); }
    [[nodiscard]] bool repeats_rows() const noexcept { return repeats_rows_; }
    [[nodiscard]] std::size_t width() const noexcept { return width_; }
    /// Takes the part of a row behind the roots' own: `objects` are those.
    void take(session_core& session, std::span<const cell> row, std::span<instance* const> objects, row_overwriting* overwriting);
    void finish();
    /// What has been read.
    [[nodiscard]] std::vector<instance*> found() const;

private:
    struct collection {
        std::vector<instance*> items{};
        std::unordered_set<instance*> known{};
        bool is_open{};
    };
    struct load {
        const relation_info* r{};
        std::size_t parent{};
        bool is_root_parent{};
        std::size_t place{};  ///< of its first column among those added
        column_selection columns;
        std::shared_ptr<load_batch> batch{};
        std::unordered_map<instance*, collection> collections{};
        instance* current{};
    };
    struct place_in_query {
        std::size_t parent{};
        bool is_root_parent{};
    };
    void follow(select_node& query, place_in_query at, const entity_class& of, const query_side& side,
                const std::vector<wanted_step>& paths);
    void add(select_node& query, place_in_query at, const relation_info& r, const query_side& side, const load_step* step,
             const std::vector<wanted_step>& deeper);
    [[nodiscard]] bool can_join(const relation_info& r) const noexcept;
    static void fill(load& l, instance& parent, instance* child);

    std::shared_ptr<const query_options> said_{};
    std::vector<load> loads_{};
    std::vector<const entity_class*> chain_{};  ///< what the mappings' own joins have passed on the way down
    std::size_t width_{};
    bool repeats_rows_{};
    bool follows_mappings_{true};
    bool can_join_one_{};
    bool can_join_many_{};
};

}  // namespace azoth::orm::detail
