#pragma once

#include "schema_words.hpp"
#include "step_list.hpp"

#include <vector>

namespace azoth::detail {

/// Views that go, come, or step aside while something beneath them changes.
class view_steps {
public:
    view_steps() = default;
    /// `moved`: tables of which columns go or change their types.
    view_steps(const schema_definition& from, const schema_definition& to, const schema_words& words, std::vector<object_name> moved);

    void drop(step_list& to) const;
    void create(step_list& to) const;
    void comment(step_list& to) const;

private:
    struct coming {
        const view_definition* view{};
        const std::vector<node_ptr>* triggers{};
    };
    [[nodiscard]] bool is_dropped(const object_name& name) const;

    const std::vector<reflection_note>* notes_{};  ///< of what is there
    std::vector<const view_definition*> gone_{};   ///< in the order in which they go
    std::vector<coming> come_{};
    std::vector<const view_definition*> commented_{};
};

}  // namespace azoth::detail
