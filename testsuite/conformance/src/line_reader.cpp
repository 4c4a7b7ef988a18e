#include "line_reader.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace azoth::conformance {

bool line_reader::read_some() {
    std::array<char, 65536> block;
    ssize_t size{};
    do size = ::read(from_, block.data(), block.size());
    while (size < 0 && errno == EINTR);
    if (size <= 0) return false;
    buffer_.append(block.data(), static_cast<std::size_t>(size));
    return true;
}

std::optional<std::string> line_reader::line() {
    const auto end = buffer_.find('\n', begin_);
    if (end == std::string::npos) {
        buffer_.erase(0, std::exchange(begin_, 0));
        return std::nullopt;
    }
    std::string next = buffer_.substr(begin_, end - begin_);
    begin_ = end + 1;
    return next;
}

std::optional<std::string> line_reader::wait_for_line() {
    for (;;) {
        if (auto next = line()) return next;
        if (!read_some()) return std::nullopt;
    }
}

}  // namespace azoth::conformance
