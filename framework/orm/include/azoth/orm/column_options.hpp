#pragma once

#include <azoth/schema/column_defaults.hpp>

#include <memory>
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

/// The same with versions that a function makes: `version_id_from([] { return new_uuid(); })`. It is called once for each row that is
/// written, by the thread that flushes; what it throws passes through, and the flush has not happened.
template <class F>
[[nodiscard]] version_id_option version_id_from(F make) {
    static_assert(std::is_invocable_v<const F&>, "azoth: a version is made by a function without arguments");
    return {std::make_shared<const azoth::detail::calling_maker<F>>(std::move(make))};
}

}  // namespace azoth::orm
