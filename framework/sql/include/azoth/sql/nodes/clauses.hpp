#pragma once

#include <azoth/sql/nodes/expression.hpp>

#include <string>
#include <vector>

namespace azoth {

/// What a query's limit counts.
enum class limit_kind : std::uint8_t { rows, rows_with_ties, percent, percent_with_ties };

/// WINDOW name AS (...).
struct named_window {
    std::string name{};
    node_ptr window{};  ///< a window_node without a function
    auto fields() const { return std::tie(name, window); }
};

enum class lock_strength : std::uint8_t { none, update, no_key_update, share, key_share };
enum class lock_wait : std::uint8_t { wait, nowait, skip_locked };

/// FOR UPDATE and its kin.
struct lock_clause {
    lock_strength strength{lock_strength::none};
    lock_wait wait{lock_wait::wait};
    std::vector<node_ptr> of{};  ///< sources whose rows are locked; none: all
    auto fields() const { return std::tie(strength, wait, of); }
};

/// Several groupings of one query: ROLLUP, CUBE or GROUPING SETS; and one of the latter's sets.
class AZOTH_API grouping_node final : public node_base<grouping_node> {
public:
    enum class forms : std::uint8_t { rollup, cube, sets, set };
    static constexpr node_kind static_kind{node_numbers::grouping, "grouping"};
    grouping_node(forms f, std::vector<node_ptr> of) : form{f}, keys{std::move(of)} {}
    auto fields() const { return std::tie(form, keys); }

    forms form;
    std::vector<node_ptr> keys;
};

/// A column of the query's result, by its label.
class AZOTH_API label_ref_node final : public node_base<label_ref_node> {
public:
    static constexpr node_kind static_kind{node_numbers::label_ref, "label reference"};
    label_ref_node(std::string n, azoth::type t) : name{std::move(n)}, type{std::move(t)} {}
    auto fields() const { return std::tie(name, type); }

    std::string name;
    azoth::type type;
};

}  // namespace azoth
