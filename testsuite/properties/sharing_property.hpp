#pragma once

#include "byte_source.hpp"

#include <span>
#include <string>

namespace properties {

/// What is wrong with how statements share their SQL; empty where all is right:
/// - the same statement built again, with other values, is found as itself;
/// - where one may use the SQL compiled for the other, both compile to the same SQL, parameters and columns, and their binds correspond
///   by place, in every dialect;
/// - compiling throws nothing but azoth::error.
class sharing_property {
public:
    /// Of a statement with itself and with others.
    [[nodiscard]] std::string check(const choices& statement, std::span<const choices> others);

    /// Pairs so far, those that shared though they were built otherwise, and statements that some dialect compiled.
    [[nodiscard]] std::size_t pairs() const noexcept { return pairs_; }
    [[nodiscard]] std::size_t shared() const noexcept { return shared_; }
    [[nodiscard]] std::size_t compiled() const noexcept { return compiled_; }

private:
    std::size_t pairs_{};
    std::size_t shared_{};
    std::size_t compiled_{};
};

/// A statement and what is changed in it, as one input: a fuzzer's, or one to be made smaller.
inline constexpr std::size_t change_size = 4;
[[nodiscard]] std::string check_changed(sharing_property& property, std::span<const std::uint8_t> change_and_statement);
/// One thing changed, by as many bytes as `change_size` says.
[[nodiscard]] choices changed(choices statement, std::span<const std::uint8_t> change);
/// As many of the bytes as a statement takes.
[[nodiscard]] choices used_by_statement(const choices& from);

}  // namespace properties
