#pragma once

#include "session_core.hpp"

#include <unordered_map>
#include <vector>

namespace azoth::orm::detail {

/// Copies what objects from elsewhere hold onto the session's objects with the same keys, along the relations that an addition follows.
class merger {
public:
    explicit merger(session_core& into) noexcept : session_{into} {}
    /// The session's object. Throws stale_data_error where both have a version and they differ, and what the database says.
    instance& merge(instance& given);

private:
    [[nodiscard]] instance& counterpart(const instance& given);
    [[nodiscard]] instance* merged_before(const instance& given) const;
    void copy_columns(const instance& from, instance& to);
    void copy_relation(const instance& from, instance& to, const relation_info& r);

    session_core& session_;
    std::unordered_map<const instance*, instance*> merged_{};
};

}  // namespace azoth::orm::detail
