#pragma once

#include "deferral.hpp"
#include "joined_loads.hpp"
#include "query_options.hpp"
#include "session_core.hpp"
#include "written_objects.hpp"

#include <azoth/orm/query.hpp>

#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace azoth::orm::detail {

class relation_loader;

/// Rows that have come already, told apart by their objects and values.
class row_set {
public:
    /// Whether it is a new one.
    bool add(std::span<const cell> row);

private:
    std::unordered_multimap<std::uint64_t, cell_copy> all_{};
};

/// An update or delete of a struct that shares its table with others, for its own rows alone. Throws interface_error (misuse) for a delete
/// of one that is in several tables.
[[nodiscard]] node_ptr of_struct(const node_ptr& statement);

/// A statement of a session while its rows are read.
struct open_query {
    open_query(session_core& in, const query_request& what, std::span<const query_element> elements);
    open_query(session_core& in, const node_handle<insert_node>& statement, azoth::detail::typed_row_source& rows,
               std::span<const query_element> elements);

    bool next();
    [[nodiscard]] instance* entity(std::size_t element) const noexcept { return objects_[element]; }
    [[nodiscard]] std::span<const cell> cells(std::size_t element) const;
    /// Loads what the query and the mappings ask for beside the rows, and brings objects along.
    void finish();
    [[nodiscard]] std::int64_t affected_rows() const noexcept { return affected_; }

private:
    void prepare(std::span<const query_element> elements);
    /// The statement with all columns, tables and conditions of classes that share their rows with others.
    [[nodiscard]] node_ptr with_classes(const node_ptr& statement);
    std::size_t take_class(select_node& to, const select_node& from, std::size_t place, std::size_t element);
    [[nodiscard]] bool is_to_be_planned() const;
    [[nodiscard]] query_side side_of(const select_node& select, std::size_t element) const;
    [[nodiscard]] node_ptr planned(const select_node& select);
    /// The statement without the columns that stay unread.
    [[nodiscard]] node_ptr select_columns(const node_ptr& statement);
    void place_elements();
    void check_width();
    void place_by_name();
    void read_objects();
    bool is_new_row();
    void follow(const load_path& path);
    std::vector<instance*> load_step_of(const wanted_step& at, std::span<instance* const> all);
    void join_behind(relation_loader& loader, const relation_info& r, const wanted_step& at);
    [[nodiscard]] std::vector<instance*> loading_more(std::span<instance* const> all) const;
    void follow_mappings();
    [[nodiscard]] bool loads_by_itself(const relation_info& r, const entity_class& of) const;
    [[nodiscard]] bool loads_more(const entity_class& of) const;
    [[nodiscard]] std::vector<instance*> loaded() const;
    void forbid_others();

    session_core& session_;
    query_request what_;
    std::vector<query_element> elements_{};
    std::vector<column_selection> selections_{};  ///< one an element, where a column of one of them stays unread
    std::shared_ptr<query_options> said_{};
    std::vector<query_side> sides_{};    ///< of elements that share their rows with others; empty: to be found in the query
    std::vector<std::size_t> widths_{};  ///< columns of an element, all of them
    std::vector<std::size_t> places_{};
    std::vector<std::optional<std::size_t>> by_name_{};  ///< of the only element's columns, as text gives them; none: unread
    std::vector<cell> named_{};
    std::vector<std::shared_ptr<load_batch>> batches_{};
    std::vector<instance*> objects_{};  ///< of the current row
    std::vector<instance*> beside_{};   ///< loaded by further queries
    joined_loads joined_{};
    std::optional<row_overwriting> overwriting_{};
    std::unique_ptr<written_objects> written_{};
    std::optional<row_set> seen_{};
    std::int64_t affected_{-1};
    result rows_{};
};

}  // namespace azoth::orm::detail
