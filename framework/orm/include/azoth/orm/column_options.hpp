#pragma once

#include <azoth/schema/column_defaults.hpp>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

namespace azoth::orm {

/// The column changes with each update of its row, which names the value that was read: where somebody else has been there meanwhile, the
/// flush throws stale_data_error. An integer that the ORM counts up, from 1, or a value of the program's own: see `version_id_from`.
struct version_id_option {
    std::shared_ptr<const value_maker> next{};
    void apply(column_draft& to) const {
        to.object.is_version = true;
        to.object.next_version = next;
    }
};
inline const version_id_option version_id{};

/// The same with versions that a function makes: `version_id_from(uuid::random)`. It is called once for each row that is
/// written, by the thread that flushes; what it throws passes through, and the flush has not happened.
template <class F>
[[nodiscard]] version_id_option version_id_from(F make) {
    static_assert(std::is_invocable_v<const F&>, "azoth: a version is made by a function without arguments");
    return {std::make_shared<const azoth::detail::calling_maker<F>>(std::move(make))};
}

/// Deferred members of one group are read together, where one of them is touched.
struct load_group_option {
    std::string name;
    void apply(column_draft& to) const { to.object.load_group = name; }
};
[[nodiscard]] inline load_group_option load_group(std::string name) { return {std::move(name)}; }

/// A deferred member is read with its object where a query does not say defer<> or load_only<>.
struct not_deferred_option {
    static void apply(column_draft& to) { to.object.is_read_at_once = true; }
};
inline constexpr not_deferred_option not_deferred{};

}  // namespace azoth::orm
