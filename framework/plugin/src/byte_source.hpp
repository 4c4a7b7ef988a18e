#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace azoth::detail {

/// Bytes to be read at any place. A plugin can be large, and its note is small: only what is asked for is read.
class byte_source {
public:
    virtual ~byte_source() = default;
    [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;
    /// Fills `out` from `offset`. Throws refusal where the source ends before, or cannot be read.
    virtual void read(std::uint64_t offset, std::span<std::byte> out) const = 0;
};

class memory_bytes final : public byte_source {
public:
    explicit memory_bytes(std::span<const std::byte> bytes) noexcept : data_{bytes.data()}, size_{bytes.size()} {}
    [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
    void read(std::uint64_t offset, std::span<std::byte> out) const override;

private:
    const std::byte* data_;
    std::size_t size_;
};

/// A regular file. Read, not mapped: a mapped file that shrinks kills the process.
class file_bytes final : public byte_source {
public:
    /// Throws refusal where it is not a regular file that can be opened.
    explicit file_bytes(const std::filesystem::path& file);
    ~file_bytes() override;
    file_bytes(const file_bytes&) = delete;
    file_bytes& operator=(const file_bytes&) = delete;
    [[nodiscard]] std::uint64_t size() const noexcept override { return size_; }
    void read(std::uint64_t offset, std::span<std::byte> out) const override;

private:
    int fd_;
    std::uint64_t size_{};
};

}  // namespace azoth::detail
