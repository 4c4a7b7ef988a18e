#pragma once

#include <unistd.h>

#include <utility>

namespace azoth::conformance {

/// Owns an open file of the operating system.
class file_descriptor {
public:
    file_descriptor() = default;
    explicit file_descriptor(int owned) noexcept : fd_{owned} {}
    file_descriptor(file_descriptor&& other) noexcept : fd_{std::exchange(other.fd_, -1)} {}
    file_descriptor& operator=(file_descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~file_descriptor() { close(); }

    [[nodiscard]] int get() const noexcept { return fd_; }
    [[nodiscard]] bool is_open() const noexcept { return fd_ >= 0; }
    void close() noexcept {
        if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    }

private:
    int fd_{-1};
};

/// Writes all of it. Returns false where nobody reads any more.
[[nodiscard]] bool write_all(int to, const char* text, std::size_t size) noexcept;

}  // namespace azoth::conformance
