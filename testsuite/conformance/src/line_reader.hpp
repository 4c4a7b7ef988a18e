#pragma once

#include <optional>
#include <string>

namespace azoth::conformance {

/// Lines from a pipe. Does not own it.
class line_reader {
public:
    explicit line_reader(int from) noexcept : from_{from} {}

    /// Reads once, what there is, and waits where there is nothing. Returns false at the end.
    bool read_some();
    /// The next line that has been read completely.
    [[nodiscard]] std::optional<std::string> line();
    /// The next line; waits for it. Nothing at the end.
    [[nodiscard]] std::optional<std::string> wait_for_line();

private:
    int from_;
    std::string buffer_{};
    std::size_t begin_{};
};

}  // namespace azoth::conformance
