#include "file_descriptor.hpp"

#include <cerrno>

namespace azoth::conformance {

bool write_all(int to, const char* text, std::size_t size) noexcept {
    while (size > 0) {
        const auto written = ::write(to, text, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

}  // namespace azoth::conformance
