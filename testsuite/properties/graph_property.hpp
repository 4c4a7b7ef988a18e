#pragma once

#include "byte_source.hpp"

#include <azoth/azoth.hpp>

#include <cstddef>
#include <string>

namespace properties {

/// Random operations on objects of a session, which a plain model follows: session, database and model agree after each step.
class graph_property {
public:
    /// Makes the classes' tables, which nobody else may use meanwhile; they go with this.
    explicit graph_property(azoth::engine on);
    ~graph_property();
    graph_property(const graph_property&) = delete;
    graph_property& operator=(const graph_property&) = delete;

    /// What is wrong with what the choices do, made as short as it can be, with the operations that lead there; empty: nothing.
    [[nodiscard]] std::string check(const choices& from);
    [[nodiscard]] std::size_t steps() const noexcept { return steps_; }

private:
    std::string problem_of(const choices& from, std::string* log);

    azoth::engine engine_;
    std::size_t steps_{};
};

}  // namespace properties
