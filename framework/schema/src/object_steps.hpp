#pragma once

#include "schema_words.hpp"
#include "step_list.hpp"

#include <vector>

namespace azoth::detail {

/// Sequences and enumerations that go, come or change.
class object_steps {
public:
    object_steps(const schema_definition& from, const schema_definition& to, const schema_words& words, const compare_options& options,
                 step_list& steps)
        : from_{from}, to_{to}, words_{words}, steps_{steps}, comments_{options.comments}, retyped_{find_retyped()} {}

    /// Enumerations that get new labels only where a type of their name is made anew.
    [[nodiscard]] const std::vector<object_name>& retyped() const noexcept { return retyped_; }
    void make();  ///< and change; what gives way to something of its name is put aside
    void drop();  ///< what is left over
    void comment();

private:
    [[nodiscard]] std::vector<object_name> find_retyped() const;
    void change(const enum_definition& before, const enum_definition& after);
    [[nodiscard]] std::string name_aside(const object_name& name) const;

    const schema_definition& from_;
    const schema_definition& to_;
    const schema_words& words_;
    step_list& steps_;
    bool comments_;
    std::vector<object_name> retyped_;
};

}  // namespace azoth::detail
