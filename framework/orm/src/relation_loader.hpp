#pragma once

#include "session_core.hpp"

#include <azoth/sql/nodes/select.hpp>

#include <span>
#include <vector>

namespace azoth::orm::detail {

/// Fills one relation of many objects by one query, or a few where there are very many.
class relation_loader {
public:
    relation_loader(session_core& in, const relation_info& of) noexcept : session_{in}, r_{of} {}
    void load(std::span<instance* const> owners);
    /// Those that have been read for it, each once.
    [[nodiscard]] const std::vector<instance*>& found() const noexcept { return found_; }

private:
    [[nodiscard]] std::size_t keys_at_once() const;
    void load_parents(std::span<instance* const> owners);
    void load_some(std::span<instance* const> owners);
    [[nodiscard]] node_handle<select_node> query_for(std::span<const std::vector<cell>> keys) const;

    session_core& session_;
    const relation_info& r_;
    std::vector<instance*> found_{};
};

}  // namespace azoth::orm::detail
