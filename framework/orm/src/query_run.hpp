#pragma once

#include "deferral.hpp"
#include "session_core.hpp"

#include <azoth/orm/column_loading.hpp>
#include <azoth/orm/load_options.hpp>
#include <azoth/orm/query.hpp>

#include <memory>
#include <span>
#include <unordered_set>
#include <vector>

namespace azoth::orm::detail {

/// A query of a session while it is read.
struct open_query {
    open_query(session_core& in, const node_ptr& statement, std::span<const argument> args, std::span<const query_element> elements);

    bool next();
    instance* entity(std::size_t element);
    [[nodiscard]] std::span<const cell> cells(std::size_t element) const;
    /// Loads what the query and the mappings ask for beside the rows.
    void finish();

private:
    /// The statement without the columns that stay unread.
    [[nodiscard]] node_ptr select_columns(const node_ptr& statement);
    void place_elements(std::size_t width);
    void follow(const load_path& path);
    void follow_mappings(std::vector<instance*> level, std::unordered_set<const relation_info*>& done);

    session_core& session_;
    std::vector<query_element> elements_;
    std::vector<column_selection> selections_{};  ///< one an element, where a column of one of them stays unread
    std::vector<std::size_t> places_{};
    std::vector<std::shared_ptr<load_batch>> batches_{};
    std::vector<std::shared_ptr<const load_path>> paths_{};
    result rows_{};
};

}  // namespace azoth::orm::detail
